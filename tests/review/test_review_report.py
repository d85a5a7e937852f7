"""The page of what waits for a reviewer, as text and in Chromium."""

import base64
import hashlib
import json
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from chromium import browser, missing
from review_cards import AR, card, sheet

from polyhelp.review import decision, report
from polyhelp.review.desk import Desk
from polyhelp.review.report import Earlier, Term

EVIL = (
    "</script><script>globalThis.ran = 1</script>",
    "<img src=x onerror='globalThis.ran = 1'>",
    "]]></bdi></section></main><svg onload='globalThis.ran = 1'>",
    "[x](javascript:globalThis.ran=1)",
    "{{ '</textarea><script>globalThis.ran = 1</script>' }}",
    "<style>.unit{display:none}</style>",
    "Zahlen Sie \u202eethgir eht ot\u202c 14 Tage",
)


def data_of(text):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text)[1])


def test_the_page_asks_nobody_and_runs_only_its_own_script():
    text = report.report(sheet(card(), card("Two.", "Zwei.")))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    for kind, body in (("script", script), ("style", style)):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert not re.search(r"https?://|//[a-z]|url\(|@import| on[a-z]+=|<link|<base|<iframe", text)


def test_a_page_of_the_desk_may_speak_with_the_desk_alone():
    text = report.report(sheet(card(), token="secret"))  # noqa: S106
    assert "connect-src &#39;self&#39;" in text
    assert data_of(text)["token"] == "secret"  # noqa: S105
    assert 'id="send"' in text
    assert 'id="send"' not in report.report(sheet(card()))


def test_a_card_says_what_a_reviewer_needs():
    one = card(
        "Send it back within 30 days.", "Binnen 14 Tagen zurück.", why="source changed",
        issues=[("30 is missing.", "14")], notes=["said on the parcel"], terms=(Term(0, 4, "Send", ("senden",)),),
        earlier=Earlier("Send it back within 14 days.", ""),
    )  # fmt: skip
    text = report.report(sheet(one))
    assert '<mark class="term">Send</mark> it back within <del>14</del><ins>30</ins> days.' in text
    assert 'Binnen <mark class="issue">14</mark> Tagen' in text
    assert "<b>error</b> <bdi>30 is missing.</bdi>" in text
    assert "Send</bdi> → <bdi" in text
    assert "said on the parcel" in text
    for said in ("source changed", "Returns", "Before it.", "After it.", "Tern &amp; Co"):
        assert said in text
    assert data_of(text)["units"] == [["returns.md", one.row.id, one.seen, "Binnen 14 Tagen zurück."]]


def test_a_decision_is_about_the_text_and_the_region_data():
    plain = card()
    assert plain.seen == decision.seen(plain.row.unit)
    assert replace(plain, data="0123").seen == decision.seen(plain.row.unit, "0123") != plain.seen


def test_directions_are_those_of_the_locales():
    text = report.report(sheet(card(target="أعده", locale=AR), locale=AR))
    assert '<html lang="en" dir="ltr">' in text
    assert '<bdi lang="en" dir="ltr">Send it back.' in text
    assert '<bdi lang="ar" dir="rtl" class="target">أعده' in text


def test_nothing_waits():
    assert "Nothing waits for a reviewer." in report.report(sheet())


def test_lone_surrogates_and_separators_do_not_break_the_page():
    text = report.report(sheet(card(target="a\ud800b\u2028c")))
    assert data_of(text.encode().decode())["units"][0][3] == "a\ud800b\u2028c"


# ---------------------------------------------------------------- in Chromium


@pytest.fixture(scope="module")
def chromium():
    if missing():
        pytest.skip(missing())
    with browser() as found:
        yield found


def is_ready(page):
    """Wait until the page's script has begun."""
    page.locator("html[data-ready]").wait_for(state="attached")


def reload(page):
    page.reload()
    is_ready(page)


@pytest.fixture
def opened(chromium, tmp_path):
    """``opened(sheet, **context)`` opens its page from a file; nothing may go wrong in its script."""
    wrong, contexts = [], []

    def open_(one, context=None, width=1280, **more):
        file = tmp_path / "review.html"
        file.write_text(report.report(one), encoding="utf-8")
        if context is None:
            context = chromium.new_context(viewport={"width": width, "height": 800}, **more)
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(("file:", "blob:")) else 0)
        page.goto(file.as_uri())
        is_ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


THREE = sheet(card("One.", "Eins."), card("Two.", "Zwei."), card("Three.", "Drei."))


def progress(page):
    return page.inner_text("#progress")


