"""Pages that were translated by hand before: what is taken over, what is told, and whose words stay."""

from dataclasses import replace

import pytest

from polyhelp.content import parse
from polyhelp.model import Origin, digest
from polyhelp.workflow.adopt import aligned_pages

REFUNDS = """\
---
title: Rückzahlungen
description: Wann Sie Ihr Geld zurückbekommen.
---

# Rückzahlungen

Wir senden Ihr Geld so zurück, wie Sie bezahlt haben.

## Wie lange es dauert

| Bezahlt mit | Tage |
| --- | --- |
| Kreditkarte | 5 |
| Geschenkkarte | 1 |

!!! note "Wochenenden"
    Banken arbeiten am Wochenende nicht.

Unsere [Rückgaberegeln](../policies/returns.md) sind genauer.

## Wenn es zu spät ist

1. Warten Sie noch zwei Tage.
2. Dann [schreiben Sie uns](../contact.md#per-mail).
"""
PATH = "old/returns/refunds.md"


@pytest.fixture
def old(shop):
    """A shop with one page translated by hand, and its folder."""
    shop.write(PATH, REFUNDS)
    return shop


def line_of(text, start):
    return next(n for n, line in enumerate(text.split("\n"), start=1) if line.startswith(start))


def test_a_page_that_mirrors_its_source_is_adopted_whole_and_shown_to_customers(old):
    done = old.polyhelp("adopt", "--locale", "de", "old", "--json")
    assert done.status == 0
    (page,) = done.json["pages"]
    assert (page["adopted"], page["fuzzy"], page["mirrors"], page["lines"]) == (page["units"], 0, True, [])
    unit = old.unit("de", "returns/refunds.md", "We send your money back the way you paid.")
    assert (unit.target, unit.maker) == ("Wir senden Ihr Geld so zurück, wie Sie bezahlt haben.", "adopted")
    assert old.polyhelp("render").status == 0
    shown = old.read("build/docs/de/returns/refunds.md")
    assert "## Wenn es zu spät ist { #if-it-is-late }" in shown
    assert "[schreiben Sie uns](../contact.md#by-email)" in shown  # the id that the heading has in every locale
    assert '!!! note "Wochenenden"' in shown


def test_a_dry_run_writes_nothing(old):
    before = old.bytes_of(".")
    done = old.polyhelp("adopt", "--locale", "de", "old", "--dry-run")
    assert done.status == 0
    assert "would be adopted" in done.out
    assert old.bytes_of(".") == before


def test_twice_changes_nothing(old):
    old.polyhelp("adopt", "--locale", "de", "old")
    before = old.bytes_of("locales")
    done = old.polyhelp("adopt", "--locale", "de", "old", "--json")
    assert (done.json["adopted"], done.json["pages"][0]["changed"]) == (0, False)
    assert old.bytes_of("locales") == before


def test_pages_beside_their_sources_are_found_by_their_suffix(shop):
    shop.write("docs/returns/refunds.de.md", REFUNDS.replace("../contact.md#per-mail", "../contact.de.md#by-email"))
    shop.write("docs/returns/refunds.md", shop.read("content/returns/refunds.md"))
    done = shop.polyhelp("adopt", "--locale", "de", "docs", "--json")
    assert done.json["pages"][0]["translation"] == "docs/returns/refunds.de.md"
    unit = shop.unit("de", "returns/refunds.md", "Then [write to us](../contact.md#by-email).")
    assert unit.target == "Dann [schreiben Sie uns](../contact.md#by-email)."


def test_translated_pages_in_the_content_folder_are_no_sources(shop):
    shop.write("content/returns/refunds.de.md", REFUNDS)
    done = shop.polyhelp("adopt", "--locale", "de", "content", "--json")
    assert [page["path"] for page in done.json["pages"]] == ["returns/refunds.md"]
    assert "returns/refunds.de.md" not in done.json["untranslated"]
    assert "content/returns/refunds.de.md: remove this file" in done.json["remarks"][0]


