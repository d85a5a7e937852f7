"""polyhelp review list|accept|reject|report|apply|audit|serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from polyhelp.cli import console, options
from polyhelp.cli.output import finish, issue_lines, issue_row
from polyhelp.errors import InputError, Place
from polyhelp.locales import files
from polyhelp.model import Severity
from polyhelp.review import decision
from polyhelp.review.desk import Desk
from polyhelp.review.ranking import Waiting
from polyhelp.text.words import count
from polyhelp.workflow import audit as auditing
from polyhelp.workflow import reading, review
from polyhelp.workflow.at_desk import AtDesk, told
from polyhelp.workflow.committing import Committed, apply_and_commit, check_ready
from polyhelp.workflow.deciding import Applied, apply, refusals
from polyhelp.workflow.project import Project
from polyhelp.workflow.waiting import queue


@click.group()
def command() -> None:
    """See what waits for a person, accept it, correct it or reject it.

    What is accepted is recorded in the catalog: who, when, and a fingerprint of the text and the region data it was
    seen with, so that the acceptance ends by itself when one of them changes.
    """


_chosen = click.argument("chosen", nargs=-1, required=True, metavar="ID|ARTICLE...")
_as = click.option("--as", "who", default="", metavar="NAME", help="Who decides; git's user.name by default.")
_commit = click.option("--commit", is_flag=True, help="Commit the catalogs that change, in the reviewer's name.")


@command.command("list")
@options.common()
def list_(common: options.Common) -> int:
    """List what waits for a person, what counts most first, each with its id and the reasons."""
    project = common.project()
    rows = queue(project, project.select(common.locales))
    lines = [*review.lines(rows), _waits(rows)]
    return finish(common, project, {"queue": _rows(rows)}, lines)


@command.command()
@options.common()
@_chosen
@_as
def accept(common: options.Common, chosen: tuple[str, ...], who: str) -> int:
    """Accept translations as they stand: by id from `review list`, or all of an article's by its path."""
    project = common.project()
    name = review.reviewer(project, who)
    rows = review.chosen(project, project.select(common.locales), chosen)
    applied = review.accept(project, rows, name)
    return _finish_one(common, project, rows, applied, f"accepted as {name}")


@command.command()
@options.common()
@_chosen
@_as
@click.option("--reason", default="", help="Why; it is kept beside the unit.")
def reject(common: options.Common, chosen: tuple[str, ...], who: str, reason: str) -> int:
    """Take translations back. The unit is empty again, and the rejected answer does not come back from the engine."""
    project = common.project()
    name = review.reviewer(project, who)
    rows = review.chosen(project, project.select(common.locales), chosen)
    applied = review.reject(project, rows, name, reason)
    return _finish_one(common, project, rows, applied, f"rejected as {name}")


@command.command()
@options.common()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the pages; build/review by default.",
)
@click.option("--since", default="", metavar="REVISION", help="Show differences to what stood there at REVISION.")
@click.option("--markdown", is_flag=True, help="Print Markdown for a pull request's comment instead.")
def report(common: options.Common, output: Path | None, since: str, markdown: bool) -> int:
    """Write what waits for a person as a page for each locale, to be read and decided anywhere, also offline.

    The page gives its decisions as a file; `polyhelp review apply` writes them into the catalogs.
    """
    project = common.project()
    targets = project.select(common.locales)
    rows = queue(project, targets)
    if markdown:
        texts = {locale.tag: reading.comment(project, locale, rows, since) for locale in targets}
        lines = [f"### {tag}\n\n{text}" for tag, text in texts.items()] if len(texts) > 1 else [*texts.values()]
        return finish(common, project, {"markdown": texts}, lines)
    folder = output or project.root / "build" / "review"
    pages = {}
    for locale in targets:
        file = folder / f"{locale.tag}.html"
        files.write(file, reading.report(project, locale, rows, since), project.shown(file))
        pages[locale.tag] = project.shown(file)
    lines = [f"{file}: {_waits([row for row in rows if row.locale.tag == tag])}" for tag, file in pages.items()]
    return finish(common, project, {"pages": pages}, lines)


