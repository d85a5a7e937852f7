"""Findings -> issues: how severe, where, and under which law."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from polyhelp.model import Law, LegalIssue, Place, Region, Severity
from polyhelp.model.law import Fact
from polyhelp.regions.law.case import Case, Context, Finding, Rule


def judge(region: Region, law: Law, context: Context, rules: Iterable[Rule]) -> Iterator[LegalIssue]:
    """What ``rules`` find in the promises of ``region``.

    An issue is an error only where a source of weight states the fact that it rests on; else it warns.
    """
    case = Case(region, law, context)
    for rule in rules:
        for finding in rule.find(case):
            yield _issue(case, rule.name, finding)


def _issue(case: Case, rule: str, finding: Finding) -> LegalIssue:
    fact, page = finding.fact, finding.page
    where = f"{page.path} ({page.locale}): " if page else ""
    return LegalIssue(
        rule,
        case.region.code,
        finding.key,
        Place(page.path) if page else _place(case, finding.key),
        Severity.ERROR if fact.strong and not finding.mild else Severity.WARNING,
        f"{where}{finding.message}",
        str(finding.promised),
        _required(fact),
        cited(case.law, fact),
        fact.source,
        fact.tier,
        fact.as_of,
        finding.hint,
        page.locale if page else None,
        page.path if page else "",
    )


def cited(law: Law, fact: Fact) -> str:
    """What the law that ``fact`` states is called."""
    if fact.tier == "law-citation":
        return fact.source  # the statute itself, from general knowledge
    return law.cited(fact.section) or f"law of {law.name}"


def _required(fact: Fact) -> str:
    if isinstance(fact.value, tuple):
        return ", ".join(map(str, fact.value))
    return "none" if fact.value is None else str(fact.value)


def _place(case: Case, key: str) -> Place:
    """Where the promise stands; the section's first field, else the region's own file, where there is none."""
    region, section = case.region, key.partition(".")[0]
    own = Place(posixpath.join(case.context.folder, f"{region.code}.yml"))
    if key in region.places:
        return region.places[key]
    near = [place for path, place in region.places.items() if path.startswith(f"{section}.") and place.path == own.path]
    return min(near, key=lambda place: place.line, default=own)
