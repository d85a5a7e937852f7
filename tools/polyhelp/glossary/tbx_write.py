"""The term base as TBX-Basic, version 3 (ISO 30042:2019), in the DCA style.

What goes where:

===================================== ================================================================================
``domain``                            ``descrip`` subjectField
``definition``                        ``descrip`` definition, in the source language's section
``owner``                             ``transacNote`` responsibility of an ``origination``
``pos``                               ``termNote`` partOfSpeech; a name is ``other`` (version 3 knows no proper noun)
``source``, ``preferred``             administrativeStatus preferredTerm-admn-sts
``admitted``                          admittedTerm-admn-sts
``deprecated``                        supersededTerm-admn-sts: was right once
``forbidden``                         deprecatedTerm-admn-sts: rated undesired
``variants``                          admittedTerm-admn-sts in the source language, termType ``variant``
``do_not_translate, case_sensitive``  a ``note`` of the concept, in fixed words that are read back
a locale's ``note``                   a ``note`` of its first term
===================================== ================================================================================

The standard has no place for ``enforce``, ``except``, ``scope``, a list that is meant to be empty, and the note of a
locale without terms: they are not in the file. An id that is no XML name is written as one.

Public schema: https://github.com/LTAC-Global/TBX-Basic_dialect
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from polyhelp.glossary.incoming import new_id
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget

KEPT = "Do not translate."
EXACT = "Case-sensitive."
STATUSES = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "supersededTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
PARTS = {
    PartOfSpeech.NOUN: "noun",
    PartOfSpeech.VERB: "verb",
    PartOfSpeech.ADJECTIVE: "adjective",
    PartOfSpeech.NAME: "other",
    PartOfSpeech.ANY: "",
}
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML has no place for
_SCHEMA = "https://raw.githubusercontent.com/LTAC-Global/TBX-Basic_dialect/master/DCA/TBXcoreStructV03_TBX-Basic_integrated.rng"
_HEADER = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="{_SCHEMA}" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang={{lang}} xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc>
      <titleStmt>
        <title>{{title}}</title>
      </titleStmt>
      <sourceDesc>
        <p>Written by polyhelp from the files in glossary/.</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""


def dump(concepts: Iterable[Concept], source: Locale, title: str, locales: Collection[Locale] = ()) -> str:
    """The file's text. ``locales`` limits the targets; all of them without any."""
    lines = [_HEADER.format(lang=quoteattr(source.tag), title=_plain(title))]
    concepts, ids = tuple(concepts), set[str]()
    own = {concept.id for concept in concepts}  # a made-up id is not to take anybody's
    for concept in concepts:
        id_ = concept.id if _NAME.fullmatch(concept.id) and concept.id not in ids else _name(concept.id, ids | own)
        ids.add(id_)
        lines += _entry(concept, id_, source, [one for one in concept.targets if not locales or one in locales])
    return "".join([*lines, "    </body>\n  </text>\n</tbx>\n"])


def lost(concept: Concept) -> bool:
    """Whether the concept says something that the file cannot hold."""
    usual = Concept("", "").enforce
    return (
        concept.enforce is not usual
        or bool(concept.excluded or concept.scope)
        or any(one.cleared or (one.note and not _forms(one)) for one in concept.targets.values())
    )


def _name(id_: str, taken: set[str]) -> str:
    name = new_id(id_, ())
    return new_id(name if _NAME.fullmatch(name) else f"c-{name}", taken)


def _entry(concept: Concept, id_: str, source: Locale, locales: list[Locale]) -> Iterator[str]:
    yield f'      <conceptEntry id="{id_}">\n'
    if concept.domain:
        yield f'        <descrip type="subjectField">{_plain(concept.domain)}</descrip>\n'
    if concept.owner:
        yield '        <transacGrp>\n          <transac type="transactionType">origination</transac>\n'
        yield f'          <transacNote type="responsibility">{_plain(concept.owner)}</transacNote>\n'
        yield "        </transacGrp>\n"
    yield from (
        f"        <note>{words}</note>\n"
        for words, holds in ((KEPT, concept.do_not_translate), (EXACT, concept.case_sensitive))
        if holds
    )
    yield f'        <langSec xml:lang="{source.tag}">\n'
    if concept.definition:
        yield f'          <descrip type="definition">{_plain(concept.definition)}</descrip>\n'
    part = PARTS[concept.part]
    yield from _term(concept.source, part=part, status="preferred")
    for variant in concept.variants:
        yield from _term(variant, part=part, status="admitted", kind="variant")
    yield "        </langSec>\n"
    for locale in locales:
        yield from _section(locale, concept.targets[locale], part)
    yield "      </conceptEntry>\n"


def _section(locale: Locale, target: TermTarget, part: str) -> Iterator[str]:
    forms = _forms(target)
    if forms:
        yield f'        <langSec xml:lang="{locale.tag}">\n'
        for at, (status, form) in enumerate(forms):
            yield from _term(form, part=part, status=status, note="" if at else target.note)
        yield "        </langSec>\n"


def _forms(target: TermTarget) -> list[tuple[str, str]]:
    preferred = [("preferred", target.preferred)] if target.preferred else []
    lists = (("admitted", target.admitted), ("deprecated", target.deprecated), ("forbidden", target.forbidden))
    return [*preferred, *((status, form) for status, forms in lists for form in forms)]


def _term(term: str, *, part: str, status: str, kind: str = "", note: str = "") -> Iterator[str]:
    yield f"          <termSec>\n            <term>{_plain(term)}</term>\n"
    if part:
        yield f'            <termNote type="partOfSpeech">{part}</termNote>\n'
    yield f'            <termNote type="administrativeStatus">{STATUSES[status]}</termNote>\n'
    if kind:
        yield f'            <termNote type="termType">{kind}</termNote>\n'
    if note:
        yield f"            <note>{_plain(note)}</note>\n"
    yield "          </termSec>\n"


def _plain(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))
