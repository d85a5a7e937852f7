"""Rendered policies say what the region's data says; whoever says otherwise is told where, and for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from polyhelp.model import Locale, Severity
from polyhelp.workflow.agreement import issues
from polyhelp.workflow.literal import Literal
from polyhelp.workflow.project import Project
from polyhelp.workflow.spelled import Spelling

PAGE = "policies/returns.md"
WINDOW = "You can return an item within {{ returns.window | duration }}."
FEE = "The return label costs {{ returns.fee | money }}."


def translate(shop, locale, targets):
    """Translate the policy: ``targets`` by source; everything else stays as it is in the source."""
    shop.polyhelp("sync")
    shop.change(locale, PAGE, lambda unit: replace(unit, target=targets.get(unit.source, unit.source)))


def found(shop, *locales, draft=True):
    project = Project.open(shop.root)
    all_ = list(issues(project, [Locale(tag) for tag in locales], draft=draft))
    assert not project.problems
    return all_


def test_the_shop_itself_agrees(shop):
    shop.polyhelp("publish", "--engine", "pseudo")
    assert found(shop, "de", "pt-BR", "ar") == []


def test_a_number_in_place_of_the_data_is_told_with_region_value_and_line(shop):
    translate(shop, "de", {WINDOW: "Sie können einen Artikel binnen 14 Tagen zurückgeben."})
    (issue,) = found(shop, "de")
    assert issue.severity is Severity.ERROR
    assert issue.message == (
        "For Germany and United States, this page says 14 where the region's data says 30 calendar days "
        "(returns.window)."
    )
    assert issue.mark == "14"
    assert issue.place.path == "locales/de/policies/returns.po"
    lines = shop.read(issue.place.path).splitlines()
    assert lines[issue.place.line - 1].startswith('msgstr "Sie können einen Artikel binnen 14')


@pytest.mark.parametrize(
    ("locale", "target", "mark"),
    [
        ("de", "Binnen {{ returns.window | duration }}, spätestens nach 14 Tagen.", "14"),
        ("de", "Binnen {{ returns.window | duration }}, spätestens nach vierzehn Tagen.", "vierzehn Tagen"),
        ("de", "Binnen {{ returns.window | duration }}, also 1 Monat.", "1 Monat"),
        ("de", "Binnen {{ returns.window | duration }} und gegen zehn Prozent.", "zehn Prozent"),
        ("de", "Binnen {{ returns.window | duration }} und fünf Euro.", "fünf Euro"),
        ("de", "Binnen {{ returns.window | duration }} ab 1. Dezember 2026.", "2026"),
        ("pt-BR", "Em {{ returns.window | duration }}, ou trinta dias.", "trinta dias"),
        ("ar", "خلال {{ returns.window | duration }}، أي ١٤ يومًا.", "14"),
        ("ar", "خلال {{ returns.window | duration }}، أي ثلاثين يومًا.", "ثلاثين يومًا"),
    ],
)
def test_a_number_beside_the_data_is_told(shop, locale, target, mark):
    translate(shop, locale, {WINDOW: target})
    (issue,) = found(shop, locale)
    assert issue.mark == mark
    assert "the region's data says 30 calendar days (returns.window)" in issue.message


@pytest.mark.parametrize(
    "target",
    [
        "{{ returns.window | duration(case='dative') }} haben Sie Zeit, einen Artikel zurückzugeben.",
        "Artikel nehmen wir zurück: {{ returns.window | duration }}.",
    ],
)
def test_a_value_may_be_moved_and_inflected(shop, target):
    translate(shop, "de", {WINDOW: target})
    assert found(shop, "de") == []


def test_a_value_that_is_left_out_or_swapped_is_told(shop):
    translate(shop, "de", {WINDOW: "Sie können Artikel zurückgeben.", FEE: "Kosten: {{ returns.window | duration }}."})
    texts = [issue.message for issue in found(shop, "de")]
    where = "For Germany and United States, this page"
    assert texts == [
        f"{where} lacks a value: the region's data says 30 calendar days (returns.window).",
        f"{where} says 30 calendar days (returns.window) where the region's data says 4.90 EUR (returns.fee).",
    ]


def test_a_value_that_the_source_does_not_print_is_told(shop):
    translate(shop, "de", {WINDOW: f"Binnen {WINDOW[30:-1]}, Kosten {{{{ returns.fee | money }}}}."})
    (issue,) = found(shop, "de")
    assert issue.message.endswith("this page says 4.90 EUR (returns.fee), which its source does not.")


def test_what_customers_do_not_see_is_only_told_of_drafts(shop):
    translate(shop, "de", {WINDOW: "Binnen 14 Tagen."})
    assert found(shop, "de", draft=False) == []
    assert found(shop, "de", draft=True)


def test_a_waiver_of_numbers_lets_own_numbers_pass_but_not_a_lost_value(shop):
    shop.polyhelp("sync")
    waiver = ("waive: numbers the lawyers want it in words",)
    own = "Binnen {{ returns.window | duration }} (vierzehn Tagen)."
    shop.change(
        "de", PAGE, lambda unit: replace(unit, target=own if unit.source == WINDOW else unit.source, comments=waiver)
    )
    assert found(shop, "de") == []
    lost = "Binnen 14 Tagen."
    shop.change("de", PAGE, lambda unit: replace(unit, target=lost if unit.source == WINDOW else unit.source))
    assert len(found(shop, "de")) == 1


def test_only_locales_that_a_region_serves_are_looked_at(shop):
    shop.edit("content/regions/DE.yml", "returns:\n", "languages: [en, de]\nreturns:\n")
    translate(shop, "pt-BR", {WINDOW: "Em 14 dias."})
    (issue,) = found(shop, "pt-BR")
    assert issue.message.startswith("For United States, this page says 14 where the region's data says 60")


def test_a_page_of_all_regions_is_looked_at_too(shop):
    shop.write(
        "content/policies/index.md",
        "# Policies\n\n{% for one in regions %}\n\nYou have {{ one.returns.window | duration }}.\n\n{% endfor %}\n",
    )
    shop.polyhelp("sync")
    own = "Sie haben {{ one.returns.window | duration }}, mindestens 7 Tage."
    shop.change(
        "de", "policies/index.md", lambda unit: replace(unit, target=own if "{{" in unit.source else unit.source)
    )
    (issue,) = found(shop, "de")
    assert issue.message.startswith("On this page of all regions, the translation has the number 7")


def test_plural_forms_may_leave_their_number_out(shop):
    source = "{% trans n=returns.window.amount %}You have one day.{% pluralize %}You have {{ n }} days.{% endtrans %}"
    shop.write("content/policies/returns.md", f"# Returns\n\n{source}\n")
    shop.polyhelp("sync")
    target = (
        "{% trans n=returns.window.amount %}Sie haben einen Tag.{% pluralize %}Sie haben {{ n }} Tage.{% endtrans %}"
    )
    shop.change("de", PAGE, lambda unit: replace(unit, target=target if "trans" in unit.source else unit.source))
    assert found(shop, "de") == []
    wrong = target.replace("{{ n }} Tage", "{{ n }} Tage, höchstens 20 Tage")
    shop.change("de", PAGE, lambda unit: replace(unit, target=wrong if "trans" in unit.source else unit.source))
    (issue,) = found(shop, "de")
    assert issue.mark == "20"


@pytest.mark.parametrize(
    ("tag", "text", "amounts"),
    [
        ("de", "dreißig Tage und zwei Wochen", [30, 2]),
        ("de", "keine Werktage, ein Tag, in diesen Tagen", []),
        ("fr", "trente jours, dix pour cent", [30, 10]),
        ("sv", "andra dagar, två månader", [2]),
        ("zh-CN", "三十天，一般，十五个工作日", [30, 15]),
        ("ja", "十四日以内", [14]),
        ("th", "สามสิบวัน", [30]),
        ("th", "ความเสี่ยงของเดือน", []),
        ("ru", "пять дней", [5]),
    ],
)
def test_amounts_in_words(tag, text, amounts, shop):
    literal = Literal.of(Project.open(shop.root), Locale(tag))
    assert isinstance(literal.spelling, Spelling)
    assert [one.value for one in literal.spelling.amounts(text)] == amounts
