"""What an engine is given for one catalog: texts with their terms and their place, and the style of the locale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from polyhelp.engines.base import Context, Pairs, Request
from polyhelp.engines.gateway import Job, Section, Wanted
from polyhelp.glossary.repair import repaired
from polyhelp.model import Locale, Severity, Unit
from polyhelp.workflow.look import Find, finder
from polyhelp.workflow.project import Project
from polyhelp.workflow.recall import REJECTED
from polyhelp.workflow.sections import sections, title
from polyhelp.workflow.work import Part

_MOST_SAID = 3
"""Issues that an engine is told of at one time: more and it loses sight of the sentence."""


def order(project: Project, part: Part, units: Sequence[Unit]) -> Job:
    """The job for ``units`` of one catalog."""
    locale, document = part.locale, project.documents[part.catalog.path]
    places = sections(document)
    request = Request(
        project.settings.source,
        locale,
        Context(title(document)),
        project.style(locale),
        project.terms.pairs(locale),
        project.settings.site_name,
    )
    hears = part.engine is not None and part.engine.traits.hears
    find = finder(project, part.catalog)
    wanted = (
        Wanted(
            unit.source,
            terms(project, unit.source, locale, part.catalog.path),
            places.get(unit.key, Section()),
            sum(comment.startswith(REJECTED) for comment in unit.comments),
            _polisher(project, part, unit.source),
            _examiner(find, unit) if hears else _satisfied,
        )
        for unit in units
    )
    return Job(request, tuple(wanted))


def terms(project: Project, source: str, locale: Locale, path: str) -> Pairs:
    """The terms in a text, as an engine is told of them."""
    return project.terms.for_engine(source, locale, path)


def _polisher(project: Project, part: Part, source: str) -> Callable[[str], str]:
    """What puts terms right in a machine's target where that is safe."""

    def polish(target: str) -> str:
        return repaired(project.terms, source, target, part.locale, part.catalog.path)[0]

    return polish


def _examiner(find: Find, unit: Unit) -> Callable[[str], str]:
    """What the checks find in a target for ``unit``, in one sentence for an engine that can be told."""

    def examine(target: str) -> str:
        found = find(replace(unit, target=target, fuzzy=False, previous=""))
        worse = [issue.message for issue in found if issue.severity is not Severity.INFO]
        return "; ".join(worse[:_MOST_SAID])

    return examine


def _satisfied(_: str) -> str:
    return ""
