"""TMX: what goes out comes back, other tools' files are understood, and bad files are explained."""

from contextlib import suppress
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_strategies import pairs, texts

from polyhelp.errors import InputError, WriteError
from polyhelp.memory import Pair, Standing, tmx
from polyhelp.model import Locale

DE, EN = Locale("de"), Locale("en")
PAIR = Pair("Open **it**.", "Öffne **es**.", DE)


@pytest.fixture
def read(tmp_path):
    """``read(text)`` gives the pairs of a file with this content."""

    def reading(text, **options):
        file = tmp_path / "given.tmx"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(tmx.read(file, "given.tmx", EN, **options))

    return reading


def body(units, header='<header srclang="en"/>'):
    return f'<?xml version="1.0"?>\n<tmx version="1.4">\n{header}\n<body>\n{units}\n</body></tmx>'


def unit(*variants):
    tuvs = "".join(f'<tuv xml:lang="{lang}"><seg>{seg}</seg></tuv>' for lang, seg in variants)
    return f"<tu>{tuvs}</tu>"


# ---------------------------------------------------------------- there and back


@given(st.lists(pairs(sources=texts), max_size=6))
def test_what_goes_out_comes_back(tmp_path_factory, held):
    file = tmp_path_factory.mktemp("law") / "memory.tmx"
    assert tmx.write(file, "memory.tmx", held, EN) == (len(held), 0)
    assert list(tmx.read(file, "memory.tmx", EN)) == held
    first = file.read_bytes()
    tmx.write(file, "memory.tmx", tmx.read(file, "memory.tmx", EN), EN)
    assert file.read_bytes() == first


def test_the_file_is_tmx_as_others_read_it(tmp_path):
    file = tmp_path / "memory.tmx"
    tmx.write(file, "memory.tmx", [replace(PAIR, standing=Standing.REVIEWED, date="2026-11-21")], EN)
    root = ElementTree.parse(file).getroot()  # noqa: S314 (our own file)
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    header = root.find("header")
    wanted = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert set(header.attrib) == wanted  # all that the DTD demands
    assert header.get("segtype") in {"block", "paragraph", "sentence", "phrase"}
    _, target = root.iter("tuv")
    assert target.get("creationid") == "human"
    assert target.get("changedate") == "20261121T000000Z"
    assert [child.tag for child in target] == ["prop", "prop", "seg"]  # the DTD's order
    assert {prop.get("type"): prop.text for prop in target.iter("prop")} == {"x-origin": "human", "x-state": "reviewed"}
    assert [seg.text for seg in root.iter("seg")] == ["Open **it**.", "Öffne **es**."]


def test_what_xml_cannot_say_is_left_out_and_counted(tmp_path):
    held = [PAIR, replace(PAIR, target="bell \x07"), replace(PAIR, source="half \ud800"), replace(PAIR, path="\ufffe")]
    assert tmx.write(tmp_path / "a.tmx", "a.tmx", held, EN) == (1, 3)
    assert list(tmx.read(tmp_path / "a.tmx", "a.tmx", EN)) == [PAIR]


def test_the_old_file_stays_when_writing_fails(tmp_path):
    def breaking():
        yield PAIR
        raise KeyError("broken")

    file = tmp_path / "a.tmx"
    file.write_text("old")
    with pytest.raises(KeyError):
        tmx.write(file, "a.tmx", breaking(), EN)
    assert [one.name for one in tmp_path.iterdir()] == ["a.tmx"]
    assert file.read_text() == "old"
    with pytest.raises(WriteError, match="cannot write"):
        tmx.write(file / "below" / "b.tmx", "b.tmx", [PAIR], EN)


def test_a_large_file_is_read_as_a_stream(tmp_path):
    file = tmp_path / "large.tmx"
    tmx.write(file, "large.tmx", (replace(PAIR, path=f"{number}.md") for number in range(20_000)), EN)
    reading = tmx.read(file, "large.tmx", EN)
    assert next(reading).path == "0.md"
    file.write_text("gone")  # what was not read yet is not held either
    reading.close()


# ---------------------------------------------------------------- other tools


def test_a_file_of_another_tool(read):
    text = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="EN-US" segtype="sentence"><prop type="x">y</prop></header><body>
