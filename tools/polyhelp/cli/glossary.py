"""polyhelp glossary list|show|add|import|export|extract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from polyhelp.cli import console, options
from polyhelp.cli.glossary_output import (
    advice_lines,
    advice_row,
    candidate_lines,
    candidate_row,
    cells,
    concept_row,
    difference_lines,
    difference_row,
    entry_lines,
)
from polyhelp.cli.output import finish
from polyhelp.errors import UsageError
from polyhelp.glossary.read import ENFORCE
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget
from polyhelp.text.words import count
from polyhelp.workflow import glossary
from polyhelp.workflow.glossary import Exchange, Manner
from polyhelp.workflow.memory import renaming


@click.group()
def command() -> None:
    """The term base: what the help center's terms are called in every language.

    It is kept in glossary/*.yml. The commands here read and change these files; editing them by hand is as good.
    """


# ---------------------------------------------------------------- list, show


@command.command("list")
@options.common()
@click.option("--domain", default="", metavar="NAME", help="Only concepts of this domain.")
@click.option("--missing", is_flag=True, help="Only concepts that lack a name in one of the locales.")
def list_(common: options.Common, domain: str, *, missing: bool) -> int:
    """List the terms: what they are, how they are enforced, and which locales have or lack them."""
    project = common.project()
    targets = project.select(common.locales)
    rows = glossary.listed(project, targets, domain=domain, missing=missing)
    ids = {row.concept.id for row in rows}
    told = [one for one in glossary.remarks(project) if one.concept in ids]
    data = {"concepts": [concept_row(row) for row in rows], "advice": [advice_row(one) for one in told]}
    if common.format == "text" and common.loud >= 0 and rows:
        names = [locale.tag for locale in targets] if common.locales else []
        columns = ["term", "pos", "enforce", *(names or ["locales that have it"]), "lack it"]
        console.say_table("", columns, (cells(row, names) for row in rows))
    lack = sum(1 for row in rows if row.lacks)
    total = count(len(rows), "concept") + (
        f", {lack:,} {'lacks' if lack == 1 else 'lack'} a name in a locale" if lack else ""
    )
    return finish(common, project, data, [*advice_lines(told), total])


@command.command()
@options.common()
@click.argument("name", metavar="ID|TERM")
def show(common: options.Common, name: str) -> int:
    """Show everything about one concept, and where the articles use it."""
    project = common.project()
    found = glossary.show(project, name, project.select(common.locales))
    data = {
        "concepts": [
            {**concept_row(one.row), "uses": dict(one.uses), "advice": [advice_row(told) for told in one.remarks]}
            for one in found
        ]
    }
    lines: list[str] = []
    for one in found:
        lines += ["", *entry_lines(one.row)] if lines else entry_lines(one.row)
        uses = sum(one.uses.values())
        lines.append(f"used {count(uses, 'time')} in {count(len(one.uses), 'article')}" if uses else "used nowhere")
        lines += [f"  {number:>4}  {path}" for path, number in sorted(one.uses.items(), key=lambda it: (-it[1], it[0]))]
        lines += advice_lines(one.remarks)
    return finish(common, project, data, lines)


# ---------------------------------------------------------------- add


@command.command()
@options.common(locales=False)
@click.option("--source", required=True, metavar="TERM", help="The term: singular, infinitive.")
@click.option("--id", "id_", default="", metavar="ID", help="Its id; made from the term by default.")
@click.option(
    "--pos",
    default="noun",
    type=click.Choice([one.value for one in PartOfSpeech]),
    show_default=True,
    help="Part of speech.",
)
@click.option("--definition", default="", metavar="TEXT", help="What it means, in one sentence.")
@click.option("--domain", default="", metavar="NAME", help="Its domain; glossary/NAME.yml is its file if there is one.")
@click.option("--owner", default="", metavar="NAME", help="Who answers for it.")
@click.option("--enforce", default="warning", type=click.Choice([*ENFORCE]), show_default=True, help="Severity.")
@click.option("--keep", is_flag=True, help="It is not translated: it stays as it is in every language.")
@click.option("--case-sensitive", is_flag=True, help="Only this spelling is the term.")
@click.option("--variant", "variants", multiple=True, metavar="TERM", help="Another name of it in the source language.")
@click.option("--except", "excluded", multiple=True, metavar="PHRASE", help="A phrase in which it means other things.")
@click.option("--scope", multiple=True, metavar="PATTERN", help="Only in articles like this: returns/*.")
@click.option(
    "--target", "targets", multiple=True, metavar="TAG=WORD", help="Its preferred name in a locale: de=Karte."
)
@click.option("--admit", multiple=True, metavar="TAG=WORD", help="A name that is as good in a locale.")
@click.option("--forbid", multiple=True, metavar="TAG=WORD", help="A name that a locale must not use.")
@options.dry_run
def add(common: options.Common, source: str, *, dry_run: bool, **given: Any) -> int:
    """Add a term: `polyhelp glossary add --source "gift card" --target de=Geschenkkarte --forbid de=Giftkarte`."""
    project = common.project()
    variants, excluded, scope = (
        tuple(_text(one, "a word") for one in given[name]) for name in ("variants", "excluded", "scope")
    )
    concept = Concept(
        given["id_"],
        _text(source, "the term"),
        PartOfSpeech(given["pos"]),
        " ".join(given["definition"].split()),
        given["domain"].strip(),
        ENFORCE[given["enforce"]],
        given["keep"],
        given["case_sensitive"],
        variants,
        excluded,
        scope,
        _targets(given),
        given["owner"].strip(),
    )
    concept, written = glossary.add(project, concept, dry=dry_run)
    word = "would be added" if dry_run else "added"
    data = {
        "id": concept.id,
        "files": list(written.files),
        "dry_run": dry_run,
        "advice": [advice_row(one) for one in written.remarks],
    }
    lines = [f"{concept.id}: {word} to {', '.join(written.files)}", *advice_lines(written.remarks)]
    return finish(common, project, data, lines)


def _text(text: str, what: str) -> str:
    plain = " ".join(text.split())
    if not any(map(str.isalnum, plain)):
        raise UsageError(f"{what} has no letter or digit: '{text}'")
    return plain


def _targets(given: dict[str, Any]) -> dict[Locale, TermTarget]:
    said: dict[Locale, dict[str, list[str]]] = {}
    for option, name in (("targets", "preferred"), ("admit", "admitted"), ("forbid", "forbidden")):
        for pair in given[option]:
            tag, mark, word = pair.partition("=")
            try:
                locale = Locale.parse(tag.strip())
            except ValueError as error:
                raise UsageError(str(error), hint="write it as TAG=WORD: de=Geschenkkarte") from None
            if not mark:
                raise UsageError(f"'{pair}' has no word", hint="write it as TAG=WORD: de=Geschenkkarte")
            words = said.setdefault(locale, {}).setdefault(name, [])
            words.append(_text(word, f"the name in {locale}"))
            if name == "preferred" and len(words) > 1:
                raise UsageError(f"{locale} is given two preferred names", hint="give the second with --admit")
    return {
        locale: TermTarget(
            next(iter(words.get("preferred", ())), ""),
            tuple(words.get("admitted", ())),
            (),
            tuple(words.get("forbidden", ())),
        )
        for locale, words in said.items()
    }


# ---------------------------------------------------------------- import, export

_TYPE = click.option(
    "--type",
    "exchange",
    type=click.Choice([one.value for one in Exchange]),
    help="The format; by default what the file's name says.",
)


@command.command("import")
@options.common()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@_TYPE
@click.option("--update", is_flag=True, help="Take over what differs in concepts that are there already.")
@click.option("--as", "renamed", multiple=True, metavar="TAG=TAG", help="Take a locale of a TBX file for another.")
@options.dry_run
def import_(
    common: options.Common,
    file: Path,
    *,
    exchange: str | None,
    update: bool,
    dry_run: bool,
    **given: Any,
) -> int:
    """Take over the terms of a TBX file (version 2 or 3), a CSV table, or a DeepL glossary (with --locale).

    New concepts are added. What differs in concepts that are there already is listed, and taken over with --update.
    Nothing is ever taken away.
    """
    project = common.project()
    chosen = project.select(common.locales) if common.locales else ()
    if len(chosen) > 1:
        raise UsageError("a DeepL glossary is for one locale", hint="give --locale once")
    manner = Manner(
        _exchange(file, exchange), renaming(given["renamed"]), chosen[0] if chosen else None, update, dry_run
    )
    done = glossary.import_(project, file, manner)
    merge = done.merge
    data = {
        "added": [concept.id for concept in merge.added],
        "updated": [concept.id for concept in merge.updated] if update else [],
        "differences": [difference_row(one) for one in merge.differences],
        "same": merge.same,
        "repeated": list(merge.repeated),
        "left_out": list(done.remarks),
        "unused_locales": [locale.tag for locale in done.unused],
        "files": list(done.written.files),
        "dry_run": dry_run,
        "advice": [advice_row(one) for one in done.written.remarks],
    }
    would = "would be " if dry_run else ""
    lines = [f"{count(len(merge.added), 'concept')} {would}added, {merge.same:,} the same"]
    if merge.differences:
        kept = f"{would}updated" if update else "and the term base stays; take the file's over with --update"
        lines.append(f"{count(len(merge.updated), 'concept')} {_differ(len(merge.updated))}, {kept}:")
        lines += difference_lines(merge.differences, all_=common.loud > 0)
    lines += [f"'{source}' stands there twice: only the first counts" for source in merge.repeated]
    lines += done.remarks
    lines += [_unused(locale, manner.exchange) for locale in done.unused]
    lines += advice_lines(done.written.remarks)
    lines += [f"{would}written: {name}" for name in done.written.files]
    return finish(common, project, data, lines)


def _differ(number: int) -> str:
    return "differs" if number == 1 else "differ"


@command.command("export")
@options.common()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@_TYPE
def export_(common: options.Common, file: Path, exchange: str | None) -> int:
    """Write the term base as TBX-Basic (FILE.tbx), as a table with everything (FILE.csv), or for DeepL (--type deepl).

    DeepL knows one pair of languages in a file: for several locales the files are called FILE.de.csv and so on.
    """
    project = common.project()
    type_ = _exchange(file, exchange)
    targets = project.select(common.locales) if common.locales or type_ is Exchange.DEEPL else ()
    done = glossary.export(project, file, type_, targets)
    data = {"files": [str(one) for one in done.files], "concepts": done.concepts, "left_out": list(done.left_out)}
    lines = [f"{count(done.concepts, 'concept')} written to {', '.join(map(str, done.files))}"]
    if done.left_out and type_ is Exchange.TBX:
        many = len(done.left_out)
        lines.append(
            f"TBX has no place for some of what {count(many, 'concept')} {'says' if many == 1 else 'say'} (enforce, "
            "except, scope): a CSV file holds everything"
        )
    elif done.left_out:
        lines.append(f"left out, DeepL would refuse them: {', '.join(done.left_out)}")
    return finish(common, project, data, map(console.printable, lines))


def _unused(locale: Locale, exchange: Exchange) -> str:
    way = f"; import it again with --as {locale}=TAG to use it" if exchange is Exchange.TBX else ""
    return f"{locale}: no target locale looks there{way}"


def _exchange(file: Path, given: str | None) -> Exchange:
    """The format that is given, or that the file's name says. Raises UsageError when neither does."""
    if given:
        return Exchange(given)
    known = {".tbx": Exchange.TBX, ".xml": Exchange.TBX, ".csv": Exchange.CSV, ".tsv": Exchange.DEEPL}
    if file.suffix.lower() not in known:
        raise UsageError(f"the name '{file.name}' does not say a format", hint="say it: --type tbx, csv or deepl")
    return known[file.suffix.lower()]


# ---------------------------------------------------------------- extract


@command.command("extract")
@options.common(locales=False)
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 1000), help="At most so many terms.")
@click.option("--minimum", default=3, show_default=True, type=click.IntRange(2, 1000), help="Used at least so often.")
@click.option("--yaml", "yaml_", is_flag=True, help="Print entries to paste into glossary/terms.yml.")
def extract_(common: options.Common, limit: int, minimum: int, *, yaml_: bool) -> int:
    """Propose terms that the articles use and the term base lacks, with counts and examples, best first."""
    project = common.project()
    found = glossary.propose(project, minimum)
    best = found[:limit]
    data = {"candidates": [candidate_row(one) for one in best], "found": len(found)}
    if yaml_ and common.format == "text":
        return finish(common, project, data, [glossary.proposal(project, best).rstrip("\n")] if best else [])
    lines = [line for one in best for line in candidate_lines(one, loud=common.loud)]
    return finish(common, project, data, [*lines, f"{count(len(found), 'candidate')}, {len(best):,} shown"])
