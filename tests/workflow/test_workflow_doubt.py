"""An entry of the term base that many break is asked about once."""

from dataclasses import replace

import pytest
from some_checks import register

from polyhelp.model import Locale, Severity
from polyhelp.workflow.check import Wanted, check, examine
from polyhelp.workflow.look import faultless
from polyhelp.workflow.project import Project

DE = Locale("de")
TERMS = """\
- id: parcel
  source: parcel
  enforce: {enforce}
  do_not_translate: {keep}
  targets:
    de: {{preferred: {target}}}

- id: refund
  source: refund
  targets:
    de: {{preferred: Erstattung}}
"""
TEXTS = ("Weigh the parcel.", "Close the parcel.", "Send the parcel.", "Drop the parcel.", "Lose the parcel.")
REFUND = "Get the refund for your parcel."
VERBS = {"Weigh": "Wieg", "Close": "Schließ", "Send": "Schick", "Drop": "Wirf", "Lose": "Verlier", "Get": "Hol"}


@pytest.fixture
def shop(shop, monkeypatch):
    """A page with six parcels, called Sendung in German where the term base wants Paket."""
    register(monkeypatch)
    write_terms(shop)
    shop.write("content/parcels.md", "\n\n".join(("# Box", *TEXTS, REFUND)) + "\n")
    assert shop.polyhelp("sync").status == 0
    shop.change("de", "parcels.md", lambda unit: replace(unit, target=translated(unit.source, "Sendung")))
    shop.change("de", "contact.md", lambda unit: replace(unit, target=f"Hier steht die Zeile {len(unit.source)}."))
    return shop


def write_terms(shop, enforce="error", keep="false", target="Paket"):
    shop.write("glossary/terms.yml", TERMS.format(enforce=enforce, keep=keep, target=target))


def translated(source, word):
    verb = VERBS.get(source.partition(" ")[0])
    return f"{verb} die {word}." if verb else "Kiste"


def let(shop, number, word="Paket"):
    """Let the first ``number`` texts say ``word``."""
    shop.change("de", "parcels.md", lambda unit: replace(unit, target=translated(unit.source, word))
                if unit.source in TEXTS[:number] else unit)  # fmt: skip


def found(shop, **wanted):
    return examine(Project.open(shop.root), [DE], Wanted(**wanted)).issues


def test_it_is_reported_once_at_its_line_and_says_what_to_do(shop):
    issue, other = check(Project.open(shop.root), [DE])
    assert (issue.check, issue.its, issue.severity) == ("terminology", "terminology", Severity.WARNING)
    assert (str(issue.place), issue.locale, issue.source) == ("glossary/terms.yml:1", DE, "parcel")
    assert issue.message == (
        "The entry 'parcel' is doubtful: 6 of 6 translations in de do without 'Paket'; most of them have 'Sendung'. "
        "If they are right, put what they say under admitted; if the word means something else there, add an except "
        "phrase; if it does not matter, set enforce: off. Otherwise correct the translations."
    )
    assert "Erstattung" in other.message  # another entry, in one of the same texts
    assert other.source == REFUND


@pytest.mark.parametrize(("kept", "doubtful"), [(0, True), (3, True), (4, False), (6, False)])
def test_from_two_in_five_on_it_is_in_doubt(shop, kept, doubtful):
    let(shop, kept)
    issues = [issue for issue in found(shop) if "Erstattung" not in issue.message]
    assert [issue.place.path for issue in issues] == (
        ["glossary/terms.yml"] if doubtful else ["locales/de/parcels.po"] * (6 - min(kept, 5))
    )


def test_few_uses_tell_nothing(shop):
    shop.write("content/parcels.md", "\n\n".join(TEXTS[:4]) + "\n")
    shop.polyhelp("sync")
    assert {issue.place.path for issue in found(shop)} == {"locales/de/parcels.po"}
    assert len(found(shop)) == 4


def test_a_use_is_a_unit_with_a_target_that_is_looked_at(shop):
    shop.change("de", "parcels.md", lambda unit: replace(unit, target="") if unit.source in TEXTS[:2] else unit)
    assert {issue.place.path for issue in found(shop)} == {"locales/de/parcels.po"}


def test_a_name_that_stays_as_it_is_and_is_an_error_is_never_in_doubt(shop):
    write_terms(shop, keep="true", target="parcel")
    issues = [issue for issue in found(shop) if "Erstattung" not in issue.message]
    assert len(issues) == 6
    assert {issue.severity for issue in issues} == {Severity.ERROR}
    write_terms(shop, enforce="warning", keep="true", target="parcel")
    assert found(shop)[0].place.path == "glossary/terms.yml"


def test_a_mild_entry_stays_mild(shop):
    write_terms(shop, enforce="info")
    assert found(shop)[0].severity is Severity.INFO


def test_what_is_waived_is_a_use_that_does_not_break_it(shop):
    shop.change("de", "parcels.md", lambda unit: replace(unit, comments=("waive: terminology the carrier says so",))
                if unit.source in TEXTS[:4] else unit)  # fmt: skip
    examined = examine(Project.open(shop.root), [DE])
    assert len(examined.waived) == 4
    assert {issue.place.path for issue in examined.issues} == {"locales/de/parcels.po"}


def test_the_gate_knows_no_doubt(shop):
    project = Project.open(shop.root)
    assert check(project, [DE])[0].severity is Severity.WARNING
    catalog = project.catalog(DE, "parcels.md")
    holds = faultless(project, catalog)
    assert [holds(unit) for unit in catalog.current] == [True] + [False] * 6


def test_it_is_told_with_a_unit_that_breaks_it_and_without_one_it_is_not(shop):
    let(shop, 1)
    catalog = shop.catalog("de", "parcels.md")
    good, bad = catalog.current[1], catalog.current[2]

    def told(unit):
        return [issue.place.path for issue in
                found(shop, chosen=lambda one: {unit.key} if one.path == "parcels.md" else ())]  # fmt: skip

    assert told(bad) == ["glossary/terms.yml"]
    assert told(good) == []


def test_pages_where_the_check_is_off_do_not_count(shop):
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {checks: {terminology: {paths: parcels.md, severity: off}}}")
    assert found(shop) == ()


def test_what_people_write_instead_is_left_out_where_it_cannot_be_told(shop):
    words = iter(["Kiste", "Sache", "Fracht", "Ladung", "Ware", "Zeug"])
    shop.change("de", "parcels.md", lambda unit: replace(unit, target=translated(unit.source, next(words)))
                if "parcel" in unit.source else unit)  # fmt: skip
    assert "do without 'Paket'. If" in found(shop)[0].message
