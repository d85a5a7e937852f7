"""The page for addresses that do not exist, in each locale: ``de/404.html``, and one at the root that finds them.

A host may show the nearest ``404.html`` above an address, or only the one at the root. The one at the root is in the
source language and has a script that shows the page of the locale whose folder the address begins with.

The page takes its head, header and foot from the locale's home page as it was built. It is shown at any depth, so all
its links start at the root of the host.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from polyhelp.model import Locale
from polyhelp.site import accessibility
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

NAME = "404.html"
SCRIPT = "assets/javascripts/polyhelp-not-found.js"
"""The script of the page at the root, below the site's root."""

_HOME = "index.md"
_PLACES = {"not_found_policies": "policies", "not_found_contact": "contact"}
_ROBOTS = '<meta name="robots" content="noindex">'
_ONLY_THERE = re.compile(  # what the head says of the home page alone; a policy holds for its own scripts
    r"\s*(?:<link\b[^>]*\brel=\"?(?:canonical|alternate|prev|next)\b[^>]*>"
    r"|<meta\b[^>]*\bhttp-equiv=\"?content-security-policy\b[^>]*>"
    r"|<meta\b[^>]*\b(?:name|property)=\"?(?:description|robots|author|og:|twitter:|article:)[^>]*>"
    r"|<script\b[^>]*\btype=\"?application/ld\+json[^>]*>.*?</script>)",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title>.*?</title>", re.IGNORECASE | re.DOTALL)
_MIDDLE = re.compile(r"(?<=</header>).*</main>", re.IGNORECASE | re.DOTALL)
_NAVIGATION = re.compile(  # what the page does without
    r"\s*<label\b[^>]*\bmd-header__button\b[^>]*\bfor=\"__drawer\"[^>]*>.*?</label>"
    r"|\s*<nav\b[^>]*\bclass=\"md-footer__inner\b.*?</nav>",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"(\s(?:href|src|action|data-root|data-base)=\")([^\"]*)(?=\")", re.IGNORECASE)
_CONFIGURED = re.compile(r"(\"(?:base|search)\": ?\"|new URL\(\")([^\"]*)(?=\")")
_HEAD_END = re.compile(r"(?=</head>)", re.IGNORECASE)


def write(folder: Path, locale: Locale, site: Site) -> None:
    """Make the page of ``locale`` from the finished site, or part of it, in ``folder``; none without a home page."""
    home = site.pages.get((locale, _HOME))
    file = folder / home.address(site.source) / "index.html" if home else folder / NAME
    if not home or not file.is_file():
        return
    text = page(file.read_text(encoding="utf-8"), locale, site)
    if locale == site.source:
        others = [one.tag for one in site.locales if one != locale and (one, _HOME) in site.pages]
        text = _finding(text, others, site)
    (folder / _path(locale, site)).write_bytes(text.encode())


def page(shell: str, locale: Locale, site: Site) -> str:
    """The page of ``locale``, from its built home page."""
    words = site.words[locale]
    home = site.pages[locale, _HOME]
    title = html.escape(words["not_found_title"])
    shell = _NAVIGATION.sub("", _ONLY_THERE.sub("", shell))
    shell = _TITLE.sub(lambda _: f"<title>{title} - {html.escape(site.name)}</title>", shell, count=1)
    shell = _HEAD_END.sub(_ROBOTS, shell, count=1)
    shell = _MIDDLE.sub(lambda _: _main(home, site, title), shell, count=1)
    return _rooted(shell, f"{root(site)}{home.address(site.source)}")


def root(site: Site) -> str:
    """The path of the site on its host: ``/`` or ``/help/``."""
    return urlsplit(site.url).path or "/"


def _path(locale: Locale, site: Site) -> str:
    return NAME if locale == site.source else f"{locale}/{NAME}"


def _finding(text: str, folders: list[str], site: Site) -> str:
    """The page at the root, with the script that finds the others."""
    data = f'data-base="{root(site)}" data-folders="{" ".join(folders)}"'
    script = f'<script src="{root(site)}{SCRIPT}" {data} defer></script>'
    return _HEAD_END.sub(script, text, count=1) if folders else text


def _main(home: Page, site: Site, title: str) -> str:
    """What the page says, between the header and the foot of the home page. ``title`` is HTML."""
    words = site.words[Locale(home.locale)]
    rows = "".join(f'<li><a href="{link}">{html.escape(words[name])}</a></li>' for name, link in _links(home, site))
    return (
        '<div class="md-container" data-md-component="container">'
        '<main class="md-main" data-md-component="main"><div class="md-main__inner md-grid">'
        '<div class="md-content" data-md-component="content">'
        f'<article id="{accessibility.CONTENT}" tabindex="-1" class="md-content__inner md-typeset" data-ph-not-found>'
        f"<h1>{title}</h1><p>{html.escape(words['not_found_text'])}</p>"
        f'<p><button type="button" class="md-button md-button--primary" data-ph-search>'
        f"{html.escape(words['search'])}</button></p>"
        f"<ul>{rows}</ul></article></div></div></main>"
    )


def _links(home: Page, site: Site) -> Iterator[tuple[str, str]]:
    """The word and the relative link of each place to go on from."""
    yield "not_found_home", "./"
    mine = sorted(path for locale, path in site.pages if locale.tag == home.locale)
    for name, topic in _PLACES.items():
        wanted = (f"{topic}/index.md", f"{topic}.md")
        found = [path for path in mine if path in wanted] or [path for path in mine if path.startswith(f"{topic}/")]
        if found:
            yield name, home.way_to(site.pages[Locale(home.locale), found[0]], site.source)


def _rooted(text: str, start: str) -> str:
    """The page with its relative links, which were made for the address ``start``, from the root of the host."""

    def rooted(match: re.Match[str]) -> str:
        return match[1] + _from_root(match[2], start)

    return _CONFIGURED.sub(rooted, _ADDRESS.sub(rooted, text))


def _from_root(link: str, start: str) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link.startswith(("/", "#", "?")):
        return link
    path = posixpath.normpath(posixpath.join(start, parts.path))
    folder = not parts.path or parts.path.endswith(("/", "/.", "/..")) or parts.path in {".", ".."}
    return f"{path}/".replace("//", "/") + link[len(parts.path) :] if folder else path + link[len(parts.path) :]
