"""A unit: a segment's source paired with its target in one locale, with state and provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from polyhelp.model.locale import Locale
from polyhelp.model.person import folded, one_line
from polyhelp.model.segment import Key

Enough = Callable[[tuple[str, ...]], bool]
"""The names of those who have accepted a target as it stands, each once -> whether nobody else must.

``bool`` is the usual one: somebody has."""


def digest(*texts: str) -> str:
    """A fingerprint of texts: 16 hexadecimal digits of SHA-256, each text closed by a NUL."""
    return hashlib.sha256("".join(f"{text}\0" for text in texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


DRAFT = "draft/"
"""What the maker of a target begins with that is not fit for customers."""
KEPT_OUT = "kept out: "
"""A comment: this engine's answer to this source was damaged, and is not asked for again."""
IN_PIECES = "in pieces: "
"""A comment: the target is put together from texts between codes, for this reason, and may read badly."""
ENGINES_NOTES = (KEPT_OUT, IN_PIECES)
"""How comments begin that an engine's work leaves at a unit, until a person has decided or another answer comes."""


class State(StrEnum):
    """XLIFF 2.1's states, as far as polyhelp uses them. The order is the order of progress."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


class Level(StrEnum):
    """What a path's articles need before customers see them (``publish`` in the configuration)."""

    MACHINE = "machine"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who or what made a target: ``mt/deepl``, ``tm/100``, ``human``, ``adopted``; when; and the target's digest.

    ``draft/apertium`` is a machine too, whose output is for translators only.

    When the digest no longer fits the target, somebody has edited it by hand.
    """

    maker: str
    date: str
    hash: str

    @classmethod
    def of(cls, maker: str, date: str, target: str) -> Origin:
        """The origin of ``target`` as made by ``maker`` on ``date`` (ISO 8601 day)."""
        return cls(maker, date, digest(target))


@dataclass(frozen=True, slots=True)
class Second:
    """Another person's yes to the target that somebody has accepted, seen with the data of the same regions."""

    who: str
    date: str
    hash: str


