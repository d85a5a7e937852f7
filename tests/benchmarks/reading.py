"""What a reviewer must read after one sentence of a long article was edited.

    python tests/benchmarks/reading.py [--lines 500] [--json]

Makes a help center with one article of so many lines, translates it, accepts all of it, commits, and puts one word
into one sentence. Printed are the source words that `polyhelp review list` asks to read, beside the words of the diff
that git shows of the catalog (three lines around each change, as a forge does), those of the whole catalog, and those
of the page; and how long `sync`, `translate` and `review list` take after the edit, each a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ARTICLE, CATALOG = "content/parcels.md", "locales/de/parcels.po"
PLACES = ("your home", "a parcel shop", "your office", "a friend", "a locker near you")
DAYS = ("today", "tomorrow", "on Friday", "next week", "within two days")


@dataclass(frozen=True)
class Place:
    """A help center in ``root``."""

    root: Path

    def polyhelp(self, *words: str) -> tuple[str, float]:
        """What the command prints, and the seconds that it takes."""
        began = time.perf_counter()
        program = "from polyhelp.cli.main import main; main()"
        done = self._run(sys.executable, "-c", program, *words)
        return done, time.perf_counter() - began

    def git(self, *words: str) -> str:
        return self._run("git", "-c", "user.name=A", "-c", "user.email=a@b.example", *words)

    def commit(self) -> None:
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "as it was")

    def _run(self, *words: str) -> str:
        return subprocess.run(words, cwd=self.root, check=True, capture_output=True, text=True).stdout


def article(lines: int) -> str:
    """A page of ``lines`` lines: a sentence, an empty line, and a heading now and then."""
    parts = ["# Parcels"]
    for at in range(lines // 2 - 1):
        place, day = PLACES[at % 5], DAYS[at // 5 % 5]
        heading = at % 25 == 0
        parts.append(f"## Parcels, part {at}" if heading else f"Parcel number {at} comes to {place} {day} by noon.")
    return "\n\n".join(parts) + "\n"


def measure(lines: int) -> dict[str, float]:
    """Words by who asks to read them, and seconds by command."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "help")
        Place(Path(folder)).polyhelp("init", "help", "--locale", "de", "--engine", "pseudo", "--no-workflows")
        file = place.root / ARTICLE
        file.write_text(article(lines), encoding="utf-8")
        place.git("init", "--quiet")
        for command in ("sync", "translate"):
            place.polyhelp(command)
        place.polyhelp("review", "accept", "parcels.md", "--as", "Anna Berg")
        place.commit()
        text = file.read_text(encoding="utf-8")
        sentence = next(line for line in text.split("\n")[lines // 2 :] if line.startswith("Parcel")).partition(
            " comes"
        )[0]
        file.write_text(text.replace(sentence, f"{sentence} really"), encoding="utf-8")
        seconds = {command: place.polyhelp(command)[1] for command in ("sync", "translate")}
        listed, seconds["review list"] = place.polyhelp("review", "list", "--json")
        rows = [row for row in json.loads(listed)["queue"] if row["path"] == "parcels.md"]
        diff = place.git("diff", "--", CATALOG).split("\n", 4)[4]
        catalog = (place.root / CATALOG).read_text(encoding="utf-8")
        words = {"units": len(rows), "review list": sum(row["words"] for row in rows), "diff": len(diff.split())}
        words |= {"catalog": len(catalog.split()), "page": len(text.split())}
        return {**words, **{f"seconds of {name}": round(taken, 2) for name, taken in seconds.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.lines)
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, number in found.items():
        sys.stdout.write(f"{name:>24} {number:>8,}\n")


if __name__ == "__main__":
    main()
