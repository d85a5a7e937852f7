"""How well pages that were translated by hand are adopted.

    python tests/benchmarks/adoption.py SOURCE_DIR TRANSLATED_DIR [--mkdocs-yml FILE] [--sample FILE] [--json]

Of page pairs with the same blocks in the same order it tells how many segments are adopted, and for how many pages
`render` gives back the adopted page with the same HTML (Python-Markdown with the extensions of FILE; titles of
admonitions that the source leaves untitled, and code, set aside: those are the source's). Of all pairs it tells how
many agree in code, links and numbers.

Then translations are made old: in the source, random blocks are deleted, inserted from other pages and swapped, and
some list items removed. What belonged together is known by line, so wrong pairs are counted exactly.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import markdown
import yaml

from polyhelp.content import Custom, parse, render
from polyhelp.locales.align import Alignment, Pair
from polyhelp.locales.align_text import Labels
from polyhelp.locales.align_units import choose, kept_words
from polyhelp.model import DefaultTitle, Document
from polyhelp.workflow.adopt import aligned_pages

SEED = 20
RATES = {"light": (0.03, 0.03, 0.01), "middle": (0.1, 0.1, 0.03), "heavy": (0.3, 0.3, 0.1)}  # delete, insert, swap
_FENCE = re.compile(r"`{3,}|~{3,}")
_TITLE = re.compile(r'(<p class="admonition-title">|<summary>)(.*?)(</p>|</summary>)', re.DOTALL)
_CODE = re.compile(r"<pre\b.*?</pre>|```mermaid.*?```", re.DOTALL)
_INCLUDE = re.compile(r"^\{[*!].*[*!]\}$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page in both languages."""

    path: str
    source: Document
    translation: Document
    text: str
    translated: str


@dataclass
class Stale:
    """What was found on pages made old: numbers of pairs. ``possible`` is how many segments have a translation."""

    possible: int = 0
    pairs: int = 0
    right: int = 0
    sure: int = 0
    sure_wrong: int = 0
    sure_agree: int = 0
    wrong: list[str] = field(default_factory=list)

    def row(self) -> dict[str, object]:
        """The figures in percent."""
        return {
            "segments": self.possible,
            "recall": share(self.right, self.possible),
            "recall_above_cut": share(self.sure - self.sure_wrong, self.possible),
            "wrong": share(self.pairs - self.right, self.pairs),
            "wrong_above_cut": share(self.sure_wrong, self.sure),
            "agree_above_cut": share(self.sure_agree, self.sure),
        }


def share(part: float, whole: float) -> float:
    """Percent."""
    return round(100 * part / whole, 3) if whole else 100.0


def load(source: Path, translated: Path) -> list[Page]:
    """The pages that both folders have."""
    pages = []
    for file in sorted(translated.rglob("*.md")):
        path = file.relative_to(translated).as_posix()
        if (source / path).is_file():
            text, other = (source / path).read_text("utf-8"), file.read_text("utf-8")
            pages.append(Page(path, parse(text, path), parse(other, path), text, other))
    return pages


# ---------------------------------------------------------------- the same HTML


class Renderer:
    """Python-Markdown with the extensions of an mkdocs.yml, but for those that read files or are not installed."""

    def __init__(self, file: Path | None) -> None:
        class Loader(yaml.SafeLoader):
            pass

        Loader.add_multi_constructor("tag:", lambda *_: None)
        Loader.add_multi_constructor("!", lambda *_: None)
        raw = yaml.load(file.read_text("utf-8"), Loader).get("markdown_extensions") if file else None  # noqa: S506
        wanted = raw if isinstance(raw, dict) else {
            name: value
            for one in raw or ()
            for name, value in (one.items() if isinstance(one, dict) else [(one, None)])
        }  # fmt: skip
        wanted = {"toc": None, "tables": None, "attr_list": None, "admonition": None, **wanted}
        self.extensions: dict[str, dict[str, object]] = {}
        for name, options in wanted.items():
            try:
                markdown.Markdown(extensions=[name], extension_configs={name: options or {}})
            except Exception:  # noqa: S112 (an extension that is not here is left out)
                continue
            self.extensions[name] = options or {}

    def html(self, text: str) -> str:
        """The HTML of a page without its blocks of code, front matter and includes left as text."""
        engine = markdown.Markdown(extensions=[*self.extensions], extension_configs=self.extensions)
        return " ".join(_CODE.sub("<pre>", engine.convert(_INCLUDE.sub("INCLUDE", text))).split())


