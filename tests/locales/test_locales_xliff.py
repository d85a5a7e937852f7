"""Units as XLIFF: what is written obeys the standard, and what comes back is what was meant."""

import re
import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import replace

import pytest
from catalog_strategies import catalogs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyhelp.errors import InputError, Place
from polyhelp.locales import xliff
from polyhelp.locales.xliff import Outgoing, Returned, dump
from polyhelp.locales.xliff_read import read
from polyhelp.model import Catalog, Key, Locale, Origin, Review, State, Unit, digest

EN, DE = Locale("en"), Locale("de")
PATH = "returns/refunds.md"
CORE = f"{{{xliff.CORE}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# ------------------------------------------------------------ the rules of XLIFF 2.1 Core
#
# From the OASIS Standard of 2018-02-13, section 4 (detailed specification), and its schema: for every element its
# content in order ("?" none or one, "*" any number, "+" one or more), required and optional attributes.

INLINE = {"cp", "ph", "pc", "sc", "ec", "mrk", "sm", "em"}
CONTENT = {
    "xliff": "file+", "file": "skeleton? other* notes? (unit|group)+", "unit": "other* notes? originalData? segment+",
    "segment": "source target?", "notes": "note+", "originalData": "data+", "note": "", "data": "cp*", "cp": "",
    "ph": "", "source": "inline*", "target": "inline*", "pc": "inline*", "mrk": "inline*",
}  # fmt: skip
REQUIRED = {
    "xliff": {"version", "srcLang"}, "file": {"id"}, "unit": {"id"}, "data": {"id"}, "cp": {"hex"}, "ph": {"id"},
    "pc": {"id"}, "mrk": {"id"},
}  # fmt: skip
CODE = {"canCopy", "canDelete", "canReorder", "copyOf", "type", "subType"}
OPTIONAL = {
    "xliff": {"trgLang", SPACE}, "file": {"canResegment", "original", "translate", "srcDir", "trgDir", SPACE},
    "unit": {"name", "canResegment", "translate", "srcDir", "trgDir", SPACE, "type"},
    "segment": {"id", "canResegment", "state", "subState"}, "note": {"id", "appliesTo", "category", "priority"},
    "ph": CODE | {"disp", "equiv", "dataRef", "subFlows"}, "mrk": {"translate", "type", "ref", "value"},
    "pc": CODE | {f"{name}{end}" for name in ("disp", "equiv", "dataRef", "subFlows") for end in ("Start", "End")}
    | {"canOverlap", "dir"},
    "data": {"dir", SPACE}, "source": {SPACE}, "target": {SPACE, "order"},
}  # fmt: skip
VALUES = {
    "state": "initial|translated|reviewed|final", "canResegment": "yes|no", "translate": "yes|no",
    "canCopy": "yes|no", "canDelete": "yes|no", "canReorder": "yes|firstNo|no", "srcDir": "ltr|rtl|auto",
    "trgDir": "ltr|rtl|auto", "type": "fmt|ui|quote|link|image|other", "subType": r"[^\s:]+:[^\s:]+",
    "subState": r"[^\s:]+:[^\s:]+", "id": r"[\w.:-]+", "hex": "(?:[0-9A-F]{2})+", "appliesTo": "source|target",
    "version": r"2\.1", SPACE: "default|preserve", "srcLang": "[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*",
    "trgLang": "[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*",
}  # fmt: skip


def name_of(element):
    return element.tag.removeprefix(CORE) if element.tag.startswith(CORE) else "other"


def breaches(text):
    """Every breach of the rules, in words."""
    root = ET.fromstring(text.encode())  # noqa: S314 (our own file)
    assert name_of(root) == "xliff"
    found = []
    for element in root.iter():
        if name_of(element) != "other":
            found += _of_element(element)
    for file in root:
        found += _unique("unit", file.iter(f"{CORE}unit"))
        units = {unit.get("id"): unit for unit in file.iter(f"{CORE}unit")}
        for unit in units.values():
            found += _of_unit(unit, units)
    found += _unique("file", root)
    if any(True for _ in root.iter(f"{CORE}target")) and not root.get("trgLang"):
        found.append("a target without trgLang")
    return found


