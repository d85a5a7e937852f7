"""Proves that rendered policies say what the region's data says, in every locale.

A page is rendered twice with the same data: with its source's words, and with its translation's. Both are taken apart
into what each segment prints from the data and what it says in words of its own. Then

1. a translation prints the values that its source prints, however it moves them;
2. what is left has the numbers that are left of the source, in digits or in words: in a policy a number is a promise;
3. every printed text, read back by the reader's conventions, gives the value of the data again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from polyhelp.checks.waiver import silenced
from polyhelp.errors import RegionError
from polyhelp.model import Catalog, Document, Key, Locale, Place, QualityIssue, Severity, Unit
from polyhelp.regions import Formats, overview_values, region_values
from polyhelp.regions.agreement import Reader
from polyhelp.regions.recorder import Printed
from polyhelp.regions.sandbox import Section
from polyhelp.text.plural import Plural, variables
from polyhelp.workflow.gate import Showing
from polyhelp.workflow.literal import Literal
from polyhelp.workflow.look import placed
from polyhelp.workflow.project import Project
from polyhelp.workflow.region_pages import hours_of, respelled
from polyhelp.workflow.serving import per_region, served
from polyhelp.workflow.shown import shown
from polyhelp.workflow.taken_apart import Marked, Piece

CHECK = "agreement"
"""What its quality issues call themselves."""
_LITERAL = "numbers"  # the check that asks the same of one unit, and whose waivers count here too
_NAMED = 3  # regions that a message names

_Pieces = Mapping[str, tuple[Piece, ...]]
"""By region; under "" the one page for all regions."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Something that a page says of its own. ``about`` is what makes it one fault over all regions."""

    key: Key
    about: tuple[str, ...]
    text: str
    mark: str = ""
    waivable: bool = False


def issues(project: Project, targets: Iterable[Locale] | None = None, *, draft: bool = False) -> Iterator[QualityIssue]:
    """What the pages with region data say other than the data, once for all regions in which it shows.

    Looked at are the source locale and ``targets`` (all where there are none), on what customers see; with ``draft``,
    on every target. Pages that cannot be rendered are left to :func:`polyhelp.workflow.render.render`, which tells why.
    """
    source = project.settings.source
    originals = {path: _pieces(project, source, path, Showing()) for path in sorted(project.templates)}
    for locale in (source, *(project.settings.targets if targets is None else targets)):
        literal = Literal.of(project, locale)
        for path, original in originals.items():
            yield from _page_issues(_Proof(project, locale, path, literal), original, draft=draft)


def _page_issues(proof: _Proof, original: _Pieces, *, draft: bool) -> Iterator[QualityIssue]:
    project, locale, document = proof.project, proof.locale, proof.project.documents[proof.path]
    if locale == project.settings.source:
        for code, pieces in original.items():
            if not code or served(project, project.regions[code], locale) == locale:
                proof.read(code, pieces)
        yield from proof.told({})
        return
    showing = shown(project, locale, document, draft=draft)
    if showing.original or showing.borrowed:  # another locale's page, which is looked at there
        return
    for code, pieces in _pieces(project, locale, proof.path, showing).items():
        proof.compare(code, original.get(code, ()), pieces)
        proof.read(code, pieces)
    yield from proof.told({unit.key: unit for unit in project.catalog(locale, proof.path).current})


def _pieces(project: Project, locale: Locale, path: str, showing: Showing) -> _Pieces:
    """What every segment of a page shows, in each region that has the page in ``locale``."""
    document, name = project.documents[path], project.shown(project.content / path)
    usual = Marked.of(document, showing.targets, name)
    found: dict[str, tuple[Piece, ...]] = {}
    if path not in per_region(project):
        formats = Formats(locale)
        return _rendered(usual, overview_values(project.regions.values(), formats), formats, "")
    for region in project.regions.values():
        if locale not in {served(project, region, locale), project.settings.source}:
            continue
        formats = Formats(locale, region.code)
        values = region_values(region, formats, {"hours": hours_of(project, region, formats, path)})
        here = respelled(showing, locale, region)
        marked = usual if here is showing else Marked.of(document, here.targets, name)
        found |= _rendered(marked, values, formats, region.code)
    return found


def _rendered(marked: Marked, values: Section, formats: Formats, code: str) -> _Pieces:
    try:
        return {code: marked.pieces(values, formats)}
    except RegionError:
        return {}


