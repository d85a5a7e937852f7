"""What a region's file may say: key path -> kind of value. A new field is a new line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from polyhelp.regions.kinds import (
    BOOL,
    CLOCK,
    CURRENCY,
    DATE,
    DAYS,
    DURATION,
    EMAIL,
    MONEY,
    NUMBER,
    PERCENT,
    PHONE,
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

STARTS = one_of(
    "receipt_of_last_good",
    "receipt",
    "receipt_of_contract_document",
    "later_of_delivery_and_contract",
    "later_of_receipt_and_document",
    "purchase_or_contract",
)
"""The events from which a period for changing one's mind may count."""

HOURS = Records({"days": DAYS, "opens": CLOCK, "closes": CLOCK})
"""Hours of a week. ``closes`` may be "24:00"; hours over midnight are two records."""

SCHEMA: Mapping[str, Kind | Many | Records] = MappingProxyType({
    "currency": CURRENCY,
    "effective": DATE,
    "languages": Many(TAG),
    "shop.name": TEXT,
    "shop.address": TEXT,
    "shop.register": TEXT.or_null(),
    "shop.vat_id": TEXT.or_null(),
    "shop.representative": TEXT.or_null(),
    "shop.staff": NUMBER,
    "shop.turnover": MONEY,
    "returns.right": one_of("statutory", "voluntary", "none"),
    "returns.window": DURATION.or_null(),
    "returns.legal_window": DURATION.or_null(),
    "returns.starts": STARTS,
    "returns.rollover": BOOL,
    "returns.send_back_within": DURATION,
    "returns.shipping_paid_by": one_of("shop", "customer"),
    "returns.fee": MONEY.or_null(),
    "returns.cancellation_percent": PERCENT.or_null(),
    "returns.cancellation_cap": MONEY.or_null(),
    "returns.refund_within": DURATION.or_null(),
    "returns.refund_starts": one_of("withdrawal_notice", "goods_returned", "goods_or_proof_returned"),
    "returns.refund_waits_for_goods": BOOL,
    "returns.refund_method": one_of("same", "any", "store_credit"),
    "returns.refund_outbound": one_of("standard", "all", "none"),
    "returns.withdrawal_function": BOOL,
    "returns.exceptions": Many(TEXT),
    "returns.exceptions_confirmed": BOOL,
    "returns.causes": Records({
        "cause": one_of("no_contract_copy", "late_delivery", "missing_information", "not_as_described"),
        "within": DURATION,
        "starts": STARTS,
    }),
    "returns.groups": Records({"group": one_of("disabled", "seniors", "new_immigrants"), "window": DURATION}),
    "warranty.period": DURATION.or_null(),
    "warranty.basis": one_of("statutory", "voluntary"),
    "warranty.presumption": DURATION.or_null(),
    "warranty.reject_within": DURATION.or_null(),
    "payments.price_display": one_of("tax_included", "tax_excluded", "no_tax"),
    "payments.currencies": Many(CURRENCY),
    "payments.methods": Records({"brand": TEXT, "credit": BOOL}),
    "payments.surcharges": Records({"brand": TEXT, "percent": PERCENT}),
    "payments.instalments": Records({"brand": TEXT, "count": NUMBER, "interest_free": BOOL}),
    "shipping.ships_from": REGION,
    "shipping.serves": Many(REGION),
    "shipping.not_served": Many(TEXT),
    "shipping.free_from": MONEY.or_null(),
    "shipping.duties": one_of("included", "customer", "none"),
    "shipping.buyer_id": TEXT.or_null(),
    "shipping.max_time": DURATION.or_null(),
    "shipping.import_limits": Records({"origin": REGION, "tax_from": MONEY.or_null(), "duty_from": MONEY.or_null()}),
    "shipping.options": Records({
        "service": one_of("standard", "express", "pickup_point"),
        "carrier": TEXT,
        "price": MONEY,
        "time": DURATION,
    }),
    "support.email": EMAIL,
    "support.phone": PHONE.or_null(),
    "support.channels": Many(one_of("email", "phone", "chat", "post", "form")),
    "support.languages": Many(TAG),
    "support.timezone": ZONE,
    "support.teams": Many(TEXT),
    "support.promise": HOURS,
    "support.answer_within": DURATION.or_null(),
    "privacy.law": TEXT.or_null(),
    "privacy.answer_within": DURATION.or_null(),
    "privacy.confirm_within": DURATION.or_null(),
    "privacy.extension": DURATION.or_null(),
    "privacy.regulator": TEXT.or_null(),
    "privacy.regulator_url": TEXT.or_null(),
    "privacy.officer": TEXT.or_null(),
    "privacy.contact": EMAIL,
    "privacy.opt_out": BOOL,
})  # fmt: skip

DUTIES = "duties"
"""The section that says where the shop fulfils a duty of the law: the duty's id, then a page, an address or words."""

COMPUTED = frozenset({"hours"})
"""Names that templates see beside those of region data: what is worked out for a region."""

SECTIONS: frozenset[str] = frozenset(path.partition(".")[0] for path in SCHEMA if "." in path) | {FACTS, DUTIES}
"""The keys that hold other keys."""

ROOTS: frozenset[str] = frozenset(path.partition(".")[0] for path in SCHEMA) | {FACTS, DUTIES}
"""Everything that can stand at the left margin of a file, except ``inherits``."""
