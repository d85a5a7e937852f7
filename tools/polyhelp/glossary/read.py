"""The term base on disk, read: ``glossary/*.yml`` to concepts, or one error that lists every mistake.

A file is a list of concepts. Only ``id`` and ``source`` are required::

    - id: refund                    # unique; messages name the concept by it
      source: refund                # its name in the source language: singular, infinitive
      pos: noun                     # noun (default), verb, adjective, name: decides which inflections are looked for
      definition: Money that goes back to the customer.
      domain: payments
      enforce: error                # severity of a violation: error, warning (default), info; off: only for reading
      do_not_translate: false       # true: stays as it is in all locales; targets are not needed then
      case_sensitive: false         # true: Points is not points
      variants: [re-fund]           # further names in the source language, and inflections that are irregular
      except: [tax refund]          # phrases in which the term means something else
      scope: ["returns/*"]          # paths of articles, with * and ?; none means everywhere
      targets:                      # by locale; de-AT takes the names of de unless it has its own
        de:
          preferred: Erstattung     # what engines are told and checks expect
          admitted: [Rückerstattung]  # as good as the preferred name
          deprecated: [Vergütung]   # reported one step milder than a forbidden form
          forbidden: [Rückgabe]     # reported wherever the source term occurs
          note: Only money.

The YAML is read as a tree of nodes and never turned into objects: no tag of a stranger is built, a term such as
``no`` or ``2024`` stays text, and every value knows its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from polyhelp.errors import Place, TermBaseError
from polyhelp.glossary.consistency import contradictions
from polyhelp.glossary.index import pieces
from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget
from polyhelp.text.similarity import closest

MAX_SIZE = 5_000_000
"""Bytes. A term base of 5,000 concepts in ten locales takes about 3 MB."""

_FIELDS = ("id", "source", "pos", "definition", "domain", "enforce", "do_not_translate", "case_sensitive",
           "variants", "except", "scope", "targets")  # fmt: skip
_TARGET_FIELDS = ("preferred", "admitted", "deprecated", "forbidden", "note")
_ENFORCE: dict[str, Severity | None] = {**{str(severity): severity for severity in Severity}, "off": None}
NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: where, at which key, and what."""

    place: Place
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.key}: {self.text}" if self.key else f"{self.place}: {self.text}"


def read(folder: Path, root: Path) -> tuple[Concept, ...]:
    """The concepts of all ``*.yml`` files in ``folder``, in order of file name and line.

    ``root`` is the project's folder; messages name files relative to it. A folder that is not there is an empty term
    base. Raises TermBaseError, once, with every mistake of every file.
    """
    if not folder.exists():
        return ()
    mistakes: list[Mistake] = []
    placed: list[tuple[Concept, Place]] = []
    for file in sorted(folder.glob("*.yml")):
        path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
        placed += File(path, mistakes).concepts(file)
    mistakes += [Mistake(place, key, text) for place, key, text in contradictions(placed)]
    if mistakes:
        raise _error(mistakes)
    return tuple(concept for concept, _ in placed)


def _error(mistakes: list[Mistake]) -> TermBaseError:
    lines = [str(one) for one in sorted(mistakes, key=lambda one: (one.place.path, one.place.line))]
    title = "the term base has a mistake" if len(lines) == 1 else f"the term base has {len(lines)} mistakes"
    return TermBaseError("\n  ".join([f"{title}:", *lines]), hint="correct the lines named above and run again")


