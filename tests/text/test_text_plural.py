"""Texts with plural forms, taken apart and put together; the rules of gettext."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Locale
from polyhelp.text.plural import Plural, variables
from polyhelp.text.plural_rules import rule

WORDS = st.text(st.characters(exclude_characters="{}%", exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("{% trans n=a.b %}one{% pluralize %}{{ n }} many{% endtrans %}", ("one", "{{ n }} many")),
        ("In {% trans n=a.b %}one day{% pluralize %}{{ n }} days{% endtrans %}.", ("In one day.", "In {{ n }} days.")),
        ("In {% trans n=a.b %} one day {% pluralize n %} {{ n }} days {% endtrans %} it is",
         ("In one day it is", "In {{ n }} days it is")),
        ("**In {% trans n=a.b %}one** day{%pluralize%}many** days{%endtrans%}", ("**In one** day", "**In many** days")),
        ("{% trans n=a.b %}a{% pluralize %}b{% pluralize %}{% endtrans %}", ("a", "b", "")),
        ("{% trans n=a.b %}a{% endtrans %} b", ("a b",)),
    ],
)  # fmt: skip
def test_every_form_is_a_whole_sentence(text, forms):
    plural = Plural.parse(text)
    assert (plural.variables, plural.forms, plural.count) == ("n=a.b", forms, "n")


@pytest.mark.parametrize(
    "text",
    ["", "plain", "{% if a %}b{% endif %}", "{% trans n=a %}open", "a{% endtrans %}", "{% endtrans %}{% trans %}"],
)
def test_what_has_no_forms_is_told(text):
    assert Plural.parse(text) is None


@given(before=WORDS, forms=st.lists(WORDS, min_size=1, max_size=6), after=WORDS)
def test_taking_apart_what_was_put_together_changes_nothing(before, forms, after):
    text = f"{before}{{% trans n=a.b, m=c %}}{'{% pluralize %}'.join(forms)}{{% endtrans %}}{after}"
    once = Plural.parse(text)
    again = Plural.parse(str(once))
    assert len(once.forms) == len(forms)
    assert Plural.parse(str(again)) == again
    assert [form.split() for form in again.forms] == [form.split() for form in once.forms]


@pytest.mark.parametrize(
    ("form", "says"),
    [("{{ n }} days", True), ("{{n | number}}", True), ("a day", False), ("{{ no }}", False), ("{{ n.x }}", False)],
)  # fmt: skip
def test_a_form_says_the_number_or_not(form, says):
    assert Plural("n=a.b", ("", "")).says(form) is says


def test_variables_keep_the_commas_of_their_values():
    assert variables('n=a.b, c = d | listed("x, y"), e') == (("n", "a.b"), ("c", 'd | listed("x, y")'), ("e", ""))
    for wrong in ("1=a", "a b", "n=a,,m=b", "returns.window"):
        with pytest.raises(ValueError, match=r"^"):
            variables(wrong)


@pytest.mark.parametrize(
    ("target", "fitted"),
    [
        ("", ""),
        ("Tage", "{% trans n=a %}Tage{% pluralize %}Tage{% pluralize %}Tage{% endtrans %}"),
        ("{% trans old=b %}A{% endtrans %} B", "{% trans n=a %}A B{% pluralize %}{% pluralize %}{% endtrans %}"),
    ],
)
def test_a_target_gets_the_shape_of_its_source(target, fitted):
    plural = Plural("n=a", ("one", "many"))
    assert plural.fitted(target, 3) == fitted
    assert plural.fitted(fitted, 3) == fitted


@pytest.mark.parametrize(
    ("tag", "forms", "exact"),
    [
        ("de", 2, (1, None)), ("fr", 2, (None, None)), ("ja", 1, (None,)), ("th", 1, (None,)), ("zh-TW", 1, (None,)),
        ("pl", 3, (1, None, None)), ("ru", 3, (None, None, None)), ("ar", 6, (0, 1, 2, None, None, None)),
        ("de-AT", 2, (1, None)), ("zh-Hant-HK", 1, (None,)), ("xx", 2, (1, None)),
    ],
)  # fmt: skip
def test_every_locale_has_the_forms_of_gettext(tag, forms, exact):
    found = rule(Locale(tag))
    assert (found.forms, found.exact) == (forms, exact)
    assert all(0 <= found.index(number) < forms for number in range(300))


def test_brazilian_portuguese_has_its_own_rule():
    assert (rule(Locale("pt-BR")).index(0), rule(Locale("pt")).index(0)) == (0, 1)
