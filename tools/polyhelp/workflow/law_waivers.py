"""The waivers of legal rules: where they stand, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from polyhelp.model import LegalIssue, Severity
from polyhelp.regions.law import FILE, Waiver, load_waivers
from polyhelp.workflow.project import Project

EXPIRED = "waiver-expired"
UNUSED = "waiver-unused"


class Standing(StrEnum):
    """What a waiver is worth today."""

    HOLDS = "holds"
    EXPIRED = "expired"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Listed:
    """One waiver, and what it is worth."""

    waiver: Waiver
    standing: Standing

    def issue(self) -> LegalIssue:
        """What there is to say of a waiver that silences nothing."""
        waiver, expired = self.waiver, self.standing is Standing.EXPIRED
        what = f"expired on {waiver.until}" if expired else "silences nothing"
        return LegalIssue(
            EXPIRED if expired else UNUSED,
            waiver.region,
            "",
            waiver.place,
            Severity.WARNING if expired else Severity.INFO,
            f"the waiver of '{waiver.rule}' in {waiver.region}, signed by {waiver.signed}, {what}",
            hint="have it signed again with a later day, or remove it" if expired else "remove it",
        )


def read(project: Project, rules: Collection[str]) -> tuple[Waiver, ...]:
    """The help center's waivers; none when their file has a mistake (a noted problem)."""
    folder = project.content / "regions"
    # by their files: a region whose data has a mistake is a region all the same
    regions = {path.stem for path in folder.glob("*.yml")} if folder.is_dir() else set()
    file = folder / FILE
    return project.attempt(lambda: load_waivers(file, project.shown(file), rules, regions)) or ()


def listed(waivers: Collection[Waiver], silenced: Collection[LegalIssue], day: dt.date) -> tuple[Listed, ...]:
    """What ``waivers`` are worth on ``day``, when ``silenced`` is all that they silence."""
    return tuple(Listed(waiver, _standing(waiver, silenced, day)) for waiver in waivers)


def _standing(waiver: Waiver, silenced: Collection[LegalIssue], day: dt.date) -> Standing:
    if waiver.expired(day):
        return Standing.EXPIRED
    return Standing.HOLDS if any(map(waiver.covers, silenced)) else Standing.UNUSED
