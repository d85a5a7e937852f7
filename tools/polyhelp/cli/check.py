"""polyhelp check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from polyhelp import plugins
from polyhelp.cli import console, options, sarif
from polyhelp.cli.explain import explain
from polyhelp.cli.output import finish, issue_lines, issue_row
from polyhelp.errors import UsageError
from polyhelp.locales import files
from polyhelp.model import Severity
from polyhelp.text.words import count
from polyhelp.workflow.check import Examined, Wanted, examine
from polyhelp.workflow.project import Project
from polyhelp.workflow.since import changed_since
from polyhelp.workflow.waivers import Listed, Standing, listed


@click.command()
@options.common(formats=("sarif",))
@click.option("--check", "named", multiple=True, metavar="NAME", help="Only this check; may be repeated.")
@click.option(
    "--changed-since",
    "revision",
    default="",
    metavar="REV",
    help="Only units that are not as they were in this revision of git: main, HEAD~1, a tag.",
)
@options.fail_on
@options.output
@options.waivers
@click.option("--explain", "name", default="", metavar="NAME", help="Say what a check is about instead.")
def command(common: options.Common, name: str, *, waivers: bool, **how: Any) -> int:
    """Look for mistakes in the translations: lost links and codes, wrong numbers, terms, text left untranslated.

    Exit status 1 when there is an error; warnings and remarks do not count, unless --fail-on says so. Which checks
    run where, and how severe they are, is set under `checks` in mkdocs.yml.

    The comment `# waive: CHECK REASON` at a unit silences a check there, until the unit changes. A term that many
    translations break is reported once, at the term base.
    """
    if how["output"] and common.format != "sarif":
        raise UsageError("--output is for --format sarif", hint="send the other formats to a file with '>'")
    if name:
        return explain(common, name)
    if waivers:
        return _list(common)
    project = common.project()
    targets = project.select(common.locales)
    chosen = changed_since(project, how["revision"], targets) if how["revision"] else None
    examined = examine(project, targets, Wanted(how["named"], chosen))
    failing = any(issue.severity in options.FAILING[how["fail_on"]] for issue in examined.issues)
    if common.format == "sarif" and not _is_written(project, examined, how["output"]):
        return finish(common, project, {}, (), no=failing)
    shown = issue_lines(common, examined.issues, remarks=bool(how["named"]) or how["fail_on"] == "info")
    data = {"issues": [issue_row(issue) for issue in examined.issues], "waived": len(examined.waived)}
    return finish(common, project, data, [*shown, _summary(examined, how["fail_on"])], no=failing)


def _summary(examined: Examined, fail_on: str) -> str:
    found = Counter(issue.severity for issue in examined.issues)
    parts = [count(found[Severity.ERROR], "error"), count(found[Severity.WARNING], "warning")]
    parts += [count(found[Severity.INFO], "remark")] if fail_on == "info" else []
    parts += [f"{len(examined.waived):,} waived"] if examined.waived else []
    return ", ".join(parts)


def _is_written(project: Project, examined: Examined, output: Path | None) -> bool:
    """Write the issues as SARIF; whether they went to a file, and stdout is free for people."""
    checks = {name: plugins.load(plugins.CHECKS, name) for name in plugins.names(plugins.CHECKS)}
    log = sarif.log(examined.issues, checks, project.problems)
    if output is None:
        console.say_json(log)
        return False
    files.write(output, json.dumps(log, indent=2) + "\n", str(output))
    return True


# ---------------------------------------------------------------- waivers


def _list(common: options.Common) -> int:
    if common.format == "sarif":
        raise UsageError("waivers are no issues, so they are not written as SARIF", hint="try --json")
    project = common.project()
    rows = listed(project, project.select(common.locales))
    return finish(common, project, {"waivers": [_row(row) for row in rows]}, [*map(_line, rows), _counts(rows)])


def _row(row: Listed) -> dict[str, Any]:
    return {
        "locale": row.locale.tag,
        "path": row.place.path,
        "line": row.place.line,
        "check": row.waiver.check,
        "reason": row.waiver.reason,
        "state": row.standing.value,
        "source": row.unit.source,
        "target": row.unit.target,
    }


def _line(row: Listed) -> str:
    why = row.waiver.mistake() if row.standing is Standing.WRONG else row.waiver.reason
    return f"{row.place}: {row.standing}: {row.waiver.check or '-'}: {why}"


def _counts(rows: Sequence[Listed]) -> str:
    found = Counter(row.standing for row in rows)
    told = ", ".join(f"{found[standing]} {_WORDS[standing]}" for standing in Standing if found[standing])
    return f"{count(len(rows), 'waiver')}{': ' if told else ''}{told}"


_WORDS = {
    Standing.HOLDS: "in force", Standing.EXPIRED: "expired", Standing.UNUSED: "unused", Standing.WRONG: "wrong",
}  # fmt: skip
