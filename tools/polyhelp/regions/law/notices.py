"""Notices that the law wants: each is fulfilled by fields of the data, or by a line under ``duties``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from polyhelp.model import Duration, Fact
from polyhelp.regions.law.case import UNKNOWN_PROFILE, Case, Finding
from polyhelp.text.similarity import closest

_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "withdrawal-function": ("returns.withdrawal_function",),
    "boton-arrepentimiento": ("returns.withdrawal_function",),
    "contact-details": ("shop.name", "shop.address", "support.phone", "support.email"),
    "trader-identity": ("shop.name", "shop.address"),
    "complaint-contact": ("support.email",),
    "company-details": ("shop.name", "shop.register", "shop.address", "shop.vat_id"),
    "privacy-officer": ("privacy.officer", "privacy.contact"),
    "grievance-officer": ("shop.representative", "support.email"),
    "piva": ("shop.vat_id",),
})  # fmt: skip
"""Duty -> the fields that together fulfil it."""

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "withdrawal.disclosure": ("withdrawal-notice", "information before the order"),
    "withdrawal.final_screen": ("final-screen", "information on the last screen of the order"),
    "withdrawal.order_review": ("order-review", "a look at the order before it is sent"),
    "withdrawal.pickup_start": ("pickup-start", "that the window starts when a parcel is collected"),
    "warranty.boxed_notice": ("boxed-notice", "the boxed notice on the legal guarantee"),
    "warranty.warranty_text": ("warranty-text", "the wording that a warranty must have"),
})  # fmt: skip
"""Fact -> the duty that comes with it, and what customers must be told."""

_OWN = ("return-cost", "durable-goods")
"""Duties that other rules ask for."""


def duties(case: Case) -> Iterator[Finding]:
    """Every notice that the law wants stands somewhere."""
    for fact in case.duties("notice"):
        if not case.fulfilled(fact.key) and not _by_fields(case, fact.key):
            unsure = fact.threshold is not None and case.reaches(fact.threshold) is None
            missing = [name for name in _FIELDS.get(fact.key, ()) if not case.region.at(name)]
            fields = f"set {', '.join(missing)}, or " if missing else ""
            hint = f"{fields}say where the shop does so: 'duties: {{{fact.key}: ...}}'"
            yield Finding(
                f"duties.{fact.key}",
                fact,
                f"the notice '{fact.key}' is missing: {_told(fact)}",
                "nothing",
                UNKNOWN_PROFILE if unsure else hint,
                unsure,
            )


def words(case: Case) -> Iterator[Finding]:
    """What the law wants customers to be told is said, and where."""
    for path, (duty, what) in _WORDS.items():
        fact = case.fact(path)
        if fact and not case.fulfilled(duty):
            longer = case.length("withdrawal.extension") if duty == "withdrawal-notice" else None
            more = f"; without it the window grows by {longer[1]}" if longer and case.right is True else ""
            message = f"the law wants {what}: {_told(fact)}{more}"
            hint = f"say where the shop does so: 'duties: {{{duty}: ...}}'"
            yield Finding(f"duties.{duty}", fact, message, "nothing", hint)


def unknown(case: Case) -> Iterator[Finding]:
    """A line under ``duties`` names a duty of this region."""
    section = case.region.data.get("duties")
    about = next(iter(case.law.facts.values()), None)
    if not isinstance(section, Mapping) or about is None:
        return
    listed = {str(name) for name in section}
    known = {fact.key for fact in case.law.facts.values() if fact.section == "duties"}
    known |= case.context.duties
    known |= {duty for duty, _ in _WORDS.values()} | set(_OWN)
    for name in sorted(listed - known):
        near = closest(name, known - listed)
        if near:
            message = f"no duty of this region is called '{name}'"
            yield Finding(f"duties.{name}", about, message, name, f"did you mean '{near}'?", mild=True)


def _by_fields(case: Case, duty: str) -> bool:
    fields = _FIELDS.get(duty, ())
    return bool(fields) and all(case.region.at(name) for name in fields)


def _told(fact: Fact) -> str:
    if isinstance(fact.value, Mapping):
        parts = (f"{key.replace('_', ' ')}: {_part(value)}" for key, value in fact.value.items())
        return ", ".join(parts)
    return str(fact.value)


def _part(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if not isinstance(value, Duration) else f"within {value}"
