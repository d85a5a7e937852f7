"""How fast policies are rendered: regions x locales x policies, made up, in a temporary folder.

    python tests/benchmarks/policies.py [--regions 48] [--locales 20] [--policies 4] [--profile] [--json]

The policies are the repository's own (content/policies/), the regions' promises vary with their number, and the
catalogs are pseudo-translated. Printed are seconds by the clock and of processor time, pages, pages per second, peak
memory of the largest process, the share of each step, and the same pages from Jinja2 and Babel as they are, without a
sandbox, escaping or a gate.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import multiprocessing
import pstats
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from babel import Locale as Cldr
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency
from babel.units import format_unit
from jinja2 import ChainableUndefined
from jinja2 import Environment as Plain

from polyhelp import content
from polyhelp.engines.pseudo import LETTERS
from polyhelp.locales import dump, sync
from polyhelp.locales.layout import SITE, catalog_name
from polyhelp.model import Catalog, Unit
from polyhelp.regions.filters.formats import FILTERS
from polyhelp.workflow.agreement import issues
from polyhelp.workflow.project import Project
from polyhelp.workflow.serving import per_region
from polyhelp.workflow.staging import render

HERE = Path(__file__).resolve().parents[2]
_CODES = """
AE AR AT AU BE BG BR CA CH CL CN CO CZ DE DK EE ES FI FR GB GR HK HR HU ID IE IL IN IT JP KR LT LU LV MX MY NL NO NZ PH
PL PT RO SE SG SI SK TH TR TW UA US VN ZA
"""
_TAGS = "sv de fr ja th zh-TW zh-CN pt-BR ar es it nl da nb fi pl ko tr ru cs hu el he id vi uk"
CODES, TAGS = _CODES.split(), _TAGS.split()
ZONES = ("Europe/Stockholm", "America/New_York", "Asia/Tokyo", "Asia/Bangkok", "Australia/Sydney")
_SPARED = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|`[^`]*`|\]\([^)]*\)|<[^>]*>|&\w+;|https?://\S+)")


@dataclass(frozen=True)
class Size:
    regions: int
    locales: int
    policies: int


def region_file(number: int) -> str:
    """Promises that differ from region to region, over the demo's defaults."""
    return (
        f"returns:\n  window: {14 + number % 5 * 7} calendar days\n  fee: {number % 9 + 3}.90 EUR\n"
        f"  refund_within: {7 + number % 8} calendar days\n"
        f"warranty:\n  period: {1 + number % 3} years\n"
        f"shipping:\n  free_from: {50 + number} EUR\n"
        f"privacy:\n  answer_within: {1 + number % 2} months\n"
        f"support:\n  timezone: {ZONES[number % len(ZONES)]}\n"
    )