@command.command("apply")
@options.common(locales=False)
@click.argument("source", type=click.File("rb"), metavar="DECISIONS.JSON")
@click.option("--as", "who", default="", metavar="NAME", help="Who has decided; the name in the file by default.")
@_commit
def apply_(common: options.Common, source: BinaryIO, who: str, commit: bool) -> int:
    """Write the decisions of a review page into the catalogs; `-` reads them from standard input.

    A unit that has changed since its reviewer saw it stays as it is, and is told; so is an edit in which a check finds
    an error, and what the reviewer may not decide.
    """
    project = common.project()
    decisions = _read(source)
    if who:
        decisions = decision.Decisions(review.reviewer(project, who), decisions.date, decisions.decisions)
    if commit:
        check_ready(project)
        done = apply_and_commit(project, decisions, project.rights)
    else:
        done = Committed(apply(project, decisions, project.rights))
    applied = done.applied
    return finish(common, project, told(project, done), _lines(done, decisions.who), no=bool(applied.refused))


@command.command()
@options.common()
@click.option("--since", "revision", required=True, metavar="REV", help="What the branch is held against: origin/main.")
def audit(common: options.Common, revision: str) -> int:
    """Find acceptances that this branch adds in somebody else's name, or in that of a person who may not accept it.

    Looks at every commit that HEAD has and REV has not, under REV's rules on who may accept what. The commit of an
    acceptance must be by the person in whose name it is. Exit status 1 when a person may not accept what is accepted
    in their name, and when a name is somebody else's where it takes two persons. Authors of commits can be forged by
    whoever can push: this finds mistakes and careless forgeries, and proves nothing.
    """
    project = common.project()
    issues = auditing.audit(project, revision, project.select(common.locales) if common.locales else ())
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    lines = [*issue_lines(common, issues), f"{count(errors, 'error')}, {count(len(issues) - errors, 'warning')}"]
    return finish(common, project, {"issues": [issue_row(one) for one in issues]}, lines, no=bool(errors))


@command.command()
@options.common()
@_as
@_commit
@click.option(
    "--port",
    default=8010,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any that is free.",
)
def serve(common: options.Common, who: str, commit: bool, port: int) -> int:
    """Serve the review page on this machine only, and write what is decided there straight into the catalogs."""
    project = common.project()
    targets = project.select(common.locales)
    name = review.reviewer(project, who)
    if commit:
        check_ready(project)
    desk = Desk(AtDesk(common.project, targets, name, commit), port)
    for locale in targets:
        console.say(f"{locale.tag}: {desk.address(locale.tag)}")
    console.tell(f"the desk of {name}; only on this machine, until Ctrl-C")
    desk.run()
    return 0


def _read(source: BinaryIO) -> decision.Decisions:
    shown = console.printable(source.name if source.name != "<stdin>" else "standard input")
    try:
        data = source.read(4 * decision.LARGEST + 1)
        return decision.load(data.decode("utf-8"), shown)
    except UnicodeDecodeError as error:
        raise InputError("the decisions are not UTF-8", Place(shown, data.count(b"\n", 0, error.start) + 1)) from None
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", Place(shown)) from None


def _lines(done: Committed, who: str) -> Iterator[str]:
    applied = done.applied
    for rows, word in ((applied.accepted, "accepted"), (applied.edited, "edited"), (applied.rejected, "rejected")):
        if rows:
            yield f"{count(len(rows), 'unit')} {word} as {who}"
    if applied.already:
        yield f"{count(len(applied.already), 'decision')} stood there already"
    yield from refusals(applied)
    if done.commit:
        yield f"committed as {done.commit[:10]}"
    for file in done.left:
        yield f"{file}: not committed, because it held other edits that nobody had committed"


def _finish_one(common: options.Common, project: Project, rows: Sequence[Waiting], applied: Applied, word: str) -> int:
    done = {(row.locale, row.path, row.id) for row in applied.written}
    written = [row for row in rows if (row.locale, row.path, row.id) in done]
    refused = [{"id": one.decision.id, "locale": one.decision.locale.tag, "why": one.why} for one in applied.refused]
    data = {word.partition(" ")[0]: _rows(written), "refused": refused}
    lines = [f"{count(len(written), 'unit')} {word}", *refusals(applied)]
    return finish(common, project, data, lines, no=bool(refused))


def _rows(rows: Sequence[Waiting]) -> list[dict[str, object]]:
    return [
        {
            "id": row.id, "locale": row.locale.tag, "path": row.path, "source": row.unit.source,
            "target": row.unit.target, "previous": row.unit.previous, "reasons": [one.text for one in row.reasons],
            "causes": [one.cause.value for one in row.reasons], "words": row.words, "visits": row.visits,
            "issues": [issue_row(one) for one in row.issues],
        }
        for row in rows
    ]  # fmt: skip


def _words(rows: Sequence[Waiting]) -> str:
    return count(sum(row.words for row in rows), "source word")


def _waits(rows: Sequence[Waiting]) -> str:
    return f"{count(len(rows), 'unit')}, {_words(rows)} to read"
