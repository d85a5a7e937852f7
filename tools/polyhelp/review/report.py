"""What waits for a reviewer as one HTML page: it asks nobody for anything, and nothing of a target runs in it.

Texts come in, a page goes out. The page keeps decisions in the browser and gives them back as a file of decisions
(:mod:`polyhelp.review.decision`). Its content policy names its one script and its one style sheet by their digests, so
that whatever slips into the page stays text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from polyhelp.model import Locale
from polyhelp.review import decision, harmless, preview
from polyhelp.review.marking import About, Mark, find, marked
from polyhelp.review.ranking import Waiting
from polyhelp.text.words import count

AT_ONCE = 60
"""Cards that stand in the page as it is opened. A browser that reads thousands first lets people wait."""
_INERT = {ord("<"): "\\u003c", **{code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the source, ``start``..``end``, and what it is called in the locale, the preferred name first."""

    start: int
    end: int
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """Where a segment stands in its article: what it is, the heading above it, and its neighbours as customers read.

    All are empty for what stands on no page.
    """

    kind: str = ""
    heading: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Print:
    """What becomes of a target in ``regions`` (codes): ``text`` has their values in it."""

    regions: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a unit said before: the source that its target was made for, and the target; ``""`` where nobody knows."""

    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A unit as its reviewer reads it.

    ``data`` is the digest of the region data that is printed in it, ``prints`` what regions make of its target.
    """

    row: Waiting
    terms: tuple[Term, ...] = ()
    earlier: Earlier = field(default_factory=Earlier)
    around: Around = field(default_factory=Around)
    data: str = ""
    prints: tuple[Print, ...] = ()

    @property
    def seen(self) -> str:
        """The fingerprint of what a decision is about."""
        return decision.seen(self.row.unit, self.data)

    @property
    def source(self) -> Markup:
        """The source, its terms marked, with its differences to the one that the target was made for."""
        marks = [Mark(term.start, term.end, About.TERM) for term in self.terms]
        return marked(self.row.unit.source, marks, self.earlier.source)

    @property
    def target(self) -> Markup:
        """The target, its issues and terms marked, with its differences to the earlier one."""
        text = self.row.unit.target
        issues = find(text, (issue.mark for issue in self.row.issues), About.ISSUE)
        names = (next((name for name in term.names if name.lower() in text.lower()), "") for term in self.terms)
        return marked(text, (*issues, *find(text, names, About.TERM)), self.earlier.target)

    @property
    def previews(self) -> tuple[tuple[str, Markup], ...]:
        """The target as customers would see it: for which regions, ``""`` for all readers, and how."""
        if not self.prints:
            return (("", preview.rendered(self.row.unit.target)),)
        return tuple((", ".join(one.regions), preview.rendered(one.text)) for one in self.prints)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one reviewer reads: the cards of a locale, in the order in which they are wanted.

    ``title`` is the help center's name, ``reviewer`` a name to begin with. With a ``token`` the page gives its
    decisions to the server that it came from, and says the token.
    """

    title: str
    source: Locale
    locale: Locale
    cards: Sequence[Card]
    reviewer: str = ""
    token: str = ""

    @property
    def words(self) -> int:
        """Source words to read."""
        return sum(card.row.words for card in self.cards)


def report(sheet: Sheet) -> str:
    """The page."""
    script, style = _asset("report.js"), _asset("report.css")
    policy = [
        "default-src 'none'",
        f"script-src '{_hash(script)}'",
        f"style-src '{_hash(style)}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types polyhelp",
        *(["connect-src 'self'"] if sheet.token else []),
    ]
    environment = _environment()
    card_html = environment.get_template("card.html")
    inner = [card_html.render(card=card, number=at, sheet=sheet) for at, card in enumerate(sheet.cards, 1)]
    return environment.get_template("report.html").render(
        sheet=sheet,
        units=list(zip(sheet.cards, inner[:AT_ONCE] + [""] * len(inner[AT_ONCE:]), strict=True)),
        policy="; ".join(policy),
        script=script,
        style=style,
        data=_data(sheet, inner[AT_ONCE:]),
    )


def _data(sheet: Sheet, later: Sequence[str]) -> str:
    """What the script needs, as JSON that cannot end the element it stands in.

    ``later`` are the cards that the script puts in when they are needed, or when there is time.
    """
    told = {
        "format": decision.FORMAT,
        "title": sheet.title,
        "locale": sheet.locale.tag,
        "token": sheet.token,
        "units": [[card.row.path, card.row.id, card.seen, card.row.unit.target] for card in sheet.cards],
        "later": later,
    }
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).translate(_INERT)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["counted"] = count
    environment.filters["number"] = lambda number: f"{number:,}"
    environment.filters["seen"] = preview.seen
    environment.filters["plain"] = harmless.plain
    environment.filters["direction"] = lambda locale: "rtl" if locale.right_to_left else "ltr"
    return environment
