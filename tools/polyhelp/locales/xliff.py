"""Units as XLIFF 2.1 (OASIS Standard, 2018-02-13), for agencies and translation tools that do not read PO files.

    <file original="returns/refunds.md">                    one article
      <unit id="u0123456789abcdef">                         one unit; the id is a digest of source and context
        <mda:metadata>...</mda:metadata>                    what the target was when it was sent
        <notes>...</notes>                                  kind, the writer's note, previous source
        <originalData><data id="d1">**</data></originalData>
        <segment state="initial">
          <source>Press <pc id="1" dataRefStart="d1" dataRefEnd="d1e">Send</pc>.</source>
          <target>...</target>

1. Inline codes are ``ph`` and ``pc`` with their Markdown in ``originalData``. A target's code has the id of the code in
   the source that is written in the same way, else an id and data of its own.
2. The prose inside a code (a link's title) is a sub-flow: a unit of its own that the code names. ``U+FFFC`` in the
   code's data is where it stands.
3. ``mrk translate="no"`` is around do-not-translate terms in the source.
4. Characters that XML cannot hold are ``cp`` in texts, and ``U+FFFD`` in notes.
5. Without a target or with one that needs a look the state is ``initial`` (``subState="polyhelp:mt"`` where it is a
   machine's); ``translated`` and ``reviewed`` are ours; ``final`` is read as ``reviewed`` and never written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from polyhelp.model import Catalog, Key, Locale, State, Unit, digest
from polyhelp.text.inline import Code, Role, Token, has_prose, tokenize

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

FLOW = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: where a sub-flow stands in a code's data
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {
    "strong": ("fmt", "xlf:b"), "emphasis": ("fmt", "xlf:i"), "insert": ("fmt", "xlf:u"), "break": ("fmt", "xlf:lb"),
    "strike": ("fmt", "polyhelp:strike"), "mark": ("fmt", "polyhelp:mark"), "link": ("link", "polyhelp:link"),
    "url": ("link", "polyhelp:url"), "image": ("image", "polyhelp:image"), "placeholder": ("ui", "xlf:var"),
}  # fmt: skip
Names = Callable[[str, str], Sequence[tuple[int, int]]]
"""(article, source) -> where do-not-translate terms stand in the source, from left to right."""


def no_names(path: str, source: str) -> Sequence[tuple[int, int]]:  # noqa: ARG001 (the shape is that of Names)
    """The finder of a project without do-not-translate terms."""
    return ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a unit was when it was sent: digests of its target and of all that a person decides, and its state."""

    target: str
    unit: str
    state: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is written: catalogs that hold the chosen units only, and how to tell a unit's state."""

    source: Locale
    target: Locale
    catalogs: tuple[Catalog, ...]
    state: Callable[[Catalog, Unit], State] = lambda _, unit: unit.state()
    names: Names = no_names


@dataclass(frozen=True, slots=True)
class Returned:
    """A unit as a file brings it back, at ``line``.

    ``article`` is its path, and ``file`` the digest of it. ``maker`` is ``mt/NAME`` where the file says that a machine
    made the target, else ``""``. ``sent`` is None where a tool has dropped the metadata. ``fault`` says in words why
    the target cannot be read; the other fields hold what could be.
    """

    article: str
    file: str
    id: str
    key: Key
    target: str
    state: State
    line: int
    maker: str = ""
    sent: Sent | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that came back."""

    source: str
    target: str
    units: tuple[Returned, ...]
    line: int = 1


def unit_id(key: Key) -> str:
    """A unit's id in a file: the same for the same source and context, today and next year."""
    return f"u{digest(key.source, key.context)}"


def file_id(path: str) -> str:
    """An article's id."""
    return f"f{digest(path)}"


def sent(unit: Unit, state: State) -> Sent:
    """What to remember of a unit. Its digest changes when a person does something to the unit, not when sync does."""
    review = (unit.review.who, unit.review.date, unit.review.hash) if unit.review else ()
    second = unit.review.second if unit.review else None
    also = (second.who, second.date, second.hash) if second else ()
    return Sent(digest(unit.target), digest(unit.target, *review, *also), state.value)


# ---------------------------------------------------------------- writing


