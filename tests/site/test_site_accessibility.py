"""A built page for those who use a keyboard, a screen reader or another language, as text and in Chromium."""

import re
from urllib.request import urlopen

import pytest
from chromium import browser, missing
from site_server import serve

from polyhelp.model import Locale
from polyhelp.site import accessibility, words
from polyhelp.site.pages import Page
from polyhelp.site.steps import Site

EN, AR, TW = Locale("en"), Locale("ar"), Locale("zh-TW")
THEIRS = """<html lang="en"><head></head><body dir="ltr" data-md-color-scheme="default"><div data-md-component="skip">
 <a href="#title" class="md-skip">Skip</a></div><header><nav><div class="md-header__option"><div class="md-select">
<button class="md-header__button md-icon" aria-label="Select language"><svg></svg></button>
<div class="md-select__inner"><ul><li><a href="x/" hreflang="ar" class="md-select__link">x</a></li></ul></div></div>
</div>
<label class="md-header__button md-icon" for="__search"></label><div class="md-search" role="dialog">
<input type="text" name="query" aria-label="Search"></div></nav></header>
<main><article class="md-content__inner md-typeset"><h1>Title</h1></article></main></body></html>"""
NO_MENU = re.sub(r'<div class="md-header__option">.*</div></div>\n</div>\n', "", THEIRS, flags=re.DOTALL)


def site(*tags_and_paths):
    known = {(Locale(tag), path): Page(tag, path, article) for tag, path, article in tags_and_paths}
    locales = tuple(dict.fromkeys(locale for locale, _ in known))
    said = {locale: {name: words.own(name, locale) for name in words.names()} for locale in locales}
    return Site("Tern", "https://a.example/", EN, locales, known, words=said)


SHOP = site(
    *((tag, path, path) for tag in ("en", "ar", "zh-TW") for path in ("index.md", "policies/returns.md")),
    ("en", "policies/se/returns.md", "policies/returns.md"), ("en", "new.md", "new.md"),
)  # fmt: skip


def rows(tag, path):
    text = accessibility.apply(THEIRS, SHOP.pages[Locale(tag), path], SHOP)
    return re.findall(r'role="menuitem" [^>]*href="([^"]*)" lang="([^"]*)"[^>]*><bdi dir="(\w+)">([^<]*)', text)


def test_every_language_is_in_the_menu_by_its_own_name():
    assert rows("en", "policies/returns.md") == [
        ("./", "en", "ltr", "English"),
        ("../../ar/policies/returns/", "ar", "rtl", "العربية"),
        ("../../zh-TW/policies/returns/", "zh-TW", "ltr", "中文 (繁體, 台灣)"),
    ]


def test_who_changes_the_language_comes_to_the_choice_of_regions_or_home_where_there_is_no_such_page():
    assert [link for link, *_ in rows("en", "policies/se/returns.md")][1:] == [
        "../../../ar/policies/returns/", "../../../zh-TW/policies/returns/",
    ]  # fmt: skip
    assert [link for link, *_ in rows("en", "new.md")][1:] == ["../ar/", "../zh-TW/"]


@pytest.mark.parametrize("text", [THEIRS, NO_MENU])
def test_the_menu_says_what_it_is_and_stands_before_the_search(text):
    done = accessibility.apply(text, SHOP.pages[AR, "index.md"], SHOP)
    assert done.count("md-select") == 0
    (button,) = re.findall(r"<button[^>]*>", done)
    for said in (
        'aria-label="اختر اللغة"',
        'aria-haspopup="true"',
        'aria-expanded="false"',
        'aria-controls="ph-languages"',
    ):
        assert said in button
    assert done.count('id="ph-languages"') == 1
    assert done.count("aria-current") == 1
    assert done.index("ph-languages") < done.index("__search")


def test_one_language_needs_no_menu():
    alone = site(("en", "index.md", "index.md"))
    assert "ph-menu" not in accessibility.apply(NO_MENU, alone.pages[EN, "index.md"], alone).replace(
        "polyhelp-menu.js", ""
    )