def _of_element(element):
    name = name_of(element)
    if name not in CONTENT:
        yield f"{name} is not known"
        return
    children = " ".join(
        "inline" if name_of(child) in INLINE and name != "data" else name_of(child) for child in element
    )
    pattern = re.sub(r"\w+", lambda match: f"(?:{match[0]} )", CONTENT[name]).replace(" )", "\0").replace(" ", "")
    if not re.fullmatch(pattern.replace("\0", " )"), f"{children} " if children else ""):
        yield f"{name} holds {children}"
    mixed = name in {"source", "target", "pc", "mrk", "data", "note"}
    if not mixed and "".join((element.text or "", *(child.tail or "" for child in element))).strip():
        yield f"text in {name}"
    given = set(element.attrib)
    for attribute in REQUIRED.get(name, set()) - given:
        yield f"{name} lacks {attribute}"
    for attribute in given - REQUIRED.get(name, set()) - OPTIONAL.get(name, set()):
        yield f"{name} has {attribute}"
    for attribute in given & VALUES.keys():
        if not re.fullmatch(VALUES[attribute], element.get(attribute)) and (name, attribute) != ("mrk", "type"):
            yield f"{attribute}={element.get(attribute)!r}"
    sub = element.get("subType", "")
    if sub.startswith("xlf:") and element.get("type") != ("ui" if sub == "xlf:var" else "fmt"):
        yield f"{sub} with type {element.get('type')}"  # 4.3.1.35
    if element.get("subState") and not element.get("state"):
        yield "subState without state"  # 4.3.1.34
    if element.get("canReorder") in {"no", "firstNo"} and {element.get("canCopy"), element.get("canDelete")} != {"no"}:
        yield "canReorder without canCopy and canDelete"  # 4.3.1.5


def _of_unit(unit, units):
    data = [one.get("id") for one in unit.iter(f"{CORE}data")]
    yield from _unique("data", unit.iter(f"{CORE}data"))
    sources = [one for source in unit.iter(f"{CORE}source") for one in source.iter() if one.get("id")]
    targets = [one for target in unit.iter(f"{CORE}target") for one in target.iter() if one.get("id")]
    yield from _unique("source code", sources)
    yield from _unique("target code", targets)
    known = {one.get("id"): one for one in sources}
    for one in targets:  # 4.3.1.18: a target's code has its source's id and attributes, or an id of its own
        twin = known.get(one.get("id"))
        if twin is not None and (twin.tag, twin.attrib) != (one.tag, one.attrib):
            yield f"code {one.get('id')} differs between source and target"
    used = set()
    for one in (*sources, *targets):
        for attribute, value in one.attrib.items():
            if attribute.startswith("dataRef"):
                used.add(value)
                if value not in data:
                    yield f"{attribute}={value} leads nowhere"
            if attribute.startswith("subFlows"):
                yield from (f"sub-flow {flow} is missing" for flow in value.split() if flow not in units)
    yield from (f"data {one} is not used" for one in data if one not in used)
    orders = [one.get("canReorder") for one in sources if one.get("canReorder")]
    if orders and (orders[0] != "firstNo" or set(orders[1:]) - {"no"}):
        yield f"canReorder: {orders}"


def _unique(what, elements):
    ids = [element.get("id") for element in elements]
    return [f"{what} id {one} stands twice" for one in set(ids) if ids.count(one) > 1]


SOUND = Unit('Press **Send** or `x` {% if a %} [Home](/ "Go")', "**Senden** `x` `x`")


@pytest.mark.parametrize(
    ("old", "new", "breach"),
    [
        (' srcLang="en"', "", "xliff lacks srcLang"),
        (' trgLang="de"', "", "a target without trgLang"),
        ('version="2.1"', 'version="1.2"', "version='1.2'"),
        ('<segment state="translated"', '<segment state="done"', "state='done'"),
        ('<segment state="translated"', '<segment subState="a:b"', "subState without state"),
        ('id="d2"', 'id="d1"', "data id d1 stands twice"),
        ('dataRef="d2"', 'dataRef="d9"', "dataRef=d9 leads nowhere"),
        ('<ph id="2"', '<ph id="1"', "source code id 1 stands twice"),
        ('type="fmt"', 'type="ui"', "xlf:b with type ui"),
        ('-4e-0"', '-9e-0"', "is missing"),
        (' canDelete="no" canReorder', " canReorder", "canReorder without"),
        ("<notes>", "<notes/><notes>", "unit holds"),
        ("<source>", "<source><data/>", "source holds data"),
        ('<segment state="translated">', "<segment>words", "text in segment"),
        ("<source>", '<source size="1">', "source has size"),
        ("</target>", '<ph id="2" disp="x"/></target>', "target code id 2 stands twice"),
    ],
)
def test_the_checker_finds_breaches(old, new, breach):
    text = dump(outgoing(SOUND))
    assert breaches(text) == []
    assert old in text
    assert any(breach in one for one in breaches(text.replace(old, new, 1)))


