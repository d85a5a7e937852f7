"""polyhelp check."""

from __future__ import annotations

import click

from polyhelp.cli import options
from polyhelp.cli.output import count, finish, issue_lines, issue_row
from polyhelp.model import Severity
from polyhelp.workflow.check import check


@click.command()
@options.common()
def command(common: options.Common) -> int:
    """Look for mistakes in the translations: lost links and codes, wrong numbers, terms, text left untranslated.

    Exit status 1 when there is an error; warnings and remarks do not count. Which checks run, and how severe they
    are, is set under `checks` in mkdocs.yml.
    """
    project = common.project()
    issues = check(project, project.select(common.locales))
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    warnings = sum(issue.severity is Severity.WARNING for issue in issues)
    lines = [*issue_lines(common, issues), f"{count(errors, 'error')}, {count(warnings, 'warning')}"]
    return finish(common, project, {"issues": [issue_row(issue) for issue in issues]}, lines, no=bool(errors))
