"""What the region data promises differently than at a revision of git, and what customers are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from polyhelp.errors import RegionError, UsageError
from polyhelp.locales.files import write as write_file
from polyhelp.model import Locale, Region, Unit
from polyhelp.regions import Formats
from polyhelp.regions.changelog.differences import Change, differences
from polyhelp.regions.changelog.log import FILE, read_log
from polyhelp.regions.changelog.telling import Telling, english, for_customers
from polyhelp.regions.changelog.told import Told, news
from polyhelp.regions.changelog.writing import appended
from polyhelp.regions.data import DEFAULT
from polyhelp.text.similarity import instead
from polyhelp.workflow.past_regions import Past, codes_of, past
from polyhelp.workflow.project import POLICIES, Project
from polyhelp.workflow.revision import files_at
from polyhelp.workflow.shown import site_units

PATH = f"{POLICIES}changes.md"
"""The address of the choice of regions on the site; the page of a region is ``policies/<region>/changes.md``."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes since a revision, and the regions of today and of then that they are about, by code."""

    changes: tuple[Change, ...]
    regions: Mapping[str, Region]


def compare(project: Project, revision: str, codes: Sequence[str] = ()) -> Difference:
    """What the region data says differently than at ``revision``, both as of the project's day.

    ``codes`` are the regions to look at, all of them when there are none. A region whose data was broken then or is
    now is left out, and that is a noted problem. Raises UsageError for an unknown region or revision, GitError.
    """
    then = _past(project, revision)
    old, broken = then.regions, then.broken
    new = project.regions
    left_out = broken | (_codes(project.content / "regions") - new.keys())
    known = old.keys() | new.keys() | left_out
    wanted = ({_code(code, known) for code in codes} or known) - left_out
    before, now = ({code: region for code, region in side.items() if code in wanted} for side in (old, new))
    return Difference(differences(before, now, project.day), {**old, **new})


def publish(project: Project, changes: Iterable[Change], *, write: bool = True) -> tuple[Change, ...]:
    """Write those of ``changes`` that customers care about and have not been told of to the end of the log.

    The changes that were written, or would be without ``write``. Raises RegionError when the log has mistakes,
    WriteError.
    """
    shown = [change for change in changes if for_customers(change)]
    new = news(told(project), shown, project.day)
    if new and write:
        file = project.content / "regions" / FILE
        text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        write_file(file, appended(text, new, project.day, project.shown(file)), project.shown(file))
    return new


def has_pages(project: Project) -> bool:
    """Whether the site tells changes: the help center keeps the log, and no article of its own has the address."""
    return (project.content / "regions" / FILE).is_file() and PATH not in project.discovery.pages


def told(project: Project) -> tuple[Told, ...]:
    """What customers have been told, the oldest first. Raises RegionError with every mistake of the log."""
    file = project.content / "regions" / FILE
    return read_log(file, project.shown(file))


def words(project: Project, locale: Locale) -> Mapping[str, Unit]:
    """The locale's own words for changes that customers may see, by context; none in the source language."""
    if locale == project.settings.source:
        return {}
    return {unit.context: unit for unit in site_units(project, locale) if unit.context in english()}


def telling(units: Mapping[str, Unit], locale: Locale, region: str = "") -> Telling:
    """Tells changes in ``locale`` with its ``words``, in the conventions of ``region``."""
    return Telling(Formats(locale, region), {context: unit.target for context, unit in units.items()})


def together(changes: Iterable[Change]) -> list[tuple[Change, tuple[str, ...]]]:
    """Changes that are the same for several regions, each once with the codes of all of them."""
    groups: dict[object, list[tuple[Change, list[str]]]] = {}
    for change in changes:
        alike = groups.setdefault((change.subject[1:], change.since, change.kind, change.withdrawn), [])
        codes = next((codes for known, codes in alike if (known.old, known.new) == (change.old, change.new)), None)
        if codes is None:
            alike.append((change, [change.region]))
        else:
            codes.append(change.region)
    return [(change, tuple(codes)) for alike in groups.values() for change, codes in alike]


def bloc(codes: Sequence[str], regions: Mapping[str, Region]) -> str:
    """The file that the regions of ``codes`` have in common, such as ``eu``; ``""`` where there is none."""
    shared = set.intersection(*(set(regions[code].files) - {code} for code in codes))
    return next((name for name in regions[codes[0]].files if name in shared and name != DEFAULT), "")


def _past(project: Project, revision: str) -> Past:
    """The regions as they were; what was broken then is a noted problem."""
    folder = (project.settings.content / "regions").as_posix()
    then = past(files_at(project.root, revision, folder), folder, project.day)
    for problem in then.problems:
        hint = f"not compared: {', '.join(sorted(then.broken)) or 'none'}; a later revision may be whole"
        project.note(RegionError(f"at {revision}, {problem.message}", hint=hint))
    return then


def _codes(folder: Path) -> set[str]:
    """The regions that have a file in ``folder``, broken or not."""
    return codes_of(file.name for file in folder.glob("*.yml"))


def _code(given: str, known: Iterable[str]) -> str:
    codes = sorted(known)
    code = given.upper()
    if code in codes:
        return code
    hint = instead("GB" if code == "UK" else code, codes)
    raise UsageError(f"there is no region '{given}', neither now nor then", hint=hint)