def test_the_first_link_leads_to_the_content_with_headings_or_without():
    empty = re.sub(r"<a href=\"#title\".*?</a>", "", THEIRS)
    for text in (THEIRS, empty):
        done = accessibility.apply(text, SHOP.pages[AR, "index.md"], SHOP)
        assert '<a href="#ph-content" class="md-skip">تخطَّ إلى المحتوى</a>' in done
        assert done.count('<article id="ph-content" tabindex="-1" class=') == 1


def test_the_page_runs_in_its_direction_and_its_dialog_has_a_name():
    done = accessibility.apply(THEIRS, SHOP.pages[AR, "index.md"], SHOP)
    assert '<body dir="rtl" data-md-color-scheme="default">' in done
    assert 'role="dialog" aria-label="Search"' in done


def test_done_twice_is_done_once():
    page = SHOP.pages[TW, "policies/returns.md"]
    once = accessibility.apply(THEIRS, page, SHOP)
    assert accessibility.apply(once, page, SHOP) == once
    assert f'src="../../../{accessibility.SCRIPT}"' in once
    assert f'href="../../../{accessibility.STYLE}"' in once


def test_another_theme_keeps_what_is_not_known_of_it():
    assert accessibility.apply("<p>Hello</p>", SHOP.pages[EN, "index.md"], SHOP) == "<p>Hello</p>"


def test_the_keyboard_passes_by_choices_of_colours_that_nobody_sees():
    choice = '<input class="md-option" data-md-color-scheme="slate"  aria-hidden="true"  type="radio" name="__palette">'
    for text in (THEIRS, NO_MENU):
        done = accessibility.apply(
            text.replace("</nav>", f"<form>{choice}</form></nav>"), SHOP.pages[EN, "new.md"], SHOP
        )
        assert ' aria-hidden="true" tabindex="-1"  type="radio"' in done
    shown = choice.replace('aria-hidden="true"', 'aria-label="Dark colors"')
    assert shown in accessibility.apply(THEIRS.replace("</nav>", f"{shown}</nav>"), SHOP.pages[EN, "new.md"], SHOP)


BOX = '<input type="checkbox" disabled/>'
CONTROL = f'<label class="task-list-control">{BOX}<span class="task-list-indicator"></span></label>'


def names_of_tasks(items):
    """The names of the checkboxes of a task list."""
    text = THEIRS.replace("</h1>", f'</h1><ul class="task-list">{items}</ul>')
    done = accessibility.apply(text, SHOP.pages[EN, "index.md"], SHOP)
    assert accessibility.apply(done, SHOP.pages[EN, "index.md"], SHOP) == done
    assert re.sub(r'(<input) aria-label="[^"]*"( type="checkbox")', r"\1\2", done).count(items) == 1
    return re.findall(r'<input aria-label="([^"]*)" type="checkbox" disabled/>', done)


@pytest.mark.parametrize("box", [BOX, CONTROL])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Check <em>both</em> &amp; sign", "Check both &amp; sign"),
        ('Say <q>"yes"</q>', "Say &quot;yes&quot;"),
        ("Write \n  it down", "Write it down"),
        ('<img alt="A parcel" src="x.png">', "A parcel"),
        ("Outer<ul><li>Inner</li></ul>", "Outer"),
        ("wort " * 30, "wort " * 19 + "wort…"),
        ("字" * 120, "字" * 100 + "…"),
    ],
)
def test_a_checkbox_of_a_task_list_is_called_what_its_item_says(box, text, name):
    assert names_of_tasks(f'<li class="task-list-item">{box} {text}</li>') == [name]
    assert names_of_tasks(f'<li class="task-list-item">\n<p>{box} {text}</p>\n<p>more</p></li>') == [name]


def test_every_checkbox_of_a_task_list_has_its_own_name():
    inner = f'<ul class="task-list"><li class="task-list-item">{CONTROL} Two</li></ul>'
    items = f'<li class="task-list-item">{CONTROL} One{inner}</li><li class="task-list-item">{BOX} Three</li>'
    assert names_of_tasks(items) == ["One", "Two", "Three"]


