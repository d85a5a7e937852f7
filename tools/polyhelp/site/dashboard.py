"""The status of a help center as one HTML page: no script, no request to anywhere, readable without seeing it.

Counts come in, text goes out. Every number stands in a table; pictures repeat what the tables say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from polyhelp.model import Locale

LINES = ("reviewed", "translated", "machine")
"""The states whose words are drawn over time."""

LISTED = 200
"""Articles of a locale up to which all are listed; of more, those with the most words to do."""

WIDTH, HEIGHT, EDGE = 300, 90, 3


@dataclass(frozen=True, slots=True)
class Count:
    """Source words in each state, their shares in percent, and the share that is ready; of a locale or an article."""

    name: str
    words: tuple[int, ...]
    shares: tuple[int, ...]
    ready: int

    @property
    def total(self) -> int:
        """All source words."""
        return sum(self.words)


@dataclass(frozen=True, slots=True)
class Moment:
    """Source words in each state at a time (seconds since 1970). ``commit`` is ``""`` for what is not committed."""

    day: str
    time: int
    commit: str
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one locale stands: ``total``, its articles, and how it came there, oldest first."""

    locale: Locale
    name: str
    total: Count
    articles: tuple[Count, ...]
    moments: tuple[Moment, ...] = ()

    @property
    def direction(self) -> str:
        """The direction of the locale's name."""
        return self.locale.direction

    @property
    def listed(self) -> tuple[Count, ...]:
        """The articles that the page lists."""
        if len(self.articles) <= LISTED:
            return self.articles
        return tuple(sorted(self.articles, key=lambda count: (count.words[-1] - count.total, count.name))[:LISTED])


@dataclass(frozen=True, slots=True)
class Line:
    """A state's words over time: the points of an SVG polyline, where it ends, and the first and the last number."""

    state: str
    points: str
    end: tuple[float, float]
    first: int
    last: int


def page(title: str, states: Sequence[str], standings: Sequence[Standing], remarks: Iterable[str] = ()) -> str:
    """The page. ``states`` names the columns of every count, in the order of progress; ``title`` is the site's name."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda number: f"{number:,}"
    environment.filters["change"] = lambda number: f"{number:+,}".replace("-", "−")
    environment.globals["lines"] = lambda standing: lines(states, standing.moments)
    environment.globals["bar"] = bar
    template = environment.get_template("dashboard.html")
    moments = [moment for standing in standings for moment in standing.moments]
    return template.render(
        title=title,
        states=states,
        standings=standings,
        remarks=tuple(remarks),
        width=WIDTH,
        height=HEIGHT,
        trend=any(len(standing.moments) > 1 for standing in standings),
        newest=max(reversed(moments), key=lambda moment: moment.time, default=None),
        oldest=min(moments, key=lambda moment: moment.time, default=None),
    )


def lines(states: Sequence[str], moments: Sequence[Moment]) -> tuple[Line, ...]:
    """The lines of a chart WIDTH by HEIGHT: time runs to the right, the height is the most words there ever were."""
    if len(moments) < 2:
        return ()
    first, span = moments[0].time, moments[-1].time - moments[0].time
    most = max(1, *(sum(moment.words) for moment in moments))

    def x(at: int) -> float:
        part = (moments[at].time - first) / span if span > 0 else at / (len(moments) - 1)
        return round(EDGE + min(1, max(0, part)) * (WIDTH - 2 * EDGE), 1)

    def y(words: int) -> float:
        return round(HEIGHT - EDGE - words / most * (HEIGHT - 2 * EDGE), 1)

    drawn = []
    for state in LINES:
        column = states.index(state)
        words = [moment.words[column] for moment in moments]
        points = [(x(at), y(number)) for at, number in enumerate(words)]
        drawn.append(
            Line(state, " ".join(f"{right:g},{down:g}" for right, down in points), points[-1], words[0], words[-1])
        )
    return tuple(drawn)


def bar(count: Count) -> tuple[tuple[int, float, float], ...]:
    """The parts of a bar 100 wide, best state first: column, start and width."""
    parts, start = [], 0.0
    for column in range(len(count.words) - 1, -1, -1):
        width = 100 * count.words[column] / count.total if count.total else 0.0
        if width:
            parts.append((column, round(start, 2), round(width, 2)))
        start += width
    return tuple(parts)
