"""Errors: what a person reads, exit statuses, and the trip through a process pool."""

import pickle

import pytest

from polyhelp import errors
from polyhelp.errors import ConfigError, EngineError, Place, PolyhelpError, UsageError, WriteError

PLACE = Place("locales/de/a.po", 7)
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, PolyhelpError)]


def made(kind):
    if kind is ConfigError:
        return kind(("a: is missing", "b: is missing"), PLACE, "see the README")
    return kind("the file is broken", PLACE, "mend it")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (UsageError("no"), "no"),
        (UsageError("no", hint="try yes"), "no\n  try yes"),
        (UsageError("no", Place("a.po")), "a.po: no"),
        (UsageError("no", PLACE, "try yes"), "locales/de/a.po:7: no\n  try yes"),
        (ConfigError(("a: no",)), "the configuration has a mistake:\n  a: no"),
        (
            ConfigError(("a: no", "b: no"), Place("mkdocs.yml"), "see the README"),
            "mkdocs.yml: the configuration has 2 mistakes:\n  a: no\n  b: no\n  see the README",
        ),
    ],
)
def test_an_error_says_where_what_and_the_way_out(error, text):
    assert str(error) == text


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_a_process_pool(kind):
    error = made(kind)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert str(again) == str(error)


def test_an_engine_error_remembers_whether_trying_again_helps():
    error = EngineError.passing("busy", "wait", after=3.5, unsure=True)
    error.add_note("seen at noon")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    assert (again.retry, again.after, again.unsure, again.smaller) == (True, 3.5, True, False)
    assert again.__notes__ == ["seen at noon"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_exit_status_tells_our_files_from_the_world(kind):
    world = 1 if kind is errors.LimitError else 3  # a limit is a no, not a failure
    assert made(kind).exit_status == (world if issubclass(kind, errors.OutsideError) else 2)


def test_every_error_is_in_the_tree_of_the_docstring():
    assert all(kind.__name__ in errors.__doc__ for kind in KINDS)
    assert WriteError in KINDS
