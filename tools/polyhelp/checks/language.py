"""Check: the target is in its locale's language."""

from __future__ import annotations

from collections.abc import Iterator

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Severity, Unit
from polyhelp.text.language import another
from polyhelp.text.shown import THING, sentences, shown

_EDGES = ".,;:!?…()[]\"'“”„«»‘’*_"
_PSEUDO = "mt/pseudo"  # in no language at all
_PROSE = 2  # words with a small letter
_NAMES = {"en": "English", "no": "Norwegian", "tl": "Filipino", "ms": "Malay"}


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """An error where the whole target is in another language, a warning for each sentence that is."""
    if setting.locale.language == setting.origin.language or unit.maker == _PSEUDO:
        return
    source = frozenset(_words(shown(unit.source)))
    text = shown(unit.target).replace(THING, " ")
    if language := _another(text, source, setting):
        yield Finding(Severity.ERROR, f"The translation seems to be in {_named(language)}.")
        return
    parts = sentences(text)
    for sentence in parts if len(parts) > 1 else ():
        if language := _another(sentence, source, setting):
            yield Finding(Severity.WARNING, f"A sentence seems to be in {_named(language)}: '{sentence}'", sentence)


def _another(text: str, source: frozenset[str], setting: Setting) -> str:
    """The other language that a text is in: also without the words that were kept on purpose, unless it is all kept."""
    expected, origin = setting.locale.language, setting.origin.language
    found = another(text, expected, origin)
    if not found:
        return ""
    words = _words(text)
    own = [word for word in words if word not in source]
    if not own:  # all of it is the source's: prose that was left, or names
        return found if sum(map(str.islower, words)) >= _PROSE else ""
    return another(" ".join(own), expected, origin)


def _words(text: str) -> list[str]:
    return [word.strip(_EDGES) for word in text.split()]


def _named(language: str) -> str:
    from babel import Locale as Names  # noqa: PLC0415 (only a finding needs it)

    names = Names("en").languages
    return str(_NAMES.get(language) or names.get(language) or language)


CHECK = Check(
    its="untranslated",
    about="""A translation, or a sentence in it, seems to be in another language than its locale's: in the source
language, or in one that is easily put in its place (Portuguese in a Spanish catalog, Danish in a Swedish one).

Looked at are texts and sentences of at least 25 letters; shorter ones are too often names. Code, addresses, values
and words that the source has too do not count, unless there is nothing else. The guess is made by letters and by
`eldc`, a detector that is right in about 99 of 100 texts of 40 letters, so now and then it is wrong.

If the text is right, say so at the unit: `# waive: language quotation in English`.""",
    look=look,
)
