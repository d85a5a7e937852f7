"""polyhelp translate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from polyhelp.cli import console, leverage, options
from polyhelp.cli.output import count, finish
from polyhelp.workflow.project import Project
from polyhelp.workflow.translate import Line, TranslateResult, plan, translate


@click.command()
@options.common()
@options.engine
@options.dry_run
def command(common: options.Common, engine: str, *, dry_run: bool) -> int:
    """Translate by machine what has no translation yet.

    What a person wrote is never sent and never overwritten. A text that was translated before is not sent again: its
    translation comes from the memory. Without an engine, translations of similar texts are put in as fuzzy, for a
    person to work on. Every answer is checked before it is kept: one whose markup is damaged is asked for again and
    then left out. --dry-run shows what would be sent, and how many words the memory covers, and sends nothing.
    """
    project = common.project()
    targets = project.select(common.locales)
    planned = plan(project, targets, engine)
    if dry_run:
        counted = leverage.counted(project, [line.locale for line in planned])
        rows = [
            {**asdict(line), "locale": line.locale.tag, "leverage": leverage.row(one)}
            for line, one in zip(planned, counted, strict=True)
        ]
        return finish(common, project, {"plan": rows}, [*plan_lines(planned), *leverage.lines(counted)])
    result = run(project, planned, engine)
    return finish(common, project, data(result), lines(result, planned, common.loud))


def run(project: Project, planned: Sequence[Line], engine: str) -> TranslateResult:
    """Translate what was planned, with a progress bar."""
    total = sum(line.segments + line.reused + line.matched for line in planned)
    with console.progress("translating", total) as advance:
        return translate(project, [line.locale for line in planned], engine, advance)


def data(result: TranslateResult) -> dict[str, object]:
    """The result for scripts."""
    return {
        "translated": result.translated,
        "reused": result.reused,
        "matched": result.matched,
        "failures": [{**asdict(failure), "locale": failure.locale.tag} for failure in result.failures],
    }


def plan_lines(planned: Sequence[Line]) -> list[str]:
    """The plan, for people."""
    return [
        f"{line.locale}: {count(line.segments, 'segment')}, "
        + (
            f"{count(line.characters, 'character')} in {count(line.requests, 'request')} to {line.engine}"
            if line.engine
            else f"no engine{f' ({line.obstacle})' if line.obstacle and line.segments else ''}"
        )
        + (f"; {line.reused} reused from other pages" if line.reused else "")
        + (f"; {line.matched} matched approximately" if line.matched else "")
        for line in planned
    ]


def lines(result: TranslateResult, planned: Sequence[Line], loud: int) -> list[str]:
    """What was done, for people."""
    out = [f"{count(result.translated, 'segment')} translated, {result.reused} reused from other pages"]
    if result.matched:
        out.append(
            f"{count(result.matched, 'approximate match', 'approximate matches')} put in for a person to work on"
        )
    without = [line for line in planned if not line.engine and line.segments]
    if without:
        tags = ", ".join(line.locale.tag for line in without)
        out.append(f"no engine for {tags}: what is missing there stays in the source language")
        if loud > 0:
            out += [f"  {line.locale}: {line.obstacle}" for line in without]
    out += [f"{failure.locale}/{failure.path}: left out: {failure.reason}" for failure in result.failures]
    return out
