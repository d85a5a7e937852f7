"""The full-text index of each locale, made by Pagefind from built HTML: below ``pagefind/<locale>/``.

A locale's index holds its own pages only: no page that shows the text of another language. A policy's text stands on
the pages of its regions; the page that leads to them is found by that text too, for readers who have named no region.
"""

from __future__ import annotations

import gzip
import html as markup
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pagefind.service import get_executable

from polyhelp.errors import PolyhelpError
from polyhelp.model import Locale
from polyhelp.site import search_text, search_words
from polyhelp.site.pages import Page
from polyhelp.site.search_text import Text
from polyhelp.site.steps import Site

FOLDER = "pagefind"
WORDS = "words.json"

_EXCLUDED = (*search_text.LEFT_OUT, f".{search_text.LEFT_OUT_CLASS}", f"[{search_text.LEFT_OUT_MARK}]")
_UNUSED = ("pagefind-component-ui.*", "pagefind-highlight.js", "pagefind-modular-ui.*", "pagefind-ui.*")
_FRAGMENT = b"pagefind_dcd"  # what the text of a page begins with, before its JSON
_THEME = ("search", "assets/javascripts/workers", "assets/javascripts/lunr")


def write(folder: Path, site: Site, locale: Locale) -> None:
    """Write the index of ``locale`` below ``folder``, the built site or a part of it.

    The same pages give the same bytes. What a locale's folder held before is replaced.

    Raises:
        PolyhelpError: Pagefind is missing or fails.

    """
    program = get_executable()
    if program is None:
        raise PolyhelpError("Pagefind is not installed", hint="pip install 'pagefind[extended]'")
    target = folder / FOLDER / locale.tag
    shutil.rmtree(target, ignore_errors=True)
    articles = _articles(folder, site, locale)
    if not articles:
        return
    texts = {path: search_text.read(article) for path, article in articles.items()}
    with tempfile.TemporaryDirectory() as room:
        for path, article in articles.items():
            page = site.pages[locale, path]
            file = Path(room) / page.address(site.source) / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            document = _document(page, article, _of_regions(site, page, texts))
            file.write_text(document, encoding="utf-8", newline="")
        _run(program, Path(room), target)
    for pattern in _UNUSED:
        for file in target.glob(pattern):
            file.unlink()
    (target / WORDS).write_bytes(search_words.file(site, locale, texts, _ids(target)))


def remove_theme_search(folder: Path) -> None:
    """Take out the index, the worker and the language files of the theme's own search: nothing loads them."""
    for name in _THEME:
        shutil.rmtree(folder / name, ignore_errors=True)


def _run(program: Path, pages: Path, target: Path) -> None:
    """Index ``pages`` into ``target``. The program is called as it is: its Python wrapper waits after every page."""
    excluded = [option for selector in _EXCLUDED for option in ("--exclude-selectors", selector)]
    command = [str(program), "--site", str(pages), "--output-path", str(target.absolute()), *excluded]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise PolyhelpError("Pagefind could not index the site", hint=" ".join(last))


def _ids(target: Path) -> dict[str, str]:
    """What Pagefind calls each page in its results, by address below the site's root."""
    found = {}
    for file in target.glob("fragment/*.pf_fragment"):
        text = gzip.decompress(file.read_bytes())
        if not text.startswith(_FRAGMENT):
            raise PolyhelpError("Pagefind writes a format that polyhelp does not know", hint="install pagefind 1.5")
        found[json.loads(text[len(_FRAGMENT) :])["url"].lstrip("/")] = file.stem
    return found


def _articles(folder: Path, site: Site, locale: Locale) -> dict[str, str]:
    """The HTML of the articles that search knows, by path. Pages of another language and the home page are left out."""
    found = {}
    for (one, path), page in site.pages.items():
        file = folder / page.address(site.source) / "index.html"
        if one == locale and page.own and page.url and file.is_file():
            found[path] = search_text.article(file.read_text(encoding="utf-8"))
    return {path: article for path, article in found.items() if article}


def _of_regions(site: Site, page: Page, texts: Mapping[str, Text]) -> tuple[str, ...]:
    """What the pages of regions say to which ``page`` leads, each stretch of text once."""
    if page.path != page.article:
        return ()
    locale = Locale(page.locale)
    paths = [path for path in sorted(texts) if path != page.path and site.pages[locale, path].article == page.path]
    own = set(texts[page.path].blocks)
    return tuple(dict.fromkeys(block for path in paths for block in texts[path].blocks if block not in own))


def _document(page: Page, article: str, of_regions: tuple[str, ...]) -> str:
    """What Pagefind reads: the article in its language, and what its pages of regions say."""
    more = "".join(f"<p>{markup.escape(block)}</p>" for block in of_regions)
    body = f'{article}<div data-pagefind-weight="0.5">{more}</div>'
    return f'<html lang="{page.locale}"><body>{body}</body></html>'
