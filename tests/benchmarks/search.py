"""How often a built site's search leads to the right page.

    python tests/benchmarks/search.py SITE [--queries FILE] [--rows] [--json]

SITE is a folder with a built site. FILE has, per locale, queries and where they should lead
(default: tests/site/search_queries.yml, for the demo). A query is a hit when one of its pages is among the first three
results of the search dialog in headless Chromium. A page of a region counts as the page that leads to it. ``--rows``
lists the misses. The status is 1 when fewer than 95 % of all queries, or than 90 % of a locale's, are hits.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

SITE_TESTS = Path(__file__).parent.parent / "site"
sys.path.append(str(SITE_TESTS))
from chromium import browser  # noqa: E402
from site_server import serve  # noqa: E402

QUERIES = SITE_TESTS / "search_queries.yml"
OVERALL, EACH = 0.95, 0.9
FIRST = 3

_FIND = """async ([root, locale, query]) => {
  const engine = await import(new URL("assets/javascripts/polyhelp-search-engine.js", root).href);
  globalThis.opened ??= engine.open(root, locale);
  const { find } = await globalThis.opened;
  return (await find(query)).map(({ page, score }) => ({ article: page.article.replace(/\\.md$/, ""), score }));
}"""


@dataclass(frozen=True)
class Answer:
    locale: str
    query: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def hit(self) -> bool:
        return any(one in self.wanted for one in self.found[:FIRST])


def answers(page: Any, root: str, queries: dict[str, list[dict[str, str | list[str]]]]) -> Iterator[Answer]:
    """What each query finds, locale by locale."""
    for locale, asked in queries.items():
        page.goto(root if locale == "en" else f"{root}{locale}/")
        for one in asked:
            wanted = (one["path"],) if isinstance(one["path"], str) else tuple(one["path"])
            found = page.evaluate(_FIND, [root, locale, one["query"]])
            yield Answer(locale, str(one["query"]), wanted, tuple(result["article"] for result in found))


def main() -> int:
    """Ask all queries and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    queries = YAML(typ="safe", pure=True).load(arguments.queries.read_text(encoding="utf-8"))
    with serve(arguments.site) as served, browser() as chromium:
        given = list(answers(chromium.new_page(), served.url, queries))
    if arguments.json:
        rows = [{**asdict(answer), "hit": answer.hit} for answer in given]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    good = _report(given, arguments.rows) if not arguments.json else True
    return 0 if good else 1


def _report(given: list[Answer], rows: bool) -> bool:
    good = True
    for locale in dict.fromkeys(answer.locale for answer in given):
        of_locale = [answer for answer in given if answer.locale == locale]
        hits = sum(answer.hit for answer in of_locale)
        good = good and hits >= EACH * len(of_locale)
        sys.stdout.write(f"{locale:8} {hits:3} of {len(of_locale):3}\n")
        for answer in of_locale if rows else ():
            if not answer.hit:
                found = " ".join(answer.found[:FIRST]) or "nothing"
                sys.stdout.write(f"   {answer.query}: {' '.join(answer.wanted)} not in {found}\n")
    hits = sum(answer.hit for answer in given)
    sys.stdout.write(f"{'all':8} {hits:3} of {len(given):3} ({hits / len(given):.1%})\n")
    return good and hits >= OVERALL * len(given)


if __name__ == "__main__":
    sys.exit(main())