# ------------------------------------------------------------ there and back


def outgoing(*units, path=PATH, target=DE, **more):
    return Outgoing(EN, target, (Catalog(target, path, units),), **more)


def there_and_back(*units, **more):
    text = dump(outgoing(*units, **more))
    assert breaches(text) == []
    return read(text.encode(), "x.xlf").units


MARKDOWN = st.lists(
    st.sampled_from([
        "Press ", "**", "*", "`SAVE20`", "[", "](/home)", '](/home "Go home")', '](/a "￼")', "![", "](a.png)",
        "{{ x }}",
        "{% if a %}", "{% endif %}", "<b>", "</b>", "<br>", ":icon:", "[^1]", '<img alt="A box" title="B">', "++ctrl++",
        "{ .big title=\"Big\" }", "\n", "  \n", "\\*", "&nbsp;", "==", "~~", "^^", "a & b", "<", "]]>", "\x00", "\x85",
        "\r", "\ufffe", "\U0001ffff", "￼", "https://a.example/x", "_", "$x^2$", " ", "<kbd>a</kbd>", "[x][y]", "[z][]",
    ]), min_size=1, max_size=12,
).map("".join)  # fmt: skip
law = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


@given(source=MARKDOWN, target=MARKDOWN | st.just(""), context=st.sampled_from(["", "law", "a\nb", "x\x07"]))
@law
def test_every_text_comes_back(source, target, context):
    (one,) = there_and_back(Unit(source, target, context, fuzzy=bool(target)))
    assert one == Returned(
        PATH,
        xliff.file_id(PATH),
        xliff.unit_id(Key(source, context)),
        Key(source, one.key.context),
        target,
        State.INITIAL,
        one.line,
        sent=xliff.sent(Unit(source, target), State.INITIAL),
    )
    assert one.key.context == context or "\x07" in context


@given(catalogs())
@law
def test_every_catalog_comes_back(catalog):
    units = tuple(unit for unit in catalog.units if not unit.obsolete)
    if units:
        back = there_and_back(*units)
        assert [(one.key.source, one.target, one.state) for one in back] == [
            (unit.source, unit.target, unit.state()) for unit in units
        ]
        assert [one.id for one in back] == [xliff.unit_id(unit.key) for unit in units]


@given(source=MARKDOWN)
@law
def test_a_target_written_over_the_sources_codes_comes_back(source):
    """What a translation tool does: the source's content copied to the target, then words changed."""
    text = dump(outgoing(Unit(source)))
    copied = re.sub(r"(<source>)(.*?)(</source>)", r"\1\2\3<target>\2</target>", text, flags=re.DOTALL).replace(
        "<target>", f"<target>{'Ein Wort '}"
    )
    (one,) = read(copied.encode(), "x.xlf").units
    assert (one.key.source, one.target, one.fault) == (source, f"Ein Wort {_titled(source)}", "")


def _titled(source):
    """``source`` as it comes back when the prose in its codes was changed too."""
    from polyhelp.text.inline import Code, tokenize  # noqa: PLC0415

    out = []
    for token in tokenize(source):
        if isinstance(token, Code) and "￼" not in token.text:
            out += [f"Ein Wort {part}" if at % 2 else part for at, part in enumerate(token.parts)]
        else:
            out.append(token if isinstance(token, str) else token.text)
    return "".join(out)


def test_the_same_units_are_the_same_bytes():
    units = (Unit("Press **Send**.", "Drück **Senden**."), Unit("b", context="c"))
    assert dump(outgoing(*units)) == dump(outgoing(*units))


def test_a_unit_keeps_its_id_whatever_happens_to_its_target():
    assert xliff.unit_id(Unit("a", "A").key) == xliff.unit_id(Unit("a", "B", fuzzy=True).key)
    assert xliff.unit_id(Unit("a").key) != xliff.unit_id(Unit("a", context="c").key)


