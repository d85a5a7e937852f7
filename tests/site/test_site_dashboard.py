"""The status page: what a person reads on it, with eyes or without, and that it asks nobody for anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Locale
from polyhelp.site import dashboard
from polyhelp.site.dashboard import Count, Moment, Standing

STATES = ("missing", "changed", "machine", "translated", "reviewed")
VOID = {"meta", "rect", "line", "polyline", "circle", "br", "link", "img"}


def count(name, *words):
    return Count(name, words, (0, 0, 50, 0, 50), 99)


def standing(tag="de", name="Deutsch", moments=()):
    return Standing(Locale(tag), name, count("", 1, 2, 3, 4, 1000), (count("a.md", 1, 2, 3, 4, 1000),), moments)


def moment(day, *words, commit="0123456789abcdef"):
    return Moment(f"2026-11-{day:02}", 86_400 * day, commit, words)


TWO = (moment(1, 10, 0, 0, 0, 0), moment(11, 0, 0, 4, 0, 6))


class Reader(HTMLParser):
    """Reads a page as strictly as this page should be written: every element is closed, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], ""

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style"}:
            self.text += data


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_asks_nobody_and_runs_nothing():
    page = dashboard.page("Shop", STATES, [standing(moments=TWO)])
    assert "default-src 'none'" in page
    tags = {tag for tag, _ in read(page).seen}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not re.search(r"url\(|@import|https?:|\son\w+=|\bsrc=|\bhref=", page)


def test_what_comes_from_the_project_is_text_and_nothing_else():
    evil = "<script>alert('1')</script>&\"'"
    one = Standing(Locale("de"), evil, count(evil, 1, 1, 1, 1, 1), (count(evil, 1, 1, 1, 1, 1),))
    reader = read(dashboard.page(evil, STATES, [one], [evil]))
    assert "script" not in {tag for tag, _ in reader.seen}
    assert reader.text.count(evil) == 6  # title, heading, remark, the locale twice, the article


def test_a_locale_that_is_read_from_right_to_left_is_marked_so():
    page = dashboard.page("Shop", STATES, [standing("ar", "العربية"), standing()])
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in page
    assert '<bdi lang="de" dir="ltr">Deutsch</bdi>' in page


def test_every_table_has_heads_for_columns_and_rows_and_every_picture_a_text():
    reader = read(dashboard.page("Shop", STATES, [standing(moments=TWO), standing("ar", "العربية", TWO)]))
    cells = [attributes for tag, attributes in reader.seen if tag == "th"]
    assert all(attributes["scope"] in {"col", "row"} for attributes in cells)
    pictures = [attributes for tag, attributes in reader.seen if tag == "svg" and attributes.get("role") == "img"]
    assert len(pictures) == 2
    ids = [attributes["id"] for _, attributes in reader.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {name for _, attributes in reader.seen if (name := attributes.get("aria-labelledby"))}
    assert named <= set(ids)
    scrolled = [attributes for _, attributes in reader.seen if attributes.get("class") == "wide"]
    assert all(attributes["tabindex"] == "0" and attributes["role"] == "region" for attributes in scrolled)
    assert "reviewed from 0 to 6 words" in reader.text


def test_numbers_are_written_for_people():
    text = read(dashboard.page("Shop", STATES, [standing()])).text
    assert "1,000" in text
    assert "99 %" in text


def test_a_phone_and_a_dark_room_are_thought_of():
    page = dashboard.page("Shop", STATES, [standing()])
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "prefers-color-scheme: dark" in page


@pytest.mark.parametrize("moments", [(), TWO[:1]])
def test_without_a_history_there_is_no_picture_of_it(moments):
    text = read(dashboard.page("Shop", STATES, [standing(moments=moments)])).text
    assert "Over time" not in text


def test_commits_of_the_same_second_are_a_history_too():
    moments = (moment(1, 1, 0, 0, 0, 0, commit="a"), moment(1, 0, 0, 0, 0, 1, commit="b"))
    text = read(dashboard.page("Shop", STATES, [standing(moments=moments), standing("ar", "العربية")])).text
    assert "As of commit b of 2026-11-01." in text
    assert "Over time" in text


def test_without_locales_there_is_a_page():
    assert "Shop" in read(dashboard.page("Shop", STATES, [])).text


def test_what_is_not_committed_is_told():
    now = moment(12, 0, 0, 4, 0, 6, commit="")
    text = read(dashboard.page("Shop", STATES, [standing(moments=(*TWO, now))])).text
    assert "As of 2026-11-12, with what is not synced or not committed yet." in text
    assert (
        "As of commit 0123456789 of 2026-11-11." in read(dashboard.page("Shop", STATES, [standing(moments=TWO)])).text
    )


def test_a_line_goes_from_the_left_to_the_right_and_the_top_is_all_words():
    machine = next(line for line in dashboard.lines(STATES, TWO) if line.state == "machine")
    reviewed = dashboard.lines(STATES, (moment(1, 1, 0, 0, 0, 0), moment(2, 0, 0, 0, 0, 1)))[0]
    low, high = dashboard.HEIGHT - dashboard.EDGE, dashboard.EDGE
    assert machine.points.split()[0] == f"{dashboard.EDGE},{low}"
    assert reviewed.points == f"{dashboard.EDGE},{low} {dashboard.WIDTH - dashboard.EDGE},{high}"
    assert (machine.first, machine.last) == (0, 4)


NUMBERS = st.tuples(*[st.integers(0, 10**9)] * 5)


@given(st.lists(st.tuples(st.integers(0, 2**33), NUMBERS), min_size=2, max_size=8))
def test_no_line_leaves_its_picture(history):
    moments = [Moment("2026-11-01", time, "", words) for time, words in history]  # a clock may even run backwards
    for line in dashboard.lines(STATES, moments):
        for point in line.points.split():
            right, down = map(float, point.split(","))
            assert dashboard.EDGE <= right <= dashboard.WIDTH - dashboard.EDGE
            assert dashboard.EDGE <= down <= dashboard.HEIGHT - dashboard.EDGE


@given(NUMBERS)
def test_a_bar_is_full_where_there_are_words(words):
    parts = dashboard.bar(count("", *words))
    assert sum(width for _, _, width in parts) == pytest.approx(100 if sum(words) else 0, abs=0.1)
    assert [column for column, _, _ in parts] == sorted({at for at in range(5) if words[at]}, reverse=True)[
        : len(parts)
    ]


def test_of_very_many_articles_those_with_work_are_listed():
    articles = tuple(count(f"{n:04}.md", n % 7, 0, 0, 0, 10) for n in range(dashboard.LISTED + 50))
    one = Standing(Locale("de"), "Deutsch", count("", 1, 0, 0, 0, 1), articles)
    page = dashboard.page("Shop", STATES, [one])
    assert len(one.listed) == dashboard.LISTED
    assert "0006.md" in page
    assert f"These {dashboard.LISTED} have the most words" in page
    assert f"0{dashboard.LISTED + 45}.md" not in page  # 245 % 7 == 0: nothing to do
