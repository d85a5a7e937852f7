"""TBX in and out: what the standard holds comes back, what strangers write is understood, and nothing of it runs."""

import re
import time
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from glossary_strategies import concepts
from hypothesis import given

from polyhelp.errors import InputError
from polyhelp.glossary import tbx_read
from polyhelp.glossary.tbx_write import dump, lost
from polyhelp.model import Concept, Locale, PartOfSpeech, Severity, TermTarget

EN, DE, ES, MX = map(Locale, ("en", "de", "es", "es-MX"))
NS = "{urn:iso:std:iso:30042:ed-2}"


def delivered(text, renamed=None):
    return tbx_read.read(text.encode() if isinstance(text, str) else text, "terms.tbx", EN, renamed or {})


def back(text, renamed=None):
    return [one.concept for one in delivered(text, renamed).concepts]


def held(concept):
    """What of a concept the standard has a place for."""
    targets = {
        locale: replace(one, cleared=frozenset())
        for locale, one in concept.targets.items()
        if one.preferred or one.admitted or one.deprecated or one.forbidden
    }
    names = tuple(name for name in concept.variants if name != concept.source)
    part = concept.part if concept.part is not PartOfSpeech.ANY else PartOfSpeech.unsaid(kept=concept.do_not_translate)
    return replace(concept, part=part, enforce=Severity.WARNING, excluded=(), scope=(), targets=targets, variants=names)


@given(concepts())
def test_what_is_exported_comes_back(terms):
    found = back(dump(terms, EN, "Tern"))
    assert [replace(one, id="") for one in found] == [replace(held(one), id="") for one in terms]
    for one, ours in zip(found, terms, strict=True):
        assert one.id == ours.id or not re.fullmatch(r"[A-Za-z_][\w.-]*", ours.id, re.ASCII)


