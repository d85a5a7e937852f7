"""A text that depends on a number, from the template through catalogs, an engine and a review to the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from polyhelp.engines.pseudo import LETTERS
from polyhelp.model import State
from polyhelp.text.plural import Plural

ARTICLE = "policies/returns.md"
N = "n=returns.window.amount"
WINDOW = str(Plural(N, ("You have one day to return it.", "You have {{ n }} days to return it.")))
PAGE = """\
# Returns

You have {% trans n=returns.window.amount %}one day{% pluralize %}{{ n }} days{% endtrans %} to return it.

{% trans n=returns.window.amount %}
Wait a day.
{% pluralize %}
Wait **{{ n }}** days.
{% endtrans %}

Keep the label.
"""
NEXT = "\n\n"  # between paragraphs
FORMS = {"de": 2, "pt-BR": 2, "ar": 6}


@pytest.fixture
def plurals(shop):
    """The shop with plurals in its policy, and a window of one day in the US."""
    shop.write(f"content/{ARTICLE}", PAGE)
    shop.edit("content/regions/US.yml", "60 calendar days", "1 calendar days")
    assert shop.polyhelp("sync").status == 0
    return shop


def forms(unit):
    return Plural.parse(unit.target).forms


def test_from_the_template_to_the_page(plurals):
    source = plurals.polyhelp("render")
    assert source.status == 0, source.text
    assert "You have 30 days to return it.\n\nWait **30** days.\n" in plurals.read(
        "build/docs/en/policies/de/returns.md"
    )
    assert "You have one day to return it.\n\nWait a day.\n" in plurals.read("build/docs/en/policies/us/returns.md")
    assert plurals.polyhelp("translate", "--engine", "pseudo").status == 0
    for locale, count in FORMS.items():
        unit = plurals.unit(locale, ARTICLE, WINDOW)
        assert len(forms(unit)) == count
        assert forms(unit)[-1] == "Ýôû ĥàṽé {{ n }} đàýš ţô ŕéţûŕñ îţ.".replace("ţ", "t".translate(LETTERS))
        assert (unit.fuzzy, unit.maker) == (True, "mt/pseudo")
    assert forms(plurals.unit("ar", ARTICLE, WINDOW))[1] == "You have one day to return it.".translate(LETTERS)
    checked = plurals.polyhelp("check", "--json")
    found = [row for row in checked.json["issues"] if row.get("path") == ARTICLE and row["severity"] == "error"]
    assert found == []
    listed = plurals.polyhelp("review", "list", "--locale", "de")
    assert "{% pluralize %}" in listed.out
    accepted = plurals.polyhelp("review", "accept", ARTICLE, "--locale", "de", "--as", "Anna Berg")
    assert accepted.status == 0, accepted.text
    unit = plurals.unit("de", ARTICLE, WINDOW)
    assert not unit.fuzzy
    assert unit.review
    assert plurals.polyhelp("render").status == 0
    many, one = (plurals.read(f"build/docs/de/policies/{region}/returns.md") for region in ("de", "us"))
    assert f"{'You have'.translate(LETTERS)} 30 {'days to return it.'.translate(LETTERS)}" in many
    assert "You have one day to return it.".translate(LETTERS) in one
    assert f"{'Wait'.translate(LETTERS)} **30** " in many
    assert plurals.polyhelp("status").status == 0
    again = plurals.bytes_of("locales")
    assert plurals.polyhelp("sync").status == 0
    assert plurals.bytes_of("locales") == again


def test_a_form_too_few_is_told_and_shown_to_nobody(plurals):
    def half(unit):
        return replace(unit, target=str(Plural(N, ("a {{ n }}", "b {{ n }}")))) if unit.source == WINDOW else unit

    plurals.change("ar", ARTICLE, half)
    unit = plurals.unit("ar", ARTICLE, WINDOW)
    assert unit.state() is State.INITIAL
    done = plurals.polyhelp("check", "--locale", "ar", "--json")
    (row,) = [row for row in done.json["issues"] if row["check"] == "markup" and row["severity"] == "error"]
    assert "6 plural forms (for the numbers 0; 1; 2; 3, 4, 5; " in row["message"]
    assert row["message"].endswith("the translation has 2.")


def test_units_with_plurals_go_out_as_xliff_and_come_back_as_they_were(plurals):
    plurals.polyhelp("translate", "--engine", "pseudo")
    before = {locale: plurals.catalog(locale, ARTICLE).units for locale in FORMS}
    for locale in FORMS:
        assert plurals.polyhelp("export", "--locale", locale, "-o", "out.xlf").status == 0
        done = plurals.polyhelp("import", "out.xlf", "--json")
        assert done.status == 0, done.text
    assert {locale: plurals.catalog(locale, ARTICLE).units for locale in FORMS} == before


def test_an_answer_in_xliff_with_other_forms_is_a_translation(plurals):
    plurals.polyhelp("translate", "--engine", "pseudo")
    plurals.polyhelp("export", "--locale", "ar", "-o", "out.xlf")
    text = plurals.read("out.xlf")
    word = "day to".translate(LETTERS)
    assert word in text
    plurals.write(
        "out.xlf", text.replace(word, "يوم").replace('state="initial" subState="polyhelp:mt"', 'state="translated"')
    )
    assert plurals.polyhelp("import", "out.xlf").status == 0
    unit = plurals.unit("ar", ARTICLE, WINDOW)
    assert "يوم" in forms(unit)[1]
    assert unit.state() is State.TRANSLATED


def test_an_equal_text_of_another_page_is_reused(plurals):
    plurals.polyhelp("translate", "--engine", "pseudo")
    plurals.write("content/policies/more.md", f"# More\n\n{PAGE.split(NEXT)[1]}\n")
    plurals.polyhelp("sync")
    done = plurals.polyhelp("translate", "--engine", "pseudo", "--locale", "ar", "--json")
    assert done.json["reused"] >= 1
    assert len(forms(plurals.unit("ar", "policies/more.md", WINDOW))) == 6


def test_a_sentence_that_becomes_a_plural_keeps_its_words(shop):
    shop.write(f"content/{ARTICLE}", "# Returns {{ region.code }}\n\nYou have 30 days to return it to our warehouse.\n")
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo")
    shop.polyhelp("review", "accept", ARTICLE, "--locale", "ar", "--as", "Anna Berg")
    words = shop.unit("ar", ARTICLE, "You have 30 days to return it to our warehouse.").target
    days = "{% trans n=returns.window.amount %}a day{% pluralize %}30 days{% endtrans %}"
    page = f"# Returns {{{{ region.code }}}}\n\nYou have {days} to return it to our warehouse.\n"
    shop.write(f"content/{ARTICLE}", page)
    assert shop.polyhelp("sync").status == 0
    unit = next(unit for unit in shop.catalog("ar", ARTICLE).current if Plural.parse(unit.source))
    assert forms(unit) == (words,) * 6
    assert unit.fuzzy
    assert unit.previous == "You have 30 days to return it to our warehouse."
    once = shop.bytes_of("locales")
    assert shop.polyhelp("sync").status == 0
    assert shop.bytes_of("locales") == once


def test_a_mistake_in_the_tags_names_the_line_and_the_way_out(shop):
    shop.write(f"content/{ARTICLE}", "# Returns\n\n{% trans n=returns.window.amount %}a day{% endtrans %}\n")
    done = shop.polyhelp("sync")
    assert done.status == 2
    assert f"content/{ARTICLE}:3: this {{% trans %}} has no {{% pluralize %}}" in done.text
    assert "write it around one sentence" in done.text


def test_articles_may_speak_of_such_tags(shop):
    text = "# Templates\n\nJinja has {% trans %} and `{% pluralize %}`.\n"
    shop.write("content/contact.md", text)
    assert shop.polyhelp("sync").status == 0
    shop.polyhelp("render")
    assert shop.read("build/docs/en/contact.md") == text
