"""A week of support as an SVG picture: one band per region and language, in the region's own time.

It needs no script and no font of its own, follows the reader's light or dark colours, and tells nothing by colour
alone: nobody on duty is hatched, and every such stretch has its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = 7 * 1440
_LEFT, _TOP, _BAND, _SPACE, _FOOT, _MARGIN = 170, 74, 18, 8, 56, 16
_PER_HOUR = 5
_WIDTH = _LEFT + 168 * _PER_HOUR + _MARGIN
_STYLE = """
text{font:12px system-ui,sans-serif;fill:var(--ink)}.title{font-size:16px;font-weight:600}.soft{fill:var(--soft)}
.paper{fill:var(--paper)}.empty{fill:var(--empty)}.one{fill:var(--one)}.two{fill:var(--two)}.many{fill:var(--many)}
.day{stroke:var(--soft);stroke-width:1}.hour{stroke:var(--paper);stroke-width:.5}.asked{fill:var(--ink)}
.gap{fill:var(--gap)}.hatch{stroke:var(--paper);stroke-width:2.2}
svg{--paper:#fff;--ink:#1b1f24;--soft:#5c6670;--empty:#eef0f2;--one:#a6cbe8;--two:#4a8fc7;--many:#0b4a86;--gap:#d55e00}
@media(prefers-color-scheme:dark){
svg{--paper:#14181d;--ink:#e8eaed;--soft:#a3adb8;--empty:#262c34;--one:#2a567f;--two:#5a9bd4;--many:#c3e0f7;--gap:#ff8c42}
}
"""
_OPENING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ' role="img" aria-labelledby="title told">'
)
_HATCH = (
    '<defs><pattern id="nobody" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="gap" width="6" height="6"/><path class="hatch" d="M0 0V6"/></pattern></defs>'
)
_LEVELS = ("gap", "one", "two", "many")
_LEGEND = (
    (1, "one team on duty"),
    (2, "two teams"),
    (3, "three or more"),
    (0, "hours to keep, nobody there"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of a week, from Monday's midnight: ``level`` teams on duty, 0 for nobody where somebody has to be."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Band:
    """One region and language. ``asked`` are the hours in which somebody has to be there, in minutes of the week."""

    region: str
    language: str
    zone: str
    stretches: tuple[Stretch, ...]
    asked: tuple[tuple[int, int], ...]


def chart(title: str, bands: Sequence[Band]) -> str:
    """The picture, with its title, its legend and its words for those who do not see it."""
    height = _TOP + len(bands) * (_BAND + _SPACE) + _FOOT
    uncovered = sum(stretch.end - stretch.start for band in bands for stretch in band.stretches if not stretch.level)
    told = f"Bands of a region and a language: {len(bands)}. Hours with nobody on duty: {uncovered / 60:g}."
    parts = [
        _OPENING.format(width=_WIDTH, height=height),
        f'<title id="title">{escape(title)}</title><desc id="told">{told}</desc><style>{_STYLE}</style>{_HATCH}',
        f'<rect class="paper" width="{_WIDTH}" height="{height}"/>',
        f'<text class="title" x="{_MARGIN}" y="26">{escape(title)}</text>',
        *_axis(),
    ]
    for number, band in enumerate(bands):
        parts += _band(band, _TOP + number * (_BAND + _SPACE))
    return "\n".join([*parts, *_grid(height), *_legend(height - 18), "</svg>\n"])


def _x(minute: int) -> float:
    return round(_LEFT + minute * _PER_HOUR / 60, 2)


def _box(kind: str, start: int, end: int, y: float, height: float) -> str:
    return f'<rect {kind} x="{_x(start):g}" y="{y:g}" width="{_x(end) - _x(start):g}" height="{height:g}"'


def _axis() -> Iterator[str]:
    for at, day in enumerate(DAYS):
        yield f'<text x="{_x(at * 1440) + 4:g}" y="50">{day}</text>'
        for hour in (6, 12, 18):
            x = _x(at * 1440 + hour * 60)
            yield f'<text class="soft" x="{x:g}" y="66" text-anchor="middle" font-size="10">{hour}</text>'
    yield f'<text class="soft" x="{_MARGIN}" y="66">region and language</text>'


def _grid(height: int) -> Iterator[str]:
    end = height - _FOOT
    hours = "".join(f"M{_x(hour * 60):g} {_TOP}V{end}" for hour in range(168) if hour % 24)
    yield f'<path class="hour" d="{hours}"/>'
    yield '<path class="day" d="' + "".join(f"M{_x(day * 1440):g} 40V{end}" for day in range(8)) + '"/>'


def _band(band: Band, y: int) -> Iterator[str]:
    yield f'<text x="{_MARGIN}" y="{y + 13}">{escape(band.region)} · {escape(band.language)}'
    yield f'<title>{escape(band.zone)}</title></text>'  # fmt: skip
    yield _box('class="empty"', 0, WEEK, y, _BAND) + "/>"
    for one in band.stretches:
        kind = _LEVELS[min(one.level, 3)]
        fill = f'class="{kind}"' if one.level else 'fill="url(#nobody)"'
        words = f"{_moment(one.start)} – {_moment(one.end)}: "
        words += f"{one.level} on duty" if one.level else f"nobody on duty for {band.region} in {band.language}"
        yield f"{_box(fill, one.start, one.end, y, _BAND)}><title>{escape(words)}</title></rect>"
    for start, end in band.asked:
        yield _box('class="asked"', start, end, y + _BAND, 2) + "/>"


def _moment(minute: int) -> str:
    day, rest = divmod(minute, 1440)
    return f"{DAYS[day % 7]} {rest // 60:02}:{rest % 60:02}"


def _legend(y: int) -> Iterator[str]:
    x = _LEFT
    for level, words in _LEGEND:
        fill = f'class="{_LEVELS[level]}"' if level else 'fill="url(#nobody)"'
        yield f'<rect {fill} x="{x}" y="{y - 11}" width="24" height="13"/><text x="{x + 30}" y="{y}">{words}</text>'
        x += 56 + 7 * len(words)
    yield f'<rect class="asked" x="{x}" y="{y}" width="24" height="2"/><text x="{x + 30}" y="{y}">hours to keep</text>'
    yield f'<text class="soft" x="{_MARGIN}" y="{y}">in the region’s time</text>'
