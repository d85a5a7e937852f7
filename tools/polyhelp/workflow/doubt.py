"""Terms in doubt: when many translations of a locale break an entry of the term base, the entry is asked about.

1. An entry with at least five uses in a locale, of which 40 % or more break it, is reported once, at its line of the
   term base, and its findings are left out. A use is a unit with a target whose source has the term. What a person has
   waived is a use that does not break it.
2. A name that stays as it is (``do_not_translate``) and is enforced as an error is never in doubt: the shop means it
   however often it is broken.
3. Only the check's report is shorter. The gate knows no doubt: there a violation stays a violation.

Behind it stands a count over 22,000 term uses in the translations of FastAPI's documentation into eleven languages:
entries that translators do not accept are broken in most of their uses, and all others hardly ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from polyhelp.checks.base import TermFinder
from polyhelp.checks.run import run
from polyhelp.checks.waiver import silenced
from polyhelp.model import Catalog, Concept, Locale, QualityIssue, Severity, TermViolation, Unit
from polyhelp.text.inline import masked
from polyhelp.workflow.compare import Texts
from polyhelp.workflow.look import checks, setting, terms, weighed
from polyhelp.workflow.project import Project

TERMINOLOGY = "terminology"
"""The check whose findings are about entries of the term base."""
USES = 5
"""Fewer uses than this tell nothing about an entry."""
SHARE = 0.4
"""The share of broken uses from which an entry is in doubt."""

_WORD = re.compile(r"[゠-ヿ]{2,}|[一-鿿々]{2,}|(?:(?![぀-ヿ一-鿿])[^\W\d_]){3,}")
_STEM = 5  # letters at which two words are taken for forms of one


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entry in doubt: how many units use it and how many break it, and what most of those say instead."""

    concept: Concept
    uses: int
    broken: int
    expected: str
    instead: str = ""

    def issue(self, project: Project, locale: Locale) -> QualityIssue:
        """The one issue that stands for all of its findings in ``locale``."""
        name = self.concept.source
        wrote = f"; most of them have '{self.instead}'" if self.instead else ""
        message = (
            f"The entry '{name}' is doubtful: {self.broken} of {self.uses} translations in {locale} do without "
            f"'{self.expected}'{wrote}. If they are right, put what they say under admitted; if the word means "
            "something else there, add an except phrase; if it does not matter, set enforce: off. Otherwise correct "
            "the translations."
        )
        severity = Severity.INFO if self.concept.enforce is Severity.INFO else Severity.WARNING
        place = project.term_places[self.concept.id]
        return QualityIssue(TERMINOLOGY, severity, message, place, locale, name, its=TERMINOLOGY)


@dataclass(slots=True)
class _Tally:
    """The uses of one concept."""

    concept: Concept
    uses: int = 0
    broken: list[tuple[Unit, TermViolation]] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        return self.uses >= USES and len(self.broken) >= SHARE * self.uses


def doubts(project: Project, broken: Iterable[tuple[Catalog, Unit]], texts: Texts) -> tuple[Doubt, ...]:
    """The entries in doubt among those that the units ``broken`` break; ``texts`` is all of the locale."""
    tallies = {
        violation.hit.concept.id: _Tally(violation.hit.concept)
        for catalog, unit in broken
        for violation in terms(project, catalog)(unit.source, unit.target)
        if not _is_meant(violation.hit.concept)
    }
    texts = [(catalog, units) for catalog, units in texts if _asked(project, catalog)] if tallies else []
    for catalog, units in texts:
        find = terms(project, catalog)
        for unit in units:
            used = {hit.concept.id for hit in project.terms.hits(unit.source, catalog.path)} & tallies.keys()
            if used:
                _count(tallies, used, unit, find)
    found = [tally for tally in tallies.values() if tally.doubtful]
    targets = [unit.target for _, units in texts for unit in units] if found else []
    return tuple(_doubt(tally, targets) for tally in found)


def _is_meant(concept: Concept) -> bool:
    return concept.do_not_translate and concept.enforce is Severity.ERROR


def _asked(project: Project, catalog: Catalog) -> bool:
    return TERMINOLOGY in checks(project, catalog.locale, catalog.path, (TERMINOLOGY,))


def _count(tallies: dict[str, _Tally], used: set[str], unit: Unit, find: TermFinder) -> None:
    for name in used:
        tallies[name].uses += 1
    if TERMINOLOGY in silenced(unit):
        return
    for violation in {one.hit.concept.id: one for one in find(unit.source, unit.target)}.values():
        if violation.hit.concept.id in used:
            tallies[violation.hit.concept.id].broken.append((unit, violation))


def _doubt(tally: _Tally, targets: Sequence[str]) -> Doubt:
    first = tally.broken[0][1]
    return Doubt(tally.concept, tally.uses, len(tally.broken), first.target.preferred, _instead(tally, targets))


def _instead(tally: _Tally, targets: Sequence[str]) -> str:
    """What most of the units that break an entry say in its place; ``""`` where it cannot be told.

    It is a form that the term base names, or a word that most of them have and few of the locale's other targets.
    """
    half = len(tally.broken) / 2
    named = Counter(violation.forbidden for _, violation in tally.broken if violation.forbidden).most_common(1)
    if named and named[0][1] > half:
        return named[0][0]
    forms: dict[str, Counter[str]] = {}
    for unit, _ in tally.broken:
        for word in set(_words(unit.target)):
            forms.setdefault(_stem(word), Counter())[word] += 1
    here = Counter(stem for unit, _ in tally.broken for stem in _stems(unit.target))
    common = [stem for stem, count in here.items() if count > half]
    everywhere = Counter(stem for target in targets for stem in _stems(target)) if common else Counter()
    rate = len(tally.broken) / len(targets) if targets else 1.0
    telling = [stem for stem in common if everywhere[stem] * rate * 2 < here[stem]]
    best = max(telling, key=lambda stem: (here[stem] / everywhere[stem] * here[stem], stem), default="")
    return forms[best].most_common(1)[0][0] if best else ""


def _stems(target: str) -> set[str]:
    return {_stem(word) for word in _words(target)}


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def _words(target: str) -> list[str]:
    return _WORD.findall(masked(target))


def without(
    project: Project, catalog: Catalog, found: Sequence[tuple[Unit, QualityIssue]], doubtful: Sequence[Doubt]
) -> Iterator[tuple[Unit, QualityIssue]]:
    """``found`` in the units of ``catalog`` without the findings about the entries in doubt, but for waived ones."""
    ids = {doubt.concept.id for doubt in doubtful}
    find = terms(project, catalog)

    def healthy(source: str, target: str) -> Sequence[TermViolation]:
        return [one for one in find(source, target) if one.hit.concept.id not in ids]

    active = checks(project, catalog.locale, catalog.path, (TERMINOLOGY,))
    where = replace(setting(project, catalog), terms=healthy)
    seen: set[Unit] = set()
    for unit, issue in found:
        if issue.check != TERMINOLOGY or TERMINOLOGY in silenced(unit):
            yield unit, issue
        elif unit not in seen:
            seen.add(unit)
            yield from ((unit, one) for one in weighed(project, catalog, run(active, unit, where)))
