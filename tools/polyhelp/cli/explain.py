"""One check explained: what it looks for, and what the configuration says about it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from polyhelp import plugins
from polyhelp.checks.base import Check
from polyhelp.cli import console
from polyhelp.cli.options import Common
from polyhelp.config import FILE, Settings, SeverityRule, find_root, load
from polyhelp.errors import ConfigError


def explain(common: Common, name: str) -> int:
    """Print what the check called ``name`` is about; the exit status. Raises UsageError when there is none."""
    check: Check = plugins.load(plugins.CHECKS, name)
    settings = _settings(common.root)
    rules = settings.severities.get(name, ()) if settings else ()
    if common.format == "json":
        console.say_json({"ok": True, "check": _row(name, check, rules), "problems": [], "remarks": []})
        return 0
    console.say(f"{name}\n\n{inspect.cleandoc(check.about)}\n")
    for line in _facts(name, check, rules, configured=settings is not None):
        console.say(line)
    return 0


def _settings(start: Path) -> Settings | None:
    """The settings of the help center around ``start``; None when there is none. Raises ConfigError."""
    try:
        root = find_root(start.resolve())
    except ConfigError:
        return None
    return load(root)


def _facts(name: str, check: Check, rules: tuple[SeverityRule, ...], *, configured: bool) -> Iterator[str]:
    scope = "all units of a locale together" if check.together else "one unit at a time"
    default = "on, each finding has its own severity" if check.on else "off, until it is given a severity"
    yield f"type (ITS 2.0):  {check.its}"
    yield f"looks at:        {scope}"
    yield f"by default:      {default}"
    if check.fixed:
        yield "configured:      it cannot be switched off, made milder or waived"
        return
    if not configured:
        yield f"configured:      nothing; there is no {FILE} here"
    elif not rules:
        yield f"configured:      nothing; {FILE} can: checks: {{{name}: {'off' if check.on else 'warning'}}}"
    for at, rule in enumerate(rules):
        yield f"{'' if at else 'configured:':<16} {_rule(rule)}"


def _rule(rule: SeverityRule) -> str:
    where = [f"on {', '.join(rule.paths)}"] if rule.paths else []
    where += [f"in {', '.join(locale.tag for locale in rule.locales)}"] if rule.locales else []
    return " ".join([rule.severity or "off", *(where or ["everywhere"])])


def _row(name: str, check: Check, rules: tuple[SeverityRule, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "its": check.its,
        "about": inspect.cleandoc(check.about),
        "on": check.on,
        "fixed": check.fixed,
        "together": check.together is not None,
        "rules": [
            {
                "severity": rule.severity.value if rule.severity else "off",
                "paths": list(rule.paths),
                "locales": [locale.tag for locale in rule.locales],
            }
            for rule in rules
        ],
    }