def same_html(page: Page, alignment: Alignment, renderer: Renderer, names: frozenset[str]) -> bool:
    """Whether rendering with the adopted targets gives the HTML of the adopted page."""
    choices = choose(alignment, Labels.of(page.source, page.translation), names)
    titles = {part.name: "§" for part in page.source.parts if isinstance(part, DefaultTitle)}
    targets = {key: choice.target for key, choice in choices.targets.items()}
    ours = _TITLE.findall(renderer.html(render(page.source, targets, Custom(titles))))
    made = _titles_aside(renderer.html(render(page.source, targets, Custom(titles))), ours)
    return made == _titles_aside(renderer.html(page.translated), ours)


def _titles_aside(html: str, titles: list[tuple[str, str, str]]) -> str:
    left = iter(titles)

    def aside(match: re.Match[str]) -> str:
        title = next(left, ("", "", ""))[1]
        return match[1] + match[3] if title == "§" else match[0]

    return _TITLE.sub(aside, html)


# ---------------------------------------------------------------- pages made old


def blocks(text: str) -> list[list[tuple[int, str]]]:
    """The blocks of a page between blank lines, fences whole: numbered lines."""
    out: list[list[tuple[int, str]]] = []
    block: list[tuple[int, str]] = []
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        mark = _FENCE.match(line.strip())
        if fence or line.strip():
            block.append((number, line))
        elif block:
            out.append(block)
            block = []
        if fence and line.strip() == fence:
            fence = ""
        elif not fence and mark:
            fence = mark.group()
    return [*out, block] if block else out


def is_fixed(block: list[tuple[int, str]]) -> bool:
    """Whether a block must stay for the others to be read as they were."""
    return block[0][1].lstrip().startswith(("///", "<", "!!!", "???", "---"))


def made_old(
    text: str, rng: random.Random, others: list[list[tuple[int, str]]], rates: tuple[float, float, float]
) -> tuple[str, list[int]]:
    """A changed source page, and for each of its lines the line of ``text`` that it was, 0 for a new one."""
    delete, insert, swap = rates
    page = blocks(text)
    for at in range(len(page) - 1):
        if rng.random() < swap and not is_fixed(page[at]) and not is_fixed(page[at + 1]):
            page[at], page[at + 1] = page[at + 1], page[at]
    lines: list[tuple[int, str]] = []
    for block in page:
        chance = 1.0 if is_fixed(block) else rng.random()
        if chance < delete:
            continue
        if chance < delete + insert:
            lines += [*((0, line) for _, line in rng.choice(others)), (0, "")]
        kept = block
        if block[0][1].lstrip().startswith(("* ", "- ")) and rng.random() < 2 * delete:
            kept = [line for line in block if rng.random() > 0.2]
        lines += [*kept, (0, "")]
    return "\n".join(line for _, line in lines), [number for number, _ in lines]


def stale(pages: list[tuple[Page, Alignment]], rates: tuple[float, float, float]) -> Stale:
    """Make mirrored pages old and align them again."""
    rng = random.Random(SEED)  # noqa: S311
    others = [
        block
        for page, _ in pages
        for block in blocks(page.text)
        if not is_fixed(block) and not block[0][1].startswith(("`", "#", "{"))
    ]
    old = [made_old(page.text, rng, others, rates) for page, _ in pages]
    documents = [parse(text, page.path) for (text, _), (page, _) in zip(old, pages, strict=True)]
    aligned = aligned_pages(
        [(document, page.translation) for document, (page, _) in zip(documents, pages, strict=True)]
    )
    result = Stale()
    for (page, truth), (_, lines), document, alignment in zip(pages, old, documents, aligned, strict=True):
        known = dict(zip(_places([p.source for p in truth.pairs]), truth.pairs, strict=True))
        partner: dict[int, Pair | None] = {}
        for segment, (line, nth) in zip(document.segments, _places(document.segments), strict=True):
            was = lines[line - 1] if line <= len(lines) else 0
            partner[id(segment)] = known.get((was, nth)) if was else None
        _count(result, page, alignment, partner, truth)
    return result


