"""Files of visits and votes, as other tools export them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import InputError
from polyhelp.review import feedback, visits
from polyhelp.review.addresses import Addresses, Found
from polyhelp.review.feedback import Votes
from polyhelp.review.table import LARGE

KNOWN = Addresses(
    {"index.md", "returns/refunds.md", "policies/returns.md", "policies/index.md", "de-tails.md"},
    ("en", "de", "pt-BR"),
    {"AT", "DE"},
    "en",
    "/help/",
)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("returns/refunds.md", Found("", "returns/refunds.md")),
        ("de/returns/refunds.md", Found("de", "returns/refunds.md")),
        ("/de/returns/refunds/", Found("de", "returns/refunds.md")),
        ("/help/de/returns/refunds/", Found("de", "returns/refunds.md")),
        ("https://shop.example/help/pt-br/returns/refunds/?a=b#c", Found("pt-BR", "returns/refunds.md")),
        ("https://shop.example/help/returns/refunds/index.html", Found("en", "returns/refunds.md")),
        ("/pt_BR/returns/refunds.html", Found("pt-BR", "returns/refunds.md")),
        ("/", Found("en", "index.md")),
        ("/de", Found("de", "index.md")),
        ("/de/policies/at/returns/", Found("de", "policies/returns.md")),
        ("/de/policies/at/", Found("de", "policies/index.md")),
        ("/policies/", Found("en", "policies/index.md")),
        ("/de/policies/fr/returns/", None),
        ("/de/search/", None),
        ("/sv/returns/refunds/", None),
        ("../../etc/passwd", None),
        ("http://[broken", None),
        ("/help", Found("en", "index.md")),
        ("/helpful/", None),
        ("", None),
    ],
)
def test_a_page_is_found_under_its_names(given, expected):
    assert KNOWN.find(given) == expected


@given(st.text(max_size=40))
def test_any_text_is_an_article_or_none(text):
    found = KNOWN.find(text)
    assert found is None or found.path in KNOWN.articles


# ---------------------------------------------------------------- visits


def test_visits_of_a_page_add_up():
    found = visits.read(
        "\ufeffPage,Visits,Bounce rate\n"
        '/de/returns/refunds/,"1,204",3%\n'
        "/de/returns/refunds/?from=mail,6,a\u2028b\x85\n"
        "returns/refunds.md,10,\n"
        "/returns/refunds/,5000,\n"
        "\n"
        "/de/search/,77,\n",
        "visits.csv",
        KNOWN,
    )
    assert found.of("de", "returns/refunds.md") == 1220
    assert found.of("pt-BR", "returns/refunds.md") == 10  # what readers of English do says nothing here
    assert found.of("de", "index.md") == 0


@pytest.mark.parametrize(
    "text", ["page;visits\n/de/;1.204\n", "page\tvisits\r\n/de/\t1 204\r\n", 'visits,page\n1204,"/de/"']
)
def test_tables_of_other_programs_are_read(text):
    assert visits.read(text, "visits.csv", KNOWN).of("de", "index.md") == 1204


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "has no column 'page'", 1),
        ("url,visits\n/de/,1\n", "has no column 'page'", 1),
        ("page,visits\n/de/,many\n", "visits: 'many' is no whole number", 2),
        ("page,visits\n/de/,1\n\n/de/,-4\n", "visits: '-4' is no whole number", 4),
        ("page,visits\n/de/,1.5\n", "visits: '1.5' is no whole number", 2),
        ("page,visits\n/de/,٣\n", "visits: '٣' is no whole number", 2),
        ("page,visits\n/de/,1,204\n", "has 3 values, and the first line has 2", 2),
        ('page,visits\n"/de/,1\n', "CSV: unexpected end of data", 2),
        ("page,visits\n" + f'/de/,"1{",000" * 2000}"\n', f"visits: '1{',000' * 14},00' is no whole number", 2),
        ("page,visits\n" + f"/de/,{'9' * 400}\n", f"visits: '{'9' * 60}' is no whole number", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(text, message, line):
    with pytest.raises(InputError) as caught:
        visits.read(text, "visits.csv", KNOWN)
    assert caught.value.message == message
    assert (caught.value.place.path, caught.value.place.line) == ("visits.csv", line)


def test_a_file_of_any_size_is_not_read():
    with pytest.raises(InputError, match="more than"):
        visits.read("x" * (LARGE + 1), "visits.csv", KNOWN)


@given(st.text(alphabet='ab,;"\n\r\t\x00 1/', max_size=60))
def test_any_table_is_read_or_refused(text):
    with contextlib.suppress(InputError):
        visits.read(f"page,visits\n{text}", "visits.csv", KNOWN)


# ---------------------------------------------------------------- votes


def test_votes_on_a_page_add_up():
    found = feedback.read(
        "article,locale,helpful,not_helpful,until\n"
        "returns/refunds.md,de,3,1,2026-10-31\n"
        "/de/returns/refunds/,de,2,2,2026-11-30\n"
        "returns/refunds.md,pt_br,1,0,\n"
        "returns/refunds.md,sv,1,0,\n"
        "gone.md,de,1,0,\n",
        "votes.csv",
        KNOWN,
    )
    assert found == {
        ("de", "returns/refunds.md"): Votes(5, 3, "2026-11-30"),
        ("pt-BR", "returns/refunds.md"): Votes(1, 0),
    }


def test_a_day_that_is_none_is_told_with_its_line():
    text = "article,locale,helpful,not_helpful,until\nindex.md,de,1,0,2026-11-31\n"
    with pytest.raises(InputError, match="until: '2026-11-31' is no day") as caught:
        feedback.read(text, "votes.csv", KNOWN)
    assert caught.value.place.line == 2


def test_the_interval_is_wilsons():
    low, high = Votes(8, 2).range  # worked example: n = 10, p = 0.8, z = 1.96
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert Votes(0, 0).range == (0.0, 1.0)


@pytest.mark.parametrize(
    ("helpful", "not_helpful", "low"),
    [(0, 0, False), (0, 3, False), (0, 4, True), (1, 5, False), (10, 40, True), (45, 55, False), (450, 550, True)],
)
def test_it_takes_enough_votes_to_raise_an_alarm(helpful, not_helpful, low):
    assert Votes(helpful, not_helpful).low is low


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_share_lies_in_the_range(helpful, not_helpful):
    low, high = Votes(helpful, not_helpful).range
    assert 0 <= low <= high <= 1
    if helpful + not_helpful:
        assert low - 1e-9 <= helpful / (helpful + not_helpful) <= high + 1e-9