<tu tuid="1"><note>a note</note>
<tuv lang="EN-US" creationdate="20200102T030405Z">
<seg>Press <bpt i="1">&lt;b&gt;</bpt>Save<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv lang="DE" changeid="X" changedate="20210203T040506Z">
<seg>Drücke <bpt i="1">&lt;b&gt;</bpt>Sichern<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv lang="pt_br"><seg>Pressione.</seg></tuv><tuv lang="x-klingon"><seg>qIj</seg></tuv><tuv lang="fr"><seg/></tuv>
</tu></body></tmx>"""
    german, brazilian = read(text)
    assert german == Pair("Press <b>Save</b>.", "Drücke <b>Sichern</b>.", DE, date="2021-02-03")
    assert (brazilian.locale, brazilian.target) == (Locale("pt-BR"), "Pressione.")
    assert german.standing is Standing.PERSON


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(read, encoding):
    text = body(unit(("en", "Size"), ("de", "Größe"))).replace(
        "?>", f' encoding="{encoding.removesuffix("-sig")}"?>', 1
    )
    assert [pair.target for pair in read(text.encode(encoding))] == ["Größe"]


def test_two_forms_of_the_source_language(read):
    text = body(unit(("en-GB", "Colour"), ("en-US", "Color"), ("de", "Farbe")), '<header srclang="en-US"/>')
    assert [(pair.source, pair.locale.tag) for pair in read(text)] == [("Color", "en-GB"), ("Color", "de")]


def test_locales_are_renamed_on_request(read):
    text = body(unit(("en", "Size"), ("de-DE", "Größe")))
    (pair,) = read(text, renamed={Locale("de-DE"): DE})
    assert pair.locale == DE


def test_a_unit_without_the_source_language_gives_nothing(read):
    assert read(body(unit(("fr", "Taille"), ("de", "Größe")))) == []


# ---------------------------------------------------------------- bad files


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
BAD = {
    "nothing": (b"", 1, "no element found"),
    "text": (b"hello", 1, "syntax error"),
    "other XML": (b"<html><body/></html>", 1, "no TMX file: it begins with <html>"),
    "cut": (body("<tu>").encode()[:-20], 4, "no element found|unclosed token"),
    "not closed": (b"<tmx>\n<body>\n<tu>\n</body></tmx>", 4, "mismatched tag"),
    "entities": (f"<?xml version='1.0'?>\n{LAUGHS}<tmx>&b;</tmx>".encode(), 2, "its own DTD"),
    "file": (b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<tmx>&x;</tmx>', 1, "its own DTD"),
    "unknown entity": (body(unit(("en", "a&nbsp;b"), ("de", "c"))).encode(), 5, "undefined entity"),
    "entity of a DTD elsewhere": (b'<!DOCTYPE tmx SYSTEM "http://x.example/a.dtd">\n<tmx>&a;</tmx>', 0, None),
    "bytes": (b"\x00\x01\x02", 1, "not well-formed|syntax error|no element"),
    "wrong bytes": (body(unit(("en", "Size"), ("de", "Größe"))).encode("latin-1"), 5, "not well-formed"),
    "encoding": (b'<?xml version="1.0" encoding="klingon"?><tmx/>', 1, "unknown encoding|cannot be decoded"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_explained_with_its_line(read, name):
    text, line, reason = BAD[name]
    if reason is None:
        assert read(text) == []  # nothing is fetched, and nothing stands for the entity
        return
    with pytest.raises(InputError, match=reason) as caught:
        read(text)
    assert caught.value.place.path == "given.tmx"
    assert caught.value.place.line == line
    assert caught.value.hint


def test_no_file(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        list(tmx.read(tmp_path / "none.tmx", "none.tmx", EN))


@given(st.binary(max_size=200), st.integers(0, 400))
def test_noise_never_surprises(tmp_path_factory, noise, at):
    good = body(unit(("en", "Size"), ("de", "Größe"))).encode()
    file = tmp_path_factory.mktemp("noise") / "noise.tmx"
    file.write_bytes(good[:at] + noise + good[at + len(noise) :])
    with suppress(InputError):
        assert all(isinstance(pair, Pair) for pair in tmx.read(file, "noise.tmx", EN))