def _places(segments: object) -> Iterator[tuple[int, int]]:
    seen: Counter[int] = Counter()
    for segment in segments:
        seen[segment.line] += 1
        yield segment.line, seen[segment.line]


def _count(result: Stale, page: Page, alignment: Alignment, partner: dict[int, Pair | None], truth: Alignment) -> None:
    result.possible += sum(pair is not None for pair in partner.values())
    same = {(pair.source.source, pair.translation.source) for pair in truth.pairs}
    for pair in alignment.pairs:
        right = (pair.source.source, pair.translation.source) in same
        if not right and (was := partner.get(id(pair.source))):
            right = was.translation.source == pair.translation.source
        sure = alignment.is_sure(pair)
        result.pairs += 1
        result.right += right
        result.sure += sure
        result.sure_wrong += sure and not right
        result.sure_agree += sure and pair.agrees
        if sure and not right:
            result.wrong.append(f"{page.path} {pair.margin:.1f}: {pair.source.source} = {pair.translation.source}")


# ---------------------------------------------------------------- report


def measure(pages: list[Page], renderer: Renderer) -> tuple[dict[str, object], list[tuple[Page, Alignment]]]:
    """Everything but the pages made old."""
    started = time.perf_counter()
    aligned = aligned_pages([(page.source, page.translation) for page in pages])
    seconds = time.perf_counter() - started
    every = list(zip(pages, aligned, strict=True))
    current = [(page, one) for page, one in every if one.mirrors]
    rest = [(page, one) for page, one in every if not one.mirrors]
    sure = [pair for _, one in every for pair in one.pairs if one.is_sure(pair)]
    names = kept_words((pair.source.source, pair.translation.source) for pair in sure)
    faithful = {page.path: same_html(page, one, renderer, names) for page, one in current}
    left = [
        pair
        for page, one in every
        for pair in choose(one, Labels.of(page.source, page.translation), names).untranslated
    ]
    segments = sum(len(page.source.segments) for page, _ in current)
    return {
        "pages": len(pages),
        "seconds": round(seconds, 1),
        "current": len(current),
        "current_segments": segments,
        "current_adopted": share(sum(one.is_sure(pair) for _, one in current for pair in one.pairs), segments),
        "same_html": share(sum(faithful.values()), len(faithful)),
        "other_html": [path for path, same in faithful.items() if not same],
        "agree": share(sum(pair.agrees for pair in sure), len(sure)),
        "untranslated": len(left),
        "rest": {
            page.path: {
                "segments": len(page.source.segments),
                "paired": len(one.pairs),
                "above_cut": sum(one.is_sure(pair) for pair in one.pairs),
            }
            for page, one in rest
        },
    }, current


def sample(pages: list[tuple[Page, Alignment]], file: Path, number: int) -> None:
    """Write a random sample of pairs, to be read by a person."""
    pairs = [(page, one, pair) for page, one in pages for pair in one.pairs]
    with file.open("w", encoding="utf-8") as out:
        for page, one, pair in random.Random(SEED).sample(pairs, min(number, len(pairs))):  # noqa: S311
            mark = "sure " if one.is_sure(pair) else "fuzzy"
            out.write(f"{mark} {pair.margin:.1f} {page.path}:{pair.source.line}\n  {pair.source.source}\n")
            out.write(f"  {pair.translation.source}\n")


def main() -> None:
    """Measure one language."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("translated", type=Path)
    parser.add_argument("--mkdocs-yml", type=Path)
    parser.add_argument("--sample", type=Path, help="write a random sample of pairs to this file")
    parser.add_argument("--sample-size", type=int, default=250)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    report, current = measure(load(given.source, given.translated), Renderer(given.mkdocs_yml))
    if given.sample:
        sample(current, given.sample, given.sample_size)
    wrong = {}
    for name, rates in RATES.items():
        made = stale(current, rates)
        report[name], wrong[name] = made.row(), made.wrong
    if given.json:
        sys.stdout.write(json.dumps({**report, "wrong": wrong}, ensure_ascii=False, indent=2) + "\n")
        return
    for name, value in report.items():
        sys.stdout.write(f"{name}: {value}\n")
    for name, found in wrong.items():
        for text in found[:10]:
            sys.stdout.write(f"wrong ({name}) {text}\n")


if __name__ == "__main__":
    main()
