"""Old addresses of moved pages lead to the new ones, in every locale.

An article names where it has been: ``redirect_from: [returns/money-back.md, /old/refunds/]``, a path of the content
folder or an address below the site's root. It has been there in each locale, so each gets its redirect: a small page,
for hosts that serve files only, and a line of ``_redirects``, for those that read it (Cloudflare Pages, Netlify). An
address that begins with a locale's folder is that locale's only. Pages of regions move with their article.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

_NO_ADDRESS = re.compile(r"[\s\\?#<>\"*:\x00-\x1f\x7f]|//|(?:^|/)\.\.?(?:/|$)")
_HTML = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Claim:
    """An article's word that it has been at ``old``, as its front matter has it."""

    article: str
    old: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a claim does not hold, and what to do."""

    claim: Claim
    message: str
    hint: str


Moves = Mapping[str, Page]
"""Old address below the site's root (``de/old/``, ``old.html``) -> the page that is there today."""


def resolve(
    claims: Iterable[Claim], pages: Mapping[tuple[Locale, str], Page], source: Locale, taken: Collection[str] = ()
) -> tuple[Moves, tuple[Refusal, ...]]:
    """The redirects that ``claims`` ask for, and the claims that are refused.

    ``taken`` are the paths of other files of the site. A claim is refused as a whole when one of its addresses is no
    address, is a page or a file of today (its own is a loop), or is what another article claims.
    """
    here = {page.address(source): page for page in pages.values()}
    by_article: dict[str, list[Page]] = {}
    for page in pages.values():
        by_article.setdefault(page.article, []).append(page)
    tags = {locale.tag for locale, _ in pages}
    files = frozenset(taken)
    moves: dict[str, tuple[Page, Claim]] = {}
    refused: list[Refusal] = []
    for claim in dict.fromkeys(claims):
        asked = dict(_asked(claim, by_article.get(claim.article, []), source, tags))
        refusal = _refusal(claim, asked, here, moves, files)
        if refusal:
            refused.append(refusal)
        else:
            moves |= {old: (page, claim) for old, page in asked.items()}
    return {old: page for old, (page, _) in sorted(moves.items())}, tuple(refused)


@dataclass(frozen=True, slots=True)
class Redirects:
    """The maker of the redirects in ``moves``. ``above`` is what the site's own ``_redirects`` says: it comes first."""

    moves: Moves
    above: str = ""

    def __call__(self, site: Site) -> Mapping[str, bytes]:
        """A page for each old address, and ``_redirects``; nothing where nothing has moved."""
        if not self.moves:
            return {}
        base = urlsplit(site.url).path or "/"
        files = {_file(old): _document(old, page, site).encode() for old, page in self.moves.items()}
        lines = [f"{base}{quote(old)} {base}{quote(page.address(site.source))} 301" for old, page in self.moves.items()]
        own = [self.above.rstrip("\n")] if self.above.strip() else []
        text = "\n".join([*own, *lines]) + "\n"
        return {**files, "_redirects": text.encode("utf-8", "surrogateescape")}


def _wrong(old: str) -> bool:
    return not old.strip("/") or bool(_NO_ADDRESS.search(unquote(old)))


def _asked(claim: Claim, there: Iterable[Page], source: Locale, tags: Collection[str]) -> Iterator[tuple[str, Page]]:
    """Old addresses with the pages of today, which are ``there``: the article's in all locales and regions."""
    old = unquote(claim.old)
    first, _, rest = old.lstrip("/").partition("/")
    only = first if old.startswith("/") and first in tags and first != source.tag else ""
    for page in there:
        if only and (page.locale != only or page.path != page.article):
            continue
        if not old.startswith("/") and old.endswith(".md"):
            yield replace(page, path=_moved(old, page)).address(source), page
        elif page.path == page.article:
            address = rest if only else old.lstrip("/")
            folder = "" if page.locale == source.tag else f"{page.locale}/"
            yield folder + (address if address.endswith(_HTML) else f"{address.rstrip('/')}/".lstrip("/")), page


def _moved(old: str, page: Page) -> str:
    """Where the page was when its article was at ``old``: a region's page stands in a folder beside it."""
    if page.path == page.article:
        return old
    region = posixpath.basename(posixpath.dirname(page.path))
    return posixpath.join(posixpath.dirname(old), region, posixpath.basename(old))


def _refusal(
    claim: Claim,
    asked: Mapping[str, Page],
    here: Mapping[str, Page],
    moves: Mapping[str, tuple[Page, Claim]],
    taken: Collection[str],
) -> Refusal | None:
    if _wrong(claim.old):
        what = "is no path of the content folder and no address below the site's root"
        return Refusal(claim, f"redirect_from: '{claim.old}' {what}", "write old/page.md or /old/page/")
    for old in asked:
        goal = here.get(old if old.endswith("/") or not old else f"{old}/") or here.get(old.removesuffix("index.html"))
        if goal and goal.article == claim.article:
            return Refusal(claim, f"redirect_from: '{claim.old}' leads in a circle: it is this article", "leave it out")
        if goal:
            message = f"redirect_from: '{claim.old}' is the address of the article '{goal.article}'"
            return Refusal(claim, message, "an address leads to one page: leave it out, or move that article")
        other = moves[old][1].article if old in moves else claim.article
        if other != claim.article:
            message = f"redirect_from: '{claim.old}' is what the article '{other}' says too"
            return Refusal(claim, message, "an address leads to one page: leave it out in one of the two")
        if taken and (_file(old) in taken or _inside(old, taken)):
            return Refusal(claim, f"redirect_from: '{claim.old}' is a file of the site", "leave it out")
    return None


def _inside(old: str, taken: Collection[str]) -> bool:
    """Whether a folder of the address ``old`` is a file."""
    parts = old.strip("/").split("/")
    return any("/".join(parts[:depth]) in taken for depth in range(1, len(parts) + 1))


def _file(old: str) -> str:
    return old if old.endswith(_HTML) else f"{old}index.html"


def _document(old: str, page: Page, site: Site) -> str:
    """A page that leads on at once: no script, no style, and nothing for search engines to keep."""
    goal = posixpath.relpath(f"/{page.address(site.source)}", f"/{posixpath.dirname(old)}")
    link = html.escape(quote(f"{goal}/"), quote=True)
    language, reader = page.language(site.source), Locale(page.locale)
    title = html.escape(site.knows(page).title or site.name)
    moved = html.escape(str(site.words.get(reader, {}).get("moved", "")))
    said = f"<p>{moved}</p>" if moved else ""
    canonical = html.escape(quote(_address(page, site), safe=":/%"), quote=True)
    return (
        f'<!doctype html>\n<html lang="{reader}" dir="{reader.direction}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{title}</title>\n<meta name="robots" content="noindex">\n'
        + (f'<link rel="canonical" href="{canonical}">\n' if site.url else "")
        + f'<meta http-equiv="refresh" content="0; url={link}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n</head>\n<body>\n'
        f'{said}<p><a href="{link}" lang="{language}">{title}</a></p>\n</body>\n</html>\n'
    )


def _address(page: Page, site: Site) -> str:
    """The canonical address of ``page``: the original's where it shows another locale's text."""
    original = None if page.own else site.pages.get((page.language(site.source), page.path))
    return site.address(original or page)