def test_a_checkbox_without_a_text_or_with_a_name_of_its_own_stays():
    named = BOX.replace("type", 'aria-label="Mine" type')
    for item in (f'<li class="task-list-item">{CONTROL}</li>', f'<li class="task-list-item">{named} Text</li>'):
        text = THEIRS.replace("</h1>", f"</h1><ul>{item}</ul>")
        assert item in accessibility.apply(text, SHOP.pages[EN, "index.md"], SHOP)
    other = THEIRS.replace("</h1>", f"</h1><ul><li>{BOX} of a writer's own</li></ul>")
    assert BOX in accessibility.apply(other, SHOP.pages[EN, "index.md"], SHOP)


PALETTE = """
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: teal
      accent: deep orange
      toggle: {icon: material/weather-night, name: Dark colors}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: teal, accent: deep orange}
"""


OFFERS = """
      site:
        feedback: /answers
        contact: contact.md
        popular: [returns/refunds.md, contact.md]
        binding: en
"""
TASKS = """
## Before you write

- [ ] Have your *order number* ready
- [x] Read [about refunds](returns/refunds.md)
    - [ ] All of it
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory, new_shop):
    """The small help center with all that a site may offer, built; served with its headers."""
    if missing():
        pytest.skip(missing())
    shop = new_shop(tmp_path_factory.mktemp("accessible") / "shop")
    shop.edit("mkdocs.yml", "  font: false\n", f"  font: false{PALETTE}")
    shop.edit("mkdocs.yml", "  - polyhelp: {}\n", f"  - polyhelp:{OFFERS}")
    shop.edit("mkdocs.yml", "  - tables\n", "  - tables\n  - pymdownx.tasklist: {custom_checkbox: true}\n")
    shop.write("content/contact.md", shop.read("content/contact.md") + TASKS)
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
    assert shop.polyhelp("review", "accept", "policies/returns.md", "--locale", "ar", "--as", "Ana").status == 0
    assert shop.polyhelp("build").status == 0
    with serve(shop.file("site"), kept=True) as server, browser() as chromium:
        yield server, chromium


MENU = "[data-ph-menu] > button"


@pytest.fixture(scope="module")
def tab(served):
    """The one tab of all tests: to open another takes as long as to load three pages."""
    page = served[1].new_page()
    yield page
    page.close()


@pytest.fixture
def visit(served, tab):
    """``visit(path, width, scheme)`` opens a page of the site; nothing may go wrong in its scripts."""
    server, _ = served
    wrong = []
    note = lambda error: wrong.append(str(error))  # noqa: E731
    tab.on("pageerror", note)

    def go(path, width=1280, scheme="light"):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)
        tab.goto(server.url + path)
        return tab

    yield go
    tab.unroute_all()
    tab.mouse.move(0, 0)
    tab.goto(f"{server.url}sitemap.xml")  # no script runs there
    tab.evaluate("localStorage.clear(), sessionStorage.clear()")  # the next reader is another one
    tab.remove_listener("pageerror", note)
    assert wrong == []


def violations(page):
    """What axe-core finds, of any impact, when nothing moves any more."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (not needed where Chromium is missing)

    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["impact"], node["target"]) for one in found for node in one["nodes"]]


PLACES = ("", "returns/refunds/", "policies/de/returns/", "nothing/here/")
MORE = ("contact/", "policies/", "policies/returns/")
"""A list of tasks; in Arabic, the text of another language; a choice of regions."""


def opened(page, name):
    """Open the search or the menu of a page."""
    if name == "the menu":
        page.click(MENU)
        return
    page.click("header [data-ph-search]")
    page.wait_for_selector(".ph-search-more a")
    if name == "results":
        page.fill(".ph-search-query", page.inner_text("main h1")[:3])
        page.wait_for_selector(".ph-search-result")
    if name == "nothing found":
        page.fill(".ph-search-query", "xqzvw")
        page.locator(".ph-search-status", has_text="xqzvw").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("folder", ["", "ar/"])
def test_axe_finds_nothing(served, visit, folder, width, scheme):
    ends = (width == 1280) == (scheme == "light") == (folder == "")  # two of the eight have all
    page = visit(folder, width, scheme)
    for path in (*PLACES, *(MORE if ends else ())):
        page.goto(f"{served[0].url}{folder}{path}")
        assert page.evaluate("[document.documentElement.lang, document.body.dataset.mdColorScheme]") == [
            folder.strip("/") or "en", "slate" if scheme == "dark" else "default",
        ]  # fmt: skip
        assert violations(page) == [], path
    for name in ("results", *(("before a query", "nothing found", "the menu") if ends else ())):
        page.goto(f"{served[0].url}{folder}returns/refunds/")
        opened(page, name)
        assert violations(page) == [], name


