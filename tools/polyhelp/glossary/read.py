"""The term base on disk, read: ``glossary/*.yml`` to concepts, or one error that lists every mistake.

A file is a list of concepts. Only ``id`` and ``source`` are required::

    - id: refund                    # unique; messages name the concept by it
      source: refund                # its name in the source language: singular, infinitive
      pos: noun                     # noun (default), verb, adjective, name: decides which inflections are looked for
      definition: Money that goes back to the customer.
      domain: payments
      owner: payments team          # who answers for the entry
      enforce: error                # severity of a violation: error, warning (default), info; off: only for reading
      do_not_translate: false       # true: stays as it is in all locales; targets are not needed then
      case_sensitive: false         # true: Points is not points
      variants: [re-fund]           # further names in the source language, and inflections that are irregular
      except: [tax refund]          # phrases in which the term means something else
      scope: ["returns/*"]          # paths of articles, with * and ?; none means everywhere
      targets:                      # by locale; what de-AT does not say comes from de, each field by itself
        de:
          preferred: Erstattung     # what engines are told and checks expect
          admitted: [Rückerstattung]  # as good as the preferred name
          deprecated: [Vergütung]   # reported one step milder than a forbidden form
          forbidden: [Rückgabe]     # reported wherever the source term occurs
          note: Only money.

In a locale with a parent (es-MX, es-419, es) every field may be left out, and an empty list says that there is none,
whatever the parent has. The order of the keys is free. How the file is read safely is told in ``source``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from polyhelp.errors import Place, TermBaseError
from polyhelp.glossary.consistency import contradictions
from polyhelp.glossary.index import pieces
from polyhelp.glossary.source import File, Mistake
from polyhelp.glossary.yaml_tree import NULL
from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget
from polyhelp.model.term import LISTS

FIELDS = ("id", "source", "pos", "definition", "domain", "owner", "enforce", "do_not_translate", "case_sensitive",
          "variants", "except", "scope", "targets")  # fmt: skip
TARGET_FIELDS = ("preferred", "admitted", "deprecated", "forbidden", "note")
ENFORCE: dict[str, Severity | None] = {**{str(severity): severity for severity in Severity}, "off": None}

Placed = tuple[Concept, Place]
"""A concept and where it stands: the line that its entry begins on."""


def read(folder: Path, root: Path) -> tuple[Concept, ...]:
    """The concepts of all ``*.yml`` files in ``folder``, in order of file name and line.

    ``root`` is the project's folder; messages name files relative to it. A folder that is not there is an empty term
    base. Raises TermBaseError, once, with every mistake of every file.
    """
    return tuple(concept for concept, _ in read_placed(folder, root))


def read_placed(folder: Path, root: Path) -> tuple[Placed, ...]:
    """As :func:`read`, each concept with its place."""
    mistakes: list[Mistake] = []
    placed: list[Placed] = []
    for file in sorted(folder.glob("*.yml")):
        path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
        placed += TermFile(path, mistakes).concepts(file)
    return _sound(placed, mistakes)


def parse(texts: dict[str, str]) -> tuple[Placed, ...]:
    """As :func:`read_placed`, of files that are not on the disk yet: their texts by path."""
    mistakes: list[Mistake] = []
    placed = [one for path, text in sorted(texts.items()) for one in TermFile(path, mistakes).parsed(text)]
    return _sound(placed, mistakes)


def _sound(placed: list[Placed], mistakes: list[Mistake]) -> tuple[Placed, ...]:
    mistakes += [Mistake(place, key, text) for place, key, text in contradictions(placed)]
    if mistakes:
        raise _error(mistakes)
    return tuple(placed)


def _error(mistakes: list[Mistake]) -> TermBaseError:
    lines = [str(one) for one in sorted(mistakes, key=lambda one: (one.place.path, one.place.line))]
    title = "the term base has a mistake" if len(lines) == 1 else f"the term base has {len(lines)} mistakes"
    return TermBaseError("\n  ".join([f"{title}:", *lines]), hint="correct the lines named above and run again")


class TermFile(File):
    """Reads one file of the term base."""

    def concepts(self, file: Path) -> Iterator[Placed]:
        """The concepts of a file, each with its place."""
        yield from self._listed(self._parse(file))

    def parsed(self, text: str) -> Iterator[Placed]:
        """The concepts of a file's text."""
        yield from self._listed(self._compose(text))

    def concept(self, node: Node) -> Concept | None:
        """The concept of one entry."""
        return self._concept(node, "concept")

    def _listed(self, top: Node | None) -> Iterator[Placed]:
        if top is None or top.tag == NULL:
            return
        if not isinstance(top, SequenceNode):
            self._wrong(top, "", "expected a list of concepts, each beginning with '- id: ...'")
            return
        for number, node in enumerate(top.value, start=1):
            concept = self._concept(node, f"concept {number}")
            if concept is not None:
                yield concept, Place(self._path, node.start_mark.line + 1)

    def _concept(self, node: Node, key: str) -> Concept | None:
        fields = self._mapping(node, key, FIELDS)
        if fields is None:
            return None
        id_ = self._text(fields, "id", key, required=True, where=node)
        key = id_ or key
        source = self._term(fields, "source", key, required=True, where=node)
        keep = self._flag(fields, "do_not_translate", key)
        return Concept(
            id=id_,
            source=source,
            part=PartOfSpeech(self._choice(fields, "pos", key, [*PartOfSpeech]) or PartOfSpeech.unsaid(kept=keep)),
            definition=self._text(fields, "definition", key),
            domain=self._text(fields, "domain", key),
            owner=self._text(fields, "owner", key),
            enforce=ENFORCE[self._choice(fields, "enforce", key, [*ENFORCE]) or "warning"],
            do_not_translate=keep,
            case_sensitive=self._flag(fields, "case_sensitive", key),
            variants=self._terms(fields, "variants", key),
            excluded=self._terms(fields, "except", key),
            scope=self._texts(fields, "scope", key),
            targets=self._targets(fields, key, source if keep else ""),
        )

    def _targets(self, fields: dict[str, Node], key: str, kept: str) -> dict[Locale, TermTarget]:
        node = fields.get("targets")
        given: dict[Locale, Node] = {}
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
            given[locale], targets[locale] = value, self._target(value, here, kept)
        for locale, value in given.items():
            if not any(targets[one].preferred for one in locale.lineage if one in targets):
                self._nameless(value, f"{key}.targets.{locale}.preferred", locale)
        return targets

    def _nameless(self, node: Node, key: str, locale: Locale) -> None:
        """Note that a locale says nothing to prefer, and none that it takes from; unless worse is noted already."""
        if isinstance(node, MappingNode) and "preferred" not in {name.value for name, _ in node.value}:
            above = " and ".join(f"'{one}'" for one in locale.lineage[1:])
            self._wrong(node, key, f"is missing here and in {above}" if above else "is missing")

    def _target(self, node: Node, key: str, kept: str) -> TermTarget:
        fields = self._mapping(node, key, TARGET_FIELDS) or {}
        preferred = self._term(fields, "preferred", key, required="preferred" in fields) or kept
        if kept and preferred != kept:
            self._wrong(
                fields["preferred"], f"{key}.preferred", f"do_not_translate is true, so only '{kept}' can be preferred"
            )
        admitted, deprecated, forbidden = (self._terms(fields, name, key) for name in LISTS)
        said = TermTarget(preferred, admitted, deprecated, forbidden, self._text(fields, "note", key))
        return replace(said, cleared=frozenset(name for name in fields if not getattr(said, name)))

    def _term(
        self, fields: dict[str, Node], name: str, key: str, *, required: bool = False, where: Node | None = None
    ) -> str:
        text = self._text(fields, name, key, required=required, where=where)
        if text and not _has_word(text):
            self._wrong(fields[name], f"{key}.{name}", f"'{text}' has no letter or digit")
        return text

    def _terms(self, fields: dict[str, Node], name: str, key: str) -> tuple[str, ...]:
        texts = self._texts(fields, name, key)
        for text in texts:
            if not _has_word(text):
                self._wrong(fields[name], f"{key}.{name}", f"'{text}' has no letter or digit")
        return texts


def _has_word(text: str) -> bool:
    return any(piece[0].isalnum() for piece in pieces(text))
