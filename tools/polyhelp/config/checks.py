"""What mkdocs.yml says about checks: which of them run where, and how severe their findings are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyhelp import plugins
from polyhelp.config.mistakes import Mistakes, unknown
from polyhelp.config.schema import CheckRuleBlock
from polyhelp.config.settings import SeverityRule
from polyhelp.config.spot import Spot
from polyhelp.model import Locale, Severity


def check_names(spot: Spot, mistakes: Mistakes) -> None:
    """Names of checks, also in a block that has other mistakes."""
    known = plugins.names(plugins.CHECKS)
    for name in spot.value if isinstance(spot.value, Mapping) else ():
        if name not in known:
            mistakes.add(spot.at(name), unknown(f"check '{name}'", str(name), known))
        elif plugins.load(plugins.CHECKS, name).fixed:
            mistakes.add(spot.at(name), "this check cannot be switched off or made milder: take the line out")


def severities(
    given: Mapping[str, Sequence[CheckRuleBlock]], spot: Spot, targets: Sequence[Locale], mistakes: Mistakes
) -> dict[str, tuple[SeverityRule, ...]]:
    """The rules of each check, in order. One that another takes everything from is a mistake."""
    return {name: tuple(_rules(blocks, spot.at(name), targets, mistakes)) for name, blocks in given.items()}


def _rules(
    blocks: Sequence[CheckRuleBlock], spot: Spot, targets: Sequence[Locale], mistakes: Mistakes
) -> list[SeverityRule]:
    found: list[SeverityRule] = []
    for n, block in enumerate(blocks):
        here = spot.at(n) if isinstance(spot.value, list) else spot
        for tag in block.locales or ():
            mistakes.check_tag(here.at("locales"), tag, targets)
        severity = None if block.severity == "off" else Severity(block.severity)
        rule = SeverityRule(severity, tuple(block.paths or ()), tuple(map(Locale, block.locales or ())))
        above = next((at for at, other in enumerate(found) if other.swallows(rule, targets)), None)
        if above is not None:
            mistakes.add(
                here, f"is never reached: {spot.keys[-1]}[{above}] takes all of it, and the first that fits counts"
            )
        found.append(rule)
    return found
