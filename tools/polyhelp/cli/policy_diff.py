"""polyhelp policy diff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.model import Locale, Unit
from polyhelp.regions.changelog.differences import Change
from polyhelp.regions.changelog.log import FILE
from polyhelp.regions.changelog.telling import for_customers
from polyhelp.regions.changelog.writing import plain
from polyhelp.text.words import count
from polyhelp.workflow.changes import Difference, bloc, compare, publish, telling, together, words


@click.command("diff")
@options.common(date=True)
@click.argument("revision", metavar="REV")
@options.regions
@click.option("--publish", "publishing", is_flag=True, help="Tell customers: write what is new to _changes.yml.")
@options.dry_run
def command(common: options.Common, revision: str, *, codes: tuple[str, ...], publishing: bool, dry_run: bool) -> int:
    """Say what the regions promise differently than at REV (a branch, a tag, HEAD~1), and from which day.

    In the source language, or in --locale. Changes that are equal for several regions are told once.

    With --publish, what customers care about and have not been told yet goes to the end of
    content/regions/_changes.yml, and the site has a page of changes for every region. With --dry-run, nothing is
    written.
    """
    project = common.project()
    locales = project.select(common.locales) if common.locales else (project.settings.source,)
    found = compare(project, revision, codes)
    new = publish(project, found.changes, write=not dry_run) if publishing else ()
    told = {locale.tag: words(project, locale) for locale in locales}
    data = {
        "changes": [_row(change, told) for change in found.changes],
        "published": [_row(change, told) for change in new],
    }
    lines = [line for tag, units in told.items() for line in _lines(found, found.changes, Locale(tag), units)]
    lines.append(_summary(found))
    if publishing:
        log = project.shown(project.content / "regions" / FILE)
        done = "would be added to" if dry_run else "added to"
        lines.append(f"{count(len(new), 'change')} {done} {log}{':' if new else ''}")
        lines += [f"  {line}" for line in _lines(found, new, locales[0], told[locales[0].tag])]
    return finish(common, project, data, lines)


def _lines(found: Difference, changes: Sequence[Change], locale: Locale, units: Mapping[str, Unit]) -> Iterator[str]:
    for change, codes in together(changes):
        teller = telling(units, locale, codes[0] if len(codes) == 1 else "")
        yield f"{_who(teller.formats.filters['region_name'], codes, found)}: {teller.sentence(change)}"


def _who(name: Callable[..., object], codes: Sequence[str], found: Difference) -> str:
    """``Germany``, ``eu (DE, FR)``, or ``CH, GB`` where the regions have no file of their own in common."""
    if len(codes) == 1:
        return str(name(codes[0]))
    shared = bloc(codes, found.regions)
    return f"{shared} ({', '.join(codes)})" if shared else ", ".join(codes)


def _row(change: Change, told: Mapping[str, Mapping[str, Unit]]) -> dict[str, Any]:
    """A change for scripts; values as region files write them."""
    return {
        "region": change.region,
        "field": change.field,
        "key": change.key,
        "kind": change.kind.value,
        "old": plain(change.old),
        "new": plain(change.new),
        "from": change.since.isoformat() if change.since else None,
        "withdrawn": change.withdrawn,
        "customers": for_customers(change),
        "text": {tag: telling(units, Locale(tag), change.region).sentence(change) for tag, units in told.items()},
    }


def _summary(found: Difference) -> str:
    regions = {change.region for change in found.changes}
    told = sum(map(for_customers, found.changes))
    if not found.changes:
        return "no changes"
    return f"{count(len(found.changes), 'change')} in {count(len(regions), 'region')}, {told:,} of them for customers"
