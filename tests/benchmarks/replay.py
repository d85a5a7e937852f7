"""How much text goes to a translation engine when a help center is edited as it really was.

    python tests/benchmarks/replay.py REPOSITORY FOLDER [--commits N] [--json]
    python tests/benchmarks/replay.py --random 2000 [--json]

Replays the edits of the Markdown files below FOLDER, commit by commit (first parents), and counts the characters that
each way of translating would send for one target locale. --random makes a repository with so many edits up first.

- polyhelp: after sync, the units without a usable target whose text was never sent before.
- polyhelp, each page alone: the same without what other pages and earlier versions have taught it.
- changed sentence, changed block: the sentences (lines unwrapped), or the paragraphs, headings, list items and cells
  (as they are written), that the page did not have before the commit.
- whole page: every page whose text has changed.

Pages that stood before the first commit of the replay count as translated. A renamed page is the same page for
everybody but polyhelp, whose catalogs go by the page's path. No way but polyhelp has to put anything back together.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scale import article, paragraph, sentence

from polyhelp.content import decode, parse
from polyhelp.engines.pseudo import pseudo
from polyhelp.errors import PolyhelpError
from polyhelp.git import Blobs, files
from polyhelp.locales import sync
from polyhelp.model import Catalog, Document, Locale, Origin, Unit

LOCALE = Locale("de")
DAY = "2026-01-01"
OURS = "polyhelp"
WAYS = (OURS, "polyhelp, each page alone", "changed sentence", "changed block", "whole page")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]*_]*\s+(?=\S)")
WORK = ("added pages", "edited pages")
NAMES = (".md", ".markdown")


@dataclass(frozen=True)
class Edit:
    """What a commit did to one file: its path before and after, and the blob after; ``""`` where there is none."""

    before: str
    after: str
    blob: str


@dataclass
class Replay:
    """The help center in the middle of its history, and what was sent so far: (way, work) -> characters."""

    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    texts: dict[str, tuple[str, Document]] = field(default_factory=dict)
    catalogs: dict[str, Catalog] = field(default_factory=dict)
    memory: set[str] = field(default_factory=set)
    unreadable: int = 0

    def edit(self, edit: Edit, data: bytes, kind: str = "") -> None:
        """One file's edit. A page that is no readable Markdown is left out for every way."""
        old = self.texts.pop(edit.before, None) if edit.before else None
        if edit.before and edit.before != edit.after:
            self._sync(Document(edit.before, ()))
        if not edit.after:
            return
        try:
            text = decode(data, edit.after)
            document = parse(text, edit.after)
        except PolyhelpError:
            self.unreadable += 1
            return
        self.texts[edit.after] = text, document
        before, page = old or ("", Document("", ()))
        alone, new = self._sync(document)
        sent = {
            OURS: new,
            "polyhelp, each page alone": alone,
            "changed sentence": added(sentences(page), sentences(document)),
            "changed block": added(blocks(page), blocks(document)),
            "whole page": len(text) if text != before else 0,
        }
        work = WORK[bool(old)]
        self.pages[work] += 1
        for way in WAYS:
            self.sent[way, work] += sent[way]
            self.kinds[way, kind] += sent[way]

    def _sync(self, document: Document) -> tuple[int, int]:
        """Bring the catalog up to date and translate it; the characters to send without and with the memory."""
        old = self.catalogs.get(document.path, Catalog(LOCALE, document.path))
        catalog = sync(document, old)
        waiting = {unit.source for unit in catalog.current if not usable(unit)}
        new = waiting - self.memory
        self.memory |= {unit.source for unit in catalog.current}
        units = tuple(unit if unit.obsolete or usable(unit) else translated(unit) for unit in catalog.units)
        self.catalogs[document.path] = replace(catalog, units=units)
        return sum(map(len, waiting)), sum(map(len, new))


def usable(unit: Unit) -> bool:
    """Whether the unit has a target of its own source; `polyhelp translate` sends the others."""
    return bool(unit.target) and not (unit.fuzzy and unit.previous)


def translated(unit: Unit) -> Unit:
    """The unit as `polyhelp translate` leaves it."""
    target = pseudo(unit.source)
    return replace(unit, target=target, previous="", fuzzy=True, origin=Origin.of("mt/pseudo", DAY, target))


def blocks(document: Document) -> list[str]:
    """The paragraphs, headings, list items, cells and titles of a page, as they are written."""
    return [segment.raw for segment in document.segments if segment.raw]


def sentences(document: Document) -> list[str]:
    """Its sentences, lines unwrapped."""
    return [text for segment in document.segments for text in SENTENCE_END.split(segment.source)]


def added(before: Sequence[str], after: Sequence[str]) -> int:
    """Characters of the texts that were not on the page before."""
    known = set(before)
    return sum(len(text) for text in dict.fromkeys(after) if text not in known)


# ---------------------------------------------------------------- the history