@pytest.mark.parametrize("fuzzy", [False, True])
def test_a_persons_target_stays(old, fuzzy):
    old.polyhelp("sync")
    old.change("de", "returns/refunds.md", lambda unit: replace(unit, target="Von Hand", fuzzy=fuzzy))
    done = old.polyhelp("adopt", "--locale", "de", "old", "--json")
    (page,) = done.json["pages"]
    assert (page["adopted"], page["kept"]) == (0, page["units"])
    assert {unit.target for unit in old.catalog("de", "returns/refunds.md").current} == {"Von Hand"}


def test_a_machines_target_gives_way_unless_somebody_accepted_it(old):
    sources = ("Wait two more days.", "Credit card")

    def machine(unit):
        made = replace(unit, target="Maschine", origin=Origin.of("mt/deepl", "2026-11-01", "Maschine"))
        return made.accepted("Ada", "2026-11-02") if unit.source == sources[1] else made

    old.polyhelp("sync")
    old.change("de", "returns/refunds.md", machine)
    old.polyhelp("adopt", "--locale", "de", "old")
    targets = [old.unit("de", "returns/refunds.md", source).target for source in sources]
    assert targets == ["Warten Sie noch zwei Tage.", "Maschine"]


def test_what_a_reviewer_rejected_does_not_come_back(old):
    rejected = "Warten Sie noch zwei Tage."
    comment = f"rejected: Ada 2026-11-01 {digest(rejected)} too harsh"
    old.polyhelp("sync")
    old.change("de", "returns/refunds.md", lambda unit: replace(unit, comments=(comment,)))
    done = old.polyhelp("adopt", "--locale", "de", "old", "--json")
    assert [line["why"] for line in done.json["pages"][0]["lines"]] == ["rejected"]
    assert old.unit("de", "returns/refunds.md", "Wait two more days.").target == ""


def test_what_has_no_partner_is_listed_with_its_place_on_its_own_side(old):
    old.edit(
        PATH, "## Wie lange es dauert", "Fragen beantwortet `hilfe@tern.example`, Mo. bis Fr.\n\n## Wie lange es dauert"
    )
    old.edit(
        "content/returns/refunds.md", "## If it is late", "Call 0800 123 if `order-7` is lost.\n\n## If it is late"
    )
    done = old.polyhelp("adopt", "--locale", "de", "old")
    assert done.status == 0
    ours = line_of(old.read("content/returns/refunds.md"), "Call 0800")
    theirs = line_of(old.read(PATH), "Fragen beantwortet")
    assert f"content/returns/refunds.md:{ours}: no translation found" in done.out
    assert f"{PATH}:{theirs}: no source found for this translation: not adopted" in done.out
    assert old.unit("de", "returns/refunds.md", "Call 0800 123 if `order-7` is lost.").target == ""


def test_text_left_in_the_source_language_is_listed_and_names_are_not(old):
    old.edit(PATH, "Banken arbeiten am Wochenende nicht.", "Banks do not work on weekends.")
    old.edit(PATH, "Kreditkarte", "PayPal")
    old.edit("content/returns/refunds.md", "Credit card", "PayPal")
    done = old.polyhelp("adopt", "--locale", "de", "old", "--json")
    (line,) = done.json["pages"][0]["lines"]
    assert (line["why"], line["source"]["text"]) == ("untranslated", "Banks do not work on weekends.")
    assert line["translation"] == {"path": PATH, "line": 18, "text": "Banks do not work on weekends."}
    assert old.unit("de", "returns/refunds.md", "Banks do not work on weekends.").target == ""


def test_two_translations_of_one_text_are_settled_by_number_and_told(shop):
    shop.write(
        "content/yes.md", "# Answers\n\n| A | B |\n| --- | --- |\n| Sure thing | Sure thing |\n| 7 | Sure thing |\n"
    )
    shop.write("old/yes.md", "# Antworten\n\n| A | B |\n| --- | --- |\n| Klar | Sicher |\n| 7 | Sicher |\n")
    done = shop.polyhelp("adopt", "--locale", "de", "old", "--json")
    assert shop.unit("de", "yes.md", "Sure thing").target == "Sicher"
    (line,) = [line for line in done.json["pages"][0]["lines"] if line["why"] == "other wording"]
    assert line["translation"]["text"] == "Klar"


