"""polyhelp publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from polyhelp.cli import build as build_command
from polyhelp.cli import options, policy_check
from polyhelp.cli import sync as sync_command
from polyhelp.cli import translate as translate_command
from polyhelp.cli.output import finish, issue_lines, issue_row
from polyhelp.model import LegalIssue, QualityIssue, Severity
from polyhelp.text.words import count
from polyhelp.workflow import agreement
from polyhelp.workflow.build import Manner, build
from polyhelp.workflow.check import check
from polyhelp.workflow.law import examine
from polyhelp.workflow.plan import plan
from polyhelp.workflow.project import Project
from polyhelp.workflow.shown import shown_issues
from polyhelp.workflow.sync import sync


@click.command()
@options.common(date=True)
@options.engine
def command(common: options.Common, engine: str) -> int:
    """Sync, translate, check, render and build: the main job.

    Exit status 1 when a translation that customers see has an error, when a policy promises less than the law, when
    a number on a policy is not the one in the region's data, or when a page asks another host for something. A
    machine's answer with an error is not shown to customers at all: it waits for a person, and the source text stands
    in its place.
    """
    project = common.project()
    targets = project.select(common.locales)
    synced = sync(project, targets)
    planned = plan(project, targets, engine)
    translated = translate_command.run(project, planned, engine)
    issues = check(project, targets)
    shown = [issue for issue in shown_issues(project, targets) if issue.severity is Severity.ERROR]
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    unlawful = examine(project).issues
    forbidden = [issue for issue in unlawful if issue.severity is Severity.ERROR]
    wrong = tuple(agreement.issues(project, targets))
    built = build(project, Manner())
    data = {
        "sync": [sync_command.row(change) for change in synced.changes],
        "translate": translate_command.data(translated),
        "issues": [issue_row(issue) for issue in issues],
        "law": [policy_check.row(issue) for issue in unlawful],
        "numbers": [issue_row(issue) for issue in wrong],
        **build_command.data(built),
    }
    lines = [
        *sync_command.lines(synced),
        *translate_command.lines(translated, planned, common.loud),
        *issue_lines(common, issues if common.loud > 0 or common.format == "github" else shown),
        f"{count(errors, 'error')} in translations, {len(shown)} of them in text that customers see",
        *policy_check.lines(common, unlawful if common.loud > 0 else forbidden, remarks=False),
        *issue_lines(common, wrong),
        *_policies(project, unlawful, wrong),
        *build_command.lines(built),
    ]
    return finish(common, project, data, lines, no=bool(shown or forbidden or wrong or built.faults))


def _policies(project: Project, unlawful: Sequence[LegalIssue], wrong: Sequence[QualityIssue]) -> Iterator[str]:
    """The state of the policies in a line; nothing where there are no regions."""
    if project.regions:
        found = Counter(issue.severity for issue in unlawful)
        law = f"{count(found[Severity.ERROR], 'error')} and {count(found[Severity.WARNING], 'warning')} of law"
        yield f"{count(len(project.regions), 'region')}: {law}, {count(len(wrong), 'wrong number')}"