def history(repository: Path, folder: str, most: int) -> Iterator[tuple[str, str, list[Edit]]]:
    """The commits that changed ``folder``, oldest first: id, subject, and the edits of Markdown files."""
    command = ["git", "log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "-z", "-M"]
    command += ["--no-abbrev", "--no-show-signature", "--format=%x01%H %s", *([f"-{most}"] if most else []), "HEAD"]
    out = subprocess.run([*command, "--", folder], cwd=repository, check=True, capture_output=True).stdout
    for part in out.decode(errors="replace").split("\x01")[1:]:
        head, *tokens = part.replace("\n", "").split("\0")
        commit, _, subject = head.partition(" ")
        yield commit, subject, list(edits(token for token in tokens if token))


def edits(tokens: Iterator[str]) -> Iterator[Edit]:
    """Edits of Markdown from git's raw format: modes, blobs and a letter, then the paths."""
    for about in tokens:
        _, mode, _, blob, letter = about.split()
        before = next(tokens)
        after = next(tokens) if letter[0] in "RC" else before
        if letter[0] in "AC":
            before = ""
        if letter[0] == "D" or not mode.startswith("100") or not after.endswith(NAMES):
            after = ""
        before = before if before.endswith(NAMES) else ""
        if before or after:
            yield Edit(before, after, blob)


def replayed(repository: Path, folder: str, most: int) -> tuple[Replay, int]:
    """The replay of a repository's history, and how many commits it has. What stood before the first one is known."""
    commits = list(history(repository, folder, most))
    replay = Replay()
    with Blobs(repository) as blobs:
        if commits and (parent := parent_of(repository, commits[0][0])):
            for path, blob in files(repository, parent, folder).items():
                if path.endswith(NAMES):
                    replay.edit(Edit("", path, blob), blobs.read(blob))
            for counted in (replay.sent, replay.kinds, replay.pages):
                counted.clear()
        for _, subject, changes in commits:
            for edit in changes:
                replay.edit(edit, blobs.read(edit.blob) if edit.after else b"", subject)
    return replay, len(commits)


def parent_of(repository: Path, commit: str) -> str:
    command = ["git", "rev-parse", "--verify", "--quiet", f"{commit}^"]
    return subprocess.run(command, cwd=repository, check=False, capture_output=True, text=True).stdout.strip()


# ---------------------------------------------------------------- a history made up


def make_up(repository: Path, number: int) -> None:
    """A repository with 40 pages and ``number`` edits of the kinds that help centers see; the same one every time."""
    dice = random.Random(number)  # noqa: S311 (the same edits every time)
    pages = {f"docs/page-{at:02}.md": article(at).split("\n\n") for at in range(40)}
    stream = [commit_of(pages, 0, "first pages")]
    earlier = {path: list(parts) for path, parts in pages.items()}
    for at in range(1, number + 1):
        path = dice.choice(list(pages))
        before = {name: list(parts) for name, parts in pages.items()}
        kind = dice.choices(list(EDITS), [weight for _, weight in EDITS.values()])[0]
        if kind == "taken back":
            pages[path] = list(earlier.get(path, pages[path]))
        else:
            EDITS[kind][0](dice, pages, path)
        changed = {name: parts for name, parts in pages.items() if parts != before.get(name)}
        earlier.update({name: before[name] for name in changed if name in before})
        stream.append(commit_of(changed, at, kind))
    subprocess.run(["git", "init", "--quiet", str(repository)], check=True)
    data = "".join(stream).encode()
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, input=data, check=True)
    subprocess.run(["git", "symbolic-ref", "HEAD", "refs/heads/made"], cwd=repository, check=True)


