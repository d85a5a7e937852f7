"""Check: no word stands twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.inline import masked

_WALL = "\ufffc"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_WORD = re.compile(f"[^\\W\\d_][\\w{_MARKS}'’]*")
_CLAUSE = re.compile(r"(?:\A|[,(:;–])\s*(?:\w+\s+){0,2}\Z")
_ONCE = {  # languages in which these may rightly stand twice: "Menschen, die die Karte haben"
    "da": "der det den at", "de": "die das der den dem sie was", "en": "that had is", "fr": "vous nous",
    "it": "via man poco piano", "nb": "der det den at", "nl": "die dat u je zijn", "no": "der det den at",
    "pl": "się", "sv": "den det de som att är", "hu": "az", "es": "sí no", "pt": "sim não",
}  # fmt: skip
_REDUPLICATE = frozenset({  # languages that double words to say "each", "very" or "various"
    "az", "bn", "fa", "fil", "gu", "hi", "hy", "id", "jv", "ka", "kk", "km", "kn", "ko", "ky", "lo", "ml", "mr", "ms",
    "my", "ne", "pa", "si", "su", "sw", "ta", "te", "tk", "tl", "tr", "ur", "uz", "vi",
})  # fmt: skip
_EDGES = '.,;:!?…()[]"„“”«»‘*_'
_COMPOUND = 4
"""Letters from which a word counts that is joined with another by a hyphen: French "est-ce ce modèle" is right."""
_COMMAS = frozenset({"de"})  # languages that mark where a clause begins: ", in der der Preis steht"
_PARTICLE = {"ja": re.compile("をを")}


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A warning for each word that stands twice in a row, with nothing but a space in between.

    Words that the source doubles, and those that the language may double, are right. Languages that double words to
    say something by it are left alone.
    """
    language = setting.locale.language
    if language in _PARTICLE:
        doubled = _PARTICLE[language].search(unit.target)
        if doubled:
            yield Finding(Severity.WARNING, f"'{doubled[0][0]}' stands twice in a row.", doubled[0])
    if language in _REDUPLICATE:
        return
    found = list(_doubled(unit.target))
    if not found:
        return
    same = {word.casefold() for word, _ in _doubled(unit.source)}
    told: set[str] = set()
    for word, (start, end) in found:
        if word.casefold() in told:
            continue
        mark = unit.target[start:end]
        if word.casefold() not in same and not _may_double(
            word, mark, unit.target[max(start - 40, 0) : start], language
        ):
            told.add(word.casefold())
            yield Finding(Severity.WARNING, f"'{word}' stands twice in a row.", mark)


def _may_double(word: str, mark: str, before: str, language: str) -> bool:
    if word.casefold() not in _ONCE.get(language, "").split():
        return False
    if not mark.endswith(word):  # Sie sie
        return True
    return word[0].islower() and (language not in _COMMAS or bool(_CLAUSE.search(before)))


def _may_be_doubled(prose: str) -> bool:
    """Whether a word begins like the one before it ends: quickly told for most texts."""
    before = ""
    for token in prose.casefold().split():
        if before and token.lstrip(_EDGES).startswith(before):
            return True
        before = token.replace("'", "-").replace("’", "-").rpartition("-")[2].strip(_EDGES)
    return False


def _doubled(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The words of two letters or more that are followed by themselves, and from where to where both stand."""
    prose = masked(text, _WALL)
    if not _may_be_doubled(prose):
        return
    before: re.Match[str] | None = None
    for match in _WORD.finditer(prose):
        if before and len(match[0]) > 1 and match[0].casefold() == before[0].casefold():
            between = prose[before.end() : match.start()]
            joined = "-" in (prose[before.start() - 1 : before.start()], prose[match.end() : match.end() + 1])
            if between.isspace() and (not joined or len(match[0]) >= _COMPOUND):
                yield before[0], (before.start(), match.end())
        before = match


CHECK = Check(
    its="duplication",
    about="""\
Finds a word that stands twice in a row: "Wählen Sie Sie Ihre Größe", "nous vous vous envoyons".

It happens when a sentence is turned around and one of the two words is left behind. Words that the source doubles, and
those that are right in the language ("die die", "vous vous"), are left alone, and so are languages that double
words on purpose (Turkish, Hindi, Indonesian and others).

Delete one of the two. If both are meant, waive the finding at the unit with a line `# waive: duplication REASON`.
""",
    look=look,
)
