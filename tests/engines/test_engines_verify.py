import pytest
from engine_strategies import segments
from hypothesis import given, settings

from polyhelp.engines.nodes import grow
from polyhelp.engines.verify import fault, markdown_fault, shape
from polyhelp.engines.wire_tags import from_xml
from polyhelp.text.inline import tokenize

SOURCE = 'Use `SAVE20` in [the **shop**](https://kestrelpine.example/a "Shop") for {count} items.'


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ('Nutze in [dem **Shop**](https://kestrelpine.example/a "Laden") {count}.', "broke the code `SAVE20`"),
        ('Nutze `save20` in [dem **Shop**](https://kestrelpine.example/a "Laden") {count}.', "`save20`"),
        ('Nutze `SAVE20` im [**Shop**](https://evil.example/a "Laden") {count}.', "evil.example"),
        ('Nutze `SAVE20` im **[Shop](https://kestrelpine.example/a "Laden")** {count}.', "made the"),
        ('Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "Laden") {count} *sehr*.', "the emphasis *…*"),
        ('Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "Laden") {anzahl}.', "{anzahl}"),
        ('Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "Laden"){ .x } {count}.', "{ .x }"),
        ('Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "Laden") {count} <b>.', "the HTML <b>"),
        ('# Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "Laden") {count}.', "began the text"),
        ('1. Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "Laden") {count}.', "began the text"),
        ('Nutze `SAVE20` im [****](https://kestrelpine.example/a "Laden") {count}.', "broke"),
        ('Nutze `SAVE20` im [**Shop**](https://kestrelpine.example/a "www.evil.example") {count}.', "www.evil.example"),
    ],
)
def test_damaged_markdown_is_told_in_words(target, why):
    assert why in markdown_fault(target, SOURCE)


def test_order_is_free_and_titles_may_change():
    target = 'Für {count} Artikel: [im **Laden**](https://kestrelpine.example/a "Zum Laden") `SAVE20` nutzen.'
    assert markdown_fault(target, SOURCE) == ""


def test_template_tags_keep_their_order():
    source = "{% if fee %}a fee{% else %}no fee{% endif %} for {count}"
    assert markdown_fault("{% else %}x{% if fee %}y{% endif %} {count}", source) == "changed the order of template tags"
    assert markdown_fault("{count}: {% if fee %}x{% else %}y{% endif %}", source) == ""


def test_what_the_source_has_is_not_new():
    assert markdown_fault("1. Öffnen", "1. Open") == ""
    assert markdown_fault("Mail a@b.example", "Write to a@b.example") == ""


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ('Nutze <g id="2">das</g>', "lost the code `A`"),
        ('<x id="1"/> <x id="1"/> <g id="2">das</g>', "repeated the code `A`"),
        ('<x id="1"/> <g id="2"></g> das', "emptied the bold text **…**"),
        ('<g id="2">das <x id="1"/></g>', "moved the code `A` into or out of other markup"),
    ],
)
def test_damaged_trees_are_told_in_words(answer, why):
    source = grow(tokenize("Use `A` and **this**"))
    assert fault(from_xml(answer, source), source) == why


def test_an_answer_without_words_is_no_answer():
    source = grow(tokenize("Use `A` and **this**"))
    assert fault(from_xml('<x id="1"/> <g id="2">5</g>', source), source) == "gave no words back"
    assert fault(from_xml("", grow(("Save",))), grow(("Save",))) == "gave no words back"


@settings(deadline=None)
@given(segments)
def test_every_text_has_its_own_markup(text):
    assert markdown_fault(text, text) == ""
    assert shape(text) == shape(text + " and more")
