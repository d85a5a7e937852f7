"""Why a unit waits for a person. Reasons, no scores."""

from __future__ import annotations

from polyhelp.model import IN_PIECES, KEPT_OUT, Level, Locale, State, Unit, digest

EXPIRED = "review expired: the text or the region data changed"
"""Why a unit waits that was accepted, and is not what was accepted any more."""


def unit_id(locale: Locale, path: str, unit: Unit) -> str:
    """A short name for a unit: ten hexadecimal digits of its locale, article, source and context."""
    return digest(locale.tag, path, unit.source, unit.context)[:10]


def reasons(unit: Unit, level: Level, data: str) -> tuple[str, ...]:
    """Why ``unit`` waits for a person under the publish level ``level``; empty when it does not.

    ``data`` is the digest of the region data that the unit reads today. A unit without a target waits for a
    translation, not for a review, unless an engine has failed at it: then only a person can help.
    """
    if not unit.target:
        failed = any(comment.startswith(KEPT_OUT) for comment in unit.comments)
        return ("the machine's answer was damaged: translate by hand",) if failed else ()
    if unit.state(data) is State.REVIEWED:
        return ()
    found = []
    if unit.previous:
        found.append("source changed")
    elif unit.review is not None and not unit.fuzzy:
        found.append(EXPIRED)
    theirs = [comment.removeprefix("theirs: ") for comment in unit.comments if comment.startswith('theirs: "')]
    if theirs:
        found.append(f"another branch has {', '.join(theirs)}")
    elif unit.by_machine:
        found.append("a machine's draft" if unit.draft else "machine translation")
    elif unit.fuzzy and not unit.previous:
        found.append("marked as needing work")
    pieced = (comment.removeprefix(IN_PIECES) for comment in unit.comments if comment.startswith(IN_PIECES))
    found += [f"put together from pieces: {reason}" for reason in pieced]
    if level is Level.REVIEWED:
        found.append("nothing of this page is published without review")
    return tuple(found)
