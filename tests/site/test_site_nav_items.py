"""The navigation is made once for all pages: it says what the theme says, and leads where the theme leads."""

import re
from html.parser import HTMLParser

import pytest
from built_site import read_site
from jinja2 import pass_context

from polyhelp import mkdocs_plugin
from polyhelp.site.nav_items import NavItems


class Items(HTMLParser):
    """Tags, attributes and words of the navigation; links as where they lead."""

    def __init__(self, here):
        super().__init__()
        self.found = []
        self.here = here

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted((name, self.goal(value) if name == "href" else value) for name, value in attrs)))

    def handle_data(self, data):
        if data.strip():
            self.found.append(data.strip())

    def goal(self, link):
        parts = [] if link.startswith("/") else self.here.strip("/").split("/")
        for part in link.split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part not in {"", "."}:
                parts.append(part)
        return "/".join(part for part in parts if part)


def navigation(root, address):
    html = (root / address / "index.html").read_text(encoding="utf-8")
    items = Items(address)
    items.feed(re.search(r'<nav class="md-nav md-nav--primary".*?</nav>\s*</div>', html, re.DOTALL)[0])
    return items.found


@pytest.fixture
def built(shop):
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de")
    shop.build()
    return shop


def test_every_page_has_the_theme_s_own_navigation(built, monkeypatch):
    addresses = [address for address in read_site(built.file("site")) if not address.endswith("404.html")]
    ours = {address: navigation(built.file("site"), address) for address in addresses}

    @pass_context
    def theme(_self, _context, render):
        return render

    monkeypatch.setattr(NavItems, "of", theme)
    assert built.polyhelp("build", "--fresh").status == 0
    assert {address: navigation(built.file("site"), address) for address in addresses} == ours
    assert all(len(items) > 20 for items in ours.values())


def test_a_large_site_names_only_what_is_near(built, monkeypatch):
    assert "md-nav__item--pruned" not in built.read("site/contact/index.html")
    monkeypatch.setattr(mkdocs_plugin, "MANY", 3)
    assert built.polyhelp("build", "--fresh").status == 0
    assert "md-nav__item--pruned" in built.read("site/contact/index.html")
    built.edit("mkdocs.yml", "  font: false\n", "  font: false\n  features: [navigation.expand]\n")
    assert built.polyhelp("build").status == 0
    assert "md-nav__item--pruned" not in built.read("site/contact/index.html")