def verdicts(page):
    return page.eval_on_selector_all(".unit", "all => all.map(one => one.dataset.verdict ?? '')")


def downloaded(page):
    with page.expect_download() as found:
        page.click("#save")
    assert found.value.suggested_filename == "decisions.json"
    return decision.load(Path(found.value.path()).read_text(encoding="utf-8"), "decisions.json")


def told(decisions):
    return [(one.verdict.value, one.target, one.reason) for one in decisions.decisions]


def test_decisions_by_keyboard_come_as_a_file_that_can_be_read(opened):
    page = opened(THREE)
    assert progress(page) == "0 of 3 decided"
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("Zwo. j k a")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("r")
    page.keyboard.type("wrong tone")
    page.keyboard.press("Enter")
    assert verdicts(page) == ["accept", "edit", "reject"]
    assert progress(page) == "3 of 3 decided"
    page.click("#save")
    assert "your name" in page.inner_text("#told")
    page.fill("#name", " Anna  Berg ")
    found = downloaded(page)
    assert found.who == "Anna Berg"
    assert told(found) == [("accept", "", ""), ("edit", "Zwo. j k a", ""), ("reject", "", "wrong tone")]
    assert [(one.path, one.id, one.seen) for one in found.decisions] == [
        (one.row.path, one.row.id, one.seen) for one in THREE.cards
    ]


def test_decisions_by_hand_and_back_again(opened):
    page = opened(THREE)
    first = page.locator(".unit").first
    first.get_by_role("button", name="Accept").click()
    assert verdicts(page) == ["accept", "", ""]
    first.get_by_role("button", name="Accept").click()
    assert verdicts(page) == ["", "", ""]
    first.get_by_role("button", name="Reject").click()
    first.locator("form").get_by_role("button", name="Cancel").click()
    assert page.locator("form.form").count() == 0
    first.get_by_role("button", name="Edit").click()
    first.locator("textarea").fill("  ")
    page.keyboard.press("Control+Enter")
    assert "cannot be empty" in first.locator(".problem").inner_text()
    first.locator("textarea").fill("Eins.")
    page.keyboard.press("Control+Enter")
    assert verdicts(page) == ["accept", "", ""]  # the same words are a yes
    page.keyboard.press("k")
    page.keyboard.press("u")
    assert verdicts(page) == ["", "", ""]


def test_decisions_survive_a_reload_as_long_as_the_unit_is_what_was_seen(opened):
    page = opened(THREE)
    page.fill("#name", "Anna Berg")
    page.locator(".unit").nth(0).get_by_role("button", name="Accept").click()
    page.locator(".unit").nth(1).get_by_role("button", name="Reject").click()
    page.keyboard.type("no")
    page.keyboard.press("Enter")
    reload(page)
    assert verdicts(page) == ["accept", "reject", ""]
    assert progress(page) == "2 of 3 decided"
    assert page.input_value("#name") == "Anna Berg"
    changed = sheet(card("One.", "Eins!"), *THREE.cards[1:])
    again = opened(changed, context=page.context)
    assert verdicts(again) == ["", "reject", ""]
    other = opened(replace(THREE, title="Another"), context=page.context)
    assert verdicts(other) == ["", "", ""]


def test_what_the_browser_has_kept_is_not_believed(opened):
    page = opened(THREE)
    page.keyboard.press("j")
    page.keyboard.press("a")
    for value in ('{"verdict":"constructor"}', "<b>", '{"verdict":"edit","target":7}', "null", '"accept"'):
        page.evaluate(
            "value => { const key = Object.keys(localStorage).find(one => one.includes('returns.md'));"
            " localStorage.setItem(key, value); }",
            value,
        )
        reload(page)
        assert verdicts(page) == ["", "", ""], value


@pytest.mark.parametrize("target", EVIL)
def test_hostile_targets_are_inert(opened, target):
    hostile = card(target, target, path=target, why=target, issues=[(target, target)], notes=[target],
                   earlier=Earlier(target[::-1], target[3:]))  # fmt: skip
    page = opened(replace(sheet(hostile, card("Two.", "Zwei.")), title=target))
    page.keyboard.press("j")
    page.keyboard.press("e")
    assert page.input_value("textarea >> nth=0") == target
    page.keyboard.type("more")
    page.keyboard.press("Control+Enter")
    assert page.evaluate("globalThis.ran") is None
    assert page.locator("main .unit").count() == 2
    assert page.locator("main .unit >> nth=1").is_visible()
    assert page.locator("main a, main img, main script, main svg, main iframe, main style").count() == 0
    assert "\u202e" not in page.inner_text("main .pair >> nth=0")


