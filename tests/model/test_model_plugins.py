"""Engines and checks by name: what a user is told when a name is wrong or a package is broken."""

import sys
from importlib.metadata import EntryPoint

import pytest

from polyhelp import plugins
from polyhelp.errors import UsageError

STRANGERS = {
    "good": "good_package:engine",
    "gone": "no_such_package:engine",
    "empty": "good_package:no_such_name",
    "broken": "broken_package:engine",
    "silent": "silent_package:engine",
}


@pytest.fixture
def strangers(tmp_path, monkeypatch):
    """Packages of other people, good and bad."""
    (tmp_path / "good_package.py").write_text("engine = 'an engine'\n")
    (tmp_path / "broken_package.py").write_text("engine = (\n")
    (tmp_path / "silent_package.py").write_text("raise RuntimeError\n")
    monkeypatch.syspath_prepend(tmp_path)
    points = {name: EntryPoint(name, value, plugins.ENGINES) for name, value in STRANGERS.items()}
    monkeypatch.setattr(plugins, "_points", lambda group: points if group == plugins.ENGINES else {})
    yield
    for name in ("good_package", "broken_package", "silent_package"):
        sys.modules.pop(name, None)


def told(name, group=plugins.ENGINES):
    with pytest.raises(UsageError) as caught:
        plugins.load(group, name)
    return caught.value


def test_ours_come_in_by_the_same_door():
    assert {"deepl", "offline", "pseudo"} <= set(plugins.names(plugins.ENGINES))
    assert {"markup", "links", "numbers"} <= set(plugins.names(plugins.CHECKS))
    assert list(plugins.names(plugins.CHECKS)) == sorted(plugins.names(plugins.CHECKS))
    assert all(plugins.load(plugins.CHECKS, name) for name in plugins.names(plugins.CHECKS))


@pytest.mark.usefixtures("strangers")
def test_a_stranger_is_loaded():
    assert plugins.load(plugins.ENGINES, "good") == "an engine"


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("godo", "there is no engine 'godo'\n  did you mean 'good'?"),
        ("xyz", "there is no engine 'xyz'\n  there are: good, gone, empty, broken, silent"),
    ],
)
def test_an_unknown_name_is_told_with_the_way_out(name, text):
    assert str(told(name)) == text


@pytest.mark.usefixtures("strangers")
def test_a_group_without_members():
    assert str(told("links", plugins.CHECKS)) == "there is no check 'links'\n  there are: none"


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone", "No module named 'no_such_package'"),
        ("empty", "has no attribute 'no_such_name'"),
        ("broken", "was never closed"),
        ("silent", "RuntimeError"),
    ],
)
def test_a_package_that_does_not_load_is_told_whatever_it_raises(name, reason):
    error = told(name)
    assert error.message.startswith(f"the engine '{name}' does not load: ")
    assert reason in error.message
    assert error.__cause__ is not None
