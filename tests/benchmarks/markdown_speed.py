"""How fast Markdown is taken apart and put together, and how fast other tools do that.

    python tests/benchmarks/markdown_speed.py [FOLDER...] [--json]

What is measured and where the other tools come from: README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from polyhelp.content import parse, render
from polyhelp.engines.pseudo import pseudo
from polyhelp.errors import PolyhelpError
from polyhelp.text.inline import tokenize

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GENERATED_BYTES = 2_000_000
BYTES_OF_A_PAGE = 10_000
SILENCE = 600  # seconds without an answer after which a tool hangs

CONSTRUCTS = (
    "# Orders of type {n}\n\n",
    'You can send parcel {n} back within **14 days**, see [returns](../returns/{n}.md#how "How it works").\n',
    "Lines are wrapped in the source, and `order-{n}` is *code*; so is ``a ` b``.\n\n",
    "## Before you start with {n} { #start-{n} }\n\n",
    "1. Open <https://example.com/{n}> and press ++ctrl+{n}++.\n2. Choose **Return an item**.\n\n",
    "    A second paragraph of the item, number {n}.\n\n3. Print the label.\n\n",
    "- One thing of {n}\n- Another thing\n    - Inside it :material-check: and a note[^{n}]\n- [ ] A task\n\n",
    "| Country {n} | Days | Price |\n| --- | :-: | --: |\n| Germany | 2 to {n} | 4.90 |\n| Brazil | `n|a` | free |\n\n",
    '!!! note "Parcels of kind {n}"\n\n    Keep the receipt until the refund of {n} has arrived.\n\n',
    '??? question\n    Does the offer hold for {n}? Yes, **always**.\n\n=== "App {n}"\n\n    Tap your picture.\n\n',
    '```python title="refund.py"\ndef refund_{n}(order):\n    return order.price  # not prose\n```\n\n',
    "> Customers who bought {n} say:\n> it works, and it was here in a day.\n\n",
    '![The label of parcel {n}](label-{n}.png "Where the number stands")\n\n',
    '<div class="card">\n<p>Card {n} has <em>raw</em> text</p>\n<img alt="A parcel" src="{n}.png">\n</div>\n\n',
    "The fee is {{ returns.fee | money }}; {% if region.gift %}gifts are free{% endif %} and $x^{n}$ is math.\n\n",
    "Term {n}\n:   What the term means, in one sentence.\n\n",
    '[^{n}]: A footnote about {n}, with a [reference][terms].\n\n[terms]: ../legal/terms-{n}.md "The terms"\n\n',
    "<!-- l10n:note A button -->\nPress *Send {n}*, then wait &ndash; ~~at most~~ about an hour.\n\n",
)
FRONT_MATTER = "---\ntitle: Page {n}\ndescription: 'All about parcels of kind {n}'\ntags: [a, b]\n---\n\n"


@dataclass(frozen=True)
class Page:
    """A page to work on: a file and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True)
class Speed:
    """What one step costs over all pages inside this process: processor seconds, best and median of the runs."""

    step: str
    pages: int
    megabytes: float
    best: float
    median: float

    @property
    def row(self) -> list[str]:
        rates = (self.megabytes / self.best, self.megabytes / self.median, self.pages / self.best)
        return [self.step, *(f"{value:.3f}" for value in (self.best, self.median)), *(f"{rate:.1f}" for rate in rates)]


@dataclass(frozen=True)
class Tool:
    """A program that reads page names and answers for each whether it is done. ``job``: memory, or po."""

    name: str
    command: tuple[str, ...]
    job: str


@dataclass(frozen=True)
class Run:
    """One run of a tool, start-up included: what it did, and the seconds it took."""

    done: tuple[Page, ...]
    failed: dict[str, str]
    wall: float
    cpu: float


@dataclass(frozen=True)
class Result:
    """A tool beside polyhelp.

    The ratios are polyhelp's pages per second by the tool's, over the pages that both did, start-up included: by the
    clock, and by processor time, which other work on the machine does not disturb.
    """

    tool: str
    job: str
    done: int
    failed: int
    megabytes: float
    wall: float
    cpu: float
    wall_ratio: float
    cpu_ratio: float
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> list[str]:
        rates = (self.megabytes / self.cpu, self.done / self.cpu)
        counts = [str(self.done), str(self.failed), f"{self.wall:.2f}", f"{self.cpu:.2f}"]
        ratios = [f"{self.wall_ratio:.2f}", f"{self.cpu_ratio:.2f}"]
        return [self.tool, self.job, *counts, f"{rates[0]:.2f}", f"{rates[1]:.1f}", *ratios]


