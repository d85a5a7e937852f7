"""polyhelp translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal

import click

from polyhelp.cli import console, leverage, options
from polyhelp.cli.interrupt import stoppable
from polyhelp.cli.output import finish, money
from polyhelp.engines.gateway import Outcome
from polyhelp.errors import EngineError
from polyhelp.text.words import count
from polyhelp.workflow.plan import Line, plan
from polyhelp.workflow.project import Project
from polyhelp.workflow.translate import Sent, TranslateResult, Watch, translate

_ORDINARY = {Outcome.CLEAN, Outcome.REPAIRED, Outcome.UNASKED}


@click.command()
@options.common()
@options.engine
@options.dry_run
def command(common: options.Common, engine: str, *, dry_run: bool) -> int:
    """Translate by machine what has no translation yet.

    What a person wrote is never sent and never overwritten. A text that was translated before is not sent again: its
    translation comes from the memory. Without an engine, translations of similar texts are put in as fuzzy, for a
    person to work on. Every answer is checked before it is kept: one whose markup is damaged is asked for again, then
    put together from its pieces, then left out.

    --dry-run shows what would be sent to whom, what it costs and what the memory saves, and sends nothing. A limit of
    characters in the configuration (max_characters) ends the work before the request that would pass it, with exit
    status 1. Ctrl-C ends it too; what was paid for is saved.
    """
    project = common.project()
    targets = project.select(common.locales)
    planned = plan(project, targets, engine)
    if dry_run:
        return _show_plan(common, project, planned)
    result = run(project, planned, engine)
    return finish(common, project, data(result), lines(result, planned, common.loud), no=bool(result.limits))


def run(project: Project, planned: Sequence[Line], engine: str) -> TranslateResult:
    """Translate what was planned, with a progress bar. Raises KeyboardInterrupt after everything is saved."""
    total = sum(line.segments + line.kept + line.reused + line.matched for line in planned)
    with stoppable() as stop, console.progress("translating", total) as advance:

        def progress(done: int, sent: Sent | None) -> None:
            advance(done, _spent(sent) if sent else None)

        targets = dict.fromkeys(line.locale for line in planned)
        return translate(project, targets, engine, Watch(progress, stop))


def data(result: TranslateResult) -> dict[str, object]:
    """The result for scripts."""
    return {
        "translated": result.translated,
        "reused": result.reused,
        "matched": result.matched,
        "outcomes": [
            {"engine": engine, "outcome": outcome.value, "segments": number}
            for (engine, outcome), number in result.outcomes.items()
        ],
        "failures": [{**asdict(failure), "locale": failure.locale.tag} for failure in result.failures],
        "masked": [{**asdict(one), "locale": one.locale.tag} for one in result.masked],
        "sent": [{**asdict(sent), "cost": _plain(sent.cost)} for sent in result.sent],
        "limits": result.limits,
    }


def lines(result: TranslateResult, planned: Sequence[Line], loud: int) -> list[str]:
    """What was done, for people."""
    out = [f"{count(result.translated, 'segment')} translated, {result.reused} reused from other pages"]
    if result.matched:
        out.append(
            f"{count(result.matched, 'approximate match', 'approximate matches')} put in for a person to work on"
        )
    out += [f"{sent.engine}: {_spent(sent)}" for sent in result.sent if sent.characters]
    out += _remarkable(result, loud)
    without = [line for line in planned if not line.engine and line.segments]
    if without:
        out.append(f"no engine for {_tags(without)}: what is missing there stays in the source language")
        out += _obstacles(without) if loud > 0 else ()
    out += [f"{failure.locale}/{failure.path}: left out: {failure.reason}" for failure in result.failures]
    return out + [f"stopped early: {limit}" for limit in result.limits]


def _remarkable(result: TranslateResult, loud: int) -> Iterable[str]:
    for (engine, outcome), number in sorted(result.outcomes.items()):
        if loud > 0 or outcome in {Outcome.AGAIN, Outcome.IN_PIECES}:
            yield f"{engine}: {count(number, 'segment')} {_SAID[outcome]}"
    if result.masked:
        kinds = Counter(kind for one in result.masked for kind in one.kinds)
        shown = ", ".join(f"{kind} {number}x" for kind, number in sorted(kinds.items()))
        yield f"private data in {count(len(result.masked), 'segment')}, none of it sent: {shown}"
        if loud > 0:
            yield from (f"  {one.locale}/{one.path}: {', '.join(one.kinds)}: {one.source}" for one in result.masked)


_SAID = {
    Outcome.UNASKED: "with nothing to translate",
    Outcome.CLEAN: "fine at once",
    Outcome.REPAIRED: "with small repairs of spaces or markup",
    Outcome.AGAIN: "asked for twice",
    Outcome.IN_PIECES: "put together from pieces: have a look at them",
    Outcome.KEPT_OUT: "kept out as damaged",
    Outcome.SILENT: "without an answer",
    Outcome.PRIVATE: "not sent: private",
}


def _spent(sent: Sent) -> str:
    price = f", {money(sent.cost, sent.currency)}" if sent.cost is not None else ""
    return f"{count(sent.characters, 'character')} billed{price}"


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.4f}"


# ---------------------------------------------------------------- the plan


_COLUMNS = ("locale", "engine", "segments", "characters", "requests", "price", "from memory", "saved")


def _show_plan(common: options.Common, project: Project, planned: Sequence[Line]) -> int:
    for line in planned:
        for _, obstacle in line.obstacles if line.engine else ():
            project.note(EngineError(f"{line.locale}: {obstacle}"))
    counted = leverage.counted(project, list(dict.fromkeys(line.locale for line in planned)))
    rows = [_row(line) for line in planned]
    if common.format == "text" and common.loud >= 0 and planned:
        console.say_table("", _COLUMNS, [*map(_cells, planned), *_totals(planned)])
    found = [*_remarks(project, planned), *_within(project, planned), *leverage.lines(counted)]
    plan_data = {
        "plan": rows,
        "leverage": [{"locale": one.locale.tag, "classes": leverage.row(one)} for one in counted],
    }
    return finish(common, project, plan_data, found or ["nothing to translate"])


def _row(line: Line) -> dict[str, object]:
    price = {"per_million": str(line.price.amount), "currency": line.price.currency} if line.price else None
    saved = line.price.of(line.saved) if line.price else None
    return {
        **asdict(line),
        "locale": line.locale.tag,
        "price": price,
        "cost": _plain(line.cost),
        "saved_cost": _plain(saved),
    }


def _cells(line: Line) -> tuple[str, ...]:
    saved = f"{line.saved:,} characters" if line.saved else ""
    if saved and line.price and line.price.amount:
        saved += f", {money(line.price.of(line.saved), line.price.currency)}"
    return (
        line.locale.tag,
        line.engine or "none",
        f"{line.segments:,}",
        f"{line.characters:,}",
        f"{line.requests:,}",
        money(line.cost, line.price.currency)
        if line.cost is not None and line.price
        else "unknown" * bool(line.engine),
        f"{line.reused + line.kept:,}",
        saved,
    )


def _totals(planned: Sequence[Line]) -> Iterable[tuple[str, ...]]:
    if len(planned) < 2:
        return
    costs: Counter[str] = Counter()
    for line in planned:
        if line.cost is not None and line.price is not None:
            costs[line.price.currency] += line.cost  # type: ignore[assignment]  # a counter of amounts
    yield (
        "all",
        "",
        f"{sum(line.segments for line in planned):,}",
        f"{sum(line.characters for line in planned):,}",
        f"{sum(line.requests for line in planned):,}",
        " + ".join(money(Decimal(cost), currency) for currency, cost in costs.items() if cost) or "0",
        f"{sum(line.reused + line.kept for line in planned):,}",
        f"{sum(line.saved for line in planned):,} characters",
    )


def _remarks(project: Project, planned: Sequence[Line]) -> Iterable[str]:
    fate = "not to be sent" if project.settings.privacy.block else "to be masked"
    without = [line for line in planned if not line.engine and line.segments]
    if without:
        yield f"no engine for {_tags(without)}"
        yield from _obstacles(without)
    for line in planned:
        if line.matched:
            yield f"{line.locale}: {line.matched} matched approximately, for a person to work on"
        if line.masked:
            yield f"{line.locale}: private data in {count(line.masked, 'segment')}, {fate}"


def _tags(planned: Iterable[Line]) -> str:
    return ", ".join(dict.fromkeys(line.locale.tag for line in planned))


def _obstacles(planned: Sequence[Line]) -> Iterable[str]:
    """What each engine lacks, said once: for one locale where it differs between them."""
    said: dict[str, dict[str, str]] = {}
    for line in planned:
        for engine, obstacle in line.obstacles:
            said.setdefault(engine, {}).setdefault(obstacle, line.locale.tag)
    for engine, by_text in said.items():
        first, *others = by_text.items()
        yield f"  {engine}: {first[0]}" + (
            f"\n  (the same for {', '.join(tag for _, tag in others)})" if others else ""
        )


def _within(project: Project, planned: Sequence[Line]) -> Iterable[str]:
    """Where the plan is larger than one run may be."""
    limit = project.settings.caps.run
    characters = sum(line.characters for line in planned if line.price is None or line.price.amount)
    if limit and characters > limit:
        yield f"max_characters.run is {limit:,}: the work will end before all is sent"
