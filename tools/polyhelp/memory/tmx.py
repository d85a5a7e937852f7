"""TMX 1.4b, in and out, without ever holding the whole file.

    <tu>
      <prop type="x-context">..</prop>              the pair's context, path and neighbours, where known
      <tuv xml:lang="en"><seg>Open the **box**.</seg></tuv>
      <tuv xml:lang="de" creationid="human" changedate="20261121T000000Z">
        <prop type="x-origin">human</prop><prop type="x-state">reviewed</prop><seg>Öffne die **Kiste**.</seg>
      </tuv>
    </tu>

1. Inline codes are written as the text of the Markdown that they are. In a file of another tool the content of
   ``bpt``, ``ept``, ``it``, ``ph`` and ``ut`` is the code's own text (TMX 1.4b, content markup) and is read as that.
2. A file may name the DTD (``<!DOCTYPE tmx SYSTEM "tmx14.dtd">``, as many tools write); it is never opened. A DTD
   inside the file, and with it every entity of its own, is refused.
3. A pair of a file of another tool is a person's and not reviewed; a segment without text gives none.
4. XML has no place for control characters. A pair that has any is not written, and counted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from polyhelp.errors import InputError, Place, WriteError
from polyhelp.memory.pair import Pair, Standing
from polyhelp.model import Locale

_BLOCK = 1 << 16
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARRIAGE = {"\r": "&#13;"}
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{6}Z)?")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_HASH = re.compile(r"[0-9a-f]{16}")
_STATES = {
    Standing.UNSURE: "unsure",
    Standing.MACHINE: "machine",
    Standing.ACCEPTED_MACHINE: "translated",
    Standing.PERSON: "translated",
    Standing.REVIEWED: "reviewed",
}
_HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="polyhelp" creationtoolversion="1" segtype="paragraph" o-tmf="polyhelp" adminlang="en" srclang={}\
 datatype="plaintext"/>
<body>
"""
_HINT = "nothing was taken over; export the file again as TMX 1.4"


def read(file: Path, shown: str, source: Locale, renamed: Mapping[Locale, Locale] | None = None) -> Iterator[Pair]:
    """The pairs of a TMX file whose sources are in ``source``, or another form of its language (en-US for en).

    ``renamed`` maps locales of the file to those that its targets are taken for. ``shown`` names the file.
    Raises InputError, naming the line, when the file is no TMX.
    """
    handler = _Handler(shown, source, renamed or {})
    try:
        with file.open("rb") as data:
            yield from handler.read(data)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", Place(shown), "give the path of a TMX file") from None


@dataclass(slots=True)
class _Variant:
    """One ``tuv``: a text in one language."""

    lang: str
    maker: str
    date: str
    props: dict[str, str] = field(default_factory=dict)
    text: str = ""