# ---------------------------------------------------------------- pages


def generate(folder: Path) -> None:
    """Write 2 MB of Markdown in which every construct occurs: the same bytes each time."""
    size = number = 0
    while size < GENERATED_BYTES:
        page = [FRONT_MATTER.replace("{n}", str(number))]
        while sum(map(len, page)) < BYTES_OF_A_PAGE:
            page += [construct.replace("{n}", str(number + at)) for at, construct in enumerate(CONSTRUCTS)]
            number += 1
        data = "".join(page).encode()
        (folder / f"page-{number:05}.md").write_bytes(data)
        size += len(data)


def pages_in(folders: Sequence[Path]) -> list[Page]:
    """Every Markdown file below ``folders`` (or a file itself), in order."""
    files = [file for place in folders for file in ([place] if place.is_file() else sorted(place.rglob("*.md")))]
    return [Page(str(file.resolve()), file.stat().st_size) for file in files if file.is_file()]


def megabytes(pages: Sequence[Page]) -> float:
    return sum(page.size for page in pages) / 1e6


# ---------------------------------------------------------------- inside this process


def measured(pages: list[Page], runs: int) -> list[Speed]:
    """The steps of polyhelp, in processor seconds; what is remembered from one run is forgotten before the next."""
    data = [(page, Path(page.path).read_bytes()) for page in pages]
    readable = []
    for page, text in data:
        try:
            parse(text, page.path)
        except PolyhelpError as error:
            sys.stderr.write(f"left out: {error}\n")
        else:
            readable.append((page, text))
    documents = [parse(text, page.path) for page, text in readable]
    same = [{segment.key: segment.source for segment in document.segments} for document in documents]
    other = [{segment.key: pseudo(segment.source) for segment in document.segments} for document in documents]
    steps: dict[str, Callable[[], object]] = {
        "parse": lambda: [parse(text, page.path) for page, text in readable],
        "render, target = source": lambda: [render(*pair) for pair in zip(documents, same, strict=True)],
        "render, pseudo targets": lambda: [render(*pair) for pair in zip(documents, other, strict=True)],
        "parse + render, target = source": lambda: [
            render(parse(text, page.path), targets) for (page, text), targets in zip(readable, same, strict=True)
        ],
        "parse + render, pseudo targets": lambda: [
            render(parse(text, page.path), targets) for (page, text), targets in zip(readable, other, strict=True)
        ],
    }
    done = [page for page, _ in readable]
    return [
        Speed(name, len(done), megabytes(done), min(times), statistics.median(times))
        for name, step in steps.items()
        for times in [[_seconds(step) for _ in range(runs)]]
    ]


def _seconds(step: Callable[[], object]) -> float:
    tokenize.cache_clear()
    start = time.process_time()
    step()
    return time.process_time() - start


# ---------------------------------------------------------------- programs side by side


def peers(mdpo: str) -> Iterator[Tool]:
    """The other tools that are installed."""
    perl = shutil.which("perl")
    if perl and _succeeds(perl, "-MLocale::Po4a::Chooser", "-e", "1"):
        driver = (perl, str(HERE / "po4a_pages.pl"))
        yield Tool("po4a", driver, "memory")
        yield Tool("po4a", driver, "po")
    else:
        sys.stderr.write("po4a is not installed (apt-get install po4a)\n")
    script = shutil.which("md2po")
    candidates = [mdpo] if mdpo else [str(Path(script).parent / "python")] if script else [sys.executable]
    for python in candidates:
        if _succeeds(python, "-c", "import mdpo"):
            yield Tool("mdpo", (python, str(HERE / "mdpo_pages.py")), "po")
            return
    sys.stderr.write("mdpo is not installed (pip install mdpo in an environment of its own, then --mdpo ITS-PYTHON)\n")


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def ran(tool: Tool, pages: Sequence[Page]) -> Run:
    """Let ``tool`` do ``pages`` in one process. Where it dies, that page has failed and a new process does the rest."""
    left, done, failed = list(pages), [], {}
    before, start = _processor_seconds(), time.perf_counter()
    while left:
        answers = _answers(tool, left)
        for page, (state, _, reason) in zip(left, answers, strict=False):
            if state == "done":
                done.append(page)
            else:
                failed[page.path] = reason
        left = left[len(answers) :]
        if left:
            failed[left.pop(0).path] = "the whole program ended or hung"
    return Run(tuple(done), failed, time.perf_counter() - start, _processor_seconds() - before)


