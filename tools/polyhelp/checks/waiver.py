"""Waivers: a person's word that a check is wrong about one unit. And the check that looks at the waivers themselves.

A waiver is a translator's comment, ``# waive: CHECK REASON``. ``polyhelp sync`` stamps it with a digest of what it was
written for, ``# waive: CHECK [0123456789abcdef] REASON``; when the source, the target or the context changes, the
stamp does not fit any more and the waiver has expired: another text was never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from polyhelp import plugins
from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit, digest
from polyhelp.text.similarity import closest

_WAIVER = re.compile(r"waive:[ \t]*(?P<check>[^\s\[]*)[ \t]*(?:\[(?P<stamp>[0-9a-f]{16})\])?(?P<reason>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A comment that silences ``check`` at one unit; ``stamp`` is ``""`` until sync has seen it."""

    check: str
    reason: str
    stamp: str = ""

    @classmethod
    def parse(cls, comment: str) -> Waiver | None:
        """The waiver that a translator's comment holds; None when it is another comment."""
        found = _WAIVER.fullmatch(comment)
        return cls(found["check"], found["reason"].strip(), found["stamp"] or "") if found else None

    def __str__(self) -> str:
        stamp = f" [{self.stamp}]" if self.stamp else ""
        return f"waive: {self.check}{stamp} {self.reason}"

    def mistake(self) -> str:
        """Why it silences nothing, whatever the unit says; ``""`` when it is well written."""
        known = plugins.names(plugins.CHECKS)
        if not self.check:
            return "The waiver names no check: write 'waive: CHECK REASON'."
        if self.check not in known:
            near = closest(self.check, known)
            meant = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}."
            return f"The waiver names the check '{self.check}', which there is not; {meant}"
        if plugins.load(plugins.CHECKS, self.check).fixed:
            return f"The check '{self.check}' cannot be waived: take out what it found, or put it into the source."
        if not self.reason:
            return f"The waiver has no reason: write 'waive: {self.check} REASON', so that others can judge it."
        return ""

    def fits(self, unit: Unit) -> bool:
        """Whether it was written for ``unit`` as it is. One that has no stamp yet was."""
        return self.stamp in {"", _stamp(unit)}


def waivers(unit: Unit) -> Iterator[Waiver]:
    """The waivers at a unit, in order."""
    for comment in unit.comments:
        waiver = Waiver.parse(comment)
        if waiver is not None:
            yield waiver


def silenced(unit: Unit) -> frozenset[str]:
    """The checks whose findings at ``unit`` are waived."""
    return frozenset(one.check for one in waivers(unit) if one.fits(unit) and not one.mistake())


def stamped(unit: Unit) -> Unit:
    """``unit`` with a stamp on each waiver that is well written and has none; the same object when there is none."""
    if not any(not one.stamp and not one.mistake() for one in waivers(unit)):
        return unit
    return replace(unit, comments=tuple(_with_stamp(comment, unit) for comment in unit.comments))


def _with_stamp(comment: str, unit: Unit) -> str:
    waiver = Waiver.parse(comment)
    if waiver is None or waiver.stamp or waiver.mistake():
        return comment
    return str(replace(waiver, stamp=_stamp(unit)))


def _stamp(unit: Unit) -> str:
    return digest(unit.source, unit.target, unit.context)


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:  # noqa: ARG001 (waivers are the same for all locales)
    """A warning for each waiver that can silence nothing."""
    for waiver in waivers(unit):
        if mistake := waiver.mistake():
            yield Finding(Severity.WARNING, mistake)


ABOUT = """\
A waiver is a comment at a unit that silences one check there, because a person has looked and knows better:

    # waive: numbers "7-Eleven" is written in letters here
    msgid "..."

This check looks at the waivers themselves. Each needs the name of a check that there is and a reason, so that the next
person can judge it; one without them silences nothing.

`polyhelp sync` stamps a waiver with a fingerprint of the unit: `# waive: numbers [0123456789abcdef] ...`. When the
source, the translation or the context changes, the waiver expires: it was never meant for the new text. To renew it,
delete the brackets. `polyhelp check --waivers` lists all of them, and which have expired or silence nothing any more.

To switch this check off, write `checks: {waiver: off}` in mkdocs.yml.
"""

CHECK = Check(its="other", about=ABOUT, look=look, whole=True)
