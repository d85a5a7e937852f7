"""Which language a text is in: letters first, then ``eldc`` (https://github.com/nitotm/eldc) where they do not tell.

The only place that knows who detects.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

LONG = 40
"""Letters from which on any lead is telling; below, only a clear one is."""
SHORTEST = 25
"""Letters of a text of which anything can be said."""
_CLEAR, _ANY = 1.3, 1.02  # the score of another language, as a multiple of the expected one's
_ALIASES = {"nb": "no", "nn": "no", "fil": "tl", "id": "ms", "yue": "zh"}
_NO_LETTER = re.compile(r"[\W\d_]+")
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
_NOT_LATIN = frozenset(
    {
        "am", "ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km", "kn", "ko", "lo", "mk",
        "ml", "mr", "my", "ne", "or", "pa", "ru", "si", "ta", "te", "th", "uk", "ur", "zh",
    }
)  # fmt: skip
_MOSTLY, _HARDLY = 0.8, 0.2  # shares of Latin letters
_ALIKE = (  # languages that a wrong setting, or a wrong file, most easily puts in each other's place
    {"es", "pt", "ca", "it", "fr", "ro"}, {"sv", "no", "da"}, {"de", "nl"}, {"ru", "uk", "be", "bg", "sr"},
    {"cs", "sk", "pl", "sl", "hr"}, {"fi", "et"}, {"ar", "fa", "ur"},
)  # fmt: skip


def another(text: str, expected: str, source: str) -> str:
    """The language (ISO 639) that ``text`` is in rather than in ``expected``; ``""`` when it may well be that.

    Looked for are the source language, and those that are easily taken for the expected one. Texts of fewer than 25
    letters are in any language.
    """
    letters = len(_NO_LETTER.sub("", text)) if len(text) >= SHORTEST else 0
    if letters < SHORTEST:
        return ""
    expected, source = _ALIASES.get(expected, expected), _ALIASES.get(source, source)
    if expected == source:
        return ""
    if (expected in _NOT_LATIN) != (source in _NOT_LATIN):
        latin = len(_LATIN.findall(text)) / letters
        if latin > _MOSTLY if expected in _NOT_LATIN else latin < _HARDLY:
            return source
    return _detected(text, expected, source, letters)


def _neighbors(language: str) -> frozenset[str]:
    return frozenset().union(*(group for group in _ALIKE if language in group)) - {language}


def _detected(text: str, expected: str, source: str, letters: int) -> str:
    detector = _detector(expected, source)
    if detector is None:
        return ""
    scores: dict[str, float] = detector.detect_details(text).scores
    if not scores:
        return ""
    best = max(scores, key=scores.__getitem__)
    lead = scores[best] / max(scores.get(expected, 0.0), 1e-6)
    return best if best != expected and lead >= (_ANY if letters > LONG else _CLEAR) else ""


@lru_cache(maxsize=64)
def _detector(expected: str, source: str) -> Any:
    """A detector that tells the expected language from the source's and from its neighbors; None without one."""
    import eldc  # noqa: PLC0415 (its tables are large)

    eldc.init()
    wanted = [language for language in {expected, source, *_neighbors(expected)} if language in eldc.LANGUAGES]
    if expected not in wanted or len(wanted) < 2:
        return None
    detector = eldc.instance()
    detector.set_languages(sorted(wanted))
    detector.set_scores(len(wanted))
    return detector
