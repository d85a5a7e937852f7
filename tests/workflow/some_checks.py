"""A few checks whose findings are known beforehand, in the place of those that are registered."""

from collections import defaultdict
from types import SimpleNamespace

from polyhelp import plugins
from polyhelp.checks import terminology, waiver
from polyhelp.checks.base import Check, Finding
from polyhelp.model import Severity


def loud(unit, _setting):
    if "!" in unit.target:
        yield Finding(Severity.ERROR, "The translation shouts.", "!")


def quiet(unit, _setting):
    if "psst" in unit.target:
        yield Finding(Severity.WARNING, "The translation whispers.")


def twins(units):
    seen = defaultdict(set)
    for unit, _ in units:
        seen[unit.source].add(unit.target)
    for at, (unit, _) in enumerate(units):
        if len(seen[unit.source]) > 1:
            yield at, Finding(Severity.INFO, f"It has {len(seen[unit.source])} translations.")


CHECKS = {
    "loud": Check("style", "Looks for shouting.\n\nNobody likes it.", loud),
    "quiet": Check("style", "Looks for whispering.", quiet, on=False),
    "terminology": terminology.CHECK,
    "twins": Check("inconsistency", "Compares.", together=twins),
    "waiver": waiver.CHECK,
}


def register(monkeypatch):
    """Put these checks in the place of those that are registered."""
    others = plugins._points  # noqa: SLF001 (what is registered cannot be changed otherwise)
    points = {name: SimpleNamespace(load=lambda check=check: check) for name, check in sorted(CHECKS.items())}
    monkeypatch.setattr(plugins, "_points", lambda group: points if group == plugins.CHECKS else others(group))
