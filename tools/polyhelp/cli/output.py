"""How a command ends: its result in the wanted format, what went wrong, and the exit status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from polyhelp.cli import console
from polyhelp.cli.options import Common
from polyhelp.model import QualityIssue, Severity
from polyhelp.workflow.project import Project

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
"""What GitHub's annotations call a severity."""


def finish(common: Common, project: Project, data: Mapping[str, Any], lines: Iterable[str], *, no: bool = False) -> int:
    """Print a result and everything noted on the way; the exit status.

    ``data`` is the result for scripts, ``lines`` for people. ``no`` says that the answer is no (exit 1); a noted
    problem counts for more.
    """
    if common.format == "json":
        console.say_json(
            {
                "ok": not no and not project.problems,
                **data,
                "problems": [console.problem_row(problem) for problem in project.problems],
                "remarks": project.remarks,
            }
        )
    elif common.loud >= 0:
        for line in lines:
            console.say(line)
    report(common, project)
    return max((problem.exit_status for problem in project.problems), default=1 if no else 0)


def report(common: Common, project: Project) -> None:
    """Print what was noted on the way, each once: to stderr, and as annotations where they are wanted."""
    if common.format == "github":
        for problem in project.problems:
            console.annotate("error", problem.place, problem.message)
    if common.loud >= 0:
        for remark in project.remarks:
            console.tell(f"note: {remark}")
    for problem in project.problems:
        console.tell_problem(problem)


def issue_row(issue: QualityIssue) -> dict[str, Any]:
    """A quality issue for scripts."""
    return {
        "check": issue.check,
        "severity": issue.severity.value,
        "its": issue.its,
        "message": issue.message,
        "path": issue.place.path,
        "line": issue.place.line,
        "locale": issue.locale.tag,
        "source": issue.source,
        "target": issue.target,
        "mark": issue.mark,
    }


def issue_lines(common: Common, issues: Iterable[QualityIssue], *, remarks: bool = False) -> Iterable[str]:
    """Quality issues for people, or as GitHub annotations. Mere remarks only with ``remarks`` or ``-v``."""
    for issue in issues:
        if issue.severity is Severity.INFO and not remarks and common.loud <= 0:
            continue
        if common.format == "github":
            console.annotate(LEVELS[issue.severity], issue.place, f"{issue.message} [{issue.check}]")
        else:
            yield f"{issue.place}: {issue.severity}: {issue.message} [{issue.check}]"
            if common.loud > 0 and issue.target:
                yield f"    {issue.source}"
                yield f"    {issue.target}"


def money(amount: Decimal, currency: str) -> str:
    """``1.54 USD``; ``under 0.01 USD`` for what rounds to nothing but is something; ``nothing``."""
    if not amount:
        return "nothing"
    rounded = amount.quantize(Decimal("0.01"))
    return f"under 0.01 {currency}" if not rounded else f"{rounded:,} {currency}".strip()
