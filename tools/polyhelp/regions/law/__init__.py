"""Promises beside the law: one rule per module's idea, and what a shop waives."""

from polyhelp.regions.law.case import Context, Page, Rule
from polyhelp.regions.law.judge import judge
from polyhelp.regions.law.rules import rules
from polyhelp.regions.law.waivers import FILE, Waiver, split
from polyhelp.regions.law.waivers import load as load_waivers
from polyhelp.regions.law.wording import suspicious

__all__ = [
    "FILE",
    "Context",
    "Page",
    "Rule",
    "Waiver",
    "judge",
    "load_waivers",
    "rules",
    "split",
    "suspicious",
]
