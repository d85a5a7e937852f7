"""A term base of any tool that writes TBX: version 3 (ISO 30042:2019) in both styles, and version 2 (2008).

=============== ============================================= ============================================
what            version 3                                     version 2
=============== ============================================= ============================================
a concept       ``conceptEntry``                              ``termEntry``
its names       ``langSec`` / ``termSec`` / ``term``          ``langSet`` / ``tig`` or ``ntig`` / ``term``
a data category ``<termNote type="X">``; in the DCT style     ``<termNote type="X">``
                ``<min:X>``
=============== ============================================= ============================================

A term without a status is the preferred one, or an admitted one where there is a preferred one already. What is
rated deprecated is forbidden here, and what is superseded deprecated. ``geographicalUsage`` puts a term into the
locale of that region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from polyhelp.errors import InputError, Place
from polyhelp.glossary.incoming import Delivery, Incoming, new_id
from polyhelp.glossary.tbx_write import EXACT, KEPT
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget
from polyhelp.text.xml_tree import Element, Format, parsed

_STATUSES = {
    "preferred": "preferred", "standardized": "preferred", "legal": "preferred", "regulated": "preferred",
    "admitted": "admitted",
    "superseded": "deprecated", "obsolete": "deprecated",
    "deprecated": "forbidden", "forbidden": "forbidden", "notrecommended": "forbidden",
}  # fmt: skip
_TBX = Format("TBX", "nothing was taken over; export the file again from the tool that made it")
_PARTS = {
    "noun": PartOfSpeech.NOUN, "verb": PartOfSpeech.VERB, "adjective": PartOfSpeech.ADJECTIVE,
    "propernoun": PartOfSpeech.NAME, "other": PartOfSpeech.NAME,
}  # fmt: skip
_UNDERSTOOD = frozenset(
    {"subjectField", "definition", "responsibility", "note", "partOfSpeech", "administrativeStatus", "termType",
     "normativeAuthorization", "geographicalUsage", "transactionType", "translationNote", "Translation needed"}
)  # fmt: skip
_WORDS = frozenset({KEPT, EXACT})
_NO = frozenset({"no", "false"})


def read(data: bytes, shown: str, source: Locale, renamed: Mapping[Locale, Locale]) -> Delivery:
    """The concepts of a TBX file that have a name in ``source``, or another form of its language (en-US for en).

    ``renamed`` maps locales of the file to those that its terms are taken for. Raises InputError, naming the line,
    when the file is no TBX.
    """
    root = parsed(data, shown, _TBX)
    if root.name not in {"tbx", "martif"}:
        raise InputError(
            f"this is no TBX file: it begins with <{root.name[:40]}>",
            Place(shown, root.line),
            "export the term base as TBX-Basic, version 2 or 3",
        )
    return _Reader(shown, source, renamed).delivery(root)


@dataclass(slots=True)
class _Words:
    """What an entry says in one locale."""

    preferred: list[str] = field(default_factory=list)
    admitted: list[str] = field(default_factory=list)
    deprecated: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    definition: str = ""
    part: str = ""

    def add(self, term: str, status: str) -> None:
        """Put a term where its status says, each once."""
        if term not in (*self.names, *self.plain):
            getattr(self, status or "plain").append(term)

    def settle(self) -> None:
        """Find terms without a status theirs; of several preferred terms the first is it."""
        self.preferred += self.plain
        self.plain = []
        self.admitted[:0] = self.preferred[1:]
        del self.preferred[1:]

    @property
    def names(self) -> list[str]:
        """All terms, the preferred one first."""
        return [*self.preferred, *self.admitted, *self.deprecated, *self.forbidden]


class _Reader:
    """Reads the entries of one file."""

    def __init__(self, shown: str, source: Locale, renamed: Mapping[Locale, Locale]) -> None:
        self._shown, self._source, self._renamed = shown, source, renamed
        self._left: Counter[str] = Counter()
        self._ids: set[str] = set()

    def delivery(self, root: Element) -> Delivery:
        entries = [*root.all("conceptEntry", "termEntry")]
        self._ids = {entry.attributes["id"] for entry in entries if "id" in entry.attributes}
        concepts = tuple(one for entry in entries if (one := self._concept(entry)) is not None)
        counted = (f"{number} x {what}" for what, number in sorted(self._left.items()))
        return Delivery(concepts, tuple(f"left out, the term base has no place for it: {one}" for one in counted))

    def _concept(self, entry: Element) -> Incoming | None:
        words = self._words(entry)
        of = [one for one in words if _same(one, self._source)]
        home = next((one for one in (self._source, *of) if one in words and words[one].names), None)
        if home is None:
            self._left[f"a concept without a term in {self._source}"] += 1
            return None
        names = words.pop(home)
        for other in of:  # en-GB beside en: more names in the source language
            for name in words.pop(other, _Words()).names:
                names.add(name, "admitted")
        facts = _facts(entry)
        said = {"source"} | ({"id"} if "id" in entry.attributes else set())
        id_ = entry.attributes.get("id") or new_id(names.names[0], self._ids)
        self._ids.add(id_)
        targets = self._targets(words)
        for name in (facts.keys() - _UNDERSTOOD) | {"note" for note in facts.get("note", ()) if note not in _WORDS}:
            self._left[f"{name} of a concept"] += 1
        keep = _kept(entry, facts) and all(one.preferred in {"", names.names[0]} for one in targets.values())
        definitions = [names.definition, *facts.get("definition", ()), *(one.definition for one in words.values())]
        part = _PARTS.get(names.part.casefold())
        concept = Concept(
            id_,
            names.names[0],
            part or PartOfSpeech.unsaid(kept=keep),
            next(filter(None, definitions), ""),
            " / ".join(facts.get("subjectField", ())),
            do_not_translate=keep,
            case_sensitive=EXACT in facts.get("note", ()),
            variants=tuple(names.names[1:]),
            targets=targets,
            owner=next(iter(facts.get("responsibility", ())), ""),
        )
        if part:
            said.add("part")
        said |= {name for name in ("definition", "domain", "owner", "variants", "targets") if getattr(concept, name)}
        said |= {name for name in ("do_not_translate", "case_sensitive") if getattr(concept, name)}
        return Incoming(concept, Place(self._shown, entry.line), frozenset(said))

    def _words(self, entry: Element) -> dict[Locale, _Words]:
        words: dict[Locale, _Words] = {}
        for section in entry.elements("langSec", "langSet"):
            tag = section.attributes.get("lang", "")
            try:
                locale = Locale.parse(tag)
            except ValueError:
                self._left[f"a language called '{tag[:20]}'"] += 1
                continue
            locale = self._renamed.get(locale, locale)
            here = words.setdefault(locale, _Words())
            here.definition = here.definition or next(iter(_facts(section).get("definition", ())), "")
            for one in section.elements("termSec", "tig", "ntig"):
                self._term(one, locale, words)
        for said in words.values():
            said.settle()
        return words

    def _targets(self, words: Mapping[Locale, _Words]) -> dict[Locale, TermTarget]:
        """What the locales say; one that prefers nothing, as no parent of it does, prefers the first it admits."""
        targets: dict[Locale, TermTarget] = {}
        for locale, one in words.items():
            if not any(words[parent].preferred for parent in locale.lineage if parent in words):
                one.preferred, one.admitted = one.admitted[:1], one.admitted[1:]
                if not one.preferred and one.names:
                    self._left[f"terms in {locale} that are only forbidden"] += len(one.names)
                    continue
            if one.names:
                lists = (tuple(one.admitted), tuple(one.deprecated), tuple(one.forbidden))
                targets[locale] = TermTarget("".join(one.preferred), *lists, note=" ".join(one.notes))
        return targets

    def _term(self, section: Element, locale: Locale, words: dict[Locale, _Words]) -> None:
        term = next((" ".join(one.text.split()) for one in section.all("term")), "")
        if not any(map(str.isalnum, term)):
            self._left["a term without a letter or digit"] += 1
            return
        facts = _facts(section)
        status = next((found for name in ("administrativeStatus", "normativeAuthorization")
                       for value in facts.get(name, ()) if (found := _status(value))), "")  # fmt: skip
        for locale_ in self._places(locale, facts.get("geographicalUsage", ())):
            here = words.setdefault(locale_, _Words())
            here.add(term, status)
            here.part = here.part or next(iter(facts.get("partOfSpeech", ())), "")
            here.notes += [note for note in facts.get("note", ()) if note not in here.notes]
        for name in facts.keys() - _UNDERSTOOD:
            self._left[name] += 1

    def _places(self, locale: Locale, usages: Iterable[str]) -> list[Locale]:
        """The locales of a term's regions: the section's own where none is told, or none that can be read."""
        found = []
        for usage in usages:
            for tag in (usage, f"{locale.language}-{usage}"):
                try:
                    place = Locale.parse(tag.strip())
                except ValueError:
                    continue
                if place.language == locale.language:
                    found.append(place)
                    break
            else:
                self._left[f"geographicalUsage '{usage[:20]}'"] += 1
        return found or [locale]


def _facts(node: Element) -> dict[str, list[str]]:
    """What stands in ``node`` beside its sections, by data category."""
    facts: dict[str, list[str]] = {}
    for name, text in _said(node):
        if text:
            facts.setdefault(name, []).append(text)
    return facts


def _said(node: Element) -> Iterator[tuple[str, str]]:
    for child in node.elements():
        if child.name in {"langSec", "langSet", "termSec", "tig", "ntig", "term"}:
            continue
        if child.name.endswith("Grp"):
            yield from _said(child)
        else:
            category = child.attributes.get("type", child.name)
            yield (child.name if child.name == "note" else category), " ".join(child.text.split())


def _status(value: str) -> str:
    word = value.casefold().removesuffix("-admn-sts").removesuffix("term").replace(" ", "").replace("-", "")
    return _STATUSES.get(word, "")


def _kept(entry: Element, facts: Mapping[str, list[str]]) -> bool:
    if KEPT in facts.get("note", ()):
        return True
    inside = [_facts(one) for one in entry.all("termSec", "tig", "ntig")]
    said = [text for one in (facts, *inside) for name in ("translationNote", "Translation needed")
            for text in one.get(name, ())]  # fmt: skip
    return any(text.casefold() in _NO for text in said)


def _same(one: Locale, other: Locale) -> bool:
    return one in other.lineage or other in one.lineage
