"""Facts about the law that somebody should look up again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from polyhelp.model import Fact, LegalIssue, Place, Severity
from polyhelp.regions.statutes import Statutes, due
from polyhelp.workflow.project import Project

DUE = "facts-due"


def old(project: Project, statutes: Statutes, codes: Iterable[str]) -> Iterator[LegalIssue]:
    """A warning for each law with facts that are due: those of the regions ``codes``, and those that they inherit."""
    first: dict[str, str] = {}  # law -> the first region that it holds in
    for region in codes:
        for code in statutes.lineage(statutes.nearest(region)):
            first.setdefault(code, region)
    for code, region in first.items():
        facts = due(statutes.own(code), project.day, project.settings.recheck_after)
        if facts:
            yield _issue(project, code, region, facts)


def _issue(project: Project, code: str, region: str, facts: Sequence[Fact]) -> LegalIssue:
    files = (project.content / "regions" / f"{name}.yml" for name in (code, region))
    file = next((file for file in files if file.is_file()), project.content / "regions")
    number = "1 fact about its law is" if len(facts) == 1 else f"{len(facts)} facts about its law are"
    oldest = facts[0]
    return LegalIssue(
        DUE,
        code,
        "",
        Place(project.shown(file)),
        Severity.WARNING,
        f"{number} older than {project.settings.recheck_after}, the oldest of {oldest.as_of or 'the day of research'}",
        hint=f"list them: polyhelp policy law {code} --due",
        tier=oldest.tier,
        source=oldest.source,
        as_of=oldest.as_of,
    )
