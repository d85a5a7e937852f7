"""How `polyhelp sync` does with a large help center: time and memory.

    python tests/benchmarks/scale.py [--articles 1000] [--locales 30] [--keep DIR] [--json]

The help center is made up, the same one every time: about 25 units in each article, and in each locale a catalog as
polyhelp writes it, most of it translated. It lies in a temporary folder, or in DIR, where the next run finds it again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from polyhelp.engines.pseudo import LETTERS
from polyhelp.locales import dump, sync
from polyhelp.model import Catalog, Locale, Origin, Unit
from polyhelp.workflow.project import Project

_TAGS = """
de fr es it pt-BR nl sv da nb fi pl cs sk hu ro bg el tr uk ru ja ko zh-CN zh-TW th vi id ar he hi
pt ca hr sr sl lt lv et is ga mt eu gl cy sq mk bs ka hy az kk uz mn ne si km lo my ur fa bn ta te kn ml mr gu pa
"""
_WORDS = """
order parcel refund return label address payment card invoice voucher account password message carrier delivery
item size color store basket receipt warranty exchange customer day week month price shipping gift tracking code
open close send receive choose check change cancel pay print keep find ask wait confirm pack weigh call write
new old free late early small large whole damaged missing wrong right other first last next same
with without after before from into until while because when where that this your our every some
"""
TAGS, WORDS = _TAGS.split(), _WORDS.split()
DAY = "2026-11-01"
ORPHANED = 2  # percent of the units whose target is of another source, and waits
READ_ALL = """
import sys, pathlib, polib
units = sum(len(polib.pofile(str(file))) for file in pathlib.Path(sys.argv[1]).rglob("*.po"))
print(units, "units")
"""


@dataclass(frozen=True)
class Run:
    """What one process cost. ``memory`` is the peak in MiB of the process and those it started, shared pages once."""

    job: str
    catalogs: int
    seconds: float
    processor: float
    memory: float
    said: str


# ---------------------------------------------------------------- the help center


def generate(root: Path, articles: int, tags: Sequence[str]) -> int:
    """Write the help center into ``root``; the number of its units in all locales."""
    (root / "content").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(configuration(tags), encoding="utf-8")
    for number in range(articles):
        file = root / "content" / f"topic-{number % 40:02}" / f"article-{number:05}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(article(number), encoding="utf-8")
    (root / "content" / "index.md").write_text("# Help\n\nWhat can we do for you?\n", encoding="utf-8")
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(write_locale, [root] * len(tags), tags))


def configuration(tags: Sequence[str]) -> str:
    languages = "".join(f"        - {{locale: {tag}, name: {tag}}}\n" for tag in tags)
    return (
        "site_name: Large Help\nsite_url: https://help.large.example/\ndocs_dir: content\ntheme:\n  name: material\n"
        "plugins:\n  - search\n  - polyhelp: {}\n  - i18n:\n      docs_structure: folder\n      languages:\n"
        f"        - {{locale: en, name: English, default: true}}\n{languages}"
        "markdown_extensions:\n  - admonition\n  - attr_list\n  - tables\n"
    )


def article(number: int) -> str:
    """An article of 24 to 26 segments."""
    dice = random.Random(number)  # noqa: S311 (the same help center every time)
    pieces = [
        f"---\ntitle: {sentence(dice, 3, 6)} {number}\ndescription: {sentence(dice, 8, 16)}.\n---\n",
        f"# {sentence(dice, 3, 6)} {number}\n",
        "Revision 0 of this article.\n",
    ]
    for _ in range(3):
        pieces += [
            f"## {sentence(dice, 3, 7)}\n",
            paragraph(dice),
            paragraph(dice),
            "".join(f"{at}. {sentence(dice, 5, 12)}.\n" for at in (1, 2, 3)),
        ]
    pieces.append(f'!!! note "{sentence(dice, 2, 4)}"\n\n    {sentence(dice, 8, 16)}.\n')
    pieces += [paragraph(dice) for _ in range(dice.randint(0, 2))]
    return "\n".join(pieces)


def paragraph(dice: random.Random) -> str:
    """One to three sentences with the markup that help centers use."""
    sentences = []
    for _ in range(dice.randint(1, 3)):
        text = sentence(dice, 8, 18)
        other = dice.randrange(40)
        marked = dice.choice(("**{}**", "*{}*", "`{}`", f"[{{}}](../topic-{other:02}/article-{other:05}.md)", "{}"))
        sentences.append(f"{text} {marked.format(sentence(dice, 1, 3).lower())}.")
    return " ".join(sentences) + "\n"


def sentence(dice: random.Random, least: int, most: int) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(least, most))).capitalize()


def write_locale(root: Path, tag: str) -> int:
    """Write the catalogs of one locale; the number of their units."""
    project = Project.open(root)
    locale = Locale(tag)
    units = 0
    for path, document in project.documents.items():
        dice = random.Random(f"{tag} {path}")  # noqa: S311
        catalog = sync(document, Catalog(locale, path))
        catalog = replace(catalog, units=tuple(filled(unit, dice) for unit in catalog.units))
        file = project.catalog_file(locale, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        if catalog.units:
            file.write_bytes(dump(catalog).encode())
        units += len(catalog.units)
    return units


def filled(unit: Unit, dice: random.Random) -> Unit:
    """The unit with a target and a history: a tenth has none, half is a machine's, a third is reviewed."""
    target = unit.source.translate(LETTERS)
    point = dice.randrange(100)
    if point < 10:
        return unit
    if point < 10 + ORPHANED:
        return replace(unit, target=target, previous=f"{unit.source} Once.", fuzzy=True)
    if point < 50:
        return replace(unit, target=target, fuzzy=True, origin=Origin.of("mt/deepl", DAY, target))
    if point < 85:
        made = replace(unit, target=target, origin=Origin.of("mt/deepl", DAY, target))
        return made.accepted("Anna Berg", DAY)
    return replace(unit, target=target)


