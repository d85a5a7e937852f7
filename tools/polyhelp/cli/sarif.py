"""Quality issues as SARIF 2.1.0, the format of code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what GitHub reads of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import polyhelp
from polyhelp.checks.base import Check
from polyhelp.errors import Place, PolyhelpError
from polyhelp.model import QualityIssue, Severity, digest

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SENTENCE = re.compile(r"[^.]*\.(?=\s|$)|.+", re.DOTALL)
_FINGERPRINT = "primaryLocationLineHash"  # the one that GitHub knows an alert again by


def log(
    issues: Sequence[QualityIssue], checks: Mapping[str, Check], problems: Iterable[PolyhelpError] = ()
) -> dict[str, Any]:
    """A SARIF log of one run. ``checks`` explain the issues; ``problems`` are what could not be read."""
    places = {name: at for at, name in enumerate(checks)}
    told = [_notification(problem) for problem in problems]
    driver = {
        "name": "polyhelp",
        "semanticVersion": polyhelp.version(),
        "rules": [_rule(name, check) for name, check in checks.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not told, "toolExecutionNotifications": told}],
        "results": [
            _result(issue, places.get(issue.check, -1), fingerprint)
            for issue, fingerprint in zip(issues, _fingerprints(issues), strict=True)
        ],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str, check: Check) -> dict[str, Any]:
    about = inspect.cleandoc(check.about)
    first = " ".join(about.partition("\n\n")[0].split())
    sentence = _SENTENCE.match(first)
    return {
        "id": name,
        "shortDescription": {"text": sentence[0] if sentence else name},
        "fullDescription": {"text": first or name},
        "help": {"text": about or name, "markdown": about or name},
        "defaultConfiguration": {"enabled": check.on},
        "properties": {"its": check.its, "tags": ["localization", check.its]},
    }


def _result(issue: QualityIssue, rule: int, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": issue.check,
        "ruleIndex": rule,
        "level": _LEVELS[issue.severity],
        "message": {"text": issue.message},
        "locations": [_location(issue.place)],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        "properties": {
            "its": issue.its,
            "locale": issue.locale.tag,
            "source": issue.source,
            "target": issue.target,
            "mark": issue.mark,
        },
    }


def _location(place: Place) -> dict[str, Any]:
    artifact = {"uri": quote(place.path, safe="/", errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": max(place.line, 1)}}}


def _notification(problem: PolyhelpError) -> dict[str, Any]:
    text = "\n".join(filter(None, (problem.message, problem.hint)))
    where = {"locations": [_location(problem.place)]} if problem.place else {}
    return {"level": "error", "message": {"text": text}, **where}


def _fingerprints(issues: Iterable[QualityIssue]) -> Iterable[str]:
    """What an issue is known again by when its line, its severity or the rest of the translation is another.

    Of equal ones, such as those of one source in two contexts, each has its number.
    """
    seen: Counter[str] = Counter()
    for issue in issues:
        name = digest(issue.check, issue.place.path, issue.locale.tag, issue.source, issue.message)
        seen[name] += 1
        yield f"{name}:{seen[name]}"
