"""Markdown as plain lower-case words, and phrases that are found in it whatever their spelling.

Letters are compared after NFKC and case folding, without soft hyphens, marks of direction and vowel points of Arabic
and Hebrew. Between words any space and punctuation is the same; a full stop ends a sentence, and a phrase does not
reach over it. Languages that write without spaces are compared without them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSEEN = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)|<[^<>\n]*>|\{[:#.][^{}\n]*\}")
_LIST = re.compile(r"\n[ \t]*(?=[-*+#>|!\n]|\d+[.)][ \t])")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STOPS = frozenset(".!?。！？؟।;")
STOP = "|"
_GAP = "..."
_DOTLESS = 0x131  # Turkish: capitals lose the difference
_REACH = 100  # characters that "..." may stand for


class _Letters(dict[int, str]):
    """What becomes of a character: letters, digits and marks stay."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = unicodedata.category(char)
        if code == _DOTLESS:
            new = "i"
        elif kind == "Cf" or code == 0x307 or (kind == "Mn" and 0x591 <= code <= 0x6FF) or code == 0x640:
            new = ""
        elif char in _STOPS:
            new = f" {STOP} "
        else:
            new = char if kind[0] in "LMN" else " "
        self[code] = new
        return new


_LETTERS = _Letters()


def plain(markdown: str) -> str:
    """The words that a reader of ``markdown`` sees, with :data:`STOP` where a sentence or a block ends."""
    end = markdown.rfind("-->") + 3  # what opens behind the last end is no comment, and is not looked for
    text = _COMMENT.sub(" ", markdown[:end]) + markdown[end:] if end > 2 else markdown
    text = _LIST.sub(" . ", _UNSEEN.sub(" ", text))
    return words(html.unescape(text))


def words(text: str) -> str:
    """``text`` with its words as they are compared, one space between them."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return " ".join(folded.split())


def sentence(text: str, at: int) -> str:
    """The sentence of a plain text around the position ``at``."""
    start = text.rfind(STOP, 0, at) + 1
    end = text.find(STOP, at)
    return text[start : end if end >= 0 else len(text)]


def squeezed(text: str) -> str:
    """A plain text without spaces."""
    return text.replace(" ", "")


@lru_cache(maxsize=1024)
def patterns(phrases: tuple[str, ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What finds ``phrases`` in a plain text, and what finds those without spaces in a squeezed one."""
    spaced = [_spaced(phrase) for phrase in phrases if not _SPACELESS.search(phrase)]
    close = [_close(phrase) for phrase in phrases if _SPACELESS.search(phrase)]
    return (
        re.compile(rf"(?<!\S)(?:{'|'.join(spaced)})(?!\S)") if spaced else None,
        re.compile("|".join(close)) if close else None,
    )


def _spaced(phrase: str) -> str:
    parts: list[str] = []
    for word in phrase.replace(_GAP, f" {_GAP} ").split():
        if word == _GAP:
            parts.append(rf"(?:(?!{re.escape(STOP)}).){{0,{_REACH}}}?")
        else:
            parts += _word(word)
    return " ".join(parts)


def _word(word: str) -> Iterable[str]:
    """The pattern of one word: ``zzgl.`` may have its stop or not, ``refund*`` any ending."""
    ending = r"\S*" if word.endswith("*") else ""
    found = [one for one in words(word).split() if one != STOP]
    for at, one in enumerate(found):
        last = at == len(found) - 1
        yield (
            re.escape(one)
            + (ending if last else "")
            + (rf"(?: {re.escape(STOP)})?" if last and word[-1] == "." else "")
        )


def _close(phrase: str) -> str:
    gap = rf"[^{re.escape(STOP)}]{{0,{_REACH}}}?"
    return gap.join(re.escape(squeezed(words(part))) for part in phrase.removesuffix("*").split(_GAP))
