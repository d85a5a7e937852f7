from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs

import chromium
import pytest
from anatomy_site import AR, DE, EN, heading, html, knowing, put, site
from site_server import serve

from polyhelp.site import feedback

REFUNDS = "returns/refunds.md"
ARTICLE = heading(1, "Refunds", "refunds") + "\n<p>Text.</p>"
HERE = {"feedback": "/answers"}


def built(made, page):
    return feedback.apply(html(ARTICLE, page.locale), page, made)


def fields(text):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


@pytest.mark.parametrize("endpoint", [None, "", 7, "javascript:alert(1)", "answers", "//elsewhere.example"])
def test_without_an_address_for_answers_nothing_is_asked(endpoint):
    made = site(options={"feedback": endpoint})
    page = made.pages[EN, REFUNDS]
    assert built(made, page) == html(ARTICLE, "en")


@pytest.mark.parametrize("kind", ["home", "chooser", "other"])
def test_only_articles_and_policies_are_asked_about(kind):
    made = site(options=HERE)
    page = made.pages[EN, REFUNDS]
    assert "ph-feedback" not in built(knowing(made, page, kind=kind), page)


def test_an_answer_says_which_text_was_read_and_nothing_about_the_reader():
    revisions = {"de": {"policies/de/returns.md": "d1"}, "en": {"policies/returns.md": "e1"}, "ar": {"index.md": "a1"}}
    made = site(options={**HERE, "revisions": revisions})
    text = built(made, made.pages[DE, "policies/de/returns.md"])
    assert fields(text) == {
        "article": "policies/returns.md",
        "locale": "de",
        "region": "DE",
        "revision": "d1",
        "source_revision": "e1",
        "state": "translated",
    }
    asked = set(re.findall(r'\bname="(\w+)"', text)) - set(fields(text))
    assert asked == {"helpful", "reason", "comment"}


@pytest.mark.parametrize(
    ("locale", "facts", "state"),
    [
        (EN, {}, "source"), (DE, {}, "translated"), (DE, {"machine": True}, "machine"),
        (DE, {"machine": True, "partial": True}, "partial"), (DE, {"original": True}, "untranslated"),
        (DE, {"original": True, "waiting": True}, "waiting"), (DE, {"borrowed": "en"}, "borrowed"),
    ],
)  # fmt: skip
def test_the_state_is_what_the_reader_saw(locale, facts, state):
    assert feedback.state(replace(site().pages[locale, REFUNDS], **facts), EN) == state


def test_the_form_speaks_the_reader_s_language_and_works_without_a_script():
    text = built(site(options=HERE), site().pages[DE, REFUNDS])
    assert '<form class="ph-feedback" method="post" action="/answers"' in text
    assert ">War das hilfreich?</h2>" in text
    assert 'name="helpful" value="yes">Ja</button>' in text
    assert 'name="helpful" value="no">Senden</button>' in text
    assert 'maxlength="500"' in text


def test_the_translation_can_be_to_blame_only_where_there_is_one():
    made = site(options=HERE)
    assert 'value="translation"' in built(made, made.pages[DE, REFUNDS])
    assert 'value="translation"' not in built(made, made.pages[EN, REFUNDS])
    assert 'value="translation"' not in built(made, made.pages[AR, REFUNDS])  # shows the original


def test_an_address_cannot_break_out_of_the_form():
    made = site(options={"feedback": 'https://a.example/?x="><script>'})
    assert 'action="https://a.example/?x=&quot;&gt;&lt;script&gt;"' in built(made, made.pages[EN, REFUNDS])


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    if chromium.missing():
        pytest.skip(chromium.missing())
    folder = tmp_path_factory.mktemp("feedback")
    made = site(options=HERE)
    put(folder, made, made.pages[DE, REFUNDS], built(made, made.pages[DE, REFUNDS]))
    with serve(folder) as served, chromium.browser() as browser:
        yield served, browser


def answers(context):
    """What is sent, without a server that takes it.

    The request's own event is listened to: the browser tells it before it asks the route, so that whoever
    waited for a request finds it here.
    """
    sent = []
    context.on("request", lambda request: sent.append(request) if request.url.endswith("/answers") else None)
    context.route("**/answers", lambda route: route.fulfill(content_type="text/html", body="<h1>Danke</h1>"))
    return sent


def test_yes_is_sent_at_once_and_thanked_for_aloud(pages):
    served, browser = pages
    context = browser.new_context()
    sent = answers(context)
    tab = context.new_page()
    tab.goto(f"{served.url}de/returns/refunds/")
    with tab.expect_request("**/answers") as asked:
        tab.get_by_role("button", name="Ja").click()
    request = asked.value
    assert sent == [request]
    assert tab.get_by_role("status").inner_text() == "Danke für Ihre Antwort."
    assert tab.evaluate("document.activeElement.className") == "ph-feedback__thanks"
    assert tab.url.endswith("/de/returns/refunds/")
    answer = parse_qs(request.post_data, keep_blank_values=True)
    assert (answer["helpful"], answer["article"], answer["locale"]) == (["yes"], [REFUNDS], ["de"])
    assert not {"reason", "comment"} & set(answer)
    assert context.cookies() == []
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0


def test_no_is_sent_with_a_reason_and_a_comment_by_keyboard_alone(pages):
    served, browser = pages
    context = browser.new_context()
    sent = answers(context)
    tab = context.new_page()
    tab.goto(f"{served.url}de/returns/refunds/")
    tab.locator("summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    tab.keyboard.type("x" * 510)
    tab.keyboard.press("Tab")
    with tab.expect_request("**/answers") as asked:
        tab.keyboard.press("Enter")
    assert sent == [asked.value]
    answer = parse_qs(sent[0].post_data)
    assert (answer["helpful"], answer["reason"], len(answer["comment"][0])) == (["no"], ["incomplete"], 500)


def test_without_scripts_the_form_goes_the_plain_way(pages):
    served, browser = pages
    context = browser.new_context(java_script_enabled=False)
    sent = answers(context)
    tab = context.new_page()
    tab.goto(f"{served.url}de/returns/refunds/")
    tab.get_by_role("button", name="Ja").click()
    tab.wait_for_url("**/answers")
    assert sent[0].method == "POST"
    assert parse_qs(sent[0].post_data)["helpful"] == ["yes"]
