"""What counts of what the checks find: rules by page and locale, units together, and the gate."""

from dataclasses import replace

import pytest
from some_checks import register

from polyhelp.model import Locale, Severity
from polyhelp.workflow.check import Wanted, check, examine
from polyhelp.workflow.look import faultless
from polyhelp.workflow.project import Project

DE, PT, AR = map(Locale, ("de", "pt-BR", "ar"))
HOME, CONTACT, POLICY = "index.md", "contact.md", "policies/returns.md"


@pytest.fixture(scope="module")
def translated(new_shop, tmp_path_factory):
    shop = new_shop(tmp_path_factory.mktemp("check") / "shop")
    assert shop.polyhelp("sync").status == 0
    for locale in ("de", "ar"):
        for path in (HOME, CONTACT, POLICY):
            shop.change(locale, path, lambda unit: replace(unit, target=f"Also: {unit.source}"))
    return shop.bytes_of("locales")


@pytest.fixture
def shop(shop, translated, monkeypatch):
    register(monkeypatch)
    shop.write("glossary/terms.yml", "")
    for path, data in translated.items():
        shop.write(path, data)
    return shop


def configure(shop, checks):
    shop.edit("mkdocs.yml", "polyhelp: {}", f"polyhelp: {{checks: {checks}}}")


def say(shop, locale, path, target, at=0, *comments):
    """Give the unit ``at`` of an article another target and comments; its source."""
    catalog = shop.catalog(locale, path)
    source = catalog.units[at].source
    shop.change(locale, path, lambda unit: replace(unit, target=target, comments=comments)
                if unit.source == source else unit)  # fmt: skip
    return source


def found(shop, *targets, **wanted):
    issues = examine(Project.open(shop.root), targets or (DE, AR), Wanted(**wanted)).issues
    return [(issue.check, issue.severity.value, issue.locale.tag, issue.place.path) for issue in issues]


def test_an_issue_stands_at_its_line_and_names_its_type(shop):
    say(shop, "de", CONTACT, "Hallo!", 2)
    (issue,) = check(Project.open(shop.root), [DE])
    assert (issue.check, issue.its, issue.mark, issue.severity) == ("loud", "style", "!", Severity.ERROR)
    assert issue.place.path == "locales/de/contact.po"
    line = shop.read("locales/de/contact.po").splitlines()[issue.place.line - 1]
    assert line == 'msgstr "Hallo!"'


def test_the_first_rule_that_fits_decides_by_page_and_locale(shop):
    for locale in ("de", "ar"):
        for path in (HOME, CONTACT, POLICY):
            say(shop, locale, path, "Hallo!")
    configure(shop, "{loud: [{paths: policies/**, severity: error}, {locales: ar, severity: off}, {severity: info}]}")
    assert found(shop) == [
        ("loud", "info", "de", "locales/de/contact.po"),
        ("loud", "info", "de", "locales/de/index.po"),
        ("loud", "error", "de", "locales/de/policies/returns.po"),
        ("loud", "error", "ar", "locales/ar/policies/returns.po"),
    ]


def test_a_check_that_is_off_by_default_runs_where_it_has_a_severity(shop):
    say(shop, "de", HOME, "psst")
    assert found(shop) == []
    configure(shop, "{quiet: {paths: index.md, locales: de, severity: error}}")
    say(shop, "de", CONTACT, "psst")
    say(shop, "ar", HOME, "psst")
    assert found(shop) == [("quiet", "error", "de", "locales/de/index.po")]


def test_a_named_check_runs_alone_also_one_that_is_off_by_default(shop):
    say(shop, "de", HOME, "psst!")
    assert found(shop, DE, named=("quiet",)) == [("quiet", "warning", "de", "locales/de/index.po")]
    assert found(shop, DE) == [("loud", "error", "de", "locales/de/index.po")]
    configure(shop, "{quiet: off}")
    assert found(shop, DE, named=("quiet",)) == []


def test_units_are_compared_over_the_whole_locale_and_only_where_the_check_is_on(shop):
    source = say(shop, "de", HOME, "Hallo")
    shop.edit("content/contact.md", shop.read("content/contact.md"), f"{shop.read('content/contact.md')}\n{source}\n")
    assert shop.polyhelp("sync").status == 0
    shop.change("de", CONTACT, lambda unit: replace(unit, target="Servus") if unit.source == source else unit)
    both = [("twins", "info", "de", f"locales/de/{name}.po") for name in ("contact", "index")]
    assert found(shop, DE) == both
    chosen = {CONTACT: {shop.unit("de", CONTACT, source).key}}
    assert found(shop, DE, chosen=lambda catalog: chosen.get(catalog.path, ())) == both[:1]
    configure(shop, "{twins: [{paths: index.md, severity: off}, {severity: error}]}")
    assert found(shop, DE) == []


def test_a_target_whose_source_has_changed_waits_and_one_without_target_too(shop):
    say(shop, "de", HOME, "Hallo!")
    catalog = shop.catalog("de", HOME)
    first = catalog.units[0].source
    shop.change("de", HOME, lambda unit: replace(unit, fuzzy=True, previous="Before.")
                if unit.source == first else unit)  # fmt: skip
    assert found(shop, DE) == []


def test_what_is_waived_does_not_count_for_the_check_nor_for_the_gate(shop):
    source = say(shop, "de", HOME, "Hallo!", 0, "waive: loud the writer shouts, too")
    say(shop, "de", CONTACT, "Hallo!", 0, "waive: twins this is for another check")
    project = Project.open(shop.root)
    examined = examine(project, [DE])
    assert [issue.place.path for issue in examined.issues] == ["locales/de/contact.po"]
    assert [issue.source for issue in examined.waived] == [source]
    assert faultless(project, project.catalog(DE, HOME))(shop.unit("de", HOME, source))
    contact = project.catalog(DE, CONTACT)
    assert not faultless(project, contact)(contact.units[0])


def test_what_is_found_by_comparing_can_be_waived_at_one_unit(shop):
    source = say(shop, "de", HOME, "Hallo", 0, "waive: twins here it is a greeting")
    shop.edit("content/contact.md", shop.read("content/contact.md"), f"{shop.read('content/contact.md')}\n{source}\n")
    assert shop.polyhelp("sync").status == 0
    shop.change("de", CONTACT, lambda unit: replace(unit, target="Servus") if unit.source == source else unit)
    assert found(shop, DE) == [("twins", "info", "de", "locales/de/contact.po")]


def test_comparing_has_no_say_at_the_gate(shop):
    configure(shop, "{twins: error}")
    source = say(shop, "de", HOME, "Hallo")
    shop.edit("content/contact.md", shop.read("content/contact.md"), f"{shop.read('content/contact.md')}\n{source}\n")
    shop.polyhelp("sync")
    shop.change("de", CONTACT, lambda unit: replace(unit, target="Servus") if unit.source == source else unit)
    project = Project.open(shop.root)
    assert {issue.check for issue in check(project, [DE])} == {"twins"}
    catalog = project.catalog(DE, CONTACT)
    assert all(map(faultless(project, catalog), catalog.current))
