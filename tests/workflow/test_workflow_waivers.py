"""Waivers on disk: stamped by sync, kept by gettext's tools, listed with what they are worth."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from some_checks import register

PATH = "contact.md"
FILE = "locales/de/contact.po"
SOURCE = "We answer within two days."
REASON = "the writer shouts, too"


@pytest.fixture
def shop(shop, monkeypatch):
    """Every text of the page shouts; one is waived, by hand."""
    register(monkeypatch)
    shop.write("glossary/terms.yml", "")
    assert shop.polyhelp("sync").status == 0
    shop.change("de", PATH, lambda unit: replace(unit, target=f"Hallo {len(unit.source)}!"))
    waive(shop, f"loud {REASON}")
    return shop


def the(shop):
    return shop.unit("de", PATH, SOURCE)


def waive(shop, text):
    """Write a waiver above the unit, as a person does in an editor."""
    head, mark, rest = shop.read(FILE).partition('#. paragraph\n#: contact.md\nmsgid "We answer')
    assert mark
    shop.write(FILE, f"{head}# waive: {text}\n{mark}{rest}")


def stamp_of(shop):
    return next(comment for comment in the(shop).comments if comment.startswith("waive: loud ["))


def listed(shop, *options):
    done = shop.polyhelp("check", "--waivers", "--json", *options)
    assert done.status == 0
    return [(row["check"], row["state"], row["reason"]) for row in done.json["waivers"]]


def waived(shop):
    return shop.polyhelp("check", "--json", "--locale", "de").json["waived"]


def test_it_holds_at_once_and_sync_stamps_it(shop):
    assert waived(shop) == 1
    done = shop.polyhelp("sync", "--json")
    assert (done.json["changes"], done.json["stamps"]) == ([], 1)
    assert stamp_of(shop).endswith(f"] {REASON}")
    assert waived(shop) == 1
    before = shop.bytes_of("locales")
    again = shop.polyhelp("sync", "--json").json
    assert (again["changes"], again["stamps"]) == ([], 0)
    assert shop.bytes_of("locales") == before


def test_a_stamp_is_no_change_for_frozen(shop):
    before = shop.bytes_of("locales")
    done = shop.polyhelp("sync", "--frozen")
    assert done.status == 0
    assert "waivers of 1 unit to be stamped" in done.out
    assert "0 catalogs would change" in done.out
    assert shop.bytes_of("locales") == before
    shop.edit("content/contact.md", "# Contact us", "# Write to us")
    assert shop.polyhelp("sync", "--frozen").status == 1


def test_a_source_that_changed_before_the_stamp_ends_it(shop):
    """The stamp is for the text that the person saw, not for the one that sync finds."""
    shop.edit("content/contact.md", SOURCE, "We answer within three days.")
    assert shop.polyhelp("sync").status == 0
    assert listed(shop) == [("loud", "expired", REASON)]


def test_a_changed_source_ends_it(shop):
    shop.polyhelp("sync")
    shop.edit("content/contact.md", SOURCE, "We answer within three days.")
    shop.polyhelp("sync")
    assert listed(shop) == [("loud", "expired", REASON)]
    assert waived(shop) == 0


def test_a_changed_target_ends_it_and_a_person_renews_it(shop):
    shop.polyhelp("sync")
    shop.change("de", PATH, lambda unit: replace(unit, target="Hey!") if unit.source == SOURCE else unit)
    assert listed(shop) == [("loud", "expired", REASON)]
    assert waived(shop) == 0
    shop.edit(FILE, stamp_of(shop), f"waive: loud {REASON}")
    shop.polyhelp("sync")
    assert listed(shop) == [("loud", "holds", REASON)]
    assert waived(shop) == 1


def test_what_comes_back_brings_its_waiver(shop):
    shop.polyhelp("sync")
    page = shop.read("content/contact.md")
    shop.edit("content/contact.md", SOURCE, "Quite something else stands here now, and nothing of what was there.")
    shop.polyhelp("sync")
    shop.write("content/contact.md", page)
    shop.polyhelp("sync")
    assert listed(shop) == [("loud", "holds", REASON)]


def test_all_are_listed_with_what_they_are_worth(shop):
    waive(shop, "quiet nobody whispers here")
    waive(shop, "lod he shouts")
    waive(shop, "loud")
    done = shop.polyhelp("check", "--waivers", "--locale", "de")
    assert done.status == 0
    at = shop.read(FILE).splitlines().index(f'msgid "{the(shop).source}"') + 1
    place = done.out.split(": ")[0]
    assert place.startswith(f"{FILE}:")
    assert abs(int(place.rpartition(":")[2]) - at) <= 8  # at the unit, comments and all
    assert done.out.splitlines() == [
        f"{place}: holds: loud: {REASON}",
        f"{place}: unused: quiet: nobody whispers here",
        f"{place}: wrong: lod: The waiver names the check 'lod', which there is not; did you mean 'loud'?",
        f"{place}: wrong: loud: The waiver has no reason: write 'waive: loud REASON', so that others can judge it.",
        "4 waivers: 1 in force, 1 unused, 2 wrong",
    ]
    issues = [row for row in shop.polyhelp("check", "--json").json["issues"] if row["check"] == "waiver"]
    assert [(row["severity"], row["its"]) for row in issues] == [("warning", "other")] * 2


def test_without_waivers_nothing_is_listed(shop):
    done = shop.polyhelp("check", "--waivers", "--locale", "ar")
    assert (done.status, done.out) == (0, "0 waivers\n")


def test_a_waived_error_does_not_fail_the_check_and_is_counted(shop):
    for _ in shop.catalog("de", PATH).current:
        shop.change("de", PATH, lambda unit: replace(unit, comments=(f"waive: loud {REASON}",)))
    done = shop.polyhelp("check", "--locale", "de")
    assert done.status == 0
    assert done.out == f"0 errors, 0 warnings, {len(shop.catalog('de', PATH).current)} waived\n"


@pytest.mark.skipif(not shutil.which("msgmerge"), reason="GNU gettext is not installed")
def test_gettext_keeps_it(shop, tmp_path):
    shop.polyhelp("sync")
    units = shop.catalog("de", PATH).units
    file = shop.file(FILE)
    pot = tmp_path / "contact.pot"
    pot.write_text(shop.read("locales/ar/contact.po"), encoding="utf-8")
    subprocess.run(["msgmerge", "--update", "--backup=none", "--previous", file, pot], check=True, capture_output=True)
    assert [unit.comments for unit in shop.catalog("de", PATH).units] == [unit.comments for unit in units]
    assert listed(shop, "--locale", "de") == [("loud", "holds", REASON)]
