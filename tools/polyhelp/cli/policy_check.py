"""polyhelp policy check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from polyhelp.checks.base import Check
from polyhelp.cli import console, options, sarif
from polyhelp.cli.output import LEVELS, finish, issue_lines, issue_row
from polyhelp.errors import UsageError
from polyhelp.locales import files
from polyhelp.model import LegalIssue, QualityIssue, Severity
from polyhelp.regions.law import rules
from polyhelp.text.similarity import instead
from polyhelp.text.words import count
from polyhelp.workflow import agreement
from polyhelp.workflow.law import ABOUT, Examined, Wanted, examine
from polyhelp.workflow.law_waivers import Listed, Standing
from polyhelp.workflow.project import Project

NO_ADVICE = "This compares data with research data. It is no legal advice."


@click.command("check")
@options.common(locales=False, formats=("sarif",), date=True)
@options.regions
@click.option("--rule", "named", multiple=True, metavar="NAME", help="Only this rule; may be repeated.")
@options.fail_on
@options.output
@options.waivers
@click.option("--explain", "name", default="", metavar="NAME", help="Say what a rule is about instead.")
def command(common: options.Common, name: str, *, waivers: bool, **how: Any) -> int:
    """Compare what the shop promises with what is known about the law of every region.

    It looks at the data in content/regions and at the pages as customers read them, in every locale; as of today (or
    --date), and once more for each later day on which a promise or a law changes. Exit status 1 when there is an
    error: a promise below a fact that an official or professional source states. Weaker facts warn.

    It also proves that every number, amount and date on these pages is the one in the data.

    A waiver in content/regions/_waivers.yml, signed and with a last day, silences one rule in one region.
    """
    if how["output"] and common.format != "sarif":
        raise UsageError("--output is for --format sarif", hint="send the other formats to a file with '>'")
    if name:
        return _explain(common, name)
    project = common.project()
    if waivers:
        return _list(common, project, examine(project).waivers)
    examined = examine(project, Wanted(how["codes"], how["named"]))
    wrong = () if how["codes"] or how["named"] else tuple(agreement.issues(project))
    no = bool(wrong) or any(issue.severity in options.FAILING[how["fail_on"]] for issue in examined.issues)
    if common.format == "sarif" and not _is_written(project, examined, how["output"]):
        return finish(common, project, {}, (), no=no)
    shown = lines(common, examined.issues, remarks=bool(how["named"]) or how["fail_on"] == "info")
    data = {
        "regions": examined.regions,
        "issues": [row(issue) for issue in examined.issues],
        "waived": [row(issue) for issue in examined.waived],
        "numbers": [issue_row(issue) for issue in wrong],
        "notice": NO_ADVICE,
    }
    told = [*shown, *issue_lines(common, wrong), _summary(examined, how["fail_on"])]
    told += [f"{count(len(wrong), 'text')} with other numbers than the data"] if wrong else []
    return finish(common, project, data, [*told, NO_ADVICE], no=no)


def lines(common: options.Common, issues: Sequence[LegalIssue], *, remarks: bool) -> Iterator[str]:
    """Issues of law for people, or as GitHub annotations. Mere remarks only with ``remarks`` or ``-v``."""
    for issue in issues:
        if issue.severity is Severity.INFO and not remarks and common.loud <= 0:
            continue
        if common.format == "github":
            console.annotate(LEVELS[issue.severity], issue.place, _told(issue))
            continue
        yield f"{issue.place}: {issue.severity}: {_told(issue)}"
        if issue.hint:
            yield f"    {issue.hint}"


def _told(issue: LegalIssue) -> str:
    """The message with the law, the source and the rule."""
    key = f"{issue.key}: " if issue.key and not issue.page else ""
    return f"{issue.region}: {key}{issue.message}{_citation(issue)} [{issue.rule}]"


def _citation(issue: LegalIssue) -> str:
    parts = [issue.law, issue.source if issue.source not in {issue.law, "none"} else ""]
    if issue.source:
        parts.append(f"{issue.tier}{f', {issue.as_of}' if issue.as_of else ''}")
    told = "; ".join(part for part in parts if part)
    return f" ({told})" if told else ""


def row(issue: LegalIssue) -> dict[str, Any]:
    """An issue of law for scripts."""
    return {
        "rule": issue.rule,
        "region": issue.region,
        "key": issue.key,
        "severity": issue.severity.value,
        "message": issue.message,
        "promised": issue.promised,
        "required": issue.required,
        "law": issue.law,
        "source": issue.source,
        "tier": issue.tier,
        "as_of": issue.as_of,
        "hint": issue.hint,
        "path": issue.place.path,
        "line": issue.place.line,
        "locale": issue.locale.tag if issue.locale else None,
        "page": issue.page or None,
        "from": issue.since.isoformat() if issue.since else None,
    }


def _summary(examined: Examined, fail_on: str) -> str:
    found = Counter(issue.severity for issue in examined.issues)
    parts = [count(examined.regions, "region"), count(found[Severity.ERROR], "error")]
    parts.append(count(found[Severity.WARNING], "warning"))
    parts += [count(found[Severity.INFO], "remark")] if fail_on == "info" else []
    parts += [f"{len(examined.waived):,} waived"] if examined.waived else []
    return ", ".join(parts)


# ---------------------------------------------------------------- SARIF


def _is_written(project: Project, examined: Examined, output: Path | None) -> bool:
    """Write the issues as SARIF; whether they went to a file, and stdout is free for people."""
    source = project.settings.source
    issues = [
        QualityIssue(one.rule, one.severity, _told(one), one.place, one.locale or source, mark=one.promised)
        for one in examined.issues
    ]
    checks = {name: Check("other", f"{about}\n\n{NO_ADVICE}") for name, about in _abouts().items()}
    log = sarif.log(issues, checks, project.problems)
    if output is None:
        console.say_json(log)
        return False
    files.write(output, json.dumps(log, indent=2) + "\n", str(output))
    return True


# ---------------------------------------------------------------- rules and waivers


def _abouts() -> dict[str, str]:
    return {**{name: rule.about for name, rule in rules().items()}, **ABOUT}


def _explain(common: options.Common, name: str) -> int:
    known = _abouts()
    if name not in known:
        hint = instead(name, known)
        raise UsageError(f"there is no rule '{name}'", hint=hint)
    if common.format == "json":
        row = {"name": name, "about": known[name]}
        console.say_json({"ok": True, "rule": row, "notice": NO_ADVICE, "problems": [], "remarks": []})
        return 0
    console.say(f"{name}\n\n{known[name]}\n\n{NO_ADVICE}")
    return 0


def _list(common: options.Common, project: Project, waivers: Sequence[Listed]) -> int:
    if common.format == "sarif":
        raise UsageError("waivers are no issues, so they are not written as SARIF", hint="try --json")
    found = Counter(one.standing for one in waivers)
    counts = ", ".join(f"{found[one]} {_STANDS[one]}" for one in Standing if found[one])
    total = f"{count(len(waivers), 'waiver')}{': ' if counts else ''}{counts}"
    return finish(common, project, {"waivers": [*map(_waiver, waivers)]}, [*map(_line, waivers), total])


_STANDS = {Standing.HOLDS: "in force", Standing.EXPIRED: "expired", Standing.UNUSED: "unused"}


def _line(one: Listed) -> str:
    waiver = one.waiver
    what = f"{waiver.rule} in {waiver.region} until {waiver.until}"
    return f"{waiver.place}: {one.standing}: {what}: {waiver.reason} (signed: {waiver.signed})"


def _waiver(one: Listed) -> dict[str, Any]:
    waiver = one.waiver
    return {
        "rule": waiver.rule,
        "region": waiver.region,
        "reason": waiver.reason,
        "signed": waiver.signed,
        "until": waiver.until.isoformat(),
        "locale": waiver.locale.tag if waiver.locale else None,
        "page": waiver.page or None,
        "state": one.standing.value,
        "path": waiver.place.path,
        "line": waiver.place.line,
    }
