"""Promises beside the law: every rule on every region, today and on each later day that something changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from polyhelp.errors import RegionError, UsageError
from polyhelp.model import Law, LegalIssue, Place, Region, Severity
from polyhelp.regions import load as load_regions
from polyhelp.regions.law import Context, Page, Rule, judge, rules, split
from polyhelp.regions.statutes import Statutes
from polyhelp.regions.timeline import turns
from polyhelp.text.similarity import instead
from polyhelp.workflow.law_age import DUE, old
from polyhelp.workflow.law_pages import Pages
from polyhelp.workflow.law_waivers import EXPIRED, UNUSED, Listed, Standing, listed, read
from polyhelp.workflow.project import Project

UNKNOWN = "law-unknown"
ABOUT = {
    DUE: "Facts about a law are older than the configuration allows (recheck_after). A person looks them up again.",
    UNKNOWN: "Nothing is known here about the law of a region, so nothing was compared.",
    EXPIRED: "The last day of a waiver is over: it silences nothing any more.",
    UNUSED: "A waiver silences nothing: the rule finds nothing there.",
}
"""What is said beside the findings of rules."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The regions and rules to look at; all of them where there are none."""

    regions: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.regions and not self.rules


@dataclass(frozen=True, slots=True)
class Examined:
    """What counts, by file and line; what is waived; the waivers; how many regions were compared with their law."""

    issues: tuple[LegalIssue, ...]
    waived: tuple[LegalIssue, ...]
    waivers: tuple[Listed, ...]
    regions: int


_ALL = Wanted()


def examine(project: Project, wanted: Wanted = _ALL) -> Examined:
    """Compare what the regions promise with their law.

    Raises UsageError for a region or a rule that there is not. Waivers that cannot be read are a noted problem.
    """
    codes = _chosen(wanted.regions, project.regions, "region")
    names = _chosen(wanted.rules, (*rules(), *ABOUT), "rule")
    chosen = [rule for name, rule in rules().items() if name in names]
    look = _Look(project, chosen)
    found = [issue for code in codes for issue in look.region(project.regions[code])]
    known = [code for code in codes if look.statutes.nearest(code)]
    if DUE in names:
        found += old(project, look.statutes, known)
    waivers = read(project, (*rules(), DUE))
    counting, silenced = split(found, waivers, project.day)
    standing = listed(waivers, silenced, project.day)
    about = [one.issue() for one in standing if _told(one.standing, wanted)]
    counting = tuple(issue for issue in (*counting, *about) if issue.rule in names)
    return Examined(tuple(sorted(counting, key=_order)), silenced, standing, len(known))


def _told(stands: Standing, wanted: Wanted) -> bool:
    """Whether a waiver's standing is worth an issue. Who looks at a part does not learn what is unused."""
    return stands is Standing.EXPIRED or (stands is Standing.UNUSED and wanted.everything)


def _chosen(given: Sequence[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    """``given``, or all that there are. Raises UsageError for an unknown one."""
    all_ = {name.lower(): name for name in known}
    for name in given:
        if name.lower() not in all_:
            hint = instead(name, sorted(all_.values()))
            raise UsageError(f"there is no {what} '{name}'", hint=hint)
    return tuple(all_[name.lower()] for name in given) or tuple(all_.values())


def _order(issue: LegalIssue) -> tuple[object, ...]:
    locale = issue.locale.tag if issue.locale else ""
    return (issue.place.path, issue.place.line, issue.region, issue.since or dt.date.min, issue.rule, locale)


# ---------------------------------------------------------------- one region, today and later


@dataclass(slots=True)
class _Look:
    """Looks at regions, one after the other; what is read for one is kept for the next."""

    project: Project
    rules: Sequence[Rule]
    statutes: Statutes = field(default_factory=Statutes)
    pages: Pages | None = None
    later: dict[dt.date, dict[str, Region]] = field(default_factory=dict)
    told: set[tuple[str, str, str]] = field(default_factory=set)

    def law(self, code: str) -> Law | None:
        """The law of a region, that of the larger region where a part of one has none; None where neither is known."""
        known = self.statutes.nearest(code)
        return self.statutes.law(known) if known else None

    def region(self, region: Region) -> Iterator[LegalIssue]:
        """What the rules find today, then what they find from a later day on."""
        law = self.law(region.code)
        if law is None:
            if self.rules:
                yield self._unknown(region)
            return
        today = list(self._judged(region, law, self.project.day))
        known = {_same(issue) for issue in today}
        yield from self._once(today)
        for day in sorted(_days(region, law, self.project.day)):
            for issue in self._judged(self._on(region, day), law, day):
                if _same(issue) not in known:
                    known.add(_same(issue))
                    yield replace(issue, since=day, message=f"from {day}: {issue.message}")

    def _judged(self, region: Region, law: Law, day: dt.date) -> Iterator[LegalIssue]:
        settings = self.project.settings
        folder = f"{settings.content.as_posix()}/regions"
        context = Context(day, self._pages(region), settings.source, folder, self._duties(law.region))
        yield from judge(region, law, context, self.rules)

    def _pages(self, region: Region) -> tuple[Page, ...]:
        """What customers of the region read; nothing where no rule wants to know."""
        if not any(rule.reads for rule in self.rules):
            return ()
        if self.pages is None:
            self.pages = Pages(self.project)
        return self.pages.of(region)

    def _duties(self, code: str) -> frozenset[str]:
        """The duties that the law of a region names, and that of its parents though they do not hold in it."""
        facts = (fact for one in self.statutes.lineage(code) for fact in self.statutes.own(one))
        return frozenset(fact.key for fact in facts if fact.section == "duties")

    def _once(self, issues: Iterable[LegalIssue]) -> Iterator[LegalIssue]:
        """An article that is the same for all regions is told of once, for the first of them."""
        shared = self.pages.shared_paths if self.pages else frozenset()
        for issue in issues:
            if issue.page in shared:
                name = (issue.rule, issue.page, str(issue.locale))
                if name in self.told:
                    continue
                self.told.add(name)
            yield issue

    def _on(self, region: Region, day: dt.date) -> Region:
        """The region as of ``day``; as it is now where its data change into a mistake (told by others)."""
        if not region.dated:
            return region
        if day not in self.later:
            problems: list[RegionError] = []
            self.later[day] = load_regions(self.project.content / "regions", self.project.root, problems, day)
        return self.later[day].get(region.code, region)

    def _unknown(self, region: Region) -> LegalIssue:
        place = Place(f"{self.project.settings.content.as_posix()}/regions/{region.code}.yml")
        return LegalIssue(UNKNOWN, region.code, "", place, Severity.INFO, f"{ABOUT[UNKNOWN]} Region: {region.code}")


def _same(issue: LegalIssue) -> tuple[object, ...]:
    return issue.rule, issue.key, issue.message, issue.locale, issue.page


def _days(region: Region, law: Law, today: dt.date) -> set[dt.date]:
    """The days after ``today`` on which a promise or the law becomes another one."""
    spans = [(one.since, one.until) for values in region.dated.values() for one in values]
    spans += [(fact.since, fact.until) for fact in law.facts.values()]
    return {day for day in turns(spans) if day > today}