def dump(outgoing: Outgoing) -> str:
    """The XLIFF file. Every catalog must hold a unit: XLIFF has no empty files.

    The same units are the same bytes: there is no date in it.
    """
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<xliff xmlns="{CORE}" xmlns:mda="{METADATA}" version="2.1"',
        f' srcLang="{outgoing.source}" trgLang="{outgoing.target}">\n',
    ]
    directions = "".join(
        f' {name}="{locale.direction}"' for name, locale in (("srcDir", outgoing.source), ("trgDir", outgoing.target))
    )
    for catalog in outgoing.catalogs:
        out.append(
            f'  <file id="{file_id(catalog.path)}" original="{_attribute(catalog.path)}" canResegment="no"'
            f'{directions} xml:space="preserve">\n'
        )
        for unit in catalog.units:
            out.extend(_unit(unit, outgoing.state(catalog, unit), outgoing.names(catalog.path, unit.source)))
        out.append("  </file>\n")
    return "".join((*out, "</xliff>\n"))


def _unit(unit: Unit, state: State, names: Sequence[tuple[int, int]]) -> Iterator[str]:
    codes = _Codes(unit_id(unit.key))
    source = codes.of_source(unit.source, names)
    target = codes.of_target(unit.target) if unit.target else None
    sub_state = ' subState="polyhelp:mt"' if unit.by_machine and state is State.INITIAL else ""
    attributes = f'state="{state.value}"{sub_state}'
    remembered = sent(unit, state)
    name = f' name="{_attribute(unit.context)}"' if unit.context and not _NOT_XML.search(unit.context) else ""
    rule = "" if has_prose(unit.source) else ' translate="no"'
    yield f'    <unit id="{codes.unit}"{name} canResegment="no"{rule}>\n'
    yield '      <mda:metadata>\n        <mda:metaGroup category="polyhelp">\n'
    for kind, value in (("target", remembered.target), ("unit", remembered.unit), ("context", unit.context)):
        if value:
            yield f'          <mda:meta type="{kind}">{_note(value)}</mda:meta>\n'
    yield f'          <mda:meta type="state">{state.value}</mda:meta>\n'
    yield "        </mda:metaGroup>\n      </mda:metadata>\n"
    yield from _notes(unit)
    if codes.data:
        yield "      <originalData>\n"
        yield from (f'        <data id="{name}">{_text(text)}</data>\n' for name, text in codes.data.items())
        yield "      </originalData>\n"
    yield from _segment(attributes, source, target)
    yield "    </unit>\n"
    for name, (prose, put) in codes.flows.items():
        yield f'    <unit id="{name}" canResegment="no">\n'
        yield '      <notes>\n        <note category="kind">text inside markup</note>\n      </notes>\n'
        yield from _segment(attributes, _text(prose), None if target is None else _text(put))
        yield "    </unit>\n"


def _segment(attributes: str, source: str, target: str | None) -> Iterator[str]:
    yield f"      <segment {attributes}>\n        <source>{source}</source>\n"
    if target is not None:
        yield f"        <target>{target}</target>\n"
    yield "      </segment>\n"


def _notes(unit: Unit) -> Iterator[str]:
    kind, *more = unit.notes or ("",)
    notes = [("kind", kind), *(("note", note.removeprefix("note: ")) for note in more), ("context", unit.context)]
    notes += [("previous source", unit.previous), *(("comment", comment) for comment in unit.comments)]
    lines = [
        f'        <note category="{category}"{_APPLIES.get(category, "")}>{_note(text)}</note>\n'
        for category, text in notes
        if text
    ]
    if lines:
        yield "".join(("      <notes>\n", *lines, "      </notes>\n"))


_APPLIES = {"previous source": ' appliesTo="source"', "comment": ' appliesTo="target"'}


