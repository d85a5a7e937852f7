"""polyhelp policy law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from polyhelp.cli import options
from polyhelp.cli.output import finish
from polyhelp.cli.policy_check import NO_ADVICE
from polyhelp.errors import UsageError
from polyhelp.model import Duration, Fact, Money
from polyhelp.regions.statutes import Statutes, due
from polyhelp.text.similarity import closest, instead
from polyhelp.text.words import count

_FOR_WRITERS = "culture"


@click.command("law")
@options.common(locales=False, date=True)
@click.argument("region")
@click.option("--section", "sections", multiple=True, metavar="NAME", help="Only this section; may be repeated.")
@click.option("--due", "old", is_flag=True, help="Only facts that are to be looked up again, oldest first.")
def command(common: options.Common, region: str, *, sections: tuple[str, ...], old: bool) -> int:
    """Print what is known about the law of REGION (such as DE, US-CA or eu), each fact with its source.

    With what it inherits; --due shows the region's own facts only. This is research data and no legal advice.
    """
    project = common.project()
    statutes = Statutes()
    code = _code(region, statutes)
    law = statutes.law(code)
    facts = due(statutes.own(code), project.day, project.settings.recheck_after) if old else tuple(law.facts.values())
    known = sorted({fact.section for fact in law.facts.values()})
    chosen = _in_sections(facts, sections, known)
    told = count(len(chosen), "fact")
    after = f" older than {project.settings.recheck_after}" if old else ""
    lines = [*_lines(chosen, code), f"{law.name}: {told}{after}", NO_ADVICE]
    data = {"region": code, "name": law.name, "facts": [_row(fact) for fact in chosen], "notice": NO_ADVICE}
    return finish(common, project, data, lines)


def _code(region: str, statutes: Statutes) -> str:
    """The code of a region as the statutes write it. Raises UsageError for one that they do not have."""
    folded = {code.lower(): code for code in statutes.codes}
    name = {"uk": "gb", "el": "gr"}.get(region.lower(), region.lower())
    if name not in folded:
        near = closest(name, folded)
        hint = f"did you mean '{folded[near]}'?" if near else f"there are: {', '.join(statutes.codes)}"
        raise UsageError(f"the law of '{region}' is not known", hint=hint)
    return folded[name]


def _in_sections(facts: Sequence[Fact], sections: Sequence[str], known: Sequence[str]) -> tuple[Fact, ...]:
    """The facts of ``sections``; all but notes for writers where there are none. Raises UsageError."""
    for section in sections:
        if section not in known:
            hint = instead(section, known)
            raise UsageError(f"there is no section '{section}' here", hint=hint)
    return tuple(fact for fact in facts if (fact.section in sections if sections else fact.section != _FOR_WRITERS))


def _lines(facts: Sequence[Fact], code: str) -> Iterator[str]:
    for fact in facts:
        own = "" if fact.region == code else f" (from {fact.region})"
        yield f"{fact.path}: {_value(fact.value)}{own}"
        checked = "verified" if fact.verified else "not verified"
        when = f", {fact.as_of}" if fact.as_of else ""
        days = _days(fact)
        yield f"    {fact.tier}, {checked}{when}: {fact.source}{days}"
        if fact.note:
            yield f"    note: {fact.note}"


def _days(fact: Fact) -> str:
    since = f" from {fact.since}" if fact.since else ""
    until = f" until {fact.until}" if fact.until else ""
    return f"; law{since}{until}" if since or until else ""


def _value(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')}: {_value(part)}" for key, part in value.items())
    return ", ".join(map(_value, value)) if isinstance(value, tuple) else str(value)


def _row(fact: Fact) -> dict[str, Any]:
    return {
        "region": fact.region,
        "section": fact.section,
        "key": fact.key,
        "value": _plain(fact.value),
        "source": fact.source,
        "tier": fact.tier,
        "verified": fact.verified,
        "as_of": fact.as_of or None,
        "from": fact.since.isoformat() if fact.since else None,
        "until": fact.until.isoformat() if fact.until else None,
        "note": fact.note or None,
    }


def _plain(value: object) -> object:
    """A value for scripts: lengths and amounts as they are written."""
    if isinstance(value, Duration | Money):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