def test_the_rest_of_a_long_page_follows(opened):
    cards = [card(f"Number {at}.", f"Nummer {at}.") for at in range(report.AT_ONCE + 150)]
    page = opened(sheet(*cards))
    page.locator(".unit:empty").first.wait_for(state="detached")
    assert page.locator(".unit").count() == len(cards)
    last = page.locator(".unit").last
    last.get_by_role("button", name="Accept").click()
    reload(page)
    page.locator(".unit:empty").first.wait_for(state="detached")
    assert last.get_by_role("button", name="Accept").get_attribute("aria-pressed") == "true"


def test_keys_go_on_and_pass_by_what_is_hidden(opened):
    page = opened(THREE)
    now = lambda: page.eval_on_selector_all(".unit", "all => all.findIndex(one => one.matches('.now'))")  # noqa: E731
    for key, at in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("a", 1), ("n", 2)):
        page.keyboard.press(key)
        assert now() == at, key
    page.select_option("#show", "open")
    page.locator(".unit").nth(2).get_by_role("button", name="Accept").focus()
    page.keyboard.press("k")
    assert now() == 1
    page.keyboard.press("k")
    assert now() == 1
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.uncheck("#shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert now() == 1


def test_a_unit_without_a_translation_can_be_translated_only(opened):
    page = opened(sheet(card(target="")))
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("r")
    assert verdicts(page) == [""]
    page.get_by_role("button", name="Translate").click()
    page.keyboard.type("Zurück.")
    page.keyboard.press("Control+Enter")
    assert verdicts(page) == ["edit"]


def test_the_decisions_can_be_copied_where_the_clipboard_is_shut(opened):
    page = opened(THREE)
    page.fill("#name", "Anna")
    page.locator(".unit").first.get_by_role("button", name="Accept").click()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.click("#copy")
    page.locator("#text").wait_for()
    assert told(decision.load(page.input_value("#json"), "copied")) == [("accept", "", "")]


class Work:
    """A stand-in for what the desk does: it takes all decisions but rejections."""

    pages = ("de",)

    def __init__(self):
        self.taken = []

    def page(self, name, token):  # noqa: ARG002
        return report.report(replace(THREE, token=token, reviewer="Anna"))

    def take(self, decisions):
        self.taken.append(decisions)
        no = [one for one in decisions.decisions if one.verdict is decision.Verdict.REJECT]
        return {"ok": not no, "refused": [{"id": one.id, "why": "it has changed"} for one in no]}


def test_the_desk_takes_decisions_from_its_page(chromium):
    work = Work()
    with Desk(work) as desk:
        thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        page = chromium.new_page()
        try:
            page.goto(desk.address("de"))
            is_ready(page)
            page.keyboard.press("j")
            page.keyboard.press("a")
            page.keyboard.press("r")
            page.keyboard.press("Enter")
            page.click("#send")
            page.locator("#told", has_text="1 written, 1 refused").wait_for()
            assert told(work.taken[0]) == [("accept", "", ""), ("reject", "", "")]
            assert page.locator(".said").all_inner_texts() == [
                "accepted and written", "not written: it has changed", "",
            ]  # fmt: skip
            page.keyboard.press("n")
            page.keyboard.press("a")
            page.click("#send")
            page.locator(".said", has_text="and written").nth(1).wait_for()
            assert [one.verdict.value for one in work.taken[1].decisions] == ["reject", "accept"]  # not written twice
        finally:
            page.close()
            desk.shutdown()
            thread.join()


VIEWS = [("light", 1280, "de"), ("dark", 390, "ar"), ("light", 320, "ar")]


@pytest.mark.parametrize(("scheme", "width", "locale"), VIEWS)
def test_axe_finds_nothing_and_no_text_runs_out_of_the_page(opened, scheme, width, locale):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (not needed where Chromium is missing)

    target = "أعده خلال **30** يومًا" if locale == "ar" else "Binnen **30** Tagen zurück\u202e"
    earlier = Earlier("Back in 14 days.", target.replace("30", "14"))
    terms, path = (Term(0, 4, "Back", ("zurück",)),), "a/very/long/path/" * 6 + "page.md"
    one = card("Back in 30 days.", target, issues=[("Wrong.", "30")], terms=terms, earlier=earlier, path=path)
    page = opened(sheet(one, card("Two.", "Zwei."), locale=AR if locale == "ar" else one.row.locale), width=width,
                  color_scheme=scheme)  # fmt: skip
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("e")
    page.locator("textarea").first.wait_for()

    def violations():
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [(one["id"], node["target"]) for one in found for node in one["nodes"]]

    assert violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations() == []
