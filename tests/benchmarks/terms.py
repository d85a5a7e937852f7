"""How well violations of a term base are found, and how fast.

    python tests/benchmarks/terms.py [--sample FOLDER] [--rows] [--no-speed] [--json]

FOLDER holds, for each language LANG, ``glossary/LANG.csv`` (columns source, target, alternatives, forbidden, dnt,
case_sensitive, pos; lists with ``|``) and ``labels_LANG.jsonl``: uses of its terms in real translations, one a line,
judged by a person (label R: the term base is respected, V: violated, N: not applicable here) and drawn by strata, so
that a row stands for stratum_size / stratum_n uses. For each language it prints, weighted so that the numbers speak of
all uses, beside exact matching of the same rows:

- precision: which part of what is flagged is a violation;
- recall: which part of the violations is flagged;
- flagged: which part of all uses is flagged.

Exact matching looks for an allowed form as it is, capitals aside: between word boundaries, or anywhere in languages
without spaces. ``--rows`` lists the rows that polyhelp and the label disagree on.

The speed is that of 500 terms on 20,000 segments of about 75 characters, made up from a seed: the source side (which
terms occur) and the whole (which are violated), in processor time of one core, nothing remembered from before.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from polyhelp.glossary.families import family
from polyhelp.glossary.match import TermBase
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget

SEED = 6
TERMS = 500
SEGMENTS = 20_000


@dataclass(frozen=True)
class Use:
    """One judged use of a term."""

    id: str
    term: str
    source: str
    target: str
    label: str
    weight: float


@dataclass(frozen=True)
class Score:
    """Shares between 0 and 1; ``nan`` where nothing is flagged."""

    precision: float
    recall: float
    flagged: float


Flags = Callable[[Use], bool]


def concepts(file: Path, locale: Locale) -> list[Concept]:
    """The entries of a glossary as concepts."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [_concept(str(number), row, locale) for number, row in enumerate(csv.DictReader(rows), start=1)]


def _concept(id_: str, row: dict[str, str], locale: Locale) -> Concept:
    def several(name: str) -> tuple[str, ...]:
        return tuple(filter(None, (one.strip() for one in row[name].split("|"))))

    allowed = (*filter(None, [row["target"]]), *several("alternatives"))
    names = {locale: TermTarget(allowed[0], allowed[1:], (), several("forbidden"))} if allowed else {}
    return Concept(
        id=id_,
        source=row["source"],
        part=PartOfSpeech(row["pos"]) if row["pos"] else PartOfSpeech.unsaid(kept=row["dnt"] == "1"),
        do_not_translate=row["dnt"] == "1",
        case_sensitive=row["case_sensitive"] == "1",
        targets=names,
    )


