"""Staged tree -> ``site/``: every locale in a process of its own, and only where its inputs have changed.

build/docs/<locale>/       the staged tree
build/sites/<locale>/      the site of one locale, finished, at its place in the whole
build/sites/<locale>.json  a digest of all that it was made from, and what was found in it when it was sealed
site/                      all of them together
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from polyhelp.errors import OutsideError, UsageError
from polyhelp.lock import locked
from polyhelp.model import Locale
from polyhelp.site import assemble as joining
from polyhelp.site import mkdocs_builder
from polyhelp.site.builder import Builder, Job, Prepared
from polyhelp.site.sealing import Sealed
from polyhelp.site.stage import writing
from polyhelp.workflow.finishing import Finishing
from polyhelp.workflow.inputs import digests
from polyhelp.workflow.prepared import prepare
from polyhelp.workflow.processes import side_by_side
from polyhelp.workflow.project import Project
from polyhelp.workflow.staging import RenderResult, render

SITES = Path("build/sites")
_LOCK = Path("build/lock")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was staged, which locales were built anew, and what the generator warned about.

    ``faults`` are what makes the site unfit to be published; nobody knows of any before it is whole.
    """

    rendered: RenderResult
    built: tuple[Locale, ...]
    warnings: tuple[str, ...]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How to build: ``draft`` shows every target, ``strict`` stops at warnings, ``fresh`` trusts nothing built before.

    ``locales`` are those to build, all of them when there are none.
    """

    draft: bool = False
    strict: bool = False
    fresh: bool = False
    locales: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class _Work:
    """What every process needs: the generator, what happens to its pages afterwards, and what is known of them."""

    builder: Builder
    finishing: Finishing
    prepared: Prepared

    @classmethod
    def of(cls, project: Project, builder: Builder) -> _Work:
        """For the tree of ``project`` that has just been staged."""
        prepared = prepare(project)
        return cls(builder, Finishing.of(project, prepared), prepared)

    def done(self, job: Job) -> tuple[Sealed, tuple[str, ...]]:
        """Build and finish one locale; what was found in it, and the generator's warnings."""
        warnings = self.builder(job)
        with writing(job.root, job.out):
            self.finishing.pages(job.out, job.locale)
            return self.finishing.seal(job.out), warnings


def build(project: Project, manner: Manner, builder: Builder = mkdocs_builder.build) -> BuildResult:
    """Render all locales and build the site. Raises ConfigError, OutsideError and WriteError."""
    with _alone(project):
        rendered = render(project, draft=manner.draft)
        work = _Work.of(project, builder)
        result = _parts(project, manner, rendered, work)
        return replace(result, faults=_join(project, work.finishing, strict=manner.strict))


def build_parts(project: Project, manner: Manner, builder: Builder = mkdocs_builder.build) -> BuildResult:
    """Render all locales, and build those that are wanted, each into a folder of its own."""
    with _alone(project):
        rendered = render(project, draft=manner.draft)
        return _parts(project, manner, rendered, _Work.of(project, builder))


def assemble(project: Project, *, draft: bool = False, strict: bool = False) -> tuple[str, ...]:
    """Join the locales that have been built, here or elsewhere; what is not fit to be published of the site.

    Raises UsageError when one of them has not, or was built from something else than what is here now (a draft,
    another commit); and OutsideError with ``strict`` when something is not fit.
    """
    with _alone(project):
        rendered = render(project, draft=draft)
        prepared = prepare(project)
        finishing = Finishing.of(project, prepared)
        sums = digests(project, rendered, prepared, finishing)
        other = [locale for locale in sums if _read_note(project, locale) and not _is_current(project, locale, sums)]
        if other:
            told = ", ".join(map(str, other))
            raise UsageError(
                f"these locales were built from something else than what is here now: {told}", hint=_again(other)
            )
        return _join(project, finishing, strict=strict)


def _alone(project: Project) -> AbstractContextManager[None]:
    """No other build in this folder: the two would take each other's parts for their own."""
    return locked(project.root / _LOCK, _LOCK.as_posix(), "another polyhelp is building in this folder")


def _parts(project: Project, manner: Manner, rendered: RenderResult, work: _Work) -> BuildResult:
    locales = (project.settings.source, *project.settings.targets)
    sums = digests(project, rendered, work.prepared, work.finishing)
    wanted = [locale for locale in locales if not manner.locales or locale in manner.locales]
    stale = [locale for locale in wanted if manner.fresh or manner.strict or not _is_current(project, locale, sums)]
    jobs = [_job(project, locale, work.prepared, manner) for locale in stale]
    warnings: list[str] = []
    for job, (sealed, told) in zip(jobs, side_by_side(work.done, jobs), strict=True):
        note = _note(project, job.locale)
        with writing(project.root, note):
            said = {"digest": sums[job.locale], "sealed": sealed.dump()}
            note.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        warnings += told
    return BuildResult(rendered, tuple(stale), tuple(dict.fromkeys(warnings)))


def _join(project: Project, finishing: Finishing, *, strict: bool) -> tuple[str, ...]:
    """Join the locales of the staged tree into the site."""
    locales = (project.settings.source, *project.settings.targets)
    notes = {locale: _read_note(project, locale) for locale in locales}
    missing = [locale for locale, note in notes.items() if not note]
    if missing:
        raise UsageError(f"these locales are not built: {', '.join(map(str, missing))}", hint=_again(missing))
    new = project.root / "build" / "site"
    site = mkdocs_builder.site_folder(project.root)
    joining.join([_folder(project, locale) for locale in locales], new, project.root, site)
    with writing(project.root, new):
        faults = finishing.whole(new, [Sealed.load(note["sealed"]) for note in notes.values()])
    if strict and faults:
        raise OutsideError("\n  ".join(("the site is not fit to be published:", *faults)), hint="mend what it names")
    joining.take_place(new, site, project.root)
    return faults


def _again(locales: Sequence[Locale]) -> str:
    return f"polyhelp build {' '.join(f'--locale {locale}' for locale in locales)}"


def _job(project: Project, locale: Locale, prepared: Prepared, manner: Manner) -> Job:
    """The job of one locale, its folder made new. What was there counts as built no more."""
    folder = _folder(project, locale)
    with writing(project.root, folder):
        _note(project, locale).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return Job(project.root, locale, folder, prepared, manner.strict)


def _folder(project: Project, locale: Locale) -> Path:
    return project.root / SITES / locale.tag


def _note(project: Project, locale: Locale) -> Path:
    """The file that is there when a locale is built."""
    return project.root / SITES / f"{locale}.json"


def _read_note(project: Project, locale: Locale) -> dict[str, str]:
    """What the note of a built locale says; nothing where there is none, or half of one."""
    try:
        note: dict[str, str] = json.loads(_note(project, locale).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if _folder(project, locale).is_dir() else {}


def _is_current(project: Project, locale: Locale, sums: Mapping[Locale, str]) -> bool:
    return _read_note(project, locale).get("digest") == sums[locale]