class _Handler:
    """Reads TMX as a stream of tags."""

    def __init__(self, shown: str, source: Locale, renamed: Mapping[Locale, Locale]) -> None:
        self._shown, self._source, self._renamed = shown, source, renamed
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._path: list[str] = []
        self._srclang = ""
        self._props: dict[str, str] = {}
        self._variants: list[_Variant] = []
        self._prop = ""
        self._text: list[str] | None = None
        self._done: list[Pair] = []

    def read(self, data: BinaryIO) -> Iterator[Pair]:
        last = False
        while not last:
            block = data.read(_BLOCK)
            last = not block
            try:
                self._parser.Parse(block, last)
            except expat.ExpatError as error:
                reason = expat.errors.messages.get(error.code, str(error))
                raise self._error(f"the TMX file has a syntax error: {reason}", error.lineno) from None
            except (LookupError, ValueError) as error:  # an encoding that nobody knows
                raise self._error(f"the TMX file cannot be decoded: {error}") from None
            done, self._done = self._done, []
            yield from done

    def _error(self, message: str, line: int = 0) -> InputError:
        return InputError(message, Place(self._shown, line or self._parser.CurrentLineNumber), _HINT)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, inside: bool) -> None:
        if inside:
            raise self._error("the file brings its own DTD, which is not safe to read")

    def _refuse_entity(self, *_: object) -> None:
        raise self._error("the file declares entities, which is not safe to read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "tmx":
            raise self._error(f"this is no TMX file: it begins with <{name[:40]}>")
        self._path.append(name)
        if name == "header":
            self._srclang = attributes.get("srclang", "")
        elif name == "tu":
            self._props, self._variants = {"srclang": attributes.get("srclang", self._srclang)}, []
        elif name == "tuv":
            lang = attributes.get("xml:lang", attributes.get("lang", ""))
            maker = attributes.get("creationid", "")
            date = _DATE.match(attributes.get("changedate", attributes.get("creationdate", "")))
            self._variants.append(_Variant(lang, maker, "-".join(date.groups()) if date else ""))
        elif name == "prop":
            self._prop, self._text = attributes.get("type", ""), []
        elif name == "seg":
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        text = "".join(self._text or ())
        if name == "seg" and self._variants:
            self._variants[-1].text = text
        elif name == "prop" and "tu" in self._path:
            props = self._variants[-1].props if self._path[-1] == "tuv" else self._props
            props[self._prop] = text
        if name in {"seg", "prop"}:
            self._text = None
        elif name == "tu":
            self._done += self._pairs()

    def _pairs(self) -> Iterator[Pair]:
        located = [(locale, one) for one in self._variants if one.text and (locale := _locale(one.lang))]
        sources = [(locale, one) for locale, one in located if _same(locale, self._source)]
        wanted = _locale(self._props["srclang"])  # where two variants are in forms of the source language
        sources.sort(key=lambda pair: (pair[0] != wanted, pair[0] != self._source))
        if not sources:
            return
        for locale, variant in located:
            if variant is not sources[0][1] and locale != self._source:
                yield self._pair(sources[0][1].text, self._renamed.get(locale, locale), variant)

    def _pair(self, source: str, locale: Locale, variant: _Variant) -> Pair:
        props = self._props
        maker = variant.props.get("x-origin", "")
        return Pair(
            source,
            variant.text,
            locale,
            context=props.get("x-context", ""),
            path=props.get("x-path", ""),
            before=_hash(props.get("x-before", "")),
            after=_hash(props.get("x-after", "")),
            standing=_standing(variant.props.get("x-state", "translated"), maker),
            maker=maker or "human",
            date=variant.date,
        )


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag)
    except ValueError:
        return None


def _same(one: Locale, other: Locale) -> bool:
    return one in other.lineage or other in one.lineage


def _hash(text: str) -> str:
    return text if _HASH.fullmatch(text) else ""


def _standing(state: str, maker: str) -> Standing:
    machine = maker.startswith("mt/")
    if state == "reviewed":
        return Standing.REVIEWED
    if state in {"unsure", "machine"}:
        return Standing.MACHINE if machine else Standing.UNSURE
    return Standing.ACCEPTED_MACHINE if machine else Standing.PERSON


# ---------------------------------------------------------------- writing


def write(file: Path, shown: str, pairs: Iterable[Pair], source: Locale) -> tuple[int, int]:
    """Write a TMX file in place of ``file``, whole or not at all; the numbers of pairs written and left out (rule 4).

    Raises WriteError. What ``pairs`` raises goes through, and the old file stays.
    """
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    written = left_out = 0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as out:
                out.write(_HEADER.format(quoteattr(source.tag)))
                for pair in pairs:
                    if _writable(pair):
                        out.write(_unit(pair, source))
                        written += 1
                    else:
                        left_out += 1
                out.write("</body>\n</tmx>\n")
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"cannot write: {reason}", Place(shown), "check the folder's rights and free space") from error
    return written, left_out


def _writable(pair: Pair) -> bool:
    return not any(map(_FORBIDDEN.search, (pair.source, pair.target, pair.context, pair.path, pair.maker)))


def _unit(pair: Pair, source: Locale) -> str:
    place = {"x-context": pair.context, "x-path": pair.path, "x-before": pair.before, "x-after": pair.after}
    date = f' changedate="{"".join(day.groups())}T000000Z"' if (day := _DAY.fullmatch(pair.date)) else ""
    made = {"x-origin": pair.maker, "x-state": _STATES[pair.standing]}
    return "".join(
        chain(
            ("<tu>\n", *_props(place)),
            (f'<tuv xml:lang="{source.tag}"><seg>{_escaped(pair.source)}</seg></tuv>\n',),
            (f'<tuv xml:lang="{pair.locale.tag}" creationid={quoteattr(pair.maker, _CARRIAGE)}{date}>\n',),
            (*_props(made), f"<seg>{_escaped(pair.target)}</seg></tuv>\n</tu>\n"),
        )
    )


def _props(props: Mapping[str, str]) -> Iterator[str]:
    return (f'<prop type="{name}">{_escaped(text)}</prop>\n' for name, text in props.items() if text)


def _escaped(text: str) -> str:
    return escape(text, _CARRIAGE)
