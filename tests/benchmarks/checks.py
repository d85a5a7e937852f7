"""How often the checks cry wolf, what they find, and how fast they are.

    python tests/benchmarks/checks.py SOURCE_DIR TARGET_DIR --locale de [--check NAME ...] [--show N]

The pages of TARGET_DIR are adopted as translations of SOURCE_DIR's; they are taken to be right. What a check finds
there counts as a false alarm. Then errors of every kind are seeded into units in which no check found anything, and
the share that is found is counted, by check. At the end all checks run over 20,000 segments with 500 terms.

A check is named as it is registered, or as its module in `polyhelp.checks` where it is not yet.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from adoption import load
from check_seeds import KINDS, Kind, World

from polyhelp import plugins
from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.glossary.match import TermBase
from polyhelp.locales.align_text import Labels
from polyhelp.locales.align_units import choose, kept_words
from polyhelp.model import Concept, Locale, PartOfSpeech, Place, Severity, Style, TermTarget, Unit
from polyhelp.text.inline import masked
from polyhelp.workflow.adopt import aligned_pages

SEED = 6
SEGMENTS = 20_000
TERMS = 500
FORMALITY = {"de": "formal", "fr": "formal", "ja": "formal", "es": "informal"}
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Told:
    """A finding, where it was found."""

    unit: Unit
    path: str
    finding: Finding


@dataclass(frozen=True)
class Stage:
    """Where errors are seeded; ``with_terms`` is for those that break the term base."""

    world: World
    setting: Setting
    with_terms: Setting


def adopted(source: Path, target: Path) -> list[tuple[Unit, str]]:
    """The units that adoption is sure of, and all those of pages with the same blocks, each with its page."""
    pages = load(source, target)
    aligned = aligned_pages([(page.source, page.translation) for page in pages])
    sure = [pair for one in aligned for pair in one.pairs if one.is_sure(pair)]
    names = kept_words((pair.source.source, pair.translation.source) for pair in sure)
    return [
        (Unit(key.source, choice.target, key.context, notes=(choice.pair.source.kind.value,)), page.path)
        for page, one in zip(pages, aligned, strict=True)
        for key, choice in choose(one, Labels.of(page.source, page.translation), names).targets.items()
        if choice.sure or one.mirrors
    ]


def the_checks(wanted: Sequence[str]) -> dict[str, Check]:
    """The checks called ``wanted``, else all that are registered."""
    known = plugins.names(plugins.CHECKS)
    return {
        name: plugins.load(plugins.CHECKS, name) if name in known else import_module(f"polyhelp.checks.{name}").CHECK
        for name in wanted or known
    }


# ---------------------------------------------------------------- false alarms


def told(check: Check, units: Sequence[tuple[Unit, str]], setting: Setting) -> list[Told]:
    """All findings of a check."""
    found = []
    settings = [replace(setting, path=path) for _, path in units]
    if check.look:
        for (unit, path), here in zip(units, settings, strict=True):
            found += [Told(unit, path, finding) for finding in check.look(unit, here)]
    if check.together:
        pairs = [(unit, here) for (unit, _), here in zip(units, settings, strict=True)]
        found += [Told(*units[at], finding) for at, finding in check.together(pairs)]
    return found


def alarms(found: Mapping[str, list[Told]], segments: int) -> Iterator[str]:
    """The table of findings per 1,000 segments."""
    yield "| check | findings per 1,000 | segments hit per 1,000 | error | warning | info |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, items in found.items():
        by = Counter(one.finding.severity for one in items)
        hit = len({(one.unit, one.path) for one in items})
        cells = [len(items), hit, *(by[severity] for severity in Severity)]
        yield f"| {name} | " + " | ".join(f"{1000 * cell / segments:.2f}" for cell in cells) + " |"


def shown(found: Mapping[str, list[Told]], number: int) -> Iterator[str]:
    """Random findings, to be read by a person."""
    for name, items in found.items():
        for one in random.Random(SEED).sample(items, min(number, len(items))):  # noqa: S311
            yield f"\n{name} {one.finding.severity}: {one.finding.message} [{one.finding.mark}] ({one.path})"
            yield f"  {one.unit.source}\n  {one.unit.target}"


# ---------------------------------------------------------------- seeded errors


def recall(
    checks: Mapping[str, Check], kinds: Iterable[Kind], clean: Sequence[tuple[Unit, str]], stage: Stage
) -> Iterator[tuple[Kind, int, dict[str, list[Unit]]]]:
    """For each kind of error how many were seeded, and what each check missed."""
    for kind in kinds:
        setting = replace(stage.with_terms if "terminology" in kind.checks else stage.setting, policy=kind.policy)
        rng = random.Random(f"{SEED} {kind.name}")  # noqa: S311
        spoiled: list[tuple[Unit, str]] = []
        for unit, path in rng.sample(clean, len(clean)):
            made = kind.spoil(unit, replace(stage.world, rng=rng))
            if made and not setting.terms(unit.source, unit.target):
                spoiled.append((made, path))
            if len(spoiled) == SEEDS:
                break
        missed = {
            name: [unit for unit, path in spoiled if not any(check.look(unit, replace(setting, path=path)))]
            for name, check in checks.items()
            if check.look
        }
        yield kind, len(spoiled), missed


def recalls(table: Iterable[tuple[Kind, int, dict[str, list[Unit]]]], number: int) -> Iterator[str]:
    """The table of what is found, and some of what is not."""
    yield "| kind of error | seeded | expected of | found by these | by each check |"
    yield "| --- | --- | --- | --- | --- |"
    left = []
    for kind, seeded, missed in table:
        if not seeded:
            yield f"| {kind.name} | 0 | {', '.join(kind.checks)} | | |"
            continue
        mine = [{id(unit) for unit in missed[name]} for name in kind.checks if name in missed]
        lost = set.intersection(*mine) if mine else set()
        each = ", ".join(
            f"{name} {100 * (1 - len(units) / seeded):.1f} %" for name, units in missed.items() if len(units) < seeded
        )
        share = f"{100 * (1 - len(lost) / seeded):.1f} %" if mine else "-"
        yield f"| {kind.name} | {seeded} | {', '.join(kind.checks)} | {share} | {each} |"
        every = {id(unit): unit for units in missed.values() for unit in units}
        left += [(kind.name, every[one]) for one in sorted(lost)[:number]]
    for name, unit in left:
        yield f"\nmissed ({name})\n  {unit.source}\n  {unit.target}"


# ---------------------------------------------------------------- terms and speed


def made_up_terms(units: Sequence[tuple[Unit, str]], locale: Locale) -> tuple[Concept, ...]:
    """The frequent words of the sources, each with the target's word that keeps it company most."""
    together: dict[str, Counter[str]] = {}
    here, there = Counter[str](), Counter[str]()
    for unit, _ in units:
        words = {word for word in _WORD.findall(masked(unit.source)) if word.islower()}
        others = {word.casefold() for word in _WORD.findall(masked(unit.target))}
        here.update(words)
        there.update(others)
        for word in words:
            together.setdefault(word, Counter()).update(others)
    return tuple(
        Concept(
            word,
            word,
            PartOfSpeech.NOUN,
            targets={locale: TermTarget(max(together[word], key=lambda one: together[word][one] / (there[one] + 9)))},
        )
        for word, _ in here.most_common()
        if together[word]
    )[:TERMS]