def uses(file: Path) -> list[Use]:
    """The judged uses in a file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        Use(
            row["iid"],
            row["term"],
            row["source"],
            row["target"],
            row["label"],
            row["stratum_size"] / row["stratum_n"],
        )
        for row in rows
    ]


def ours(terms: TermBase, locale: Locale) -> Flags:
    """What polyhelp flags."""

    def flags(use: Use) -> bool:
        found = terms.violations(use.source, use.target, locale)
        return any(one.hit.concept.source.casefold() == use.term.casefold() for one in found)

    return flags


def exact(terms: TermBase, locale: Locale) -> Flags:
    """What exact matching flags."""
    edge = r"\b" if family(locale).spaced else ""

    @cache
    def pattern(term: str) -> re.Pattern[str]:
        names = [one.target(locale) for one in terms.concepts if one.source.casefold() == term.casefold()]
        forms = [re.escape(form) for one in names if one is not None for form in one.allowed]
        return re.compile(f"{edge}(?:{'|'.join(forms)}){edge}", re.IGNORECASE)

    return lambda use: not pattern(use.term).search(use.target)


def score(rows: Iterable[Use], flags: Flags) -> Score:
    """Precision, recall and share of the flagged, weighted."""
    every = flagged = violated = both = 0.0
    for use in rows:
        flag, wrong = flags(use), use.label == "V"
        every += use.weight
        flagged += use.weight * flag
        violated += use.weight * wrong
        both += use.weight * (flag and wrong)
    nan = float("nan")
    return Score(both / flagged if flagged else nan, both / violated if violated else nan, flagged / every)


def disagreements(rows: Iterable[Use], flags: Flags) -> Iterator[str]:
    """The rows that were flagged against their label, or missed."""
    for use in rows:
        if flags(use) != (use.label == "V"):
            kind = "missed" if use.label == "V" else f"false alarm ({use.label})"
            yield f"{kind}, x{use.weight:.1f}  {use.id}\n    {use.source}\n    {use.target}"


# ---------------------------------------------------------------- speed


@dataclass(frozen=True)
class Speed:
    """Segments per second, and how many terms and violations there were."""

    source_side: float
    terms: int
    whole: float
    violations: int


_ONSETS = [
    "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gl", "gr", "h", "j", "k", "l", "m",
    "n", "p", "pl", "pr", "qu", "r", "s", "sc", "sh", "sl", "sp", "st", "str", "t", "th", "tr", "v", "w",
]  # fmt: skip
_RIMES = [
    "ab", "ack", "ail", "al", "am", "an", "ap", "ar", "at", "ave", "eal", "ed", "eel", "en", "ent", "er", "est",
    "ick", "id", "ig", "ill", "in", "ine", "it", "oad", "ob", "og", "ol", "on", "ook",
]  # fmt: skip
_SMALL = [
    "the", "of", "to", "and", "in", "is", "it", "you", "that", "for", "on", "are", "with", "as", "at", "be", "your",
    "this", "have", "from", "or", "by", "can", "we", "will",
]  # fmt: skip


def _words(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(chance.randint(2, 3)))] = None
    return list(found)


def speed(tag: str) -> Speed:
    """Made-up terms of one to three words on made-up segments; one target in ten lacks its term."""
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    english, foreign = _words(chance, 3000), _words(chance, 3000)
    sizes = [chance.choice((1, 1, 1, 2, 2, 3)) for _ in range(TERMS)]
    sources = [" ".join(chance.sample(english, size)) for size in sizes]
    targets = [" ".join(chance.sample(foreign, size)) for size in sizes]
    locale = Locale(tag)
    base = [
        Concept(str(n), source, targets={locale: TermTarget(target, forbidden=(chance.choice(foreign),))})
        for n, (source, target) in enumerate(zip(sources, targets, strict=True))
    ]
    pairs = [_pair(chance, (english, foreign), (sources, targets)) for _ in range(SEGMENTS)]
    hits, read = _timed(base, lambda terms, pair: len(terms.hits(pair[0])), pairs)
    broken, judged = _timed(base, lambda terms, pair: len(terms.violations(*pair, locale)), pairs)
    return Speed(SEGMENTS / read, hits, SEGMENTS / judged, broken)


_Pair = tuple[str, str]


def _timed(base: list[Concept], count: Callable[[TermBase, _Pair], int], pairs: list[_Pair]) -> tuple[int, float]:
    """The sum of ``count``, and the seconds it took: the best of three, each with a new term base."""
    best = float("inf")
    for _ in range(3):
        terms = TermBase(base)
        began = time.process_time()
        found = sum(count(terms, pair) for pair in pairs)
        best = min(best, time.process_time() - began)
    return found, best


def _pair(
    chance: random.Random, words: tuple[list[str], list[str]], terms: tuple[list[str], list[str]]
) -> tuple[str, str]:
    """A sentence that has a term in one of three cases, and its translation."""
    english, foreign = (
        [chance.choice(_SMALL if chance.random() < 0.5 else part) for _ in range(chance.randint(8, 16))]
        for part in words
    )
    if chance.random() < 0.35:
        number = chance.randrange(TERMS)
        english.insert(chance.randrange(len(english)), terms[0][number])
        if chance.random() < 0.9:
            foreign.insert(chance.randrange(len(foreign)), terms[1][number] + chance.choice(("", "", "s", "en")))
    return " ".join(english).capitalize() + ".", " ".join(foreign).capitalize() + "."


# ---------------------------------------------------------------- report


def measured(folder: Path, *, rows: bool) -> dict[str, dict[str, Score]]:
    """Both scores for every language that has labels; with ``rows``, what was judged otherwise is printed."""
    found: dict[str, dict[str, Score]] = {}
    for file in sorted(folder.glob("labels_*.jsonl")):
        tag = file.stem.removeprefix("labels_")
        locale = Locale.parse(tag)
        terms = TermBase(concepts(folder / "glossary" / f"{tag}.csv", locale))
        judged = uses(file)
        flags = ours(terms, locale)
        found[tag] = {"polyhelp": score(judged, flags), "exact": score(judged, exact(terms, locale))}
        for line in disagreements(judged, flags) if rows else ():
            sys.stdout.write(line + "\n")
    return found


def _table(found: dict[str, dict[str, Score]]) -> Iterator[str]:
    yield "| language | matching | precision | recall | uses flagged |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for tag, scores in found.items():
        for name, one in scores.items():
            yield f"| {tag} | {name} | {one.precision:.2f} | {one.recall:.2f} | {one.flagged:.1%} |"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Violations of a term base: how well and how fast they are found.")
    options.add_argument("--sample", type=Path, help="a folder with judged uses")
    options.add_argument("--rows", action="store_true", help="list the uses that are judged otherwise")
    options.add_argument("--no-speed", action="store_true", help="leave the speed out")
    options.add_argument("--json", action="store_true", help="print JSON")
    given = options.parse_args()
    found = measured(given.sample, rows=given.rows) if given.sample else {}
    fast = {} if given.no_speed else {tag: speed(tag) for tag in ("de", "fr", "ru", "ja")}
    if given.json:
        scores = {tag: {name: asdict(one) for name, one in row.items()} for tag, row in found.items()}
        report = {"sample": scores, "speed": {tag: asdict(one) for tag, one in fast.items()}}
        sys.stdout.write(json.dumps(report, indent=2) + "\n")
        return
    for line in (*(_table(found) if found else ()), *map(_speed_line, fast, fast.values())):
        sys.stdout.write(line + "\n")


def _speed_line(tag: str, one: Speed) -> str:
    return (
        f"{TERMS} terms x {SEGMENTS:,} segments ({tag}): source side {one.source_side:,.0f} segments/s "
        f"({one.terms:,} terms), with the target side {one.whole:,.0f} segments/s ({one.violations:,} violations)"
    )


if __name__ == "__main__":
    main()
