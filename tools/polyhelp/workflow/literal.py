"""The numbers that a page says in words of its own, beside the values that it prints from the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from babel.numbers import get_currency_name
from babel.units import format_unit

from polyhelp.checks import numbers
from polyhelp.checks.base import Finding, Setting
from polyhelp.checks.number_words import number_words
from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale, Place, Severity, Unit
from polyhelp.regions import Formats
from polyhelp.regions.reading import reading, western
from polyhelp.workflow.project import Project
from polyhelp.workflow.spelled import Spelling
from polyhelp.workflow.taken_apart import Piece

_COUNTS = (1, 2, 5, 14)  # of every plural category that languages have for whole numbers, nearly
_DIGITS = re.compile(r"\d+")
_UNITS = ("hours", "calendar days", "business days", "months", "years")


@dataclass(frozen=True, slots=True)
class Literal:
    """Compares the numbers of one locale's pages with the source's. What it has compared once, it remembers."""

    setting: Setting
    spelling: Spelling
    source: Spelling
    known: dict[tuple[str, str], Sequence[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, locale: Locale) -> Literal:
        """For what the project's policies say in ``locale``."""
        origin = project.settings.source
        currencies = frozenset(
            code for region in project.regions.values() if isinstance(code := region.data.get("currency"), str)
        )
        setting = Setting(locale, Place(""), policy=True, origin=origin)
        return cls(setting, _spelling(locale, currencies), _spelling(origin, currencies))

    def findings(self, source: Piece, target: Piece) -> Sequence[Finding]:
        """The numbers that one of two appearances of a segment has and the other lacks; ``mark`` is the target's."""
        pair = (source.own, target.own)
        if pair not in self.known:
            self.known[pair] = tuple(self._compared(*pair))
        return self.known[pair]

    def _compared(self, source: str, target: str) -> Iterator[Finding]:
        yield from numbers.look(Unit(source, target), self.setting)
        said, own = numbers.western(source), numbers.western(target)
        origin, local = (number_words(one.language) for one in (self.setting.origin, self.setting.locale))
        explained = {int(one) for one in (*_DIGITS.findall(said), *origin.said(said)) if one.isdigit()}
        for amount in self.spelling.amounts(own):
            if not self.spelling.explained(amount, explained):
                text = f"The translation says '{amount.text}' in words, which is not in the source."
                yield Finding(Severity.ERROR, text, amount.text)
        if self.source.names_unit(said):
            return
        for amount in self.spelling.counts(own):  # "a month" may become "1 month", but not come from nowhere
            if str(amount.value) in local.unsaid and amount.value not in explained:
                text = f"The translation has '{amount.text}', which is not in the source."
                yield Finding(Severity.ERROR, text, amount.text)


@cache
def _spelling(locale: Locale, currencies: frozenset[str]) -> Spelling:
    """How ``locale`` writes amounts of time and of ``currencies`` in words."""
    return Spelling.of(locale, _units(locale, currencies))


def _units(locale: Locale, currencies: Iterable[str]) -> Iterator[str]:
    """What units of time and of money are called in ``locale``, in several plural forms."""
    formats = Formats(locale)
    for unit in _UNITS:
        for count in _COUNTS:
            try:
                yield _DIGITS.sub(" ", western(formats.duration(Duration(count, unit))))
            except RegionError:  # no words for this unit in this locale
                break
    cldr = reading(locale, "").cldr
    for code in currencies:
        yield from (str(get_currency_name(code, count, locale=cldr)) for count in _COUNTS)
    yield from (_DIGITS.sub(" ", western(format_unit(count, "duration-week", locale=cldr))) for count in _COUNTS)
