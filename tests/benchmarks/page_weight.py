"""What a reader's first view of a page costs, in Chromium: requests, bytes, what is not found, what others are asked.

    python tests/benchmarks/page_weight.py [--root .] [--site site] [--locale en ...] [--plain] [--runs 3]

The built site is served on 127.0.0.1, compressed with gzip, with the headers of its `_headers`. Each view is cold: a
new browser profile, and nobody touches the page. Bytes are those of the bodies as they were sent. `--plain` builds the
same pages with mkdocs-material and mkdocs-static-i18n as they come, from the staged tree of the last `polyhelp build`,
and measures them beside. Names of other hosts are not resolved: a request to one is counted, and fails.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import plain_site

sys.path.append(str(Path(__file__).parents[1] / "site"))
from chromium import browser
from site_server import Answer, Served, serve

MOST_REQUESTS, MOST_KB = 20, 150
PAINT = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) last = entry.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(last), 300);
})"""


@dataclass(frozen=True)
class View:
    """One cold view. ``kb`` are kB (1,000 bytes) sent, ``foreign`` the hosts that were asked elsewhere."""

    builder: str
    locale: str
    kind: str
    requests: int
    kb: float
    lost: int
    foreign: int
    paint: float
    files: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()


def addresses(site: Path, locale: str, source: str, article: str) -> Iterator[tuple[str, str]]:
    """Kind and address of the pages to look at: home, an article, and the first region's policy on returns."""
    folder = "" if locale == source else f"{locale}/"
    yield "home", folder
    yield "article", f"{folder}{article}"
    policies = sorted((site / folder / "policies").glob("*/returns/index.html"))
    if policies:
        yield "policy", f"{policies[0].parent.relative_to(site).as_posix()}/"


def look(chromium: Any, served: Served, address: str) -> tuple[int, float, int, int, float, list[Answer], list[str]]:
    """Open a page in a new profile and wait until it is quiet: the figures of a `View`."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    elsewhere: list[str] = []
    complaints: list[str] = []
    here = urlsplit(served.url).netloc
    context.on(
        "request",
        lambda request: elsewhere.append(request.url) if urlsplit(request.url).netloc not in {here, ""} else None,
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    start = len(served.answers)
    page.goto(served.url + address, wait_until="networkidle")
    paint = page.evaluate(PAINT)
    answers = served.answers[start:]
    context.close()
    sent = sum(answer.size for answer in answers) / 1000
    lost = sum(answer.status == 404 for answer in answers)
    return len(answers) + len(elsewhere), sent, lost, len(elsewhere), paint, answers, complaints


def views(chromium: Any, builder: str, site: Path, arguments: argparse.Namespace) -> Iterator[View]:
    """Every page in every locale; the median of the runs' paint, and the most of everything else."""
    with serve(site) as served:
        for locale in arguments.locale:
            for kind, address in addresses(site, locale, arguments.source, arguments.article):
                if not (site / address / "index.html").is_file():
                    continue
                runs = [look(chromium, served, address) for _ in range(arguments.runs)]
                requests, kb, lost, foreign = (max(run[at] for run in runs) for at in range(4))
                paint = statistics.median(run[4] for run in runs)
                told = tuple(dict.fromkeys(text for run in runs for text in run[6]))
                largest = sorted(runs[0][5], key=lambda answer: -answer.size)
                files = tuple(f"{answer.size / 1000:8.1f} kB  {answer.status}  {answer.path}" for answer in largest)
                yield View(builder, locale, kind, int(requests), kb, int(lost), int(foreign), paint, files, told)


def table(rows: Sequence[View]) -> str:
    """The views as a table, then what the browser complained of."""
    lines = [["builder", "locale", "page", "requests", "kB", "404", "third party", "LCP ms"]]
    lines += [
        [
            *(row.builder, row.locale, row.kind, str(row.requests), f"{row.kb:.1f}"),
            *(str(row.lost), str(row.foreign), f"{row.paint:.0f}"),
        ]
        for row in rows
    ]
    widths = [max(len(line[at]) for line in lines) for at in range(8)]
    told = "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in lines)
    complaints = dict.fromkeys(f"{row.builder}: {text[:200]}" for row in rows for text in row.complaints)
    return told + "".join(f"\n{text}" for text in complaints)


def over(rows: Sequence[View]) -> list[str]:
    """Where our articles cost more than they may."""
    return [
        f"{row.locale} {row.kind}: {row.requests} requests, {row.kb:.1f} kB, {row.lost} not found, {row.foreign} abroad"
        for row in rows
        if row.builder == "polyhelp" and (row.requests > MOST_REQUESTS or row.kb > MOST_KB or row.lost or row.foreign)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--root", type=Path, default=Path(), help="the help center")
    parser.add_argument("--site", type=Path, help="the built site, when it is not site/ of the help center")
    parser.add_argument("--locale", nargs="+", default=["en", "th", "ar"])
    parser.add_argument("--source", default="en", help="the locale whose pages have no folder")
    parser.add_argument("--article", default="returns/refunds/")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--plain", action="store_true", help="build and measure plain Material too")
    parser.add_argument("--files", action="store_true", help="list what was sent, largest first")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="polyhelp-weight-") as temporary, browser() as chromium:
        rows = list(views(chromium, "polyhelp", arguments.site or arguments.root / "site", arguments))
        if arguments.plain:
            config = plain_site.configure(arguments.root.resolve(), Path(temporary), fonts=True)
            subprocess.run([*plain_site.MKDOCS, str(config)], check=True, env=plain_site.ENVIRONMENT)
            rows += views(chromium, "plain", Path(temporary) / "site", arguments)
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
    else:
        sys.stdout.write(table(rows) + "\n")
        for row in rows if arguments.files else ():
            sys.stdout.write("\n".join([f"\n{row.builder} {row.locale} {row.kind}", *row.files, ""]))
    faults = over(rows)
    sys.stderr.write("".join(f"over: {fault}\n" for fault in faults))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
