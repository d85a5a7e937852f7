"""How long `polyhelp build` takes, beside plain `mkdocs build` of the same pages in the same run.

    python tests/benchmarks/build.py [--articles 200] [--locales 10] [--rounds 3] [--keep DIR] [--no-plain] [--json]

The help center is the made-up one of `scale.py`; `--locales` counts the source's. In every round polyhelp builds it
cold (no cache, no staged tree, no site), then again with nothing changed, then after an edit of one target in one
catalog; plain mkdocs-material with mkdocs-static-i18n builds the tree that polyhelp has staged, which spares it all
the work with catalogs. Medians are printed, and ratios to the plain build. Memory is the peak of all processes
together.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import plain_site
from scale import TAGS, Run, measure, prepared

import polyhelp

COLD, SAME, EDITED, PLAIN = "polyhelp, cold", "polyhelp, nothing changed", "polyhelp, one catalog edited", "plain, cold"
POLYHELP = (sys.executable, "-c", "from polyhelp.cli.main import main; main()", "build", "--root")
MOST = {COLD: 0.6, EDITED: 0.15}
"""What the ratios of the seconds by the clock shall be at most, on two cores."""
_TARGET = re.compile(r'^msgstr "([^"\\]+)"$', re.MULTILINE)


def edit(root: Path, number: int) -> None:
    """Change one target that customers see, in the first catalog that has one, differently in each round."""
    for file in sorted((root / "locales" / TAGS[0]).rglob("*.po")):
        text = file.read_text(encoding="utf-8")
        for entry in text.split("\n\n"):
            found = _TARGET.search(entry)
            if found and "#, fuzzy" not in entry:
                changed = entry.replace(found[0], f'msgstr "{found[1]} {number}"')
                file.write_text(text.replace(entry, changed, 1), encoding="utf-8")
                return
    sys.exit("no catalog has a target that customers see")


def program() -> dict[str, int]:
    """When each of polyhelp's own files was written: a build starts from nothing when one has changed."""
    folder = Path(polyhelp.__file__).parent
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {str(file): file.stat().st_mtime_ns for file in files}


def clear(root: Path) -> None:
    """Take away all that a build makes."""
    for name in ("site", "build", ".polyhelp"):
        shutil.rmtree(root / name, ignore_errors=True)


def runs(root: Path, folder: Path, rounds: int, *, plain: bool) -> Iterator[Run]:
    """Every job of every round; the help center is afterwards as it was."""
    pages = sum(1 for _ in (root / "content").rglob("*.md")) * (1 + sum(1 for _ in (root / "locales").iterdir()))
    before = {file: file.read_bytes() for file in (root / "locales" / TAGS[0]).rglob("*.po")}
    command = [*POLYHELP, str(root)]
    try:
        for number in range(1, rounds + 1):
            clear(root)
            yield measure(COLD, command, pages)
            yield measure(SAME, command, pages)
            edit(root, number)
            yield measure(EDITED, command, pages)
            if plain:
                config = plain_site.configure(root, folder / "plain")
                yield measure(PLAIN, [*plain_site.MKDOCS, str(config)], pages)
                shutil.rmtree(folder / "plain")
    finally:
        for file, data in before.items():
            file.write_bytes(data)


def medians(all_runs: Sequence[Run]) -> list[Run]:
    """One run for each job: the median of its times, the most of its memory."""
    by_job: dict[str, list[Run]] = {}
    for run in all_runs:
        by_job.setdefault(run.job, []).append(run)
    return [
        replace(
            same[0],
            seconds=statistics.median(run.seconds for run in same),
            processor=statistics.median(run.processor for run in same),
            memory=max(run.memory for run in same),
        )
        for same in by_job.values()
    ]


def table(rows: Sequence[Run]) -> str:
    """The medians, with ratios to the plain build where there is one."""
    plain = next((row for row in rows if row.job == PLAIN), None)
    lines = [["job", "pages", "seconds", "processor s", "peak MiB", "seconds/plain", "processor/plain", "at most"]]
    for row in rows:
        ratios = [f"{row.seconds / plain.seconds:.2f}", f"{row.processor / plain.processor:.2f}"] if plain else ["", ""]
        least = f"{MOST[row.job]:.2f}" if row.job in MOST and plain else ""
        figures = [f"{row.seconds:.1f}", f"{row.processor:.1f}", f"{row.memory:.0f}"]
        lines.append([row.job, f"{row.catalogs:,}", *figures, *ratios, least])
    widths = [max(len(line[at]) for line in lines) for at in range(8)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--locales", type=int, default=10, help=f"with the source's; at most {len(TAGS) + 1}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="make the help center here, or use the one from before"
    )
    parser.add_argument("--no-plain", action="store_true", help="leave out the plain build")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="polyhelp-build-") as temporary:
        folder = arguments.keep or Path(temporary)
        root = prepared(folder, arguments.articles, TAGS[: arguments.locales - 1])
        subprocess.run(["git", "init", "--quiet", str(root)], check=True)  # days come from git
        before = program()
        rows = medians(list(runs(root, Path(temporary), arguments.rounds, plain=not arguments.no_plain)))
        if program() != before:
            sys.exit("polyhelp's own files have changed meanwhile: the figures would be of no use, measure again")
    sys.stdout.write((json.dumps([asdict(row) for row in rows], indent=2) if arguments.json else table(rows)) + "\n")


if __name__ == "__main__":
    main()
