"""Named objects from entry points: engines and checks. polyhelp's own come in by the same door as a stranger's.

A package adds an engine by declaring, in its pyproject.toml::

    [project.entry-points."polyhelp.engines"]
    mine = "my_package.engine:MyEngine"
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from polyhelp.errors import UsageError
from polyhelp.text.similarity import closest

ENGINES = "polyhelp.engines"
CHECKS = "polyhelp.checks"


@cache
def _points(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=group), key=lambda point: point.name)}


def names(group: str) -> tuple[str, ...]:
    """The names registered in ``group``, in alphabetical order."""
    return tuple(_points(group))


def load(group: str, name: str) -> Any:
    """The object registered as ``name`` in ``group``.

    Raises UsageError when there is none, or when it does not load.
    """
    points = _points(group)
    kind = group.rpartition(".")[2].removesuffix("s")
    if name not in points:
        near = closest(name, points)
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(points) or 'none'}"
        raise UsageError(f"there is no {kind} '{name}'", hint=hint)
    try:
        return points[name].load()
    except Exception as error:  # a stranger's module may raise anything
        reason = str(error) or type(error).__name__
        raise UsageError(f"the {kind} '{name}' does not load: {reason}", hint="reinstall its package") from error