@dataclass(slots=True)
class _Proof:
    """One page in one locale: its faults, with the regions in which they show."""

    project: Project
    locale: Locale
    path: str
    literal: Literal
    faults: dict[tuple[Key, tuple[str, ...]], list[tuple[str, _Fault]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, code: str, fault: _Fault) -> None:
        known = self.faults[fault.key, fault.about]
        if not any(there == code for there, _ in known):
            known.append((code, fault))

    def read(self, code: str, pieces: Iterable[Piece]) -> None:
        """Read every printed text back."""
        reader = Reader(self.locale, code)
        for piece in pieces:
            for one in piece.printed:
                if not reader.agrees(one):
                    text = f"this page says '{one.text}' where {_data(one)}."
                    self.add(code, _Fault(piece.key, ("read", one.path, one.filter), text, one.text))

    def compare(self, code: str, original: Iterable[Piece], pieces: Iterable[Piece]) -> None:
        """Hold every appearance of a segment against the same appearance in the source's page."""
        before: dict[Key, list[Piece]] = defaultdict(list)
        for piece in original:
            before[piece.key].append(piece)
        for piece in pieces:
            if before[piece.key]:
                for fault in self.between(before[piece.key].pop(0), piece):
                    self.add(code, fault)

    def between(self, source: Piece, target: Piece) -> Iterator[_Fault]:
        counted = self._counted(target.key)
        lost = [one for one in _beyond(source.printed, target.printed) if one.path != counted]
        came = [one for one in _beyond(target.printed, source.printed) if one.path != counted]
        found = list(self.literal.findings(source, target))
        own = [one for one in found if one.mark]
        for one, value in zip(own, lost, strict=False):
            text = f"this page says {one.mark} where {_data(value)}."
            yield _Fault(target.key, ("instead", value.path, one.mark), text, one.mark)
        for one in (*own[len(lost) :], *(one for one in found if not one.mark)):
            beside = "".join(f" Here {_data(value)}." for value in target.printed if value.filter)
            yield _Fault(target.key, ("own", one.message), f"{_lower(one.message)}{beside}", one.mark, waivable=True)
        lost = lost[len(own) :]
        for value, instead in zip(lost, came, strict=False):
            text = f"this page says {instead.said} ({instead.path}) where {_data(value)}."
            yield _Fault(target.key, ("swapped", value.path, instead.path), text)
        for value in lost[len(came) :]:
            yield _Fault(target.key, ("lost", value.path), f"this page lacks a value: {_data(value)}.")
        for value in came[len(lost) :]:
            text = f"this page says {value.said} ({value.path}), which its source does not."
            yield _Fault(target.key, ("came", value.path), text)

    def _counted(self, key: Key) -> str:
        """What decides the form of a plural: a form may leave the number out, which is for the checks to judge."""
        plural = Plural.parse(key.source)
        found = variables(plural.variables)[:1] if plural else ()
        return next((value or name for name, value in found), "")

    def told(self, units: Mapping[Key, Unit]) -> Iterator[QualityIssue]:
        """The faults as quality issues, each at its unit in the catalog, or at its line of the source."""
        document = self.project.documents[self.path]
        issues = []
        for (key, _), seen in self.faults.items():
            unit, fault = units.get(key), seen[0][1]
            if unit and fault.waivable and _LITERAL in silenced(unit):
                continue
            message = f"{self._where([code for code, _ in seen])} {fault.text}"
            target = unit.target if unit else ""
            place = Place(self.project.shown(self.project.content / self.path), _line(document, key))
            issue = QualityIssue(
                CHECK, Severity.ERROR, message, place, self.locale, key.source, target, "numbers", fault.mark
            )
            issues.append((unit, issue))
        yield from (issue for unit, issue in issues if unit is None)
        catalog = Catalog(self.locale, self.path)
        own = ((unit, issue) for unit, issue in issues if unit is not None)
        yield from (issue for _, issue in placed(self.project, catalog, own))

    def _where(self, codes: list[str]) -> str:
        """For Germany, Sweden and 8 other regions, ..."""
        if codes == [""]:
            return "On this page of all regions,"
        names = [str(Formats(self.project.settings.source).region_name(code)) for code in codes[:_NAMED]]
        more = len(codes) - len(names)
        last = f"{more} other region{'s' if more > 1 else ''}" if more else names.pop() if len(names) > 1 else ""
        return f"For {', '.join(names)}{f' and {last}' if last else ''},"


def _beyond(some: Iterable[Printed], others: Iterable[Printed]) -> list[Printed]:
    """What ``some`` print more often than ``others``."""
    left = [one.key for one in others]
    found = []
    for one in some:
        if one.key in left:
            left.remove(one.key)
        else:
            found.append(one)
    return found


def _data(value: Printed) -> str:
    path = f" ({value.path})" if value.path else ""
    return f"the region's data says {value.said}{path}"


def _line(document: Document, key: Key) -> int:
    return next((segment.line for segment in document.segments if segment.key == key), 0)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
