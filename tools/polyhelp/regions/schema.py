"""What a region's file may say: key path -> kind of value. A new field is a new line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from polyhelp.regions.kinds import (
    BOOL,
    CLOCK,
    CURRENCY,
    DATE,
    DURATION,
    EMAIL,
    MONEY,
    REGION,
    TAG,
    TEXT,
    ZONE,
    Kind,
    Many,
    Records,
    one_of,
)

INHERITS = "inherits"
"""The key that names the file whose fields this one starts from."""

FACTS = "facts"
"""The section for a shop's own facts: any name, a text, whole number, switch, date or list of texts."""

SCHEMA: Mapping[str, Kind | Many | Records] = MappingProxyType({
    "currency": CURRENCY,
    "effective": DATE,
    "returns.right": one_of("statutory", "voluntary"),
    "returns.window": DURATION,
    "returns.legal_window": DURATION.or_null(),
    "returns.starts": one_of("receipt_of_last_good", "receipt"),
    "returns.send_back_within": DURATION,
    "returns.shipping_paid_by": one_of("shop", "customer"),
    "returns.fee": MONEY.or_null(),
    "returns.refund_within": DURATION,
    "returns.refund_starts": one_of("withdrawal_notice", "goods_returned", "goods_or_proof_returned"),
    "returns.withdrawal_function": BOOL,
    "returns.exceptions": Many(TEXT),
    "warranty.period": DURATION.or_null(),
    "warranty.basis": one_of("statutory", "voluntary"),
    "payments.price_display": one_of("tax_included", "tax_excluded"),
    "payments.surcharge": BOOL,
    "payments.methods": Records({"brand": TEXT, "credit": BOOL}),
    "shipping.ships_from": REGION,
    "shipping.free_from": MONEY.or_null(),
    "shipping.duties": one_of("included", "customer", "none"),
    "shipping.options": Records({
        "service": one_of("standard", "express", "pickup_point"),
        "carrier": TEXT,
        "price": MONEY,
        "time": DURATION,
    }),
    "support.email": EMAIL,
    "support.phone": TEXT.or_null(),
    "support.timezone": ZONE,
    "support.opens": CLOCK,
    "support.closes": CLOCK,
    "support.languages": Many(TAG),
    "privacy.law": TEXT.or_null(),
    "privacy.answer_within": DURATION.or_null(),
    "privacy.regulator": TEXT.or_null(),
})  # fmt: skip

SECTIONS: frozenset[str] = frozenset(path.partition(".")[0] for path in SCHEMA if "." in path) | {FACTS}
"""The keys that hold other keys."""

ROOTS: frozenset[str] = frozenset(path.partition(".")[0] for path in SCHEMA) | {FACTS}
"""Everything that can stand at the left margin of a file, except ``inherits``."""
