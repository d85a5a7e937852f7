"""All rules by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from polyhelp.regions.law import (
    delivery,
    hours,
    language,
    notices,
    payments,
    privacy,
    refunds,
    rights,
    warranty,
    windows,
    wording,
)
from polyhelp.regions.law.case import Case, Finding, Rule

_BY_DATA: Mapping[str, Callable[[Case], Iterator[Finding]]] = MappingProxyType({
    "returns-window": windows.window,
    "returns-legal-window": windows.legal_window,
    "returns-start": windows.start,
    "returns-rollover": windows.rollover,
    "returns-send-back": windows.send_back,
    "returns-causes": windows.causes,
    "returns-groups": windows.groups,
    "returns-right": rights.kind,
    "returns-exceptions": rights.exceptions,
    "returns-cost": refunds.return_cost,
    "cancellation-fee": refunds.cancellation_fee,
    "withdrawal-function": rights.withdrawal_function,
    "refund-time": refunds.time,
    "refund-start": refunds.clock,
    "refund-method": refunds.method,
    "refund-outbound": refunds.outbound,
    "warranty-period": warranty.period,
    "warranty-presumption": warranty.presumption,
    "warranty-reject": warranty.reject,
    "warranty-durable": warranty.durable,
    "payments-surcharge": payments.surcharge,
    "payments-credit-last": payments.credit_last,
    "payments-price-display": payments.price_display,
    "payments-currency": payments.currency,
    "delivery-time": delivery.time,
    "import-costs": delivery.import_costs,
    "privacy-answer": privacy.answer,
    "privacy-confirm": privacy.confirm,
    "privacy-extension": privacy.extension,
    "privacy-named": privacy.named,
    "privacy-opt-out": privacy.opt_out,
    "duties": notices.duties,
    "duties-words": notices.words,
    "duties-unknown": notices.unknown,
    "support-hours": hours.hours,
    "language": language.language,
})  # fmt: skip


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule, by name, those on promises first, then those on wording."""
    by_data = (
        Rule(name, inspect.cleandoc(find.__doc__ or ""), find, find is language.language)
        for name, find in _BY_DATA.items()
    )
    return MappingProxyType({rule.name: rule for rule in (*by_data, *wording.rules())})
