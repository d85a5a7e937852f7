"""``polyhelp check``: exit status, what is shown, and what it explains."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "workflow"))  # the checks whose findings are known beforehand

from some_checks import register


@pytest.fixture
def shop(shop, monkeypatch):
    """German: one error, one whisper, one text in two translations; one waived error."""
    register(monkeypatch)
    shop.write("glossary/terms.yml", "")
    shop.edit("content/index.md", "# ", "# Contact us\n\n## ")
    shop.polyhelp("sync")
    targets = {"Contact us": "Kontakt", "We answer within two days.": "Hallo!", "By phone": "psst", "By email": "Hey!"}
    shop.change("de", "contact.md", lambda unit: replace(
        unit,
        target=targets.get(unit.source, ""),
        comments=("waive: loud it is one",) if unit.source == "By email" else (),
    ))  # fmt: skip
    shop.change("de", "index.md", lambda unit: replace(unit, target="Schreib" if unit.source == "Contact us" else ""))
    return shop


def configure(shop, checks):
    shop.edit("mkdocs.yml", "polyhelp: {}", f"polyhelp: {{checks: {checks}}}")


def test_the_summary_counts_what_is_waived(shop):
    done = shop.polyhelp("check")
    assert done.status == 1
    (line, summary) = done.out.splitlines()
    assert line.startswith("locales/de/contact.po:")
    assert line.endswith(": error: The translation shouts. [loud]")
    assert summary == "1 error, 0 warnings, 1 waived"
    data = shop.polyhelp("check", "--json").json
    assert (len(data["issues"]), data["waived"], data["ok"]) == (3, 1, False)
    row = next(row for row in data["issues"] if row["check"] == "loud")
    assert (row["its"], row["mark"], row["target"], row["path"]) == ("style", "!", "Hallo!", "locales/de/contact.po")
    assert f"{row['path']}:{row['line']}: error" in line


@pytest.mark.parametrize(
    ("loud", "severity", "status"),
    [
        ("error", "error", 1),
        ("error", "never", 0),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("info", "info", 1),
    ],
)
def test_from_which_severity_on_it_fails_can_be_said(shop, loud, severity, status):
    configure(shop, f"{{loud: {loud}}}")
    done = shop.polyhelp("check", "--fail-on", severity)
    assert done.status == status
    assert shop.polyhelp("check", "--fail-on", severity, "--json").json["ok"] is (status == 0)
    assert shop.polyhelp("check", "--fail-on", severity, "--format", "github").status == status


def test_remarks_are_shown_where_they_fail_the_check_or_are_asked_for(shop):
    assert "translations." not in shop.polyhelp("check").out
    assert shop.polyhelp("check", "-v").out.count("info: It has 2 translations. [twins]") == 2
    done = shop.polyhelp("check", "--fail-on", "info")
    assert done.out.count("info: It has 2 translations. [twins]") == 2
    assert done.out.endswith("1 error, 0 warnings, 2 remarks, 1 waived\n")
    assert shop.polyhelp("check", "--check", "twins").out.count("[twins]") == 2


def test_only_what_is_named_is_looked_for(shop):
    done = shop.polyhelp("check", "--check", "twins", "--check", "quiet")
    assert done.status == 0
    assert done.out.endswith("0 errors, 1 warning\n")
    assert "[loud]" not in done.out
    done = shop.polyhelp("check", "--check", "quite")
    assert (done.status, done.out) == (2, "")
    assert "there is no check 'quite'" in done.err
    assert "did you mean 'quiet'?" in done.err


def test_annotations_name_the_line_of_the_catalog(shop):
    done = shop.polyhelp("check", "--format", "github")
    number = int(done.out.split("line=")[1].split("::")[0])
    assert done.out.startswith(f"::error file=locales/de/contact.po,line={number}::The translation shouts. [loud]\n")
    assert number in range(1, len(shop.read("locales/de/contact.po").splitlines()))


# ---------------------------------------------------------------- explained


def test_a_check_is_explained_with_what_the_configuration_says(shop):
    configure(shop, "{loud: [{paths: [a.md, b/**], locales: de, severity: info}, {severity: off}]}")
    done = shop.polyhelp("check", "--explain", "loud")
    assert done.status == 0
    assert done.out == (
        "loud\n\nLooks for shouting.\n\nNobody likes it.\n\n"
        "type (ITS 2.0):  style\n"
        "looks at:        one unit at a time\n"
        "by default:      on, each finding has its own severity\n"
        "configured:      info on a.md, b/** in de\n"
        "                 off everywhere\n"
    )
    data = shop.polyhelp("check", "--explain", "loud", "--json").json
    assert (data["ok"], data["check"]["its"], data["check"]["on"]) == (True, "style", True)
    assert data["check"]["rules"] == [
        {"severity": "info", "paths": ["a.md", "b/**"], "locales": ["de"]},
        {"severity": "off", "paths": [], "locales": []},
    ]


def test_one_that_is_off_by_default_says_how_to_have_it(shop):
    told = shop.polyhelp("check", "--explain", "quiet").out
    assert "by default:      off, until it is given a severity" in told
    assert "mkdocs.yml can: checks: {quiet: warning}" in told
    assert "all units of a locale together" in shop.polyhelp("check", "--explain", "twins").out


def test_it_explains_without_a_help_center(tmp_path, polyhelp):
    done = polyhelp("check", "--explain", "numbers", "--root", tmp_path)
    assert (done.status, done.err) == (0, "")
    assert "there is no mkdocs.yml here" in done.out
    done = polyhelp("check", "--explain", "numbrs", "--root", tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "did you mean 'numbers'?" in done.err


def test_a_mistake_in_the_configuration_is_told_all_the_same(shop):
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {checks: {loud: laut}}")
    done = shop.polyhelp("check", "--explain", "loud")
    assert done.status == 2
    assert "'laut' must be" in done.err


# ---------------------------------------------------------------- what does not go together


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--output", "a.sarif"), "--output is for --format sarif"),
        (("--waivers", "--format", "sarif"), "waivers are no issues"),
    ],
)
def test_what_makes_no_sense_is_refused(shop, words, told):
    done = shop.polyhelp("check", *words)
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_only_check_writes_sarif(shop):
    done = shop.polyhelp("status", "--format", "sarif")
    assert done.status == 2
    assert "'sarif' is not one of" in done.err