def test_titles_of_admonitions_that_the_source_leaves_untitled_are_no_mismatch(shop):
    shop.write("content/note.md", "# Note\n\n/// note\n\nKeep the receipt.\n\n///\n\n!!! tip\n    Call `42`.\n")
    shop.write(
        "old/note.md", '# Notiz\n\n/// note | Hinweis\n\nBon aufheben.\n\n///\n\n!!! tip "Tipp"\n    Anruf: `42`.\n'
    )
    (page,) = shop.polyhelp("adopt", "--locale", "de", "old", "--json").json["pages"]
    assert (page["adopted"], page["units"], page["mirrors"], page["lines"]) == (3, 3, True, [])


def test_code_whose_comments_were_translated_is_told(shop):
    shop.write("content/code.md", "# Code\n\nRun:\n\n```sh\n# wait\nmake\ndone\n```\n")
    shop.write("old/code.md", "# Programm\n\nStarten:\n\n```sh\n# warten\nmake\ndone\n```\n")
    (page,) = shop.polyhelp("adopt", "--locale", "de", "old", "--json").json["pages"]
    assert [(line["why"], line["source"]["line"]) for line in page["lines"]] == [("code", 5)]


def test_pages_that_only_one_side_has_are_named(old):
    old.write("old/gone.md", "# Alt\n")
    done = old.polyhelp("adopt", "--locale", "de", "old")
    assert done.status == 0
    assert "contact.md: no translated page" in done.out
    assert "old/gone.md: no source page of this path" in done.out


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_adopted(old):
    old.write("old/contact.md", b"# Sch\xf6n\n")
    done = old.polyhelp("adopt", "--locale", "de", "old")
    assert done.status == 2
    assert "old/contact.md:1" in done.err
    assert "UTF-8" in done.err
    assert old.unit("de", "returns/refunds.md", "Wait two more days.").target


def test_a_broken_catalog_is_left_alone(old):
    old.polyhelp("sync")
    old.write("locales/de/returns/refunds.po", 'msgid "a\n')
    done = old.polyhelp("adopt", "--locale", "de", "old")
    assert done.status == 2
    assert "locales/de/returns/refunds.po" in done.err
    assert old.read("locales/de/returns/refunds.po") == 'msgid "a\n'


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("old",), "--locale TAG"),
        (("--locale", "de", "--locale", "ar", "old"), "one locale at a time"),
        (("--locale", "xx", "old"), "'xx' is not a target locale"),
        (("--locale", "de", "nowhere"), "does not exist"),
        (("--locale", "de", "empty"), "no Markdown page for 'de'"),
    ],
)
def test_wrong_usage_says_the_way_out(old, arguments, says):
    old.file("empty").mkdir()
    done = old.polyhelp("adopt", *arguments)
    assert done.status == 2
    assert says in done.err


def test_what_the_catalogs_say_tells_a_rewritten_paragraph_from_a_translated_one():
    things = [("parcel", "Paket"), ("letter", "Brief"), ("card", "Karte"), ("phone", "Telefon"), ("box", "Kiste")]
    deeds = [("send", "senden"), ("open", "öffnen"), ("wrap", "packen"), ("lose", "verlieren")]
    known = [
        (f"We {deed} the {thing} {end}.", f"Wir {tat} {ding} {end}.")
        for end in ("ab", "cd", "ef", "gh")
        for thing, ding in things
        for deed, tat in deeds
    ]
    source = parse("# Help\n\nWe open the letter.\n\nWe send the phone.\n", "a.md")
    translation = parse("# Hilfe\n\nWir verlieren Karte.\n\nWir senden Telefon.\n", "a.md")
    (alone,) = aligned_pages([(source, translation)])
    (taught,) = aligned_pages([(source, translation)], known=known)
    assert [alone.is_sure(pair) for pair in alone.pairs] == [True, True, True]
    assert [taught.is_sure(pair) for pair in taught.pairs] == [True, False, True]
