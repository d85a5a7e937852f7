"""polyhelp requests fetch|open|decide|digest."""

from __future__ import annotations

from pathlib import Path

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.errors import InputError, Place
from polyhelp.forge.branches import Clone
from polyhelp.forge.events import LARGEST, parse
from polyhelp.forge.github import GitHub
from polyhelp.text.words import count
from polyhelp.workflow.request_body import spent
from polyhelp.workflow.request_decisions import Decided
from polyhelp.workflow.request_decisions import decide as carry_out
from polyhelp.workflow.request_digest import digest as text_of
from polyhelp.workflow.request_digest import publish
from polyhelp.workflow.request_fetch import fetch as take
from polyhelp.workflow.requests import Made, Wanted, open_requests


@click.group()
def command() -> None:
    """Translations as pull requests on GitHub, one for each locale, on the branches l10n/LOCALE.

    The order is: fetch, sync, translate, open. Then people review, and decide takes down what they say. All of it goes
    through git and GitHub's program gh, and no branch is ever pushed with force.
    """


_remote = click.option("--remote", default="origin", metavar="NAME", help="Where the branches are; origin by default.")


@command.command()
@options.common()
@_remote
def fetch(common: options.Common, remote: str) -> int:
    """Take the catalogs of open pull requests into the working tree, before sync and translate.

    So that reviewers' words are there, and nothing is translated twice.
    """
    project = common.project()
    found = take(project, project.select(common.locales), Clone(project.root, remote))
    lines = [f"{branch}: taken" for branch in found]
    return finish(common, project, {"branches": [str(one) for one in found]}, lines or ["no branch with translations"])


@command.command("open")
@options.common()
@_remote
@click.option("--base", default="", metavar="BRANCH", help="What they are to be merged into; the remote's main branch.")
@click.option(
    "--spent", "spent_file", type=click.Path(path_type=Path, dir_okay=False), help="What translate --json printed."
)
@click.option("--preview", default="", metavar="URL", help="Where to see the pages; {locale} becomes the locale.")
@click.option("--report", default="", metavar="URL", help="Where the report is; {locale} becomes the locale.")
@options.dry_run
def open_(common: options.Common, remote: str, **wanted: object) -> int:
    """Push what is new in the catalogs to the branch of its locale, and open or update its pull request.

    What is more than review.most_words goes to a further part, whole articles at a time. HEAD, the index and the
    working tree stay as they are.
    """
    project = common.project()
    given = wanted.pop("spent_file")
    money = spent(given) if isinstance(given, Path) else ()
    asked = Wanted(
        str(wanted["base"]), money, str(wanted["preview"]), str(wanted["report"]), bool(wanted["dry_run"])
    )  # fmt: skip
    targets, clone = project.select(common.locales), Clone(project.root, remote)
    made = list(open_requests(project, targets, clone, GitHub(project.root), asked))
    return finish(
        common, project, {"requests": [_row(one) for one in made]}, [_line(one) for one in made] or ["nothing"]
    )


def _line(made: Made) -> str:
    where = f" {made.url}" if made.url else ""
    return f"{made.branch}: {made.done}, {count(made.units, 'unit')}, {count(made.words, 'word')} to read{where}"


def _row(made: Made) -> dict[str, object]:
    return {
        "branch": str(made.branch), "locale": made.branch.locale.tag, "done": made.done, "units": made.units,
        "words": made.words, "number": made.number, "url": made.url,
    }  # fmt: skip


@command.command()
@options.common(locales=False)
@_remote
@click.option(
    "--event",
    "file",
    envvar="GITHUB_EVENT_PATH",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The event's payload; GITHUB_EVENT_PATH by default.",
)
@click.option(
    "--event-name", "name", envvar="GITHUB_EVENT_NAME", required=True, metavar="NAME",
    help="What happened; GITHUB_EVENT_NAME by default.",
)  # fmt: skip
def decide(common: options.Common, remote: str, file: Path, name: str) -> int:
    """Take down what somebody has decided in a pull request: an approving review, /approve, /reject, a suggestion.

    Run it where the main branch is checked out, never the pull request: the rules on who may accept what are read
    there. What is accepted is committed to the branch in the reviewer's name.
    """
    project = common.project()
    event = parse(name, _payload(file), str(file))
    if event is None:
        return finish(common, project, {"decided": None}, ["the event decides nothing"])
    decided = carry_out(project, event, Clone(project.root, remote), GitHub(project.root))
    return finish(common, project, {"decided": _decided_row(decided)}, _decided_lines(decided))


def _payload(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", Place(str(file))) from None


def _decided_lines(decided: Decided) -> list[str]:
    if decided.why:
        return [f"nothing done: {decided.why}"]
    applied = decided.applied
    done = f"{len(applied.accepted)} accepted, {len(applied.edited)} edited, {len(applied.rejected)} rejected"
    refused = [f"not written: {one.decision}: {one.why}" for one in applied.refused]
    return [f"{decided.branch}: {done}", *refused, *(f"not understood: {line}" for line in decided.unread)]


def _decided_row(decided: Decided) -> dict[str, object]:
    applied = decided.applied
    return {
        "branch": decided.branch, "why": decided.why, "commit": decided.commit,
        "accepted": [row.id for row in applied.accepted], "edited": [row.id for row in applied.edited],
        "rejected": [row.id for row in applied.rejected],
        "refused": [{"id": one.decision.id, "why": one.why} for one in applied.refused], "unread": decided.unread,
    }  # fmt: skip


@command.command()
@options.common(date=True)
@options.dry_run
def digest(common: options.Common, *, dry_run: bool) -> int:
    """Write the state, stale pages, terms in doubt and facts of law to look at again to one issue, updated in place.

    With --dry-run it is printed instead.
    """
    project = common.project()
    text = text_of(project, project.select(common.locales))
    address = "" if dry_run else publish(project, text, GitHub(project.root))
    return finish(common, project, {"issue": address, "text": text}, [text if dry_run else address])
