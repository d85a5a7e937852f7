"""How the gateway to translation engines does: overhead, faults, outcomes.

    python tests/benchmarks/translate.py overhead [--engine NAME] [--segments 4000] [--offline 400]
    python tests/benchmarks/translate.py faults [--segments 100000] [--requests 4]
    python tests/benchmarks/translate.py outcomes [--corpus DIR] [--modes]

Stand-ins for services are served on 127.0.0.1; nothing is read from the network. Exit status 1: a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path

import translate_engines as engines  # first: it says where the stand-ins are
import translate_faults as faults
import translate_outcomes as outcomes
import translate_overhead as overhead

from polyhelp.workflow import standalone

CONTENT = Path(__file__).parents[2] / "content"
LOCAL = ("offline", "apertium")
KILLS = 3
COST_TITLES = (
    "engine", "segments", "requests", "texts", "segments/s", "bare engine: clock", "processor",
    "gateway on top: clock", "processor", "share: clock", "processor",
)  # fmt: skip
"""Milliseconds a segment; the shares are of the bare engine's, and mean nothing where a stand-in answers at once."""
OUTCOME_TITLES = ("segments", "unasked", *map(str, outcomes.COLUMNS), "ended")


def show(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201


# ---------------------------------------------------------------- overhead


def show_overhead(given: argparse.Namespace) -> int:
    """Print what the gateway costs per segment, engine by engine."""
    sources = list(dict.fromkeys(one.segment.source for one in standalone.segments((given.corpus,), [])))
    rows = []
    for name in given.engine or (*LOCAL, *engines.SERVED):
        if name in LOCAL:
            cost = engines.apart(overhead.measured, name, spread(sources, given.offline))
        else:
            with engines.served(name) as stub:
                stub.remember = False
                cost = engines.apart(overhead.measured, name, numbered(sources, given.segments))
        rows.append(costs(cost))
    show(engines.table(COST_TITLES, rows))
    return 0


def costs(cost: overhead.Cost) -> list[object]:
    """One line of the table."""
    more, each = cost.gateway - cost.bare, 1000 / cost.segments
    shares = more.wall / cost.bare.wall, more.processor / cost.bare.processor
    return [
        cost.engine,
        cost.segments,
        cost.requests,
        cost.texts,
        round(cost.segments / cost.gateway.wall),
        *(f"{part * each:.2f}" for part in (cost.bare.wall, cost.bare.processor, more.wall, more.processor)),
        *(f"{share:.0%}" if cost.engine in LOCAL else "" for share in shares),
    ]


def spread(sources: list[str], count: int) -> list[str]:
    """So many of the sources, from all over."""
    return sources[:: max(1, len(sources) // count)][:count]


def numbered(sources: list[str], count: int) -> list[str]:
    """So many texts made of the sources, no two alike."""
    return [f"{sources[at % len(sources)]} Case {at}." for at in range(count)]


# ---------------------------------------------------------------- faults


def show_faults(given: argparse.Namespace) -> int:
    """Print what became of the texts; 1 when one was lost, mixed up, or billed twice without need."""
    count, requests = given.segments, given.requests
    wrong = []
    for name, some, kills in (
        ("refused or hung up, not billed", faults.UNBILLED, 0),
        ("also billed and then lost", (*faults.UNBILLED, *faults.LOST), 0),
        (f"killed {KILLS} times", (), KILLS),
    ):
        found = faults.run(name, count, requests, some, kills)
        show_found(found)
        wrong += faults.complaints(found, count, requests)
    show(*wrong[:1] or ["nothing was lost, mixed up, or billed twice without need"])
    for complaint in wrong[1:]:
        show(complaint)
    return 1 if wrong else 0


def show_found(found: faults.Found) -> None:
    """Print one run."""
    said = found.client
    tenth = said.memory[len(said.memory) // 10]
    lines = {
        "answers": f"{said.answers:,} of {found.texts:,} different texts sent, {said.repeated} twice",
        "of another text": said.of_another_text,
        "requests": f"{found.requests:,}, at most {found.at_once} at one time",
        "billed again": f"{found.twice:,} texts: {found.lost:,} whose answer was lost, {found.avoidable} others",
        "characters": f"{found.billed:,} billed; {found.ledger:,} in the ledger, {found.unsure:,} of them unsure",
        "time": f"{said.seconds:.0f} s, {said.answers / said.seconds:,.0f} segments/s",
        "processor": f"{said.processor:.0f} s",
        "memory, MB": f"{tenth:.1f} after a tenth, {max(said.memory):.1f} at most, {said.memory[-1]:.1f} at the end",
        "journal, MB": f"{said.on_disk:.1f}",
        "jobs in memory": f"at most {said.ahead}",
    }
    show(found.name)
    for name, value in lines.items():
        show(f"    {name:16} {value}")


# ---------------------------------------------------------------- outcomes


def show_outcomes(given: argparse.Namespace) -> int:
    """Print how answers came about; 1 when an accepted one is damaged."""
    rows: list[list[object]] = []
    details: list[list[object]] = []
    wrong: list[str] = []
    swapped: list[str] = []
    for name, tally in outcomes.real(given.corpus) if given.corpus else ():
        rows.append([name, *tally.row()])
        show(f"{name}: {tally.seconds:.0f} s, {tally.segments / (tally.seconds or 1):.0f} segments/s {tally.ended}")
        wrong += described(name, tally)
    for name in engines.SERVED:
        total = outcomes.Tally()
        for mode, tally in outcomes.stubbed(name):
            details.append([name, mode.name, mode.when, *tally.row()])
            total += tally
            wrong += described(f"{name}, {mode.name}", tally)
            if count := sum(reason == outcomes.ANOTHER for *_, reason in tally.wrong):
                swapped.append(f"{name}, {mode.name}, {mode.when}: {count}")
        rows.append([f"{name}, its stand-in", *total.row()])
    show(engines.table(("engine", *OUTCOME_TITLES), rows))
    if given.modes:
        show()
        show(engines.table(("engine", "what goes wrong", "when", *OUTCOME_TITLES), details))
    show()
    show_list("accepted answers that are another text's", swapped)
    show_list("accepted answers with other codes or other HTML than their source", wrong)
    return 1 if wrong else 0


def described(name: str, tally: outcomes.Tally) -> list[str]:
    """The damaged ones among the accepted answers."""
    damaged = (one for one in tally.wrong if one[-1] != outcomes.ANOTHER)
    return [f"{name}: {reason}\n    {source!r}\n    {target!r}" for source, target, reason in damaged]


def show_list(title: str, lines: list[str]) -> None:
    show(f"{title}: {len(lines) or 'none'}")
    for line in islice(lines, 50):
        show(f"- {line}")


# ---------------------------------------------------------------- the command line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("overhead", help="the gateway against the bare engine")
    verb.add_argument("--engine", action="append", choices=(*LOCAL, *engines.SERVED), help="only this one; repeatable")
    verb.add_argument("--corpus", type=Path, default=CONTENT, help="a folder of Markdown that texts are taken from")
    verb.add_argument("--segments", type=int, default=4_000, help="how many for each stand-in")
    verb.add_argument("--offline", type=int, default=400, help="how many for each engine of this machine")
    verb.set_defaults(do=show_overhead)
    verb = verbs.add_parser("faults", help="many segments, and a service that fails")
    verb.add_argument("--segments", type=int, default=100_000)
    verb.add_argument("--requests", type=int, default=4, help="at one time")
    verb.set_defaults(do=show_faults)
    verb = verbs.add_parser("outcomes", help="how answers come about, by engine")
    verb.add_argument("--corpus", type=Path, help="a folder of Markdown, for the engines of this machine")
    verb.add_argument("--modes", action="store_true", help="each mode of the stand-ins on a line of its own")
    verb.set_defaults(do=show_outcomes)
    given = parser.parse_args()
    return int(given.do(given))


if __name__ == "__main__":
    sys.exit(main())