def test_states_are_xliffs():
    reviewed = Unit("a", "A", review=Review("Anna", "2026-11-02", digest("a", "A", "")))
    machine = Unit("d", "D", fuzzy=True, origin=Origin.of("mt/deepl", "2026-11-02", "D"))
    text = dump(outgoing(reviewed, Unit("b", "B"), Unit("c"), machine))
    assert re.findall(r"<segment (.*)>", text) == [
        'state="reviewed"', 'state="translated"', 'state="initial"', 'state="initial" subState="polyhelp:mt"',
    ]  # fmt: skip


def test_a_translator_sees_kind_note_context_previous_source_and_comments():
    unit = Unit(
        "Send it to us.", "Schick es zurück.", context="parcel", fuzzy=True, previous="Send it back.",
        notes=("paragraph", "note: to <the> shop"), comments=("asked the shop",),
    )  # fmt: skip
    text = dump(outgoing(unit))
    assert re.findall(r"<note (.*?)>(.*)</note>", text) == [
        ('category="kind"', "paragraph"),
        ('category="note"', "to &lt;the&gt; shop"),
        ('category="context"', "parcel"),
        ('category="previous source" appliesTo="source"', "Send it back."),
        ('category="comment" appliesTo="target"', "asked the shop"),
    ]
    assert breaches(text) == []


def test_names_are_marked_as_not_to_be_translated():
    source = "Ask **Kestrel & Pine**, or Kestrel & Pine."
    spans = [(match.start(), match.end()) for match in re.finditer("Kestrel & Pine", source)]
    text = dump(outgoing(Unit(source), names=lambda path, _: spans if path == PATH else []))
    assert text.count('translate="no">Kestrel &amp; Pine</mrk>') == 2
    assert breaches(text) == []
    assert read(text.encode(), "x.xlf").units[0].key.source == source


def test_what_holds_no_word_is_not_to_be_translated():
    text = dump(outgoing(Unit("{{ region.name }}"), Unit("Region: {{ region.name }}")))
    assert re.findall(r'<unit .*?( translate="no")?>', text) == [' translate="no"', ""]
    assert breaches(text) == []


def test_directions_are_said_for_right_to_left_locales():
    assert 'srcDir="ltr" trgDir="rtl"' in dump(outgoing(Unit("a"), target=Locale("ar")))


# ------------------------------------------------------------ what tools make of it


def returned(body, root='version="2.1" srcLang="en" trgLang="de"', unit='id="u"'):
    file = f'<file id="f" original="a.md">\n<unit {unit}>\n{body}\n</unit></file>'
    return read(f'<xliff xmlns="{xliff.CORE}" {root}>\n{file}</xliff>'.encode(), "x.xlf").units[0]


DATA = '<originalData><data id="d1">**</data><data id="d2">`x`</data></originalData>'
PAIR = '<pc id="1" dataRefStart="d1" dataRefEnd="d1">Send</pc>'


@pytest.mark.parametrize(
    "target",
    [
        '<pc id="1" dataRefStart="d1" dataRefEnd="d1">Senden</pc>',
        '<pc id="1">Senden</pc>',  # the references are the source's
        '<sc id="1" dataRef="d1"/>Senden<ec startRef="1" dataRef="d1"/>',
        '<sc id="1"/>Senden<ec startRef="1"/>',
        '<mrk id="m" type="comment" value="nice"><pc id="1">Sen<sm id="s"/>den<em startRef="s"/></pc></mrk>',
        '<pc id="7" copyOf="1">Senden</pc>',
        '<x:y xmlns:x="urn:x"><pc id="1">S<cp hex="0065"/>nden</pc></x:y>',
    ],
)
def test_codes_in_every_spelling_are_read(target):
    one = returned(
        f"{DATA}<segment><source>{PAIR} <ph id='2' dataRef='d2'/></source><target>{target}</target></segment>"
    )
    assert (one.key.source, one.target, one.fault) == ("**Send** `x`", "**Senden**", "")


def test_several_segments_are_joined_and_the_least_state_counts():
    one = returned(
        '<segment state="final"><source>A. </source><target order="3">Ah. </target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="translated"><source>B.</source><target order="1">Be.</target></segment>'
    )
    assert (one.key.source, one.target, one.state) == ("A.  B.", "Be. Ah. ", State.TRANSLATED)