def commit_of(pages: dict[str, list[str]], at: int, subject: str) -> str:
    """A commit for git fast-import with these pages changed."""
    person = f"M <m@example.com> {1_700_000_000 + 3600 * at} +0000"
    out = [f"commit refs/heads/made\ncommitter {person}\ndata {len(subject)}\n{subject}\n"]
    for path, parts in pages.items():
        text = "\n\n".join(parts).rstrip("\n") + "\n"
        out.append(f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n")
    return "".join(out)


Pages = dict[str, list[str]]
Change = Callable[[random.Random, Pages, str], None]


def one_block(change: Callable[[random.Random, str], str]) -> Change:
    """An edit of one paragraph or heading of a page; the front matter is left alone."""

    def edit(dice: random.Random, pages: Pages, path: str) -> None:
        parts = pages[path]
        at = dice.randrange(1, len(parts))
        parts[at] = change(dice, parts[at])

    return edit


def other_word(dice: random.Random, text: str) -> str:
    words = text.split(" ")
    at = dice.randrange(len(words))
    words[at] = words[at] if not words[at].isalpha() else sentence(dice, 1, 1).lower()
    return " ".join(words)


def other_address(dice: random.Random, text: str) -> str:
    return re.sub(r"article-\d+", f"article-{dice.randrange(40):05}", text)


def other_emphasis(dice: random.Random, text: str) -> str:  # noqa: ARG001 (the shape of an edit)
    return text.replace("**", "*")


def other_lines(dice: random.Random, text: str) -> str:
    if text.startswith(("#", "!", "1.", " ")):
        return text
    return "".join("\n" if mark == " " and not dice.randrange(8) else mark for mark in text.replace("\n", " "))


def one_more_sentence(dice: random.Random, text: str) -> str:
    return text if text.startswith(("#", "!", "1.")) else f"{text.rstrip()} {sentence(dice, 6, 14)}."


def new_paragraph(dice: random.Random, pages: Pages, path: str) -> None:
    pages[path].insert(dice.randrange(2, len(pages[path]) + 1), paragraph(dice).rstrip())


def removed(dice: random.Random, pages: Pages, path: str) -> None:
    if len(pages[path]) > 6:
        pages[path].pop(dice.randrange(2, len(pages[path])))


def moved(dice: random.Random, pages: Pages, path: str) -> None:
    parts = pages[path]
    parts.insert(dice.randrange(2, len(parts)), parts.pop(dice.randrange(2, len(parts))))


def copied(dice: random.Random, pages: Pages, path: str) -> None:
    other = pages[dice.choice(list(pages))]
    pages[path].append(other[dice.randrange(2, len(other))])


def new_page(dice: random.Random, pages: Pages, path: str) -> None:  # noqa: ARG001 (the shape of a Change)
    at = len(pages)
    pages[f"docs/page-{at:02}.md"] = article(1000 + at).split("\n\n")


def unchanged(dice: random.Random, pages: Pages, path: str) -> None:
    """Stands for "taken back", which needs to know what was before."""


EDITS: dict[str, tuple[Change, int]] = {  # and how many in 100
    "a word": (one_block(other_word), 35),
    "the address of a link": (one_block(other_address), 12),
    "bold to italic": (one_block(other_emphasis), 3),
    "lines wrapped anew": (one_block(other_lines), 10),
    "one more sentence": (one_block(one_more_sentence), 10),
    "a new paragraph": (new_paragraph, 8),
    "a paragraph removed": (removed, 5),
    "a paragraph moved": (moved, 5),
    "a paragraph copied to another page": (copied, 5),
    "taken back": (unchanged, 5),
    "a new page": (new_page, 2),
}


# ---------------------------------------------------------------- the report


def report(replay: Replay, commits: int) -> dict[str, object]:
    ways = {way: {work: replay.sent[way, work] for work in WORK} for way in WAYS}
    kinds = {kind: {way: replay.kinds[way, kind] for way in WAYS} for kind in kinds_of(replay)}
    pages = {work: replay.pages[work] for work in WORK}
    return {
        "commits": commits,
        "pages": pages,
        "unreadable": replay.unreadable,
        "characters": ways,
        "by_subject": kinds,
    }


def kinds_of(replay: Replay) -> list[str]:
    return list(dict.fromkeys(kind for _, kind in replay.kinds))


def table(replay: Replay, commits: int) -> str:
    edited, new = (f"{replay.pages[work]:,}" for work in reversed(WORK))
    rows = [["characters sent, for one locale", "edited pages", "times ours", "added pages", "all", "times ours"]]
    for way in WAYS:
        first, second = (replay.sent[way, work] for work in WORK)
        ours = [replay.sent[OURS, work] for work in WORK]
        rows.append(
            [
                way,
                f"{second:,}",
                times(second, ours[1]),
                f"{first:,}",
                f"{first + second:,}",
                times(first + second, sum(ours)),
            ]
        )
    left_out = f", {replay.unreadable} unreadable versions left out" if replay.unreadable else ""
    return f"{commits:,} commits, {edited} edits of pages, {new} pages added{left_out}\n{aligned(rows)}"


def kinds_table(replay: Replay) -> str:
    """What each kind of edit costs, where the commits say in their subject which it was."""
    kinds = sorted(kinds_of(replay))
    return aligned(
        [["by kind of edit", *WAYS], *([kind, *(f"{replay.kinds[way, kind]:,}" for way in WAYS)] for kind in kinds)]
    )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(row[at].rjust(widths[at]) for at in range(1, len(row)))]) for row in rows
    )


def times(number: int, ours: int) -> str:
    return f"{number / ours:.1f}" if ours else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", type=Path, nargs="?")
    parser.add_argument("folder", nargs="?", default=".")
    parser.add_argument("--commits", type=int, default=0, metavar="N", help="only the latest N that changed the folder")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="make a repository with N edits up")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.repository and not arguments.random:
        parser.error("say which repository and folder, or --random N")
    if arguments.repository and not (arguments.repository / ".git").exists():
        parser.error(f"{arguments.repository} is no git repository")
    with tempfile.TemporaryDirectory(prefix="polyhelp-replay-") as temporary:
        repository, folder = arguments.repository or Path(temporary), arguments.folder
        if arguments.random:
            make_up(repository := Path(temporary), arguments.random)
            folder = "docs"
        replay, commits = replayed(repository, folder.rstrip("/"), arguments.commits)
    tables = [table(replay, commits), *([kinds_table(replay)] if arguments.random else [])]
    text = json.dumps(report(replay, commits), indent=2) if arguments.json else "\n\n".join(tables)
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
