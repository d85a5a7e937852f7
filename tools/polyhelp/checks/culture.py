"""Check: none of the words that the locale's style guide avoids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.model import Avoided, Unit
from polyhelp.text.inline import masked

_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_ARABIC = re.compile("[\u0620-\u064a]")
_PREFIXES = "(?:[وف]?[بكل]?(?:ال)?|[وف]?لل)"  # and, so, in, as, for, the: written in one with the word


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """A finding, of the style guide's severity, for each entry of the style guide that has a word in the target."""
    prose = ""
    for avoided in setting.style.avoid:
        prose = prose or unicodedata.normalize("NFC", masked(unit.target))
        found, right = _patterns(avoided)
        text = right.sub(_blank, prose) if right else prose
        match = next(filter(_whole, found.finditer(text)), None)
        if match:
            yield Finding(avoided.severity, _message(match[0], avoided), match[0])


def _message(word: str, avoided: Avoided) -> str:
    instead = f" Write '{avoided.use}'." if avoided.use else ""
    reason = avoided.reason.rstrip()
    return f"'{word}' is a word to avoid: {reason}{'' if reason.endswith(('.', '。', '!')) else '.'}{instead}"


def _whole(match: re.Match[str]) -> bool:
    """Whether the match does not end inside a letter with its marks: Thai ท่าน is not in เท่านั้น."""
    return unicodedata.category(match.string[match.end() : match.end() + 1] or " ")[0] != "M"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@lru_cache(maxsize=1024)
def _patterns(avoided: Avoided) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """What finds the words, and what finds the phrases in which they are right."""
    right = re.compile("|".join(map(_pattern, avoided.excluded)), re.IGNORECASE) if avoided.excluded else None
    return re.compile("|".join(map(_pattern, avoided.words)), re.IGNORECASE), right


def _pattern(word: str) -> str:
    """A word as an expression: whole, or with any ending; in scripts without spaces wherever it stands."""
    stem = unicodedata.normalize("NFC", word.removesuffix("*").strip())
    text = r"\s+".join(map(re.escape, stem.split()))
    if _SPACELESS.search(stem):
        return text
    start = rf"(?<!\w){_PREFIXES}" if _ARABIC.match(stem) else r"(?<!\w)"
    end = r"\w*" if word.endswith("*") else r"(?!\w)"
    return f"{start}{text}{end}"


CHECK = Check(
    its="style",
    about="""\
Finds words that the style guide of the locale avoids: calques, words of another region, official language, words that
readers may find rude. It shows the reason and what to write instead.

```yaml
# glossary/styles/de.yml
avoid:
  - words: [Email, Emails]     # whole words in any case; Vergütung* stands for any ending
    use: E-Mail
    reason: Email is enamel.
    except: [Email-Schild]     # phrases in which it is right
    severity: warning          # error, warning (default) or info
```

Use another word, add a phrase to `except`, or waive the finding at the unit with a line `# waive: culture REASON`.
""",
    look=look,
)
