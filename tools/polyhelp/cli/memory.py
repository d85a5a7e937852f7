"""polyhelp memory stats|import|export|search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import finish
from polyhelp.memory import Match
from polyhelp.text.words import count
from polyhelp.workflow import memory


@click.group()
def command() -> None:
    """Find earlier translations again, and exchange them with other tools as TMX.

    The memory is made from the catalogs and needs no care: .polyhelp/memory.sqlite may be deleted at any time. Files
    that you import are kept in .polyhelp/tmx/; put a TMX file into locales/ to have it in git and on every machine.
    """


@command.command()
@options.common(locales=False)
def stats(common: options.Common) -> int:
    """Count what the memory holds, by locale and by how far it can be trusted."""
    project = common.project()
    counts = memory.stats(project)
    data = {
        "sources": counts.sources,
        "bytes": counts.size,
        "pairs": {
            locale.tag: {standing.name.lower(): number for standing, number in by.items()}
            for locale, by in counts.pairs.items()
        },
        "files": dict(counts.books),
    }
    lines = [
        f"{locale}: {count(sum(by.values()), 'pair')} ("
        + ", ".join(f"{number:,} {standing.name.lower().replace('_', ' ')}" for standing, number in by.items())
        + ")"
        for locale, by in counts.pairs.items()
    ]
    imported = {name: number for name, number in counts.books.items() if name.endswith(".tmx")}
    lines += [f"{name}: {count(number, 'pair')}" for name, number in imported.items()]
    files = count(len(counts.books), "file")
    lines.append(f"{count(counts.sources, 'source')} from {files}, {counts.size / 1e6:.1f} MB")
    return finish(common, project, data, lines)


@command.command("import")
@options.common(locales=False)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.tmx")
@click.option(
    "--as", "renamed", multiple=True, metavar="TAG=TAG", help="Take a locale of the file for another: de-DE=de."
)
def import_(common: options.Common, file: Path, renamed: tuple[str, ...]) -> int:
    """Take over the translations of a TMX file. Importing a file of the same name again replaces them."""
    project = common.project()
    done = memory.import_tmx(project, file, memory.renaming(renamed))
    data = {
        "imported": {locale.tag: number for locale, number in done.pairs.items()},
        "kept": done.kept,
        "unused": [locale.tag for locale in done.unused],
    }
    lines = [f"{locale}: {count(number, 'pair')}" for locale, number in done.pairs.items()]
    lines += [
        f"{locale}: no target locale looks there; import it again with --as {locale}=TAG to use it"
        for locale in done.unused
    ]
    lines.append(f"kept as {done.kept}, which is not in git; move it to locales/ to have it on every machine")
    return finish(common, project, data, lines)


@command.command("export")
@options.common()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.tmx")
def export_(common: options.Common, file: Path) -> int:
    """Write everything the memory holds to a TMX file, as other translation tools read it."""
    project = common.project()
    written, left_out = memory.export_tmx(project, project.select(common.locales), file)
    lines = [f"{count(written, 'pair')} written to {file}"]
    if left_out:
        lines.append(f"{count(left_out, 'pair')} left out: they have characters that XML does not know")
    return finish(common, project, {"exported": written, "left_out": left_out, "file": str(file)}, lines)


@command.command()
@options.common()
@click.argument("text")
@click.option("--also", multiple=True, metavar="TAG", help="Look at this locale too, such as a sibling: pt-BR.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100), help="At most so many matches.")
def search(common: options.Common, text: str, also: tuple[str, ...], limit: int) -> int:
    """Find the translations of TEXT and of sources like it (50 of 100 or better), best first."""
    project = common.project()
    found = [
        (locale.tag, match)
        for locale in project.select(common.locales)
        for match in memory.search(project, text, locale, limit, memory.tags(also))
    ]
    lines = [line for tag, match in found for line in _lines(tag, match)]
    return finish(
        common,
        project,
        {"matches": [_row(tag, match) for tag, match in found]},
        [*lines, count(len(found), "match", "matches")],
    )


def _lines(tag: str, match: Match) -> list[str]:
    pair = match.pair
    where = f", from {pair.locale}" if pair.locale.tag != tag else ""
    page = f", {pair.path}" if pair.path else ""
    head = f"{tag}  {match.similarity}  {match.kind}  ({pair.maker}, {pair.standing.name.lower()}{where}{page})"
    texts = (f"    {pair.source}", f"    {match.target}")
    return [console.printable(line) for line in (head.replace("_", " "), *texts)]


def _row(tag: str, match: Match) -> dict[str, Any]:
    pair = match.pair
    return {
        "locale": tag,
        "similarity": match.similarity,
        "kind": match.kind.value,
        "source": pair.source,
        "target": match.target,
        "from": pair.locale.tag,
        "path": pair.path,
        "context": pair.context,
        "standing": pair.standing.name.lower(),
        "origin": pair.maker,
        "date": pair.date,
    }
