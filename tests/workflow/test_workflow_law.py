"""`polyhelp policy check` and `polyhelp policy law` on a small help center."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

GOOD = """duties:
  withdrawal-notice: policies/returns.md
  impressum: https://tern.example/impressum
  vsbg-36: https://tern.example/impressum
  widerrufsbelehrung: policies/returns.md
  guarantee-notice: https://tern.example/guarantee
  product-safety-contact: https://tern.example/products
shop:
  name: Tern
  address: Ternstraße 1, 10115 Berlin
support:
  email: help@tern.example
  phone: "+49 30 901820"
privacy:
  law: GDPR
  answer_within: 1 month
  regulator: BlnBDI
returns:
  right: statutory
  window: 30 calendar days
  legal_window: 14 calendar days
  starts: receipt_of_last_good
  refund_within: 14 calendar days
  refund_starts: withdrawal_notice
  withdrawal_function: true
  fee: 4.90 EUR
"""
WAIVER = """waivers:
  - rule: returns-window
    region: DE
    reason: Counsel holds that a trial is no sale.
    signed: Jo Lindqvist, legal
    until: {until}
"""


@pytest.fixture
def lawful(shop):
    """A shop whose German region keeps the law, on the day 2026-11-22."""
    shop.write("content/regions/DE.yml", GOOD)
    shop.file("content/regions/US.yml").unlink()
    return shop


def check(shop, *arguments, day="2026-11-22"):
    return shop.polyhelp("policy", "check", "--date", day, *arguments)


def rules_of(done):
    return [issue["rule"] for issue in done.json["issues"]]


def test_a_lawful_shop_has_no_error(lawful):
    done = check(lawful)
    assert done.status == 0, done.out
    assert " 0 errors" in done.out
    assert done.out.endswith("It is no legal advice.\n")


def test_a_window_below_the_law_is_an_error_with_line_law_and_source(lawful):
    lawful.edit("content/regions/DE.yml", "window: 30 calendar days", "window: 10 calendar days")
    done = check(lawful)
    assert done.status == 1
    line = next(line for line in done.out.splitlines() if "[returns-window]" in line)
    assert line.startswith("content/regions/DE.yml:20: error: DE: returns.window: ")
    assert "the returns window is 10 calendar days; the law gives 14 calendar days" in line
    assert "BGB" in line
    assert "https://www.evz.de/" in line
    assert done.out.count("legal advice") == 1


def test_only_the_wanted_region_and_rule(lawful):
    lawful.edit("content/regions/DE.yml", "window: 30 calendar days", "window: 10 calendar days")
    lawful.write("content/regions/AU.yml", "returns:\n  right: statutory\n")
    assert set(rules_of(check(lawful, "--json", "--rule", "returns-window"))) == {"returns-window"}
    rows = check(lawful, "--json", "--region", "au", "--rule", "returns-right").json["issues"]
    assert [(row["region"], row["rule"]) for row in rows] == [("AU", "returns-right")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--region", "DX"), "there is no region 'DX'"),
        (("--rule", "return-window"), "did you mean 'returns-window'?"),
        (("--explain", "returns-windo"), "did you mean 'returns-window'?"),
        (("--output", "x.sarif"), "--output is for --format sarif"),
    ],
)
def test_a_mistyped_option_is_a_message(lawful, arguments, message):
    done = check(lawful, *arguments)
    assert done.status == 2
    assert message in done.err


def test_a_promise_of_a_later_day_is_checked_for_that_day(lawful):
    now, later = (
        "{value: 30 calendar days, valid_until: 2027-02-28}",
        "{value: 7 calendar days, valid_from: 2027-03-01}",
    )
    dated = f"window:\n    - {now}\n    - {later}"
    lawful.edit("content/regions/DE.yml", "window: 30 calendar days", dated)
    (row,) = check(lawful, "--json", "--rule", "returns-window").json["issues"]
    assert row["from"] == "2027-03-01"
    assert row["message"].startswith("from 2027-03-01: the returns window is 7 calendar days")
    assert row["line"] == 20


def test_a_law_of_a_later_day_is_told_before_it_comes(lawful):
    lawful.edit("content/regions/DE.yml", "withdrawal_function: true", "withdrawal_function: false")
    rows = check(lawful, "--json", "--rule", "withdrawal-function", day="2026-01-01").json["issues"]
    assert [row["from"] for row in rows] == ["2026-06-19"]
    (row,) = check(lawful, "--json", "--rule", "withdrawal-function").json["issues"]
    assert row["from"] is None


# ---------------------------------------------------------------- pages


def test_a_dead_link_in_any_article_is_told_once_for_all_regions(lawful):
    lawful.write("content/regions/FR.yml", GOOD)
    lawful.write("content/contact.md", "# Contact\n\n<https://ec.europa.eu/consumers/odr>\n")
    rows = check(lawful, "--json", "--rule", "wording-odr-link").json["issues"]
    assert [(row["page"], row["locale"]) for row in rows if row["locale"] == "en"] == [("content/contact.md", "en")]


def test_wording_is_found_in_the_translation_that_customers_see(lawful):
    lawful.write("content/policies/returns.md", "# Returns: {{ region.name }}\n\nPlease read this page.\n")
    lawful.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {publish: {'**': translated}}")
    lawful.polyhelp("sync")
    lawful.change("de", "policies/returns.md", _in_german)
    rows = check(lawful, "--json", "--rule", "wording-final-sale").json["issues"]
    assert [(row["page"], row["locale"]) for row in rows] == [("content/policies/returns.md", "de")]
    assert "alle verkäufe sind endgültig" in rows[0]["message"]


def _in_german(unit):
    target = unit.source if "{{" in unit.source else "Alle Verkäufe sind endgültig."
    return replace(unit, target=target, fuzzy=False)


def test_a_sentence_in_a_condition_counts_only_where_it_is_shown(lawful):
    text = "# Returns\n\n{{ region.name }}\n\n{% if returns.right == 'none' %}\n\nAll sales are final.\n\n{% endif %}\n"
    lawful.write("content/policies/returns.md", text)
    assert check(lawful, "--json", "--rule", "wording-final-sale").json["issues"] == []


def test_a_region_wants_its_language_translated(lawful):
    lawful.write("content/regions/AE.yml", "languages: [en]\n")
    (row,) = check(lawful, "--json", "--rule", "language").json["issues"]
    assert (row["region"], row["severity"], row["line"]) == ("AE", "error", 1)
    lawful.write("content/regions/AE.yml", "languages: [ar, en]\n")
    lawful.polyhelp("sync")
    (row,) = check(lawful, "--json", "--rule", "language").json["issues"]
    assert "content/policies/returns.md (ar) is not translated in full" in row["message"]


def test_an_unknown_law_is_a_remark(lawful):
    lawful.write("content/regions/UY.yml", GOOD)
    done = check(lawful, "--json")
    assert done.status == 0
    (row,) = [row for row in done.json["issues"] if row["region"] == "UY"]
    assert (row["rule"], row["severity"]) == ("law-unknown", "info")


# ---------------------------------------------------------------- waivers and age


@pytest.fixture
def waived(lawful):
    lawful.edit("content/regions/DE.yml", "window: 30 calendar days", "window: 10 calendar days")
    lawful.write("content/regions/_waivers.yml", WAIVER.format(until="2027-06-30"))
    return lawful


def test_a_waiver_silences_until_it_expires(waived):
    done = check(waived, "--json")
    assert done.status == 0
    assert [row["rule"] for row in done.json["waived"]] == ["returns-window"]
    late = check(waived, "--json", day="2027-07-01")
    assert late.status == 1
    assert {"returns-window", "waiver-expired"} <= set(rules_of(late))


def test_an_unused_waiver_is_a_remark(waived):
    waived.edit("content/regions/DE.yml", "window: 10 calendar days", "window: 30 calendar days")
    assert "waiver-unused" in rules_of(check(waived, "--json"))
    assert "waiver-unused" not in rules_of(check(waived, "--json", "--rule", "returns-start"))


def test_waivers_are_listed_with_their_standing(waived):
    done = check(waived, "--waivers")
    assert "holds: returns-window in DE until 2027-06-30: Counsel holds" in done.out
    assert "1 waiver: 1 in force" in done.out
    assert check(waived, "--waivers", "--json", day="2028-01-01").json["waivers"][0]["state"] == "expired"


def test_a_mistake_in_the_waivers_is_a_problem_and_the_check_goes_on(waived):
    waived.edit("content/regions/_waivers.yml", "    signed: Jo Lindqvist, legal\n", "")
    done = check(waived, "--json")
    assert done.status == 2
    assert "content/regions/_waivers.yml:2" in done.json["problems"][0]["message"]
    assert "returns-window" in rules_of(done)


def test_old_facts_are_one_warning_for_each_law(lawful):
    rows = check(lawful, "--json", "--rule", "facts-due", day="2030-01-01").json["issues"]
    assert [row["region"] for row in rows] == ["DE", "eu"]
    assert {row["severity"] for row in rows} == {"warning"}
    assert {row["path"] for row in rows} == {"content/regions/DE.yml"}, "there is no eu.yml"
    assert "older than 24 months" in rows[0]["message"]
    assert rows[0]["hint"] == "list them: polyhelp policy law DE --due"


# ---------------------------------------------------------------- formats


def test_sarif_has_rules_and_places(waived, tmp_path):
    waived.file("content/regions/_waivers.yml").unlink()
    done = check(waived, "--format", "sarif", "--output", tmp_path / "law.sarif")
    assert done.status == 1
    run = json.loads((tmp_path / "law.sarif").read_text(encoding="utf-8"))["runs"][0]
    result = next(one for one in run["results"] if one["ruleId"] == "returns-window")
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("content/regions/DE.yml", 20)
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "returns-window"


def test_github_annotations_stand_at_the_promise(waived):
    waived.file("content/regions/_waivers.yml").unlink()
    done = check(waived, "--format", "github")
    assert "::error file=content/regions/DE.yml,line=20::DE: returns.window: " in done.out


def test_fail_on_decides_the_status(lawful):
    lawful.edit("content/regions/DE.yml", "answer_within: 1 month", "answer_within: 30 calendar days")
    assert check(lawful, "--rule", "privacy-answer").status == 0
    assert check(lawful, "--rule", "privacy-answer", "--fail-on", "warning").status == 1
    assert check(lawful, "--rule", "privacy-answer", "--fail-on", "never").status == 0


def test_a_rule_is_explained(lawful):
    done = check(lawful, "--explain", "privacy-answer")
    assert "one month is not 30 days" in done.out
    assert "no legal advice" in done.out
    assert check(lawful, "--explain", "privacy-answer", "--json").json["rule"]["name"] == "privacy-answer"


# ---------------------------------------------------------------- polyhelp policy law


def test_the_law_of_a_region_is_printed_with_its_sources(lawful):
    done = lawful.polyhelp("policy", "law", "de", "--section", "withdrawal")
    assert "withdrawal.window: 14 calendar days (from eu)" in done.out
    assert "official, verified: https://www.evz.de/" in done.out
    assert "warranty." not in done.out
    assert "no legal advice" in done.out


def test_facts_to_look_up_again_are_the_regions_own(lawful):
    rows = lawful.polyhelp("policy", "law", "SE", "--due", "--json", "--date", "2026-11-22").json["facts"]
    assert rows
    assert {row["region"] for row in rows} == {"SE"}
    assert rows[0]["as_of"] == min(row["as_of"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("US-CX",), "did you mean 'US-CA'?"), (("DE", "--section", "withdrawl"), "did you mean 'withdrawal'?")],
)
def test_an_unknown_law_or_section_is_a_message(lawful, arguments, message):
    done = lawful.polyhelp("policy", "law", *arguments)
    assert done.status == 2
    assert message in done.err


def test_norway_is_printed(lawful):
    assert "Norway: " in lawful.polyhelp("policy", "law", "NO").out
