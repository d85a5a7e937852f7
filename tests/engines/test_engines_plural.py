"""Texts with plural forms on their way to an engine, which sees sentences only."""

import re

import pytest
from test_engines_attempt import run

from polyhelp.engines.attempt import Outcome
from polyhelp.engines.base import Markup
from polyhelp.engines.verify import markdown_fault
from polyhelp.model import Locale
from polyhelp.text.plural import Plural

N = "n=returns.window.amount"
SOURCE = Plural(N, ("You have one day.", "You have **{{ n }}** days."))


def upper(text):
    return "".join(part if part.startswith("<") else part.upper() for part in re.split(r"(<[^>]*>)", text))


@pytest.mark.parametrize(
    ("tag", "asked", "forms"),
    [
        ("de", 2, "om"), ("pl", 2, "omm"), ("ar", 2, "mommmm"), ("ja", 1, "m"), ("th", 1, "m"), ("zh-TW", 1, "m"),
        ("ru", 1, "mmm"), ("fr", 1, "mm"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("markup", [Markup.XML, Markup.PLAIN])
def test_every_form_is_made_from_the_fitting_sentence(tag, asked, forms, markup):
    answer, asks = run(str(SOURCE), upper, markup, target=Locale(tag))
    said = {"o": "YOU HAVE ONE DAY.", "m": "YOU HAVE **{{ n }}** DAYS."}
    assert Plural.parse(answer.text) == Plural(N, tuple(said[form] for form in forms))
    assert answer.outcome in {Outcome.CLEAN, Outcome.REPAIRED}
    assert not any("trans" in ask or "plural" in ask for ask in asks)
    if markup is Markup.XML:
        assert len(asks) == asked


def test_one_damaged_form_leaves_no_answer():
    answer, _ = run(str(SOURCE), lambda text: upper(text) if "one" in text else "", target=Locale("de"))
    assert answer.text is None
    assert answer.outcome is Outcome.KEPT_OUT
    assert answer.reason


def test_words_are_put_right_in_the_whole_and_only_where_the_forms_stay_whole():
    def polish(target):
        return target.replace("DAY.", "TAG.")

    answer, _ = run(str(SOURCE), upper, target=Locale("de"), polish=polish)
    assert Plural.parse(answer.text).forms[0] == "YOU HAVE ONE TAG."
    answer, _ = run(str(SOURCE), upper, target=Locale("de"), polish=lambda target: target.replace("**", ""))
    assert "**{{ n }}**" in answer.text


@pytest.mark.parametrize(
    ("forms", "fault"),
    [
        (("a", "**{{ n }}** b", "**{{ n }}** c"), ""),
        (("a", "**{{ m }}** b"), "made the placeholder {{ m }}"),
        (("a", ""), "left out a plural form"),
        (("a", "**{{ n }}** <script>"), "made the HTML"),
    ],
)
def test_the_markup_of_forms_is_that_of_the_sources_forms(forms, fault):
    wrong = markdown_fault(str(Plural(N, forms)), str(SOURCE))
    assert wrong.startswith(fault)
    assert bool(wrong) == bool(fault)


def test_another_count_is_a_fault():
    assert markdown_fault(str(Plural("n=other", ("a", "**{{ n }}** b"))), str(SOURCE))
