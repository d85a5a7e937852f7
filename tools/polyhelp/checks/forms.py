"""Units with plural forms, as checks look at them: each form of the target beside the form of the source that fits.

A form that is for one number only may leave it out ("one day") or write it in digits, whatever the source does.
"""

from __future__ import annotations

from dataclasses import replace

from polyhelp.model import Locale, Unit
from polyhelp.text.plural import Plural
from polyhelp.text.plural_rules import rule


def by_form(unit: Unit, locale: Locale) -> tuple[Unit, ...]:
    """A unit for each form of ``unit``; ``unit`` itself when it has no forms, or its target is in another shape."""
    source, target = _plurals(unit)
    if source is None or target is None or source.variables != target.variables:
        return (unit,)
    exact = rule(locale).exact
    rows = zip(target.forms, (*exact, *(None,) * len(target.forms)), strict=False)
    return tuple(replace(unit.retargeted(form), source=_fitting(source, form, number)) for form, number in rows if form)


def wrong_forms(unit: Unit, locale: Locale) -> str:
    """What is wrong with the number of a target's forms, in a sentence; ``""`` if nothing is."""
    source, target = _plurals(unit)
    if source is None:
        return ""
    needed = rule(locale)
    count = f"{needed.forms} plural forms" if needed.forms > 1 else "one plural form"
    if target is None:
        return f"The source has plural forms, and the translation has none: this language needs {count}."
    written = sum(map(bool, target.forms))
    if len(target.forms) == needed.forms == written:
        return ""
    numbers = f" (for the numbers {needed}, and so on)" if needed.forms > 1 else ""
    return f"This language needs {count}{numbers}, the translation has {written}."


def _plurals(unit: Unit) -> tuple[Plural | None, Plural | None]:
    source = Plural.parse(unit.source)
    return source, Plural.parse(unit.target) if source else None


def _fitting(source: Plural, form: str, number: int | None) -> str:
    """The form of the source that ``form`` is to be compared with; ``number`` is the only one that it is for."""
    fitting = source.forms[0] if number == 1 else source.forms[-1]
    says = source.says(form)
    if number is None or says == source.says(fitting):
        return fitting
    if says:
        return next(filter(source.says, source.forms), fitting)
    return source.saying(fitting, str(number) if str(number) in form else "")
