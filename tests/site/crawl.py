"""Crawl a built site as search engines, browsers and validators do, and tell what is wrong with it.

    python tests/site/crawl.py site --url https://help.example/ [--processes 2]

Looked at are links and anchors, canonical addresses and translations (hreflang), the map of the site, ids, and the
syntax of HTML. Exit status 1 when there is a fault.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
from built_site import BuiltPage, dead_links, foreign, read_site

XHTML = "{http://www.w3.org/1999/xhtml}link"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
REFERENCES = ("for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")


# ---------------------------------------------------------------- one page


def html_faults(text: str) -> list[str]:
    """What an HTML parser that forgives nothing says of a document."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"line {line}: HTML: {code}" for (line, _), code, _ in parser.errors]


def file_faults(file: Path) -> list[str]:
    return html_faults(file.read_text(encoding="utf-8"))


def id_faults(page: BuiltPage) -> Iterator[str]:
    """Ids that come twice or hold a blank, and attributes that name an id which is not there."""
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    for name, count in ids.items():
        if count > 1:
            yield f"the id '{name}' comes {count} times"
        if not name or re.search(r"\s", name):
            yield f"'{name}' is no id"
    for element in page.elements:
        for attribute in REFERENCES:
            for name in element.attributes.get(attribute, "").split():
                if name not in ids:
                    yield f'<{element.tag} {attribute}="{name}">: no such id'


def link_of(page: BuiltPage, kind: str) -> list[dict[str, str]]:
    """The attributes of the document's ``<link>`` elements of a kind."""
    return [link.attributes for link in page.all("link") if kind in link.attributes.get("rel", "").split()]


def canonical(page: BuiltPage) -> str:
    """The page's canonical address; ``""`` when it names none, or several."""
    found = [link.get("href", "") for link in link_of(page, "canonical")]
    return found[0] if len(found) == 1 else ""


def translations(page: BuiltPage) -> dict[str, str]:
    """The addresses of the page in its languages, by hreflang."""
    return {link["hreflang"]: link.get("href", "") for link in link_of(page, "alternate") if "hreflang" in link}


# ---------------------------------------------------------------- the site


def addressed(pages: dict[str, BuiltPage], url: str) -> dict[str, BuiltPage]:
    """The pages that have an address of their own, by it; the page for what is not found has none."""
    return {f"{url}{page.url}": page for name, page in pages.items() if not name.endswith(".html")}


def names_of(language: str) -> tuple[str, ...]:
    """What a link may call a language: search engines read no parts of the world (``es-419``)."""
    return (language, re.sub(r"-\d{3}$", "", language))


def seo_faults(pages: dict[str, BuiltPage], url: str) -> Iterator[str]:
    """What is wrong with canonical addresses and sets of translations, which must be closed and reciprocal."""
    by_address = addressed(pages, url)
    for address, page in by_address.items():
        at = page.url or "/"
        main = canonical(page)
        sets = translations(page)
        if main not in by_address:
            yield f"{at}: canonical '{main}' is no page of the site"
        elif canonical(by_address[main]) != main:
            yield f"{at}: canonical {main} names another one itself"
        if main != address:
            if sets:
                yield f"{at}: is not the canonical page, and has translations all the same"
            continue
        language = page.one("html").attributes.get("lang", "")
        if address not in {sets.get(tag) for tag in names_of(language)}:
            yield f"{at}: its own language '{language}' is missing from its translations"
        if "x-default" not in sets or sets["x-default"] not in sets.values():
            yield f"{at}: no x-default"
        for tag, other in sets.items():
            there = by_address.get(other)
            if there is None:
                yield f"{at}: hreflang {tag}: {other} is no page of the site"
            elif translations(there) != sets:
                yield f"{at}: hreflang {tag}: {other} has other translations"
            elif tag != "x-default" and tag not in names_of(there.one("html").attributes.get("lang", "")):
                yield f"{at}: hreflang {tag}: {other} is in another language"


def sitemap_faults(folder: Path, pages: dict[str, BuiltPage], url: str) -> Iterator[str]:
    """Where ``sitemap.xml`` says something else than the pages."""
    tree = ET.parse(folder / "sitemap.xml")  # noqa: S314 (it is our own)
    listed = {}
    for row in tree.getroot().iter(f"{SITEMAP}url"):
        links = {link.get("hreflang", ""): link.get("href", "") for link in row.iter(XHTML)}
        listed[row.findtext(f"{SITEMAP}loc", "")] = links
    own = {address: page for address, page in addressed(pages, url).items() if canonical(page) == address}
    yield from (f"sitemap.xml: {address} is missing" for address in own.keys() - listed.keys())
    for address, links in listed.items():
        if address not in own:
            yield f"sitemap.xml: {address} is no canonical page of the site"
        elif translations(own[address]) != links:
            yield f"sitemap.xml: {address} has other translations than its page"


def faults(folder: Path, url: str, *, processes: int = 1) -> list[str]:
    """All that is wrong with the site in ``folder``, which is to be published at ``url``."""
    pages = read_site(folder)
    found = [f"dead link: {link}" for link in dead_links(folder, pages, url)]
    found += [f"third party: {request}" for request in foreign(folder)]
    found += [*seo_faults(pages, url), *sitemap_faults(folder, pages, url)]
    found += [f"{page.url}: {fault}" for page in pages.values() for fault in id_faults(page)]
    files = sorted(folder.rglob("*.html"))
    if processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            told = list(pool.map(file_faults, files, chunksize=20))
    else:
        told = list(map(file_faults, files))
    names = [file.relative_to(folder).as_posix() for file in files]
    return found + [f"{name}: {fault}" for name, one in zip(names, told, strict=True) for fault in one]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--url", required=True, help="the site_url of mkdocs.yml, with a slash at its end")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    found = faults(arguments.site, arguments.url, processes=arguments.processes)
    sys.stdout.write("".join(f"{fault}\n" for fault in found) + f"{len(found)} faults\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
