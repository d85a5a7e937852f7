import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Locale
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.filters.orthography import spelled
from polyhelp.regions.filters.words import load_words


@pytest.mark.parametrize(
    ("tag", "region", "text"),
    [
        ("de", "CH", "Strasse, gemäss, STRASSE"),
        ("de", "LI", "Strasse, gemäss, STRASSE"),
        ("de-CH", "DE", "Strasse, gemäss, STRASSE"),
        ("de", "CH-ZH", "Strasse, gemäss, STRASSE"),
        ("de", "DE", "Straße, gemäß, STRAẞE"),
        ("de", "AT", "Straße, gemäß, STRAẞE"),
        ("de", "", "Straße, gemäß, STRAẞE"),
        ("fr", "CH", "Straße, gemäß, STRAẞE"),
    ],
)
def test_german_in_switzerland_has_no_eszett(tag, region, text):
    assert spelled("Straße, gemäß, STRAẞE", Locale(tag), region) == text


@given(st.text())
def test_nothing_else_changes(text):
    assert spelled(text, Locale("de"), "DE") == text
    written = spelled(text, Locale("de"), "CH")
    assert "ß" not in written
    assert spelled(written, Locale("de"), "CH") == written
    assert written.replace("ss", "").lower() == text.replace("ß", "ss").replace("ẞ", "SS").replace("ss", "").lower()


def test_words_from_filters_are_spelled_so_too():
    words = load_words({"labels": {"bulky": {"de": "Großes Paket"}}})
    assert Formats(Locale("de"), "CH", words).label("bulky") == "Grosses Paket"
    assert Formats(Locale("de"), "DE", words).label("bulky") == "Großes Paket"
