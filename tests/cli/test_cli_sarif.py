"""SARIF 2.1.0: what the standard requires, and what code scanning makes of it.

The numbers are sections of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

import json
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest

from polyhelp.checks.base import Check
from polyhelp.cli.sarif import log
from polyhelp.errors import CatalogError
from polyhelp.model import Locale, Place, QualityIssue, Severity

DE = Locale("de")
CHECKS = {
    "numbers": Check("numbers", "Numbers are kept. Also in words.\n\nSo `5` is *five*.\n"),
    "spelling": Check("misspelling", "Words are spelt right.", on=False),
}
ISSUE = QualityIssue(
    "numbers", Severity.ERROR, "The number 5 is missing.", Place("locales/de/a.po", 12), DE, "5 %", "V", "numbers", "V"
)


def made(*issues, problems=()):
    return json.loads(json.dumps(log(issues, CHECKS, problems)))


def fingerprints(*issues):
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in made(*issues)["runs"][0]["results"]]


def check_message(message):  # 3.11.5: text or id
    assert isinstance(message["text"], str)
    assert message["text"]


def check_multiformat(message):  # 3.12.3: text is required
    assert set(message) <= {"text", "markdown"}
    check_message(message)


def check_location(location):
    physical = location["physicalLocation"]  # 3.29.2: an address or an artifactLocation
    artifact = physical["artifactLocation"]
    uri = urlsplit(artifact["uri"])  # 3.4.3: RFC 3986; relative to uriBaseId, so without a scheme
    assert (uri.scheme, uri.netloc, uri.query, uri.fragment) == ("", "", "", "")
    assert re.fullmatch(r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", artifact["uri"], re.ASCII)
    assert not artifact["uri"].startswith("/")
    assert artifact["uriBaseId"] == "%SRCROOT%"
    assert physical["region"]["startLine"] >= 1  # 3.30.5


def check_sarif(sarif):
    """What the standard requires of each object that is used."""
    assert set(sarif) == {"$schema", "version", "runs"}
    assert sarif["version"] == "2.1.0"  # 3.13.2
    assert sarif["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = sarif["runs"]
    assert set(run) == {"tool", "columnKind", "invocations", "results"}
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}  # 3.14.17
    driver = run["tool"]["driver"]  # 3.18.2
    assert set(driver) == {"name", "semanticVersion", "rules"}
    assert driver["name"] == "polyhelp"
    names = [rule["id"] for rule in driver["rules"]]  # 3.49.3
    assert len(names) == len(set(names))
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            check_multiformat(rule[key])
        assert isinstance(rule["defaultConfiguration"]["enabled"], bool)
        assert rule["properties"]["its"] in rule["properties"]["tags"]  # 3.8.2: tags are strings
    for invocation in run["invocations"]:
        assert isinstance(invocation["executionSuccessful"], bool)  # 3.20.14
        for notification in invocation["toolExecutionNotifications"]:
            check_message(notification["message"])  # 3.58.5
            for location in notification.get("locations", ()):
                check_location(location)
    for result in run["results"]:
        check_message(result["message"])  # 3.27.11
        assert result["level"] in {"none", "note", "warning", "error"}  # 3.27.10
        assert names[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
        for location in result["locations"]:
            check_location(location)
        for key, value in result["partialFingerprints"].items():  # 3.27.17
            assert isinstance(key, str)
            assert isinstance(value, str)


def test_the_standard_is_kept():
    info = replace(ISSUE, severity=Severity.INFO, place=Place("locales/de/größe, 100 %.po"))
    problem = CatalogError("broken", Place("locales/de/b.po", 3), "mend it")
    sarif = made(ISSUE, info, problems=[problem])
    check_sarif(sarif)
    check_sarif(made())


def test_an_issue_is_where_it_stands_and_as_bad_as_it_is():
    warning = replace(ISSUE, severity=Severity.WARNING, check="spelling", its="misspelling")
    info = replace(ISSUE, severity=Severity.INFO, place=Place("locales/de/größe #1.po"))
    results = made(ISSUE, warning, info)["runs"][0]["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
    assert [result["ruleIndex"] for result in results] == [0, 1, 0]
    first, _, last = (result["locations"][0]["physicalLocation"] for result in results)
    assert (first["artifactLocation"]["uri"], first["region"]) == ("locales/de/a.po", {"startLine": 12})
    assert unquote(last["artifactLocation"]["uri"]) == "locales/de/größe #1.po"
    assert last["region"] == {"startLine": 1}  # of a file as a whole
    assert results[0]["properties"] == {"its": "numbers", "locale": "de", "source": "5 %", "target": "V", "mark": "V"}


def test_rules_help_who_meets_them():
    numbers, spelling = made()["runs"][0]["tool"]["driver"]["rules"]
    assert numbers["shortDescription"] == {"text": "Numbers are kept."}
    assert numbers["fullDescription"] == {"text": "Numbers are kept. Also in words."}
    assert numbers["help"]["markdown"].endswith("So `5` is *five*.")
    assert (numbers["properties"]["its"], spelling["properties"]["its"]) == ("numbers", "misspelling")
    assert (numbers["defaultConfiguration"], spelling["defaultConfiguration"]) == (
        {"enabled": True},
        {"enabled": False},
    )


def test_an_alert_is_known_again_when_lines_move():
    moved = replace(ISSUE, place=Place("locales/de/a.po", 99), severity=Severity.WARNING, target="other words")
    assert fingerprints(ISSUE) == fingerprints(moved)


@pytest.mark.parametrize(
    "change",
    [
        {"check": "spelling"},
        {"message": "The number 6 is missing."},
        {"source": "5 pieces"},
        {"place": Place("locales/de/b.po", 12)},
        {"locale": Locale("de-AT")},
    ],
)
def test_another_issue_is_another_alert(change):
    assert fingerprints(ISSUE) != fingerprints(replace(ISSUE, **change))


def test_equal_issues_are_numbered():
    first, second = fingerprints(ISSUE, ISSUE)
    assert first != second
    assert first == fingerprints(ISSUE)[0]


def test_what_could_not_be_read_is_told():
    problem = CatalogError("broken", Place("locales/de/b.po", 3), "mend it")
    (invocation,) = made(problems=[problem])["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "broken\nmend it"
    assert notification["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_the_command_writes_it_to_stdout_or_a_file(shop):
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de")
    issues = shop.polyhelp("check", "--json").json["issues"]
    done = shop.polyhelp("check", "--format", "sarif")
    sarif = done.json
    check_sarif(sarif)
    assert done.status == 1
    assert [result["message"]["text"] for result in sarif["runs"][0]["results"]] == [row["message"] for row in issues]
    done = shop.polyhelp("check", "--format", "sarif", "--output", "issues.sarif")
    assert done.status == 1
    assert re.search(r"^\d+ errors?, \d+ warnings?$", done.out, re.MULTILINE)
    assert json.loads(shop.read("issues.sarif")) == sarif


def test_a_file_that_cannot_be_written_is_named(shop):
    shop.write("taken", "")
    done = shop.polyhelp("check", "--format", "sarif", "--output", "taken/issues.sarif")
    assert done.status == 3
    assert "taken/issues.sarif" in done.err
