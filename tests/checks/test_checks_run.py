"""All checks together, as the workflow runs them."""

import pytest

from polyhelp import plugins
from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.run import run, run_together
from polyhelp.model import Locale, Place, QualityIssue, Severity, Unit

SETTING = Setting(Locale("de"), Place("locales/de/returns.po", 7))


def registered():
    return {name: plugins.load(plugins.CHECKS, name) for name in plugins.names(plugins.CHECKS)}


def test_the_registered_checks_find_a_unit_with_many_faults():
    checks = registered()
    assert {"markup", "links", "numbers", "untranslated", "terminology"} <= set(checks)
    unit = Unit(
        "Send it back within 14 days, use [our label](l.md) and `TRAIL10`.", "Send it back within 15 days, use."
    )
    issues = list(run(checks, unit, SETTING))
    assert {issue.check for issue in issues} >= {"links", "markup", "numbers", "untranslated"}
    for issue in issues:
        assert (issue.place, issue.locale) == (SETTING.place, SETTING.locale)
        assert (issue.source, issue.target) == (unit.source, unit.target)
        assert issue.its == checks[issue.check].its
        assert issue.message.endswith(".")


def test_the_order_is_the_order_of_the_checks():
    def look(unit, setting):
        yield Finding(Severity.INFO, f"{unit.target} in {setting.locale}.", "Hall")

    check = Check("style", "Says hello.", look)
    issue = QualityIssue(
        "b", Severity.INFO, "Hallo in de.", SETTING.place, SETTING.locale, "Hello", "Hallo", "style", "Hall"
    )
    found = list(run({"b": check, "a": check}, Unit("Hello", "Hallo"), SETTING))
    assert [one.check for one in found] == ["b", "a"]
    assert found[0] == issue


def test_a_check_of_all_units_together_says_which_one_it_means():
    def together(units):
        yield len(units) - 1, Finding(Severity.INFO, "The last one.")

    check = Check("inconsistency", "Finds the last one.", together=together)
    units = [(Unit(word, word.upper()), SETTING) for word in ("one", "two")]
    ((at, issue),) = run_together("last", check, units)
    assert (at, issue.check, issue.source, issue.target, issue.its) == (1, "last", "two", "TWO", "inconsistency")
    assert list(run({"last": check}, Unit("one", "ONE"), SETTING)) == []  # it has nothing to say about one


def test_a_unit_without_a_target_is_not_checked():
    def look(_unit, _setting):
        pytest.fail("asked about a unit without a target")
        yield

    assert list(run({"x": Check("other", "", look)}, Unit("Hello"), SETTING)) == []


def test_a_check_that_crashes_is_not_hidden():
    def look(_unit, _setting):
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        list(run({"x": Check("other", "", look)}, Unit("Hello", "Hallo"), SETTING))