@given(concepts())
def test_the_file_is_what_the_standard_asks_for(terms):
    root = ET.fromstring(dump(terms, EN, "Tern & Co"))  # noqa: S314 (our own)
    assert (root.tag, root.get("type"), root.get("style")) == (f"{NS}tbx", "TBX-Basic", "dca")
    ids = [one.get("id") for one in root.iter(f"{NS}conceptEntry")]
    assert len(set(ids)) == len(ids) == len(terms)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", id_, re.ASCII) for id_ in ids)
    allowed = {
        "descrip": {"subjectField", "definition"},
        "termNote": {"partOfSpeech", "administrativeStatus", "termType"},
        "transac": {"transactionType"},
        "transacNote": {"responsibility"},
    }
    for one in root.iter():
        if one.get("type") and one is not root:
            assert one.get("type") in allowed[one.tag.removeprefix(NS)]
    for section in root.iter(f"{NS}langSec"):
        assert section.findall(f"{NS}termSec")
    statuses = {one.text for one in root.iter(f"{NS}termNote") if one.get("type") == "administrativeStatus"}
    assert statuses <= {f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated", "superseded")}
    parts = {one.text for one in root.iter(f"{NS}termNote") if one.get("type") == "partOfSpeech"}
    assert parts <= {"noun", "verb", "adjective", "other"}


def test_what_the_file_cannot_hold_is_known():
    assert not lost(Concept("a", "b", case_sensitive=True, targets={DE: TermTarget("x", note="y")}))
    assert lost(Concept("a", "b", enforce=None))
    assert lost(Concept("a", "b", scope=("x/*",)))
    assert lost(Concept("a", "b", targets={ES: TermTarget("x"), MX: TermTarget(note="y")}))


def test_only_the_locales_that_are_asked_for():
    text = dump([Concept("a", "b", targets={DE: TermTarget("x"), ES: TermTarget("y")})], EN, "t", [DE])
    assert back(text)[0].targets == {DE: TermTarget("x")}


VERSION_2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c1">
  <descrip type="subjectField">payments</descrip>
  <descripGrp><descrip type="definition">Money that
     goes back.</descrip></descripGrp>
  <langSet xml:lang="en-US">
    <ntig><termGrp><term>refund</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
    <tig><term>re-fund</term></tig>
  </langSet>
  <langSet xml:lang="de-DE">
    <tig><term>Rück<hi>erstattung</hi></term></tig>
    <tig><term>Erstattung</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>Vergütung</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
    <tig><term>Rückgabe</term><termNote type="normativeAuthorization">deprecatedTerm</termNote>
      <note>Only money.</note></tig>
  </langSet>
  <langSet xml:lang="es">
    <tig><term>reembolso</term></tig>
    <tig><term>devolución</term><termNote type="geographicalUsage">MX</termNote></tig>
  </langSet>
</termEntry>
<termEntry><langSet xml:lang="en"><tig><term>Tern</term><termNote type="partOfSpeech">properNoun</termNote>
  <termNote type="translationNote">No</termNote></tig></langSet></termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>rien</term></tig></langSet></termEntry>
</body></text></martif>"""

STYLE_DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1"><min:subjectField>payments</min:subjectField>
  <langSec xml:lang="en"><basic:definition>Money.</basic:definition>
    <termSec><term>refund</term><min:partOfSpeech>verb</min:partOfSpeech>
    <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
  <langSec xml:lang="de"><termSec><term>erstatten</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_version_2_is_read():
    delivery = delivered(VERSION_2, {Locale("de-DE"): DE})
    refund, tern = (one.concept for one in delivery.concepts)
    assert (refund.id, refund.source, refund.variants) == ("c1", "refund", ("re-fund",))
    assert (refund.domain, refund.definition) == ("payments", "Money that goes back.")
    assert refund.targets == {
        DE: TermTarget("Erstattung", ("Rückerstattung",), ("Vergütung",), ("Rückgabe",), "Only money."),
        ES: TermTarget("reembolso"),
        MX: TermTarget("devolución"),
    }
    assert (tern.id, tern.part, tern.do_not_translate) == ("tern", PartOfSpeech.NAME, True)
    assert delivery.concepts[0].place.line == 3
    assert delivery.concepts[1].said == {"source", "part", "do_not_translate"}
    assert delivery.remarks == ("left out, the term base has no place for it: 1 x a concept without a term in en",)


def test_the_style_with_data_categories_as_tags_is_read():
    (refund,) = back(STYLE_DCT)
    assert (refund.domain, refund.definition, refund.part) == ("payments", "Money.", PartOfSpeech.VERB)
    assert refund.targets == {DE: TermTarget("erstatten")}


def test_what_has_no_place_is_told():
    text = STYLE_DCT.replace(
        "<term>erstatten</term>",
        '<term>erstatten</term><termNote type="grammaticalGender">other</termNote>'
        '<termNote type="geographicalUsage">the north</termNote>',
    )
    assert [one.partition(": ")[2] for one in delivered(text).remarks] == [
        "1 x geographicalUsage 'the north'",
        "1 x grammaticalGender",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no well-formed XML"),
        ("<tmx/>", "this is no TBX file: it begins with <tmx>"),
        ("<tbx>", "no well-formed XML"),
        ('<!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tbx>&b;</tbx>', "brings its own DTD"),
        ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>', "brings its own DTD"),
        ('<!DOCTYPE tbx SYSTEM "http://127.0.0.1:9/x.dtd"><tbx>&x;</tbx>', "an entity that it does not define"),
        ("<tbx>" + "<a>" * 100_000, "nested too deeply"),
        ('<?xml version="1.0" encoding="nonsense"?><tbx/>', "cannot be read"),
        (b"<tbx>\xff</tbx>", "no well-formed XML"),
    ],
)
def test_hostile_and_broken_files_are_refused(text, message):
    with pytest.raises(InputError) as caught:
        delivered(text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("terms.tbx:")


def test_five_hundred_concepts_take_no_time():
    terms = [
        Concept(
            f"c{at}",
            f"term {at}",
            targets={Locale(tag): TermTarget(f"w{at}", ("x", "y")) for tag in ("de", "fr", "ja")},
        )
        for at in range(500)
    ]
    begun = time.process_time()
    assert back(dump(terms, EN, "t")) == terms
    assert time.process_time() - begun < 2
