"""Whether support is open now: what a page gets, and what the script makes of it in front of a reader."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from polyhelp.model import Locale
from polyhelp.site import hours, words
from polyhelp.site.hours import Voice, body

HERE = Path(__file__).parent
SCRIPT = Path(hours.__file__).parent / "theme" / hours.SCRIPT
LOCALES = (
    *("en", "sv", "de", "fr", "es", "it", "nl", "pl", "da", "nb", "fi", "pt", "pt-BR"),
    *("ja", "ko", "zh-CN", "zh-TW", "th", "ar"),
)
WORKDAYS = range(5)


def week(opens, closes, days=WORKDAYS):
    return [[day, opens * 60, closes * 60] for day in days]


def region(*teams):
    return {"since": "2026-01-01", "until": "2027-12-31", "teams": [*teams]}


STOCKHOLM = {"zone": "Europe/Stockholm", "hours": week(8, 17), "off": ["2026-12-24", "2026-12-25"]}
DENVER = {"zone": "America/Denver", "hours": week(8, 17), "off": []}
LORD_HOWE = {"zone": "Australia/Lord_Howe", "hours": week(9, 17), "off": []}
ALWAYS = {"zone": "UTC", "hours": week(0, 24, range(7)), "off": []}
SUNDAYS = {"zone": "Europe/Copenhagen", "hours": [[6, 0, 1440]], "off": []}
NIGHTS = {"zone": "Europe/Oslo", "hours": [[6, 60, 150]], "off": []}  # until 02:30, which clocks skip or show twice
NEVER = {"zone": "UTC", "hours": week(0, 1), "off": [f"2026-06-{day:02}" for day in range(1, 31)]}
REGIONS = {
    "SE": region(STOCKHOLM), "US": region(DENVER, STOCKHOLM), "AU": region(LORD_HOWE), "ZA": region(ALWAYS),
    "BR": region(NEVER), "DK": region(SUNDAYS), "NO": region(NIGHTS), "US-CA": region(DENVER),
}  # fmt: skip


def voice(tag):
    locale = Locale(tag)
    return Voice(locale, {name: words.own(name, locale) for name in words.names()})


def place(code, attribute="data-region"):
    return f'<div class="ph-hours" {attribute}="{code}"></div>'


def data_in(html):
    (block,) = re.findall(r'<script type="application/json" class="ph-hours-data">(.*?)</script>', html)
    return json.loads(block)


# ---------------------------------------------------------------- the page


def test_a_page_with_a_place_gets_hours_words_and_script():
    html = body(f"<h1>Hours</h1>\n{place('SE')}\n<p>End</p>", REGIONS, voice("de"), "../../script.js")
    assert 'data-code="SE" lang="de" dir="ltr" role="status" aria-live="polite"' in html
    data = data_in(html)
    assert data["regions"] == {"SE": {**REGIONS["SE"], "format": "de-SE"}}
    assert data["words"]["open"].startswith("Der Kundenservice ist jetzt erreichbar")
    assert html.endswith('<script src="../../script.js" defer></script>')


def test_a_page_without_a_place_is_left_as_it_is():
    page = "<h1>Hours</h1><div class='other' data-region='SE'></div><div>ph-hours</div>"
    assert body(page, REGIONS, voice("en"), "x.js") == page


def test_a_place_for_a_region_without_hours_stays_empty():
    page = f"<p>x</p>{place('FR')}"
    assert body(page, REGIONS, voice("en"), "x.js") == page
    assert list(data_in(body(page + place("SE"), REGIONS, voice("en"), "x.js"))["regions"]) == ["SE"]


@pytest.mark.parametrize("code", ["se", "\u2068SE\u2069", "&#x2068;SE&#x2069;", " SE "])
def test_codes_are_known_in_every_form_that_a_page_gives_them(code):
    assert 'data-code="SE"' in body(place(code), REGIONS, voice("ar"), "x.js")


def test_right_to_left_pages_say_so_and_locales_with_a_region_keep_it():
    html = body(place("US-CA"), REGIONS, voice("ar"), "x.js")
    assert 'dir="rtl"' in html
    assert data_in(html)["regions"]["US-CA"]["format"] == "ar-US"
    assert data_in(body(place("SE"), REGIONS, voice("pt-BR"), "x.js"))["regions"]["SE"]["format"] == "pt-BR"


def test_words_cannot_end_the_block():
    words_ = dict.fromkeys(hours.WORDS.values(), "</script><script>alert(1)</script>")
    html = body(place("SE"), REGIONS, Voice(Locale("en"), words_), "x.js")
    assert html.count("<script") == 2
    assert data_in(html)["words"]["open"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("tag", LOCALES)
def test_every_locale_has_the_words_and_the_time_in_them(tag):
    said = voice(tag).words
    assert "{time}" in said["hours_open"]
    assert "{time}" in said["hours_closed"]
    assert said["hours_always"]
    assert tag == "en" or said["hours_always"] != words.english("hours_always")


def test_the_script_asks_nobody_and_writes_no_markup():
    script = SCRIPT.read_text(encoding="utf-8")
    assert not re.search(r"fetch|XMLHttpRequest|innerHTML|insertAdjacent|https?:|import\(|localStorage|cookie", script)


# ---------------------------------------------------------------- in front of a reader


def read(now, codes=("SE",), tag="en", zone="Europe/Stockholm"):
    """What a page says at each of the times ``now`` to a reader whose clock is in ``zone``."""
    html = body("".join(map(place, codes)), REGIONS, voice(tag), "x.js")
    given = {"script": SCRIPT.read_text(encoding="utf-8"), "data": data_in(html), "places": codes, "now": now}
    done = subprocess.run(
        ["node", str(HERE / "duty_browser.js")],
        input=json.dumps(given),
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.stderr
    return json.loads(done.stdout)


node = pytest.mark.skipif(shutil.which("node") is None, reason="runs the page's script: needs node")


@node
def test_open_closed_and_open_again_in_the_course_of_two_days():
    said = read(["2026-11-23T06:59:59Z", "2026-11-23T07:00:00Z", "2026-11-23T15:59:00Z", "2026-11-23T16:00:00Z"])
    assert said == [
        [["closed", "Support is closed now. It opens 08:00 your time."]],
        [["open", "Support is open now, until 17:00 your time."]],
        [["open", "Support is open now, until 17:00 your time."]],
        [["closed", "Support is closed now. It opens Tuesday 08:00 your time."]],
    ]


@node
@pytest.mark.parametrize(
    ("now", "zone", "said"),
    [
        ("2026-11-27T18:00:00Z", "Europe/Stockholm", "closed: Monday 08:00"),
        ("2026-11-23T09:00:00Z", "Asia/Tokyo", "open: Tuesday 01:00"),
        ("2026-11-23T09:00:00Z", "America/New_York", "open: 11:00"),
        ("2026-12-24T09:00:00Z", "Europe/Stockholm", "closed: Monday 08:00"),  # two days off, then a weekend
        ("2026-12-23T17:00:00Z", "Pacific/Kiritimati", "closed: Monday 21:00"),
        ("2026-03-27T18:00:00Z", "Europe/Stockholm", "closed: Monday 08:00"),  # clocks go forward in between
        ("2026-03-27T18:00:00Z", "America/New_York", "closed: Monday 02:00"),
        ("2026-10-23T18:00:00Z", "America/New_York", "closed: Monday 03:00"),  # and back, a week before New York's
        ("2026-10-23T18:00:00Z", "UTC", "closed: Monday 07:00"),
    ],
)
def test_times_are_the_readers_through_holidays_and_changes_of_the_clocks(now, zone, said):
    ((state, text),) = read([now], zone=zone)[0]
    time = re.sub(r".*(?:opens|until) (.*) your time\.", r"\1", text)
    assert f"{state}: {time}" == said


@node
def test_half_hours_of_daylight_saving_time_are_counted():
    # Lord Howe: +10:30 until Sunday, 4 October 2026, 02:00, then +11:00
    ((state, text),) = read(["2026-10-02T07:00:00Z"], ["AU"], zone="UTC")[0]
    assert (state, text.lower()) == ("closed", "support is closed now. it opens sunday 10:00 pm your time.")


@node
@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-03-28T23:30:00Z", "Monday 00:00"),  # a Sunday of 23 hours
        ("2026-10-24T22:30:00Z", "Monday 00:00"),  # and of 25
    ],
)
def test_the_end_of_a_day_is_found_on_days_that_are_not_24_hours_long(now, closes):
    ((state, text),) = read([now], ["DK"])[0]
    assert (state, text.replace(".", ":")) == ("open", f"Support is open now, until {closes} your time:")


@node
def test_a_closing_in_the_hour_that_clocks_skip_or_show_twice_follows_the_clocks():
    times = ["2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-10-25T00:40:00Z", "2026-10-25T01:10:00Z"]
    assert [state for ((state, _),) in read(times, ["NO"])] == ["open", "closed", "closed", "open"]


@node
def test_teams_hand_over_to_each_other():
    said = read(["2026-11-23T16:30:00Z", "2026-11-24T00:30:00Z"], ["US", "SE"])
    assert [[state for state, _ in places] for places in said] == [["open", "closed"], ["closed", "closed"]]
    assert "until Tuesday 1:00 AM" in said[0][0][1]  # Stockholm until 17:00, Denver from 16:00: one stretch


@node
def test_around_the_clock_is_said_and_what_nobody_knows_is_not():
    assert read(["2026-06-10T10:00:00Z"], ["ZA", "BR"]) == [
        [["open", "Support is open around the clock."], ["", ""]]
    ]  # fmt: skip
    assert read(["2028-01-01T10:00:00Z", "2025-12-31T10:00:00Z"]) == [[["", ""]], [["", ""]]]


@node
@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "Der Kundenservice ist gerade nicht erreichbar. Wieder da ab Montag 08:00 (Ihre Ortszeit)."),
        ("ja", "ただいま営業時間外です。月曜日 8:00に再開します（お客様の現地時間）。"),
        ("ar", "خدمة العملاء مغلقة الآن. تُفتح الاثنين 8:00 ص (بتوقيتك المحلي)."),
        ("th", "ฝ่ายบริการลูกค้าปิดทำการอยู่ เปิดอีกครั้ง วันจันทร์ 08:00 (เวลาของคุณ)"),
    ],
)
def test_the_reader_is_told_in_the_language_of_the_page(tag, said):
    assert read(["2026-11-27T18:00:00Z"], tag=tag) == [[["closed", said]]]
