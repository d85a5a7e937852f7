"""Take the README's pictures of the demo: ``python tools/docs/screenshots.py [--site site] [--out FOLDER]``.

The built site is served on 127.0.0.1 and shown in headless Chromium, always with the same clock, languages and sizes.
What is in them is in :data:`PICTURES`: the site as customers get it, notices and all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "site"))
from chromium import browser, missing, program  # noqa: E402
from site_server import serve  # noqa: E402

DESKTOP, PHONE = (1240, 760), (390, 760)
LARGEST = 150_000
"""The most bytes of a picture: each stands in git for good."""


def _nothing(_: Any) -> None:
    """The page as it comes."""


def _search(page: Any) -> None:
    """A query with a typing error, and what is found."""
    page.keyboard.press("/")
    page.keyboard.type("erstatungen", delay=20)
    page.locator(".ph-search a").first.wait_for()


def _regions(page: Any) -> None:
    """The choice of region, open."""
    page.locator(".ph-region__button").click()
    page.mouse.move(0, 600)  # what the mouse stands on is paler


@dataclass(frozen=True)
class Picture:
    """A page of the demo as a browser shows it: where, how large, and what a reader does there first."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    scheme: str = "light"
    act: Callable[[Any], None] = _nothing


PICTURES = (
    Picture("home", ""),
    Picture("home-dark", "", scheme="dark"),
    Picture("article-ja", "ja/returns/return-an-item/"),
    Picture("policy-regions", "policies/de/returns/", act=_regions),
    Picture("search-de", "de/returns/refunds/", act=_search),
    Picture("article-ar", "ar/returns/refunds/", size=PHONE),
)


def take(site: Path, out: Path) -> list[Path]:
    """Write all pictures of ``site`` into ``out``; the files. Chromium's clock and languages are those of Berlin."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    with serve(site) as served, browser() as chromium:
        for one in PICTURES:
            width, height = one.size
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=one.scheme,
                locale="de-DE",
                timezone_id="Europe/Berlin",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(served.url + one.path, wait_until="networkidle")
            one.act(page)
            page.wait_for_timeout(500)  # the theme fades in what is opened
            file = out / f"{one.name}.png"
            page.screenshot(path=file, animations="disabled", caret="hide")
            files.append(file)
            context.close()
    return files


def main() -> int:
    """0 when all pictures are there and none is too large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "pictures")
    given = parser.parse_args()
    if not program():
        print(missing() or "Chromium is not installed: apt-get install chromium", file=sys.stderr)  # noqa: T201
        return 2
    if not (given.site / "index.html").is_file():
        print(f"there is no site in {given.site}: polyhelp build", file=sys.stderr)  # noqa: T201
        return 2
    large = False
    for file in take(given.site, given.out):
        size = file.stat().st_size
        large = large or size > LARGEST
        print(f"{file}: {size // 1000} kB{' (too large)' if size > LARGEST else ''}")  # noqa: T201
    return int(large)


if __name__ == "__main__":
    sys.exit(main())