@dataclass(slots=True)
class _Codes:
    """The inline codes of one unit: their data, and the sub-flows (source prose, target prose)."""

    unit: str
    data: dict[str, str] = field(default_factory=dict)
    flows: dict[str, tuple[str, str]] = field(default_factory=dict)
    _known: dict[tuple[object, ...], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    _statements: int = 0

    def of_source(self, text: str, names: Sequence[tuple[int, int]]) -> str:
        """The content of ``source``."""
        tokens = tokenize(text)
        out, at, marks = [], 0, _Marks(names)
        for token, closing in _with_closing(tokens):
            if isinstance(token, str):
                out.append(marks.around(token, at))
                at += len(token)
                continue
            at += len(token.text)
            if token.role is Role.CLOSE:
                out.append("</pc>")
                continue
            attributes = self._source_code(token, closing)
            self._known[_shape(token, closing)].append((str(token.id), attributes))
            out.append(_element(token, attributes))
        return "".join(out)

    def of_target(self, text: str) -> str:
        """The content of ``target``; call :meth:`of_source` before."""
        out = []
        for token, closing in _with_closing(tokenize(text)):
            if isinstance(token, str):
                out.append(_text(token))
            elif token.role is Role.CLOSE:
                out.append("</pc>")
            elif known := self._known[_shape(token, closing)]:
                number, attributes = known.pop(0)
                self._fill(number, token, closing)
                out.append(_element(token, attributes))
            else:
                refs = self._references(token, closing, f"t{token.id}", lambda code, _: code.text)
                out.append(_element(token, f'id="t{token.id}"{refs}{_kind(token)}'))
        return "".join(out)

    def _source_code(self, code: Code, closing: Code | None) -> str:
        flows: list[str] = []

        def data(one: Code, end: str) -> str:
            prose = one.parts[1::2]
            if not prose or FLOW in one.text:
                return one.text
            names = [f"{self.unit}-{code.id}{end}-{n}" for n in range(len(prose))]
            self.flows.update({name: (text, text) for name, text in zip(names, prose, strict=True)})
            suffix = "" if closing is None else "End" if end else "Start"
            flows.append(f' subFlows{suffix}="{" ".join(names)}"')
            return FLOW.join(one.parts[::2])

        refs = self._references(code, closing, str(code.id), data)
        rules = ' canCopy="no" canDelete="no"' if code.kind not in _MAY_GO else ' canCopy="no"'
        if code.kind == "placeholder" and code.text.startswith("{%"):  # XLIFF 2.1, 4.3.1.5: kept in their order
            rules = f' canCopy="no" canDelete="no" canReorder="{"no" if self._statements else "firstNo"}"'
            self._statements += 1
        return f'id="{code.id}"{refs}{"".join(flows)}{_kind(code)}{rules}'

    def _references(self, code: Code, closing: Code | None, name: str, data: Callable[[Code, str], str]) -> str:
        self.data[f"d{name}"] = data(code, "")
        if closing is None:
            return f' dataRef="d{name}" disp="{_attribute(code.text)}"'
        self.data[f"d{name}e"] = data(closing, "e")
        return (
            f' dataRefStart="d{name}" dataRefEnd="d{name}e"'
            f' dispStart="{_attribute(code.text)}" dispEnd="{_attribute(closing.text)}"'
        )

    def _fill(self, number: str, code: Code, closing: Code | None) -> None:
        """Note the target's prose of the sub-flows of the code ``number``."""
        for one, end in ((code, ""), (closing, "e")):
            for n, prose in enumerate(one.parts[1::2] if one else ()):
                name = f"{self.unit}-{number}{end}-{n}"
                if name in self.flows:
                    self.flows[name] = (self.flows[name][0], prose)


_MAY_GO = frozenset({"strong", "emphasis", "strike", "mark", "insert", "break", "escape", "entity", "comment"})


def _with_closing(tokens: Sequence[Token]) -> Iterator[tuple[Token, Code | None]]:
    """Every token; with one that opens a pair, the code that closes it."""
    closing = {token.id: token for token in tokens if isinstance(token, Code) and token.role is Role.CLOSE}
    for token in tokens:
        opens = isinstance(token, Code) and token.role is Role.OPEN
        yield token, closing[token.id] if opens and isinstance(token, Code) else None


def _shape(code: Code, closing: Code | None) -> tuple[object, ...]:
    """What two codes share that are written in the same way, whatever the prose inside."""
    whole = FLOW in code.text or (closing is not None and FLOW in closing.text)
    literal = (code.parts, closing and closing.parts) if whole else (code.parts[::2], closing and closing.parts[::2])
    return code.kind, *literal


def _element(code: Code, attributes: str) -> str:
    return f"<pc {attributes}>" if code.role is Role.OPEN else f"<ph {attributes}/>"


def _kind(code: Code) -> str:
    kind, sub = _TYPES.get(code.kind, ("other", f"polyhelp:{code.kind}"))
    return f' type="{kind}" subType="{sub}"'


class _Marks:
    """Puts ``mrk`` around do-not-translate terms; one that a code cuts in two gets none."""

    def __init__(self, names: Sequence[tuple[int, int]]) -> None:
        self._names = names
        self._count = 0

    def around(self, text: str, at: int) -> str:
        out, done = [], 0
        for start, end in self._names:
            if at + done <= start < end <= at + len(text):
                self._count += 1
                out.append(_text(text[done : start - at]))
                out.append(f'<mrk id="m{self._count}" translate="no">{_text(text[start - at : end - at])}</mrk>')
                done = end - at
        return "".join((*out, _text(text[done:])))


def _text(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return _NOT_XML.sub(lambda match: f'<cp hex="{ord(match[0]):04X}"/>', text)


def _note(text: str) -> str:
    return _text(_NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    text = _note(text).replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;")
