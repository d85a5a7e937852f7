"""Old addresses lead to where their pages are today, and to nothing else."""

import pytest
from built_site import BuiltPage, _Reader

from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.redirects import Claim, Redirects, resolve
from polyhelp.site.steps import About, Site

EN, DE, AR = Locale("en"), Locale("de"), Locale("ar")
URL = "https://tern.example/help/"
REFUNDS, POLICY = "returns/refunds.md", "policies/returns.md"
PAGES = {
    (Locale(page.locale), page.path): page
    for page in [
        *(Page(tag, path, path) for tag in ("en", "de") for path in ("index.md", REFUNDS, "contact.md", POLICY)),
        *(Page("en", f"policies/{region}/returns.md", POLICY) for region in ("de", "us")),
        Page("de", "policies/de/returns.md", POLICY),
        Page("ar", REFUNDS, REFUNDS, original=True),
    ]
}


def asked(*claims, taken=()):
    moves, refused = resolve([Claim(*claim) for claim in claims], PAGES, EN, taken)
    return {old: page.address(EN) for old, page in moves.items()}, [f"{one.message}; {one.hint}" for one in refused]


@pytest.mark.parametrize("old", ["money/back.md", "/money/back/", "/money/back", "money/back/", "/money%2Fback/"])
def test_an_old_path_or_address_leads_to_the_article_in_every_locale(old):
    assert asked((REFUNDS, old)) == (
        {
            "money/back/": "returns/refunds/",
            "de/money/back/": "de/returns/refunds/",
            "ar/money/back/": "ar/returns/refunds/",
        },
        [],
    )


def test_an_address_in_a_locale_is_that_locales_only():
    assert asked((REFUNDS, "/de/geld/")) == ({"de/geld/": "de/returns/refunds/"}, [])
    assert asked((REFUNDS, "/money.html"))[0].keys() == {"money.html", "de/money.html", "ar/money.html"}
    assert asked((POLICY, "/ar/rules/")) == ({}, [])  # the article has no page there


def test_the_pages_of_regions_move_with_their_article():
    assert asked((POLICY, "rules/giving-back.md"))[0] == {
        "rules/giving-back/": "policies/returns/",
        "rules/de/giving-back/": "policies/de/returns/",
        "rules/us/giving-back/": "policies/us/returns/",
        "de/rules/giving-back/": "de/policies/returns/",
        "de/rules/de/giving-back/": "de/policies/de/returns/",
    }
    assert asked((POLICY, "/giving-back/"))[0].keys() == {"giving-back/", "de/giving-back/"}


@pytest.mark.parametrize("old", ["returns/refunds.md", "/returns/refunds/", "/returns/refunds", "/de/returns/refunds/",
                                 "/returns/refunds/index.html"])  # fmt: skip
def test_an_article_that_leads_to_itself_is_a_circle(old):
    moves, (said,) = asked((REFUNDS, old))
    assert moves == {}
    assert said == f"redirect_from: '{old}' leads in a circle: it is this article; leave it out"


@pytest.mark.parametrize("old", ["contact.md", "/contact/", "/contact/index.html"])
def test_an_address_of_today_is_no_old_one(old):
    moves, (said,) = asked((REFUNDS, old), (REFUNDS, "old.md"))
    assert "'contact.md'" in said
    assert moves.keys() == {"old/", "de/old/", "ar/old/"}  # what is right is done


def test_a_page_of_a_region_is_an_address_too():
    _, (said,) = asked((REFUNDS, "/policies/us/returns/"))
    assert f"is the address of the article '{POLICY}'" in said


def test_two_articles_cannot_have_been_at_one_address():
    moves, (said,) = asked(("contact.md", "/old/"), (REFUNDS, "old.md"))
    assert set(moves.values()) == {"contact/", "de/contact/"}
    assert "is what the article 'contact.md' says too" in said
    assert asked((REFUNDS, "/old/"), (REFUNDS, "/old/"), (REFUNDS, "old.md"))[1] == []


@pytest.mark.parametrize(
    "old",
    ["", "/", "https://tern.example/old/", "//tern.example/old/", "../old.md", "/a/../b/", "/a b/", "/a%20b/", "/a?b=c",
     "/a#b", "/*", "/a/:name/", "a\\b.md", '/"><script>/', "/a\n/b 301/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(old):
    moves, (said,) = asked((REFUNDS, old))
    assert moves == {}
    assert "write old/page.md or /old/page/" in said


@pytest.mark.parametrize("old", ["/assets/a.svg", "/assets/a.svg/more/", "/page.html"])
def test_a_file_is_not_written_over(old):
    moves, (said,) = asked((REFUNDS, old), taken=("assets/a.svg", "page.html"))
    assert moves == {}
    assert "is a file of the site" in said


def site(url=URL, **about):
    said = {DE: {"moved": "Diese Seite ist umgezogen."}}
    return Site("Tern", url, EN, (EN, DE, AR), PAGES, {(DE, REFUNDS): About(**about)} if about else {}, said)


def made(old, where, **about):
    moves, _ = resolve([Claim(REFUNDS, old)], PAGES, EN)
    text = Redirects(moves)(site(**about))[where].decode()
    page = BuiltPage(where.removesuffix("index.html"))
    _Reader(page).feed(text)
    return page


def test_the_page_at_the_old_address_leads_on_and_is_not_to_be_found():
    page = made("money/back.md", "de/money/back/index.html", title='Erstattungen <"&>')
    refresh = page.one("meta", **{"http-equiv": "refresh"}).attributes["content"]
    link = page.one("a").attributes["href"]
    assert refresh == f"0; url={link}"
    assert page.goal(link)[0] == "de/returns/refunds"
    assert page.one("link", rel="canonical").attributes["href"] == f"{URL}de/returns/refunds/"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.one("html").attributes == {"lang": "de", "dir": "ltr"}
    assert page.one("title").text == page.one("a").text == 'Erstattungen <"&>'
    assert page.all("p")[0].text == "Diese Seite ist umgezogen."
    assert not page.all("script")


def test_a_fallback_names_the_original_as_canonical():
    page = made("money/back.md", "ar/money/back/index.html")
    assert page.one("link", rel="canonical").attributes["href"] == f"{URL}returns/refunds/"
    assert page.goal(page.one("a").attributes["href"])[0] == "ar/returns/refunds"
    assert page.one("html").attributes == {"lang": "ar", "dir": "rtl"}


def test_a_page_with_a_name_of_its_own_leads_on_too():
    page = made("/money/back.html", "de/money/back.html")
    assert page.goal(page.one("a").attributes["href"])[0] == "de/returns/refunds"


def test_hosts_that_can_redirect_are_told_below_the_sites_own_rules():
    moves, _ = resolve([Claim(REFUNDS, "geld/zurück.md")], PAGES, EN)
    lines = Redirects(moves, "/shop https://shop.example 302\n")(site())["_redirects"].decode().splitlines()
    assert lines == [
        "/shop https://shop.example 302",
        "/help/ar/geld/zur%C3%BCck/ /help/ar/returns/refunds/ 301",
        "/help/de/geld/zur%C3%BCck/ /help/de/returns/refunds/ 301",
        "/help/geld/zur%C3%BCck/ /help/returns/refunds/ 301",
    ]
    assert Redirects({}, "/shop https://shop.example 302\n")(site()) == {}
    assert Redirects(moves)(site(url=""))["_redirects"].decode().startswith("/ar/geld")