def _answers(tool: Tool, pages: Sequence[Page]) -> list[list[str]]:
    names = "".join(f"{page.path}\n" for page in pages)
    with tempfile.TemporaryDirectory() as folder:
        command = [*tool.command, tool.job, folder]
        try:
            ended = subprocess.run(command, input=names, capture_output=True, text=True, timeout=SILENCE, check=False)
            printed = ended.stdout
        except subprocess.TimeoutExpired as error:
            printed = error.stdout.decode() if isinstance(error.stdout, bytes) else error.stdout or ""
    return [line.split("\t") for line in printed.splitlines() if line.count("\t") >= 2]


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compared(pages: list[Page], tools: Sequence[Tool], runs: int) -> Iterator[Result]:
    """polyhelp and each tool over the pages that both can do; the best of the runs of each."""
    ours = {job: Tool("polyhelp", (sys.executable, str(HERE / "polyhelp_pages.py")), job) for job in ("memory", "po")}
    able = {job: ran(tool, pages) for job, tool in ours.items()}
    for job, tool in ours.items():
        best = _best(tool, able[job].done, runs)
        yield _result(tool, able[job], best, best)
    for tool in tools:
        first = ran(tool, pages)
        able_too = set(able[tool.job].done)
        common = [page for page in first.done if page in able_too]
        if common:
            yield _result(tool, first, _best(tool, common, runs), _best(ours[tool.job], common, runs))
        else:
            sys.stderr.write(f"{tool.name} ({tool.job}) did no page: {next(iter(first.failed.values()), '')[:200]}\n")


def _best(tool: Tool, pages: Sequence[Page], runs: int) -> Run:
    """``tool`` at its quickest, by the clock and by processor time."""
    done = [ran(tool, pages) for _ in range(runs)]
    return replace(done[0], wall=min(run.wall for run in done), cpu=min(run.cpu for run in done))


def _result(tool: Tool, first: Run, best: Run, ours: Run) -> Result:
    """What ``tool`` did on its ``first`` run over all pages, and its ``best`` over those that both can do."""
    return Result(
        tool=tool.name,
        job=tool.job,
        done=len(best.done),
        failed=len(first.failed),
        megabytes=megabytes(best.done),
        wall=best.wall,
        cpu=best.cpu,
        wall_ratio=best.wall / ours.wall,
        cpu_ratio=best.cpu / ours.cpu,
        reasons=first.failed,
    )


# ---------------------------------------------------------------- printing


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns, the first to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    return "".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        + "\n"
        for line in lines
    )


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        if options.folders:
            corpora = {str(place): pages_in([place]) for place in options.folders}
        else:
            generate(Path(folder))
            corpora = {"content/": pages_in([ROOT / "content"]), "generated": pages_in([Path(folder)])}
        tools = [] if options.alone else list(peers(options.mdpo))
        report = []
        for name, pages in corpora.items():
            if not pages:
                sys.exit(f"{name}: there is no Markdown")
            speeds = measured(pages, options.runs)
            results = list(compared(pages, tools, options.peer_runs))
            report.append({
                "corpus": name,
                "pages": len(pages),
                "megabytes": megabytes(pages),
                "polyhelp": [asdict(speed) for speed in speeds],
                "programs": [asdict(result) for result in results],
            })  # fmt: skip
            if not options.json:
                sys.stdout.write(_shown(name, pages, speeds, results))
                sys.stdout.flush()
    if options.json:
        sys.stdout.write(json.dumps(report, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast Markdown is taken apart and put together, on one core.")
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="Markdown; else content/ and 2 MB made up"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--runs", type=int, default=5, help="runs inside this process (default 5)")
    parser.add_argument("--peer-runs", type=int, default=2, help="runs of each program, of which the best counts (2)")
    parser.add_argument("--alone", action="store_true", help="do not run the other tools")
    parser.add_argument("--mdpo", default=os.environ.get("MDPO_PYTHON", ""), help="a Python that has mdpo")
    return parser.parse_args()


def _shown(name: str, pages: list[Page], speeds: list[Speed], results: list[Result]) -> str:
    lines = [f"{name}: {len(pages)} pages, {megabytes(pages):.2f} MB, one core\n\n"]
    head = ("polyhelp, processor time", "best s", "median s", "MB/s", "MB/s median", "pages/s")
    lines.append(table(head, [speed.row for speed in speeds]) + "\n")
    head = ("program", "job", "done", "failed", "wall s", "cpu s", "MB/s", "pages/s", "wall ratio", "cpu ratio")
    lines.append(table(head, [result.row for result in results]))
    for result in results:
        for path, reason in list(result.reasons.items())[:5]:
            lines.append(f"  {result.tool} ({result.job}) fails: {path}: {reason[:120]}\n")
    return "".join(lines) + "\n"


if __name__ == "__main__":
    main()