class File:
    """Reads one file, noting mistakes instead of stopping at the first."""

    def __init__(self, path: str, mistakes: list[Mistake]) -> None:
        self._path = path
        self._mistakes = mistakes
        self._seen: set[int] = set()

    def _alias(self, node: Node, key: str) -> bool:
        """Whether the node was read before, under another key: an alias, with which a small file can be endless."""
        if id(node) in self._seen:
            self._wrong(node, key, "a YAML alias (*name) cannot be used here; write the value out")
            return True
        self._seen.add(id(node))
        return False

    def _wrong(self, node: Node | None, key: str, text: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 0
        self._mistakes.append(Mistake(Place(self._path, line), key, text))

    def concepts(self, file: Path) -> Iterator[tuple[Concept, Place]]:
        """The concepts of a file, each with its place."""
        top = self._parse(file)
        if top is None or top.tag == NULL:
            return
        if not isinstance(top, SequenceNode):
            self._wrong(top, "", "expected a list of concepts, each beginning with '- id: ...'")
            return
        for number, node in enumerate(top.value, start=1):
            concept = self._concept(node, f"concept {number}")
            if concept is not None:
                yield concept, Place(self._path, node.start_mark.line + 1)

    def _parse(self, file: Path) -> Node | None:
        try:
            size = file.stat().st_size
            if size > MAX_SIZE:
                self._wrong(None, "", f"the file has {size:,} bytes; split it: {MAX_SIZE:,} is the limit")
                return None
            text = file.read_text(encoding="utf-8-sig")
            return YAML(typ="rt", pure=True).compose(text)  # type: ignore[no-any-return]
        except UnicodeDecodeError as error:
            self._wrong(None, "", f"not UTF-8 text (byte {error.start}); save the file as UTF-8")
        except OSError as error:
            self._wrong(None, "", f"cannot be read: {error.strerror}")
        except RecursionError:
            self._wrong(None, "", "lists and mappings are nested too deeply")
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            self._mistakes.append(Mistake(Place(self._path, line), "", f"not readable YAML: {error.problem}"))
        except (YAMLError, ValueError) as error:
            self._wrong(None, "", f"not readable YAML: {str(error).splitlines()[0]}")
        return None

    # ------------------------------------------------------------ one concept

    def _concept(self, node: Node, key: str) -> Concept | None:
        fields = self._mapping(node, key, _FIELDS)
        if fields is None:
            return None
        id_ = self._text(fields, "id", key, required=True, where=node)
        key = id_ or key
        source = self._term(fields, "source", key, required=True, where=node)
        keep = self._flag(fields, "do_not_translate", key)
        return Concept(
            id=id_,
            source=source,
            part=PartOfSpeech(self._choice(fields, "pos", key, [*PartOfSpeech]) or PartOfSpeech.NOUN),
            definition=self._text(fields, "definition", key),
            domain=self._text(fields, "domain", key),
            enforce=_ENFORCE[self._choice(fields, "enforce", key, [*_ENFORCE]) or "warning"],
            do_not_translate=keep,
            case_sensitive=self._flag(fields, "case_sensitive", key),
            variants=self._terms(fields, "variants", key),
            excluded=self._terms(fields, "except", key),
            scope=self._texts(fields, "scope", key),
            targets=self._targets(fields, key, source if keep else ""),
        )

    def _targets(self, fields: dict[str, Node], key: str, kept: str) -> dict[Locale, TermTarget]:
        node = fields.get("targets")
        targets: dict[Locale, TermTarget] = {}
        for tag, value in (self._mapping(node, f"{key}.targets", None) or {}).items() if node else ():
            here = f"{key}.targets.{tag}"
            try:
                locale = Locale.parse(tag)
            except ValueError as error:
                self._wrong(value, here, str(error))
                continue
            if locale in targets:
                self._wrong(value, here, f"the locale {locale} is given twice")
            targets[locale] = self._target(value, here, kept)
        return targets

    def _target(self, node: Node, key: str, kept: str) -> TermTarget:
        fields = self._mapping(node, key, _TARGET_FIELDS) or {}
        if isinstance(node, MappingNode):
            preferred = self._term(fields, "preferred", key, required=not kept, where=node) or kept
        else:
            preferred = kept
        if kept and preferred != kept:
            self._wrong(
                fields["preferred"], f"{key}.preferred", f"do_not_translate is true, so only '{kept}' can be preferred"
            )
        return TermTarget(
            preferred,
            self._terms(fields, "admitted", key),
            self._terms(fields, "deprecated", key),
            self._terms(fields, "forbidden", key),
            self._text(fields, "note", key),
        )

    # ------------------------------------------------------------ values

    def _mapping(self, node: Node, key: str, known: tuple[str, ...] | None) -> dict[str, Node] | None:
        """A mapping's values by key, without those that are empty; None when it is no mapping."""
        if not isinstance(node, MappingNode):
            self._wrong(node, key, f"expected 'key: value' lines, found {_kind(node)}")
            return None
        if self._alias(node, key):
            return None
        values: dict[str, Node] = {}
        for name, value in node.value:
            if not isinstance(name, ScalarNode):
                self._wrong(name, key, f"a key must be a word, found {_kind(name)}")
            elif known is not None and name.value not in known:
                near = closest(name.value, known)
                way_out = f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}"
                self._wrong(name, f"{key}.{name.value}", f"unknown key; {way_out}")
            elif name.value in values:
                self._wrong(name, f"{key}.{name.value}", "the key is given twice")
            else:
                values[name.value] = value
        return {name: value for name, value in values.items() if known is None or value.tag != NULL}

    def _text(
        self, fields: dict[str, Node], name: str, key: str, *, required: bool = False, where: Node | None = None
    ) -> str:
        node = fields.get(name)
        if node is None:
            if required:
                self._wrong(where, f"{key}.{name}", "is missing")
            return ""
        text = self._scalar(node, f"{key}.{name}")
        if required and text == "":
            self._wrong(node, f"{key}.{name}", "is empty")
        return text or ""

    def _scalar(self, node: Node, key: str) -> str | None:
        if not isinstance(node, ScalarNode):
            self._wrong(node, key, f"expected text, found {_kind(node)}")
            return None
        return " ".join(node.value.split())

    def _term(
        self, fields: dict[str, Node], name: str, key: str, *, required: bool = False, where: Node | None = None
    ) -> str:
        text = self._text(fields, name, key, required=required, where=where)
        if text and not _has_word(text):
            self._wrong(fields[name], f"{key}.{name}", f"'{text}' has no letter or digit")
        return text

    def _texts(self, fields: dict[str, Node], name: str, key: str) -> tuple[str, ...]:
        node = fields.get(name)
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self._wrong(node, f"{key}.{name}", f"expected a list such as [one, two], found {_kind(node)}")
            return ()
        if self._alias(node, f"{key}.{name}"):
            return ()
        texts = [self._scalar(item, f"{key}.{name}") for item in node.value]
        for item, text in zip(node.value, texts, strict=True):
            if text == "":
                self._wrong(item, f"{key}.{name}", "has an empty item")
        return tuple(dict.fromkeys(text for text in texts if text))

    def _terms(self, fields: dict[str, Node], name: str, key: str) -> tuple[str, ...]:
        texts = self._texts(fields, name, key)
        for text in texts:
            if not _has_word(text):
                self._wrong(fields[name], f"{key}.{name}", f"'{text}' has no letter or digit")
        return texts

    def _flag(self, fields: dict[str, Node], name: str, key: str) -> bool:
        return self._choice(fields, name, key, ["true", "false"]) == "true"

    def _choice(self, fields: dict[str, Node], name: str, key: str, allowed: list[str]) -> str:
        """One of ``allowed``, or ``""`` where the key is not there or the value is wrong."""
        text = self._text(fields, name, key)
        if name in fields and text.casefold() not in allowed:
            near = closest(text.casefold(), allowed)
            way_out = f"did you mean '{near}'?" if near else f"expected one of: {', '.join(allowed)}"
            if isinstance(fields[name], ScalarNode):
                self._wrong(fields[name], f"{key}.{name}", f"'{text}' is not known; {way_out}")
            return ""
        return text.casefold()


def _has_word(text: str) -> bool:
    return any(piece[0].isalnum() for piece in pieces(text))


def _kind(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a mapping"
    return "nothing" if node.tag == NULL else "text"