def make(root: Path, size: Size) -> None:
    """The help center: the demo's policies and defaults, with regions and locales of its own."""
    (root / "content" / "policies").mkdir(parents=True)
    (root / "content" / "regions").mkdir()
    for file in sorted((HERE / "content" / "policies").glob("*.md"), key=_preferred)[: size.policies]:
        shutil.copy(file, root / "content" / "policies" / file.name)
    (root / "content" / "index.md").write_text("# Help\n\nWelcome.\n", encoding="utf-8")
    for name in ("_default.yml", "_teams.yml", "eu.yml"):
        if (HERE / "content" / "regions" / name).exists():
            shutil.copy(HERE / "content" / "regions" / name, root / "content" / "regions" / name)
    for number, code in enumerate(CODES[: size.regions]):
        (root / "content" / "regions" / f"{code}.yml").write_text(region_file(number), encoding="utf-8")
    languages = "\n".join(f"        - {{locale: {tag}, name: {tag}}}" for tag in TAGS[: size.locales - 1])
    (root / "mkdocs.yml").write_text(
        "site_name: Help\nsite_url: https://help.shop.example/\ndocs_dir: content\ntheme:\n  name: material\nplugins:\n"
        "  - polyhelp:\n      publish: {policies/**: translated}\n"
        "  - i18n:\n      docs_structure: folder\n      languages:\n"
        f"        - {{locale: en, name: English, default: true}}\n{languages}\n",
        encoding="utf-8",
    )
    project = Project.open(root)
    for locale in project.settings.targets:
        for path, document in project.documents.items():
            made = sync(document, Catalog(locale, path))
            if made.units and path != SITE:
                units = tuple(_translated(unit) for unit in made.units)
                file = root / catalog_name(locale.tag, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(dump(Catalog(locale, path, units)), encoding="utf-8")


def _preferred(file: Path) -> tuple[bool, str]:
    return file.stem in {"index", "support-hours"}, file.stem


def _translated(unit: Unit) -> Unit:
    parts = _SPARED.split(unit.source)
    words = "".join(part if at % 2 else part.translate(LETTERS) for at, part in enumerate(parts))
    return Unit(unit.source, words, unit.context, notes=unit.notes)


@dataclass(frozen=True)
class Run:
    """One way of making the pages: what it cost, and how many it made."""

    name: str
    pages: int
    seconds: float
    processor: float
    memory: float

    def __str__(self) -> str:
        rate = self.pages / self.seconds
        return (
            f"{self.name:28} {self.pages:6} pages {self.seconds:7.1f} s {self.processor:7.1f} s processor "
            f"{rate:7.0f} pages/s {self.memory:6.0f} MiB"
        )


def measured(name: str, work: Callable[[Path], int], root: Path) -> Run:
    """``work`` in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, name, work, root).result()


def _measured(name: str, work: Callable[[Path], int], root: Path) -> Run:
    start, processor = time.perf_counter(), time.process_time()
    pages = work(root)
    seconds, used = time.perf_counter() - start, time.process_time() - processor
    return Run(name, pages, seconds, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def product(root: Path) -> int:
    """``polyhelp render``."""
    project = Project.open(root)
    result = render(project)
    if project.problems:
        raise SystemExit("\n".join(str(problem) for problem in project.problems))
    own = per_region(project)
    return sum(page.article in own and page.path != page.article for page in result.pages)


def proof(root: Path) -> int:
    """The proof that every page says what the data says, as ``polyhelp publish`` has it."""
    project = Project.open(root)
    found = [issue.message for issue in issues(project)]
    if found:
        raise SystemExit("\n".join(found[:5]))
    return len(per_region(project)) * len(project.regions) * (len(project.settings.targets) + 1)


def peer(root: Path) -> int:
    """The same templates, catalogs and data through Jinja2 and Babel as they are."""
    project = Project.open(root)
    pages = 0
    for locale in (project.settings.source, *project.settings.targets):
        for path in sorted(per_region(project)):
            units = project.catalog(locale, path).current if locale != project.settings.source else ()
            targets = {unit.key: unit.target for unit in units if "endtrans" not in unit.source}  # it knows two forms
            text = content.render(project.documents[path], targets)
            environment = Plain(  # noqa: S701 (Markdown)
                undefined=ChainableUndefined,
                comment_start_string="{# ",
                comment_end_string=" #}",
                extensions=["jinja2.ext.i18n"],
            )
            environment.install_null_translations()  # type: ignore[attr-defined]
            environment.filters.update(plain_filters(Cldr.parse(locale.tag, sep="-")))
            template = environment.from_string(text)
            for region in project.regions.values():
                name = {"code": region.code, "name": region.code, "path": region.code.lower()}
                page = template.render(**region.data, region=name)
                file = root / "peer" / locale.tag / region.code / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(page, encoding="utf-8")
                pages += 1
    return pages


def plain_filters(locale: Cldr) -> dict[str, Callable[..., object]]:
    """The product's filters, as one writes them in an afternoon."""
    return {name: lambda value, *_, **__: str(value) for name in FILTERS} | {
        "money": lambda value: format_currency(value.amount, value.currency, locale=locale),
        "date": lambda value, *_: format_date(value, "long", locale=locale),
        "duration": lambda value, *_, **__: format_unit(value.amount, "duration-day", locale=locale),
        "within": lambda value: format_unit(value.amount, "duration-day", locale=locale),
        "listed": lambda value, *_, **__: format_list([str(one) for one in value], locale=locale),
        "language_name": lambda value: value if isinstance(value, tuple) else locale.languages.get(value, value),
        "region_name": lambda value: value if isinstance(value, tuple) else locale.territories.get(value, value),
    }


STEPS = {
    "read region data": ("data.py", "load"),
    "read catalogs": ("po.py", "read"),
    "read articles": ("project.py", "_document"),
    "the gate": ("shown.py", "shown"),
    "targets into pages": ("content/render.py", "render"),
    "check and compile templates": ("sandbox.py", "compiled"),
    "run templates": ("regions/render.py", "render"),
    "links of moved pages": ("links.py", "moved"),
    "write files": ("stage.py", "write"),
}


def shares(root: Path) -> Iterator[tuple[str, float]]:
    """The share of each step in the processor time of the product; a step may be part of another."""
    profile = cProfile.Profile()
    profile.runcall(product, root)
    stats: Any = pstats.Stats(profile, stream=io.StringIO())
    for step, (file, name) in STEPS.items():
        spent = sum(row[3] for (where, _, what), row in stats.stats.items() if where.endswith(file) and what == name)
        yield step, spent / stats.total_tt


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", type=int, default=48)
    parser.add_argument("--locales", type=int, default=20)
    parser.add_argument("--policies", type=int, default=4)
    parser.add_argument("--profile", action="store_true", help="where the time goes, by function")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, Size(options.regions, options.locales, options.policies))
        runs = [measured(*one, root) for one in (("polyhelp render", product), ("number agreement", proof),
                                                ("Jinja2 and Babel alone", peer))]  # fmt: skip
        steps = dict(shares(root))
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(product, root)
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)
    if options.json:
        sys.stdout.write(json.dumps({"runs": [asdict(run) for run in runs], "steps": steps}, indent=2) + "\n")
        return
    sys.stdout.write(
        "\n".join([*map(str, runs), "", *(f"{name:30} {share:6.1%}" for name, share in steps.items())]) + "\n"
    )


if __name__ == "__main__":
    main()