@dataclass(frozen=True, slots=True)
class Review:
    """A person's yes to a target: who, when, and a digest over source, target and the region data it was seen with.

    ``regions`` are the codes of the regions whose data that was, in order; empty for text that reads none.
    ``second`` is another person's yes, where the rules want two. It counts only beside one for the same digest.
    """

    who: str
    date: str
    hash: str
    regions: tuple[str, ...] = ()
    second: Second | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Those who have said yes to the same, each once: a second yes of the first person is none."""
        other = self.second
        if other is None or other.hash != self.hash or folded(other.who) == folded(self.who):
            return (self.who,)
        return self.who, other.who

    def with_second(self, who: str, date: str) -> Review:
        """The review after ``who`` has said yes, too; the same where ``who`` is one of those who did."""
        if folded(who) in map(folded, self.people):
            return self
        return replace(self, second=Second(one_line(who), date, self.hash))

    def united(self, other: Review) -> Review | None:
        """Two persons' reviews of the same, made apart, as one; None where they are not of the same, or not of two."""
        if (self.hash, self.regions) != (other.hash, other.regions):
            return None
        said = sorted((*self.said, *other.said))
        (date, who), *more = said
        second = next(((day, name) for day, name in more if folded(name) != folded(who)), None)
        return Review(who, date, self.hash, self.regions, Second(second[1], second[0], self.hash)) if second else None

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The day and the name of each yes that counts."""
        second = ((self.second.date, self.second.who),) if self.second and len(self.people) > 1 else ()
        return ((self.date, self.who), *second)

    def rehashed(self, hash_: str) -> Review:
        """The same review of what now has the digest ``hash_``; a second yes to something else is dropped."""
        other = self.second if self.second and self.second.hash == self.hash else None
        return replace(self, hash=hash_, second=replace(other, hash=hash_) if other else None)


@dataclass(frozen=True, slots=True)
class Unit:
    """One source text and its target.

    ``previous`` is the source that the target was made from, when that is not today's source any more.
    ``fuzzy`` says that the target needs a look. ``notes`` are for the translator (kind first), ``comments`` are
    the translators' own. ``obsolete`` units have lost their source and are kept for their words.
    """

    source: str
    target: str = ""
    context: str = ""
    fuzzy: bool = False
    previous: str = ""
    origin: Origin | None = None
    review: Review | None = None
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    obsolete: bool = False

    @property
    def key(self) -> Key:
        """The unit's key in its catalog."""
        return Key(self.source, self.context)

    def retargeted(self, target: str) -> Unit:
        """The unit with ``target`` in place of its own, which says the same: whoever made that made this."""
        origin = self.origin
        if origin and origin.hash == digest(self.target):
            origin = Origin.of(origin.maker, origin.date, target)
        return replace(self, target=target, origin=origin)

    @property
    def maker(self) -> str:
        """Who made the target as it is now; an edited or unmarked target is a person's. ``""`` without a target."""
        if not self.target:
            return ""
        if self.origin is None or self.origin.hash != digest(self.target):
            return "human"
        return self.origin.maker

    @property
    def seen(self) -> tuple[str, ...]:
        """The regions whose data the target was accepted with; empty when it was not, or reads none."""
        return self.review.regions if self.review else ()

    @property
    def by_machine(self) -> bool:
        """Whether the target is a machine's, untouched by any person."""
        return self.maker.startswith(("mt/", DRAFT))

    @property
    def draft(self) -> bool:
        """Whether the target is a machine's that is not fit for customers."""
        return self.maker.startswith(DRAFT)

    def accepted_by(self, data: str = "") -> tuple[str, ...]:
        """Those who have accepted the target as it stands; ``data`` is the digest of the region data it depends on."""
        holds = self.review and self.target and not self.fuzzy
        if not self.review or not holds or self.review.hash != digest(self.source, self.target, data):
            return ()
        return self.review.people

    def state(self, data: str = "", enough: Enough = bool) -> State:
        """The unit's state; ``data`` is the digest of the region data that a policy's unit depends on.

        ``enough`` says whether those who have accepted it are as many as it takes.
        """
        if not self.target or self.fuzzy:
            return State.INITIAL
        people = self.accepted_by(data)
        return State.REVIEWED if people and enough(people) else State.TRANSLATED

    def fit_for(self, level: Level, data: str = "", enough: Enough = bool) -> bool:
        """Whether customers may see this target under the publish level ``level``."""
        state = self.state(data, enough)
        if level is Level.REVIEWED:
            return state is State.REVIEWED
        if level is Level.TRANSLATED or state is not State.INITIAL:
            return state is not State.INITIAL
        return self.by_machine and not self.draft and not self.previous

    def accepted(self, who: str, date: str, data: str = "", regions: tuple[str, ...] = ()) -> Unit:
        """The unit after ``who`` has accepted its target as it stands, with the data of ``regions``.

        This is the first yes to it: what others have accepted before is forgotten (see :meth:`seconded`).
        """
        review = Review(one_line(who), date, digest(self.source, self.target, data), regions if data else ())
        comments = tuple(comment for comment in self.comments if not comment.startswith(ENGINES_NOTES))
        return replace(self, fuzzy=False, previous="", review=review, comments=comments)

    def seconded(self, who: str, date: str, data: str = "") -> Unit | None:
        """The unit after ``who`` has accepted it beside another; None where nobody's yes to it holds.

        ``data`` is the digest of the data of the regions that it was accepted with (``seen``). The same person's
        second yes changes nothing.
        """
        if self.review is None or not self.accepted_by(data):
            return None
        return replace(self, review=self.review.with_second(who, date))


@dataclass(frozen=True, slots=True)
class Catalog:
    """The units of one document in one locale, in reading order, obsolete ones last.

    ``path`` is the article's. ``header`` holds the file's own header fields, so that other tools find theirs again;
    under the empty name stands the comment above it.
    """

    locale: Locale
    path: str
    units: tuple[Unit, ...] = ()
    header: tuple[tuple[str, str], ...] = ()

    @property
    def current(self) -> tuple[Unit, ...]:
        """The units whose source is in the document."""
        return tuple(unit for unit in self.units if not unit.obsolete)
