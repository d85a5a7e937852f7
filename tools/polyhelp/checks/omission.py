"""Check: nothing of the source was left out.

How much longer or shorter a translation is than its source is much the same all over a locale. What is far from the
locale's own middle, or has a sentence fewer and is short by about that sentence, has probably lost something.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.forms import by_form
from polyhelp.model import Severity, Unit
from polyhelp.text.shown import sentences, shown

_WIDE_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SHORTEST = 40
"""Characters of a source of which anything can be said."""
_ENOUGH = 30
"""Translations from which on a locale has a middle of its own."""
_FAR, _SHORT = 3.5, 0.7  # robust standard deviations below the middle: alone, and with a sentence fewer
_EXPLAINED = 0.3  # of them: how much nearer to the middle it must be without the sentence
_TO_DEVIATION = 1.4826  # median absolute deviation -> standard deviation of a normal distribution
_WIDE, _LEAST = 0.25, 0.08  # deviation where nothing is known, and the least that is believed
_UNMARKED = frozenset({"th", "lo", "my", "km"})  # languages in which nothing marks the end of most sentences
_UNMARKED_SHORT = 2.0  # as _SHORT, for them: there are always fewer sentences
_COLON_ENDS = frozenset({"ja", "zh", "ko"})  # languages in which a colon often stands for a full stop


@dataclass(frozen=True, slots=True)
class _Band:
    """The usual logarithm of target length / source length in a locale, and its deviation.

    Short texts vary more: below the locale's usual length the deviation grows as the square root of what is missing.
    """

    middle: float
    deviation: float
    length: float = _SHORTEST

    def distance(self, source: float, target: float) -> float:
        """How many deviations a pair of lengths is from the middle; negative for too short."""
        deviation = self.deviation * math.sqrt(max(1.0, self.length / max(source, _SHORTEST)))
        return (math.log(max(target, 1) / max(source, 1)) - self.middle) / deviation


@dataclass(frozen=True, slots=True)
class _Pair:
    at: int
    source: tuple[str, ...]
    ends: int
    """Sentences of the target."""
    lengths: tuple[int, int]
    short: float


def together(units: Sequence[tuple[Unit, Setting]]) -> Iterator[tuple[int, Finding]]:
    """A warning for each target that seems to lack something. Units of at least 40 characters are looked at."""
    pairs = [
        _pair(at, form, setting.locale.language)
        for at, (unit, setting) in enumerate(units)
        for form in by_form(unit, setting.locale)
    ]
    long = [pair for pair in pairs if pair.lengths[0] >= _SHORTEST]
    band = _band(long)
    found = dict.fromkeys((pair.at, message) for pair in long if (message := _message(pair, band)))
    for at, message in found:
        yield at, Finding(Severity.WARNING, message)


def _pair(at: int, unit: Unit, language: str) -> _Pair:
    source, target = shown(unit.source), shown(unit.target)
    ends = len(sentences(target)) + (target.rstrip("：").count("：") if language in _COLON_ENDS else 0)
    short = _UNMARKED_SHORT if language in _UNMARKED else _SHORT
    return _Pair(at, sentences(source), ends, (_length(source), _length(target)), short)


def _length(text: str) -> int:
    """Characters, Chinese, Japanese and Korean ones twice: what stays Latin in such a text counts as in its source."""
    return len(text) + (0 if text.isascii() else len(_WIDE_LETTERS.findall(text)))


def _band(pairs: Sequence[_Pair]) -> _Band:
    ratios = [math.log(max(target, 1) / source) for source, target in (pair.lengths for pair in pairs)]
    if len(ratios) < _ENOUGH:
        return _Band(median(ratios) if len(ratios) > 2 else 0.0, _WIDE)
    middle = median(ratios)
    deviation = _TO_DEVIATION * median(abs(ratio - middle) for ratio in ratios)
    return _Band(middle, max(deviation, _LEAST), median(pair.lengths[0] for pair in pairs))


def _message(pair: _Pair, band: _Band) -> str:
    source, target = pair.lengths
    distance = band.distance(source, target)
    if len(pair.source) > pair.ends and distance < -pair.short:
        lost = min(pair.source, key=lambda sentence: abs(band.distance(source - _length(sentence), target)))
        if abs(band.distance(source - _length(lost), target)) < abs(distance) - _EXPLAINED:
            ours, theirs = len(pair.source), pair.ends
            return f"The source has {ours} sentences and the translation {theirs}: is '{_cut(lost)}' missing?"
    if distance < -_FAR:
        return "The translation is much shorter than usual: has something been left out?"
    return ""


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else f"{sentence[:57].rstrip()}..."


CHECK = Check(
    its="omission",
    about="""Part of the source seems to be missing in the translation.

A translation is reported when it has fewer sentences than its source and is shorter by about one of them, or when it
is far shorter than the locale's translations usually are. What is usual is taken from the locale itself, so Chinese
may be short and German long. Sources under 40 characters are not looked at, and two sentences may become one.

If nothing is missing, say so at the unit: `# waive: omission said in fewer words`.""",
    together=together,
)
