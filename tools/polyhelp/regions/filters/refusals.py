"""What a filter says when it gets what is not its own."""

from __future__ import annotations

from collections.abc import Mapping

from polyhelp.errors import RegionError

_MAX_SHOWN = 60


def shown(value: object) -> str:
    """A value of region data, as a message for its writer shows it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a section" if value else "nothing"
    if isinstance(value, tuple | list):
        return "a list"
    try:
        text = str(value)
    except ValueError:  # Python refuses to write out the longest numbers
        return "a number of too many digits"
    return f"'{text}'" if len(text) <= _MAX_SHOWN else f"'{text[:_MAX_SHOWN]}...'"


def unfit(name: str, wants: str, value: object) -> RegionError:
    """The error of the filter ``name``, which needs ``wants`` and got ``value``."""
    return RegionError(f"{name} needs {wants}, got {shown(value)}")


def check_choice(name: str, value: object, known: tuple[str, ...]) -> None:
    """Raise RegionError unless ``value``, an argument of the filter ``name``, is one of ``known``."""
    if value not in known:
        ways = " or ".join(f"{name}('{way}')" for way in known)
        raise RegionError(f"{name} knows no {shown(value)}", hint=f"write {ways}")


def checked_name(name: str, value: object) -> str:
    """An argument of the filter ``name`` that has to be a name. Raises RegionError for anything else."""
    if not isinstance(value, str):
        raise RegionError(f"{name} needs a name in its brackets, got {shown(value)}", hint="put it in quotes")
    return value