def seconds(checks: Mapping[str, Check], units: Sequence[tuple[Unit, str]], setting: Setting) -> Iterator[str]:
    """Processor seconds over 20,000 different segments, for each check and for all of them unit by unit."""
    many = []
    for at in range(SEGMENTS):
        unit, path = units[at % len(units)]
        mark = "" if at < len(units) else f" {'abcdefghij'[at // len(units) % 10]}ox"
        many.append((replace(unit, source=unit.source + mark, target=unit.target + mark), path))
    characters = sum(len(unit.source) + len(unit.target) for unit, _ in many)
    yield f"{SEGMENTS} segments, {characters} characters, {TERMS} terms; processor seconds on one core"
    yield "| check | seconds |\n| --- | --- |"
    for name, check in checks.items():
        started = time.process_time()
        told(check, many, setting)
        yield f"| {name} | {time.process_time() - started:.2f} |"
    started = time.process_time()
    for unit, path in many:
        here = replace(setting, path=path)
        for check in checks.values():
            if check.look:
                list(check.look(unit, here))
    for check in checks.values():
        if check.together:
            list(check.together([(unit, replace(setting, path=path)) for unit, path in many]))
    yield f"| all | {time.process_time() - started:.2f} |"


# ---------------------------------------------------------------- report

SEEDS = 250


def report(given: argparse.Namespace) -> Iterator[str]:
    """Everything, line by line."""
    locale = Locale.parse(given.locale)
    units = adopted(given.source, given.target)
    checks = the_checks(given.check)
    formality = given.formality or FORMALITY.get(locale.language, "")
    setting = Setting(
        locale,
        Place(given.locale),
        policy=given.policy,
        style=Style(formality=formality),
    )
    found = {name: told(check, units, setting) for name, check in checks.items()}
    yield f"{len(units)} segments in {locale}, taken to be right"
    yield from alarms(found, len(units))
    yield from shown(found, given.show)

    concepts = made_up_terms(units, locale)
    with_terms = replace(setting, terms=TermBase(concepts).finder(locale, ""))
    hit = {one.unit for name, items in found.items() if checks[name].look for one in items}
    clean = [(unit, path) for unit, path in units if unit not in hit]
    after = {here[0]: there[0] for here, there in pairwise(units)}
    sibling = {unit.source: unit.target for unit, _ in adopted(given.source, given.sibling)} if given.sibling else {}
    terms = {concept.source: concept.targets[locale].preferred for concept in concepts}
    world = World(random.Random(SEED), locale.language, after, sibling, terms)  # noqa: S311
    kinds = [kind for kind in KINDS if not given.check or not {*kind.checks}.isdisjoint(given.check)]
    yield f"\nerrors seeded into {len(clean)} segments without a finding"
    yield from recalls(recall(checks, kinds, clean, Stage(world, setting, with_terms)), given.show_missed)
    if given.speed:
        yield ""
        yield from seconds(checks, units, with_terms)


def main() -> None:
    """Measure one locale."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--locale", required=True)
    parser.add_argument("--check", action="append", default=[], metavar="NAME", help="only this check; may be repeated")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N random findings of each check")
    parser.add_argument("--show-missed", type=int, default=0, metavar="N", help="print N missed errors of each kind")
    parser.add_argument("--sibling", type=Path, metavar="DIR", help="the pages in a similar language, as a wrong one")
    parser.add_argument("--formality", choices=["formal", "informal"], help="how the translations address the reader")
    parser.add_argument("--policy", action="store_true", help="treat the pages as policies")
    parser.add_argument("--no-speed", dest="speed", action="store_false", help="leave out the 20,000 segments")
    for line in report(parser.parse_args()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
