"""``{% trans %}`` in templates: the segments of a page whose text depends on a number.

A segment that has the tags in it gets a source with a whole sentence for each form
(:class:`~polyhelp.text.plural.Plural`). Where the tags stand on lines of their own, the paragraphs between them become
one segment. What stands in the page stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from polyhelp.errors import MarkdownError, Place
from polyhelp.model import DefaultTitle, Document, Pin, Segment, Slot
from polyhelp.text.plural import TAG, Plural, variables

_Part = str | Segment | Pin | DefaultTitle
_NOTHING = re.compile(r"[\s>]*")
_EXAMPLE = "{% trans n=returns.window.amount %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"


@dataclass(frozen=True, slots=True)
class _Atom:
    """A part of the page, or one tag that stands in no segment; ``line`` is where it begins."""

    part: _Part
    line: int

    @property
    def raw(self) -> str:
        return self.part.raw if isinstance(self.part, Segment) else self.part if isinstance(self.part, str) else ""

    @property
    def tags(self) -> list[re.Match[str]]:
        return [*TAG.finditer(self.raw)]


def with_plurals(document: Document) -> Document:
    """``document``, a template, with its plurals as segments.

    Raises MarkdownError, naming the line, for tags that cross segments, are nested, or are not in the right order.
    """
    if not any(TAG.search(_Atom(part, 0).raw) for part in document.parts):
        return document
    out: list[_Part] = []
    waiting: list[_Atom] = []  # from an opening tag on
    for atom in _atoms(document.parts):
        if waiting or atom.tags:
            waiting.append(atom)
            if waiting[0].tags[0]["name"] != "trans":
                name = waiting[0].tags[0]["name"]
                raise _mistake(document, waiting[0], f"this {{% {name} %}} has no {{% trans %}} before it", _WHOLE)
            if any(tag["name"] == "endtrans" for tag in atom.tags):
                out += _closed(document, waiting)
                waiting = []
        else:
            out.append(atom.part)
    if waiting:
        raise _mistake(document, waiting[0], "this {% trans %} has no {% endtrans %}", _WHOLE)
    _check_names(document, [part for part in out if isinstance(part, Segment)])
    return replace(document, parts=tuple(out))


_WHOLE = f"write it around one sentence: {_EXAMPLE}"
_ONE = "put tags of its own around the words of each paragraph, heading, list item or cell"


def _atoms(parts: tuple[_Part, ...]) -> Iterator[_Atom]:
    """The parts of a page, with each tag between segments by itself."""
    line = 1
    for part in parts:
        pieces: list[_Part] = [part]
        if isinstance(part, str):
            ends = [at for tag in TAG.finditer(part) for at in tag.span()]
            pieces = [part[left:right] for left, right in zip([0, *ends], [*ends, len(part)], strict=True)]
        for piece in pieces:
            if piece != "":
                atom = _Atom(piece, line)
                yield atom
                line += atom.raw.count("\n")


def _closed(document: Document, atoms: list[_Atom]) -> Iterator[_Part]:
    """The segment that ``atoms`` make, from the opening tag to the end."""
    segments = [atom.part for atom in atoms if isinstance(atom.part, Segment)]
    if not segments:  # values only: nothing to translate
        yield "".join(atom.raw for atom in atoms)
        return
    _check_tags(document, atoms)
    _check_place(document, atoms)
    texts = (
        atom.part.source if isinstance(atom.part, Segment) else atom.raw if atom.tags else " "
        for atom in atoms
    )  # fmt: skip
    plural = Plural.parse("".join(texts))
    if plural is None:
        raise _mistake(document, atoms[0], "this {% trans %} cannot be read", _WHOLE)
    if any("{%" in form for form in plural.forms):
        hint = "put {% if %} and {% for %} around the whole {% trans %}"
        raise _mistake(document, atoms[0], "inside {% trans %} stand only words and values", hint)
    plural = replace(plural, variables=_variables(document, atoms))
    raw = "".join(atom.raw for atom in atoms)
    yield replace(segments[0], source=str(plural), raw=raw, line=atoms[0].line)


def _check_tags(document: Document, atoms: list[_Atom]) -> None:
    tags = [tag for atom in atoms for tag in atom.tags]
    names = [tag["name"] for tag in tags]
    if any(tag[0][2] in "-+" or tag[0][-3] in "-+" for tag in tags):
        hint = "write the tags without them: {% trans n=... %}, {% pluralize %}, {% endtrans %}"
        raise _mistake(document, atoms[0], "'-' and '+' have no meaning in the tags of {% trans %}", hint)
    if "endtrans" in names[:-1]:
        hint = "write one around the whole sentence, or cut the sentence in two paragraphs"
        raise _mistake(document, atoms[0], "two {% trans %} stand in one text", hint)
    if names.count("trans") > 1:
        raise _mistake(document, atoms[0], "a {% trans %} stands inside another", "close the first with {% endtrans %}")
    if "pluralize" not in names:
        hint = f"{_WHOLE}; a text without a number needs no {{% trans %}}"
        raise _mistake(document, atoms[0], "this {% trans %} has no {% pluralize %}", hint)
    if names.count("pluralize") > 1:
        hint = "write two forms, for one and for more; translators write those of their language"
        raise _mistake(document, atoms[0], "this {% trans %} has more than one {% pluralize %}", hint)


def _check_place(document: Document, atoms: list[_Atom]) -> None:
    """Refuse tags that are around more than one text for each form."""
    before: _Part = ""
    for atom in atoms:
        part = atom.part
        crosses = isinstance(part, Segment) and isinstance(before, Segment) and not (_ends(before) or _begins(part))
        literal = isinstance(part, str) and not atom.tags and not _NOTHING.fullmatch(part)
        if crosses or literal or isinstance(part, Pin | DefaultTitle):
            raise _mistake(document, atoms[0], "this {% trans %} is around more than one text", _ONE)
        before = part if atom.tags or isinstance(part, Segment) else before
    slots = {atom.part.slot for atom in atoms if isinstance(atom.part, Segment)}
    if Slot.INSIDE in slots or (len(atoms) > 1 and slots != {Slot.LINES}):
        raise _mistake(document, atoms[0], "a {% trans %} cannot stand here", _ONE)


def _ends(segment: Segment) -> bool:
    """Whether a tag is the last thing in a segment."""
    tags = [*TAG.finditer(segment.raw)]
    return bool(tags) and not segment.raw[tags[-1].end() :].strip()


def _begins(segment: Segment) -> bool:
    tags = [*TAG.finditer(segment.raw)]
    return bool(tags) and not segment.raw[: tags[0].start()].strip()


def _variables(document: Document, atoms: list[_Atom]) -> str:
    """What stands in the first tag, with what counts first."""
    tags = {tag["name"]: tag["rest"] for atom in atoms for tag in atom.tags}
    try:
        found = variables(tags["trans"])
    except ValueError as error:
        hint = "write names and values with commas between: {% trans n=returns.window.amount, fee=returns.fee %}"
        raise _mistake(document, atoms[0], f"'{error}' is no variable of {{% trans %}}", hint) from None
    names = [name for name, _ in found]
    counts = tags["pluralize"].strip() or next(iter(names), "")
    if not names or counts not in names:
        what = f"'{counts}', which is to count, is no variable of {{% trans %}}" if counts else "nothing counts here"
        raise _mistake(document, atoms[0], what, "name it in the first tag: {% trans n=returns.window.amount %}")
    ordered = sorted(found, key=lambda one: one[0] != counts)
    return ", ".join(" ".join(f"{name}={value}".split()) if value else name for name, value in ordered)


def _check_names(document: Document, segments: list[Segment]) -> None:
    """Refuse two texts that a PO file could not tell apart: it knows a plural by its first form."""
    known: dict[tuple[str, str, str], str] = {}
    for segment in segments:
        plural = Plural.parse(segment.source)
        if plural and known.setdefault((segment.context, plural.variables, plural.forms[0]), segment.source) != (
            segment.source
        ):
            hint = "write <!-- l10n:context NAME --> above it, or make the first forms different"
            place = Place(document.path, segment.line)
            raise MarkdownError("another {% trans %} has the same first form and another second one", place, hint)


def _mistake(document: Document, atom: _Atom, message: str, hint: str) -> MarkdownError:
    before = atom.raw[: atom.tags[0].start()] if atom.tags else ""
    return MarkdownError(message, Place(document.path, atom.line + before.count("\n")), hint)
