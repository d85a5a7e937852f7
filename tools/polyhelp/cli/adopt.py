"""polyhelp adopt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import finish
from polyhelp.errors import UsageError
from polyhelp.text.words import count
from polyhelp.workflow.adopt import AdoptedPage, AdoptResult, Line, adopt

_SAYS = {
    "fuzzy": "adopted as fuzzy: please look at it",
    "split": "one segment here is two there: not adopted",
    "code": "code differs; the source's will be shown",
    "untranslated": "the same text on both sides: not adopted",
    "other wording": "another translation of the same text was taken",
    "kept": "the catalog says something else: not adopted",
    "rejected": "a reviewer rejected this translation: not adopted",
    "no translation": "no translation found",
    "no source": "no source found for this translation: not adopted",
}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.common()
@options.dry_run
def command(common: options.Common, folder: Path, *, dry_run: bool) -> int:
    """Take over the pages in DIR, which were translated by hand before.

    They are looked for under the paths that the source pages have, or as page.de.md, and aligned with them. What is
    sure becomes a translation in the catalog, what is not becomes fuzzy, and what could not be aligned is listed with
    its place. A target that a person wrote or accepted is never changed.
    """
    if len(common.locales) != 1:
        raise UsageError("adopt takes one locale at a time", hint="say which: polyhelp adopt --locale TAG DIR")
    project = common.project()
    (locale,) = project.select(common.locales)
    result = adopt(project, locale, folder.resolve(), write=not dry_run)
    return finish(common, project, data(result), lines(common, result, would=dry_run))


def data(result: AdoptResult) -> dict[str, Any]:
    """The result for scripts."""
    return {
        "locale": result.locale.tag,
        "adopted": sum(page.adopted for page in result.pages),
        "fuzzy": sum(page.fuzzy for page in result.pages),
        "kept": sum(page.kept for page in result.pages),
        "pages": [_row(page) for page in result.pages],
        "code": "code differs; the source's will be shown",
        "untranslated": list(result.untranslated),
        "without_source": list(result.without_source),
    }


def _row(page: AdoptedPage) -> dict[str, Any]:
    return {
        "path": page.path,
        "translation": page.translation,
        "units": page.units,
        "adopted": page.adopted,
        "fuzzy": page.fuzzy,
        "kept": page.kept,
        "mirrors": page.mirrors,
        "changed": page.changed,
        "lines": [_line_row(line) for line in page.lines],
    }


def _line_row(line: Line) -> dict[str, Any]:
    return {
        "why": line.why,
        "source": {"path": line.source.path, "line": line.source.line, "text": line.text} if line.source else None,
        "translation": {"path": line.translation.path, "line": line.translation.line, "text": line.translated}
        if line.translation
        else None,
    }


def lines(common: options.Common, result: AdoptResult, *, would: bool = False) -> Iterator[str]:
    """The result for people: a line for each page, and below it what needs a person."""
    for page in result.pages:
        left = page.units - page.adopted - page.fuzzy - page.kept
        numbers = (
            (page.adopted, "adopted"), (page.fuzzy, "fuzzy"), (page.kept, "had a target"), (left, "without target"),
        )  # fmt: skip
        yield f"{result.locale}/{page.path}: " + (", ".join(f"{n} {word}" for n, word in numbers if n) or "no segments")
        for line in page.lines:
            if line.why == "kept" and common.loud <= 0:
                continue
            places = " = ".join(str(place) for place in (line.source, line.translation) if place)
            yield f"  {places}: {_SAYS[line.why]}"
            if common.loud > 0:
                yield from (f"      {console.printable(text)}" for text in (line.text, line.translated) if text)
    for path in result.untranslated:
        yield f"{path}: no translated page"
    for path in result.without_source:
        yield f"{path}: no source page of this path; nothing was taken from it"
    adopted, fuzzy = sum(page.adopted for page in result.pages), sum(page.fuzzy for page in result.pages)
    verb = "would be adopted" if would else "adopted"
    yield f"{count(adopted, 'unit')} {verb} from {count(len(result.pages), 'page')}, {fuzzy:,} more as fuzzy"