# ---------------------------------------------------------------- the measures


def measure(job: str, command: Sequence[str], catalogs: int) -> Run:
    """Run a command to its end. Raises SystemExit when it fails."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)
        watch = Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        watch.stop()
        out.seek(0)
        said = out.read().decode(errors="replace").strip()
        if os.waitstatus_to_exitcode(status):
            err.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said}\n{err.read().decode(errors='replace')}")
    process.returncode = 0  # it was waited for here, not by Popen
    single = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    processor = usage.ru_utime + usage.ru_stime
    return Run(job, catalogs, seconds, processor, max(single, watch.peak), said.splitlines()[-1] if said else "")


class Watch(threading.Thread):
    """Samples the memory of a session of processes: proportional set sizes, so that shared pages count once."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.peak = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            members = list(self.members())
            if len(members) > 1:  # of a single process the kernel knows the peak better
                self.peak = max(self.peak, sum(self.size(member) for member in members))

    def stop(self) -> None:
        self.over.set()
        self.join()

    def members(self) -> Iterator[Path]:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                rest = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(rest[3]) == self.session:
                yield folder

    def size(self, folder: Path) -> float:
        try:
            text = (folder / "smaps_rollup").read_text()
        except OSError:
            return 0.0
        return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def runs(root: Path, *, with_polib: bool) -> Iterator[Run]:
    """Every job on the help center in ``root``, which is afterwards as it was."""
    catalogs = sum(1 for _ in (root / "locales").rglob("*.po"))
    command = [sys.executable, "-c", "from polyhelp.cli.main import main; main()", "sync", "--root", str(root)]
    shutil.rmtree(root / ".polyhelp", ignore_errors=True)
    yield measure("sync, no cache", command, catalogs)
    yield measure("sync, nothing changed", command, catalogs)
    changed = sorted((root / "content").rglob("article-*.md"))[0]
    name = changed.relative_to(root / "content").with_suffix(".po")
    before = {file: file.read_bytes() for file in (changed, *(root / "locales").glob(f"*/{name}"))}
    changed.write_bytes(before[changed].replace(b"Revision 0 of", b"Revision 1 of"))
    yield measure("sync, one article changed", command, catalogs)
    for file, data in before.items():
        file.write_bytes(data)
    if with_polib:
        yield measure("polib reads them all", [sys.executable, "-c", READ_ALL, str(root / "locales")], catalogs)


def table(all_runs: Sequence[Run]) -> str:
    rows = [["job", "catalogs", "seconds", "processor s", "ms/catalog", "peak MiB", "said"]]
    rows += [
        [
            run.job,
            f"{run.catalogs:,}",
            f"{run.seconds:.1f}",
            f"{run.processor:.1f}",
            f"{1000 * run.seconds / run.catalogs:.2f}",
            f"{run.memory:.0f}",
            run.said,
        ]
        for run in all_runs
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(6)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(row[at].rjust(widths[at]) for at in range(1, 6)), row[6]]) for row in rows
    )


def growth(small: Sequence[Run], large: Sequence[Run]) -> list[str]:
    """How each job's cost grows from the small help center to the large one."""
    by_job = {run.job: run for run in small}
    pairs = [(by_job[run.job], run) for run in large if run.job in by_job]
    return [
        f"{after.job}: {after.catalogs / before.catalogs:.1f} times the catalogs, "
        f"{after.seconds / before.seconds:.1f} times the seconds, "
        f"{after.processor / before.processor:.1f} times the processor's, {after.memory / before.memory:.1f} the memory"
        for before, after in pairs
    ]


def prepared(folder: Path, articles: int, tags: Sequence[str]) -> Path:
    """The help center of this size below ``folder``, made when it is not there."""
    root = folder / f"{articles}x{len(tags)}"
    done = root.with_name(f"{root.name}.done")
    if not done.exists():
        shutil.rmtree(root, ignore_errors=True)
        started = time.perf_counter()
        units = generate(root, articles, tags)
        done.write_text(f"{units}\n")
        sys.stderr.write(f"made {root}: {units:,} units in {time.perf_counter() - started:.0f} s\n")
    return root


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--locales", type=int, default=30, help=f"at most {len(TAGS)}")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="make the help center here, or use the one made before"
    )
    parser.add_argument("--no-growth", action="store_true", help="leave out the tenth of the size")
    parser.add_argument("--no-polib", action="store_true", help="leave out polib")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    tags = TAGS[: arguments.locales]
    sizes = sorted({arguments.articles, *(() if arguments.no_growth else (max(1, arguments.articles // 10),))})
    with tempfile.TemporaryDirectory(prefix="polyhelp-scale-") as temporary:
        folder = arguments.keep or Path(temporary)
        results = [
            list(runs(prepared(folder, size, tags), with_polib=not arguments.no_polib)) for size in sizes
        ]  # fmt: skip
    if arguments.json:
        sys.stdout.write(json.dumps([[asdict(run) for run in one] for one in results], indent=2) + "\n")
        return
    sys.stdout.write(table([run for one in results for run in one]) + "\n")
    if len(results) > 1:
        sys.stdout.write("\n" + "\n".join(growth(*results)) + "\n")


if __name__ == "__main__":
    main()