def test_a_unit_of_which_one_segment_is_not_translated_has_no_target():
    one = returned("<segment><source>A</source><target>X</target></segment><segment><source>B</source></segment>")
    assert (one.key.source, one.target) == ("AB", "")


def test_the_targets_of_translation_candidates_are_not_read():
    match = (
        '<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#1"><source>A</source>'
        "<target>candidate</target></m:match></m:matches>"
    )
    assert returned(f"{match}<segment><source>A</source><target>X</target></segment>").target == "X"


@pytest.mark.parametrize(
    ("state", "sub", "maker"),
    [
        ("initial", "polyhelp:mt", ""),  # ours: the target has been changed since, by whoever worked at it
        ("initial", "deepl:mt", "mt/deepl"),
        ("translated", "CAT:machine-translated", "mt/cat"),
        ("translated", "cat:confirmed", ""),
    ],
)
def test_a_file_may_say_that_a_machine_made_a_target(state, sub, maker):
    assert (
        returned(f'<segment state="{state}" subState="{sub}"><source>A</source><target>X</target></segment>').maker
        == maker
    )


def test_a_title_that_the_tool_left_alone_is_the_sources():
    text = dump(outgoing(Unit('[Home](/ "Go home")')))
    text = text.replace("</source>", "</source>\n<target><pc id='1'>Start</pc></target>", 1)
    assert read(text.encode(), "x.xlf").units[0].target == '[Start](/ "Go home")'


ORPHAN = (
    '<originalData><data id="d">](/ "￼")</data></originalData><segment><source>A</source>'
    '<target><ph id="1" dataRef="d" subFlows="gone"/></target></segment>'
)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<segment><source>A</source><target><ph id="9"/></target></segment>', "the code 9 has no original data"),
        (
            '<segment><source>A</source><target><ec startRef="4"/>x</target></segment>',
            "the code 4 has no original data",
        ),
        ('<segment state="done"><source>A</source><target>X</target></segment>', "the state is none of initial"),
        (
            ORPHAN,
            "the unit gone is missing",
        ),
    ],
)
def test_a_unit_that_cannot_be_read_says_why(body, fault):
    assert returned(body).fault.startswith(fault)


# ------------------------------------------------------------ files that are refused

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (f'<?xml version="1.0"?>\n{BOMB}<xliff>&b;</xliff>', 2, "document type"),
        ('<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff/>', 1, "document type"),
        ("<xliff>\n&nbsp;</xliff>", 2, "no well-formed XML: undefined entity"),
        ("<xliff>\n\n<file></xliff>", 3, "no well-formed XML: mismatched tag"),
        ("", 1, "no well-formed XML: no element found"),
        ("PK\3\4 a zip file", 1, "no well-formed XML"),
        ("<a>" * 5000 + "</a>" * 5000, 1, "nested too deeply"),
        ("\n<html/>", 2, "no XLIFF file: it begins with <html>"),
        ('<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', 1, "this is XLIFF 1.2"),
        (f'<xliff xmlns="{xliff.CORE}" version="2.1" srcLang="en"/>', 1, "trgLang"),
        ('<?xml version="1.0" encoding="x-unknown"?><xliff/>', 1, "nown encoding"),
    ],
)
def test_a_file_that_is_refused_says_where_and_why(data, line, message):
    with pytest.raises(InputError) as caught:
        read(data.encode(), "x.xlf")
    assert message in caught.value.message
    assert caught.value.place == Place("x.xlf", line)
    assert caught.value.hint


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: f"<xliff>{text}</xliff>".encode()))
@law
def test_any_file_is_read_or_refused(data):
    with suppress(InputError):
        read(data, "x.xlf")


def test_utf16_is_read():
    text = dump(outgoing(Unit("a", "Ä"))).replace("UTF-8", "UTF-16")
    assert read(text.encode("utf-16"), "x.xlf").units[0].target == "Ä"


def test_metadata_may_be_lost():
    text = re.sub(r"<mda:metadata>.*</mda:metadata>", "", dump(outgoing(Unit("a", "Ä"))), flags=re.DOTALL)
    (one,) = read(text.encode(), "x.xlf").units
    assert (one.target, one.sent) == ("Ä", None)
    assert replace(one, sent=None) == one
