"""A text with plural forms: ``{% trans n=returns.window.amount %}one day{% pluralize %}{{ n }} days{% endtrans %}``.

Sources have two forms, for one and for more; targets have one for each plural form of their locale
(:mod:`polyhelp.text.plural_rules`). In a page the tags may stand in the middle of a sentence; a segment's source has
them around it, so that every form is a whole sentence. The syntax is that of Jinja2's i18n extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

TAG = re.compile(r"\{%[-+]?\s*(?P<name>trans|pluralize|endtrans)\b(?P<rest>(?:[^%{]|%(?!\})|\{(?!%))*)%\}")
"""One of the three tags, with what stands after its name."""

_PLURALIZE = re.compile(r"\{%[-+]?\s*pluralize\b(?:[^%{]|%(?!\})|\{(?!%))*%\}")
_VARIABLE = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*(?:=(?!=)\s*(?P<value>.*\S))?\s*", re.DOTALL)
_PIECE = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<opens>[(\[])|(?P<closes>[)\]])|(?P<comma>,)"""
)


@dataclass(frozen=True, slots=True)
class Plural:
    """A text with plural forms. ``variables`` is what stands in the first tag; the first of them counts."""

    variables: str
    forms: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Plural | None:
        """The forms of ``text``, each with what stands around the tags; None when it is not in such forms."""
        return _parsed(text) if "{%" in text and "endtrans" in text else None

    def __str__(self) -> str:
        return f"{{% trans {self.variables} %}}{'{% pluralize %}'.join(self.forms)}{{% endtrans %}}"

    @property
    def count(self) -> str:
        """The name of what counts; ``""`` when there is none."""
        found = _VARIABLE.match(self.variables)
        return found["name"] if found else ""

    def says(self, form: str) -> bool:
        """Whether ``form`` prints the number."""
        return bool(self.count) and bool(self._printed().search(form))

    def saying(self, form: str, number: str) -> str:
        """``form`` with ``number`` where the number is printed."""
        return self._printed().sub(number, form)

    def fitted(self, target: str, count: int) -> str:
        """``target`` in the shape of a target of this source, with at least ``count`` forms.

        What is not there is empty. A target that has no forms stands in each.
        """
        if not target:
            return ""
        found = Plural.parse(target)
        forms = found.forms if found else (target,) * count
        return str(Plural(self.variables, (*forms, *("",) * (count - len(forms)))))

    def _printed(self) -> re.Pattern[str]:
        return re.compile(rf"\{{\{{[-+]?\s*{re.escape(self.count)}\b(?!\s*[.(\[])[^{{}}]*\}}\}}")


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Plural | None:
    tags = [*TAG.finditer(text)]
    if len(tags) < 2 or (tags[0]["name"], tags[-1]["name"]) != ("trans", "endtrans"):
        return None
    before, after = text[: tags[0].start()].lstrip(), text[tags[-1].end() :].rstrip()
    forms = _PLURALIZE.split(text[tags[0].end() : tags[-1].start()])
    variables = " ".join(tags[0]["rest"].split())
    return Plural(variables, tuple(_joined(before, form, after) for form in forms))


def _joined(before: str, form: str, after: str) -> str:
    """One sentence, with a single space where the tags stood."""
    if not before or before[-1].isspace():
        form = form.lstrip(" ")
    if not after or after[0].isspace():
        form = form.rstrip(" ")
    return f"{before}{form}{after}" if form else f"{before.rstrip()}{after}"


def variables(text: str) -> tuple[tuple[str, str], ...]:
    """Names and values of the variables in a tag; ``""`` for a value that is the name's own.

    Raises ValueError with what cannot be read.
    """
    found = []
    for piece in _pieces(text):
        match = _VARIABLE.fullmatch(piece)
        if not match:
            raise ValueError(piece.strip())
        found.append((match["name"], match["value"] or ""))
    return tuple(found)


def _pieces(text: str) -> Iterator[str]:
    """The text between the commas that stand in no brackets and no quotes."""
    start = depth = 0
    for match in _PIECE.finditer(text):
        depth += bool(match["opens"]) - bool(match["closes"])
        if match["comma"] and not depth:
            yield text[start : match.start()]
            start = match.end()
    if text[start:].strip() or start:
        yield text[start:]