@pytest.mark.parametrize("color", ["cyan", "yellow", "grey", "white"])
def test_texts_can_be_read_in_the_colours_that_a_help_center_chooses(visit, color):
    page = visit("returns/refunds/")
    for scheme in ("default", "slate"):
        page.evaluate(
            "([color, scheme]) => Object.assign(document.body.dataset,"
            " {mdColorPrimary: color, mdColorAccent: color, mdColorScheme: scheme})",
            [color, scheme],
        )
        assert violations(page) == [], scheme


def focused(page):
    return page.evaluate("document.activeElement.lang || document.activeElement.ariaLabel || document.activeElement.id")


def test_the_language_menu_by_keyboard(visit):
    page = visit("returns/refunds/")
    button = page.locator(MENU)
    open_ = lambda: button.get_attribute("aria-expanded") == "true"  # noqa: E731
    button.focus()
    assert not page.locator("#ph-languages").is_visible()  # neither focus nor the mouse opens it
    button.hover()
    assert not page.locator("#ph-languages").is_visible()
    page.keyboard.press("Enter")
    assert (open_(), focused(page)) == (True, "en")  # the language of the page
    page.keyboard.press("ArrowUp")
    last = focused(page)
    page.keyboard.press("Home")
    first = focused(page)
    page.keyboard.press("End")
    assert focused(page) == last != first
    page.keyboard.press("d")
    assert focused(page) == "de"
    page.keyboard.press("Escape")
    assert (open_(), focused(page)) == (False, "Choose a language")
    page.keyboard.press("ArrowDown")
    assert (open_(), focused(page)) == (True, first)
    page.keyboard.press("Tab")
    assert not open_()
    button.focus()
    page.keyboard.press("Space")
    page.mouse.click(640, 700)
    assert not open_()
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/returns/refunds/")
    assert page.evaluate("document.documentElement.lang") == "de"


@pytest.mark.parametrize("folder", ["", "ar/"])
def test_no_language_is_cut_off(visit, folder):
    page = visit(folder, 390)
    page.evaluate("""() => { const list = document.querySelector("#ph-languages");
        for (let n = 0; n < 40; n++) list.append(list.lastElementChild.cloneNode(true)); }""")
    page.click(MENU)
    box = page.locator("#ph-languages").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 800
    last = page.locator("#ph-languages a").last
    last.focus()
    assert last.evaluate("""(link) => { const box = link.getBoundingClientRect();
        return link.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }""")


def test_without_scripts_the_menu_opens_for_whoever_reaches_it(served):
    server, chromium = served
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    page.locator(MENU).focus()
    assert page.locator("#ph-languages").is_visible()
    context.close()


def test_the_navigation_by_keyboard(visit):
    page = visit("", 390)
    button = page.locator(".ph-drawer")
    assert button.get_attribute("aria-label")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert not visit("", 1280).locator(".ph-drawer").is_visible()


def test_the_first_key_leads_past_the_navigation(visit):
    page = visit("returns/refunds/")
    page.keyboard.press("Tab")
    assert page.evaluate('document.activeElement.matches(".md-skip")')
    page.keyboard.press("Enter")
    page.wait_for_selector("#ph-content:focus")


def test_one_page_at_the_root_shows_the_readers_language(served, visit):
    server, _ = served
    with urlopen(f"{server.url}404.html") as answer:  # noqa: S310 (our own server)
        body = answer.read().decode()
    assert '<html lang="en"' in body
    for address, language in (("de/returns/nothing/", "de"), ("AR/nothing", "ar"), ("nothing/", "en"), ("fr/", "en")):
        page = visit("")
        page.route(f"**/{address}", lambda route: route.fulfill(status=404, content_type="text/html", body=body))
        page.goto(server.url + address)
        page.wait_for_selector(f'html[lang="{language}"] [data-ph-menu][data-ph-ready]')
        assert page.url == server.url + address
    assert violations(page) == []
