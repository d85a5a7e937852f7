"""Catalogs as PO files: what goes in comes out, also when other tools have been at the file."""

import re
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import replace
from textwrap import dedent

import pytest
from catalog_strategies import DE, catalogs, texts
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from polyhelp.errors import CatalogError, Place
from polyhelp.locales import dump, parse, read
from polyhelp.locales.po import lines
from polyhelp.model import Catalog, Locale, Origin, Review, State, Unit, digest

PATH = "returns/refunds.md"
SHOWN = "locales/de/returns/refunds.po"
gettext = pytest.mark.skipif(not shutil.which("msgmerge"), reason="GNU gettext (msgfmt, msgmerge, msgcat) is missing")
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("po") / "refunds.po"


def load(file, data=None):
    if data is not None:
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(file, DE, PATH, SHOWN)


def back(file, catalog):
    """The catalog after a trip to the disk."""
    return load(file, dump(catalog))


def error_of(file, data):
    """What a person is told about ``data``, which must not be touched."""
    data = data if isinstance(data, bytes) else data.encode()
    with pytest.raises(CatalogError) as caught:
        load(file, data)
    assert file.read_bytes() == data
    return caught.value


# ------------------------------------------------------------ there and back


@given(catalog=catalogs())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_every_catalog_survives_the_disk(file, catalog):
    again = back(file, catalog)
    assert again.units == catalog.units
    assert (again.locale, again.path) == (catalog.locale, catalog.path)


@given(catalog=catalogs())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_writing_twice_gives_the_same_bytes(file, catalog):
    once = dump(catalog)
    whole = back(file, catalog)
    assert dump(catalog) == once
    assert dump(whole) == once
    assert back(file, whole) == whole


@given(comment=texts)
@example(comment="first\rsecond")
@example(comment='first\r\nmsgid "no unit"')
@example(comment="\n\n")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_comment_breaks_a_file(file, comment):
    unit = Unit("Open the box.", "Öffne den Karton.", comments=(comment,), notes=(comment,))
    once = back(file, Catalog(DE, PATH, (unit,)))
    assert [(one.source, one.target) for one in once.units] == [(unit.source, unit.target)]
    assert back(file, once) == once


def test_the_file_is_what_the_documentation_shows():
    unit = Unit(
        "Send it to us.",
        "Schick es zurück.",
        fuzzy=True,
        previous="Send it back.",
        origin=Origin("mt/deepl", "2026-11-21", "0123456789abcdef"),
        review=Review("Anna Berg", "2026-11-22", "fedcba9876543210"),
        notes=("paragraph", "note: to the shop"),
        comments=("asked the shop",),
    )
    gone = Unit("Old rule.", "Alte Regel.", context="law", fuzzy=True, previous="Older rule.", obsolete=True)
    assert dump(Catalog(Locale("pt-BR"), PATH, (unit, gone))) == dedent(
        r"""
        msgid ""
        msgstr ""
        "Project-Id-Version: polyhelp\n"
        "PO-Revision-Date: \n"
        "Last-Translator: \n"
        "Language-Team: \n"
        "Language: pt_BR\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"

        # origin: mt/deepl 2026-11-21 0123456789abcdef
        # reviewed: Anna Berg 2026-11-22 fedcba9876543210
        # asked the shop
        #. paragraph
        #. note: to the shop
        #: returns/refunds.md
        #, fuzzy
        #| msgid "Send it back."
        msgid "Send it to us."
        msgstr "Schick es zurück."

        #, fuzzy
        #~| msgid "Older rule."
        #~ msgctxt "law"
        #~ msgid "Old rule."
        #~ msgstr "Alte Regel."
        """
    ).removeprefix("\n")


def test_a_long_unit_stays_on_one_line():
    assert "\nmsgid " + '"' + "word " * 99 + 'end"\n' in dump(Catalog(DE, PATH, (Unit("word " * 99 + "end"),)))


def test_no_file_and_an_empty_file_are_empty_catalogs(tmp_path, file):
    assert read(tmp_path / "none.po", DE, PATH, SHOWN) == Catalog(DE, PATH)
    assert load(file, "") == Catalog(DE, PATH)
    assert load(file, "\n\n").units == ()


def test_a_path_with_a_space_is_one_reference(file):
    text = dump(Catalog(DE, "my returns.md", (Unit("a"),)))
    assert "#: \u2068my returns.md\u2069\n" in text  # as GNU gettext marks it
    assert load(file, text).units == (Unit("a"),)


def test_units_are_found_by_line(file):
    file.write_text(dump(Catalog(DE, PATH, (Unit("a"), Unit("a", context="c"), Unit("z", "Z", obsolete=True)))))
    found = lines(file)
    text = file.read_text().splitlines()
    assert set(found) == {("a", ""), ("a", "c")}
    assert [text[line - 1] for line in found.values()] == ['msgstr ""', 'msgstr ""']


def test_the_line_of_a_unit_is_that_of_its_target(file):
    rows = ["# waive: length wanted", "#: a.md", 'msgid ""', '"the word "', '"msgstr here"', 'msgstr ""', '"Ziel"', ""]
    file.write_text("\n".join(rows))
    assert lines(file) == {("the word msgstr here", ""): 6}


# ------------------------------------------------------------ other tools


POEDIT = r"""# Anna's translations
#
# second paragraph
msgid ""
msgstr ""
"Project-Id-Version: polyhelp\n"
"PO-Revision-Date: 2026-11-20 12:00+0100\n"
"Last-Translator: Anna Berg <anna@shop.example>\n"
"Language-Team: Deutsch <de@shop.example>\n"
"Language: de_DE\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Generator: Poedit 3.5\n"

# origin: mt/deepl 2026-11-21 0123456789abcdef
# please check the second half
#. paragraph
#: returns/refunds.md
#, fuzzy
#| msgid ""
#| "You get your money back as soon as the parcel has arrived at our "
#| "warehouse."
msgid ""
"You get your money back as soon as the parcel with your item has arrived at "
"our warehouse."
msgstr ""
"Du bekommst dein Geld zurück, sobald das Paket in unserem Lager angekommen "
"ist."

#, fuzzy
#~| msgctxt "old law"
#~| msgid "Older "
#~| "rule."
#~ msgid ""
#~ "Old "
#~ "rule."
#~ msgstr "Alte Regel."
"""


def test_a_file_that_an_editor_wrapped_reads_as_it_was_written(file):
    fuzzy, gone = load(file, POEDIT).units
    assert fuzzy == Unit(
        "You get your money back as soon as the parcel with your item has arrived at our warehouse.",
        "Du bekommst dein Geld zurück, sobald das Paket in unserem Lager angekommen ist.",
        fuzzy=True,
        previous="You get your money back as soon as the parcel has arrived at our warehouse.",
        origin=Origin("mt/deepl", "2026-11-21", "0123456789abcdef"),
        notes=("paragraph",),
        comments=("please check the second half",),
    )
    assert gone == Unit("Old rule.", "Alte Regel.", fuzzy=True, previous="Older rule.", obsolete=True)


def test_what_an_editor_says_about_itself_is_kept(file):
    text = dump(load(file, POEDIT))
    for kept in (
        "# Anna's translations\n#",
        "# second paragraph\n",
        "PO-Revision-Date: 2026-11-20 12:00+0100",
        "Last-Translator: Anna Berg <anna@shop.example>",
        "Language-Team: Deutsch <de@shop.example>",
        "Plural-Forms: nplurals=2; plural=(n != 1);",
        "X-Generator: Poedit 3.5",
    ):
        assert kept in text
    assert r'"Language: de\n"' in text  # ours: the folder says which locale this is
    assert dump(load(file, text)) == text


def test_a_byte_order_mark_and_windows_line_ends_are_read(file):
    windows = b"\xef\xbb\xbf" + POEDIT.replace("\n", "\r\n").encode()
    assert load(file, windows).units == load(file, POEDIT).units


def test_a_file_is_written_as_utf8_whatever_its_header_said(file):
    text = dump(
        load(file, 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "A"')
    )
    assert "charset=UTF-8" in text
    assert "8859" not in text


def test_the_first_units_comments_are_its_own_where_there_is_no_header(file):
    (unit,) = load(file, f'# origin: mt/deepl 2026-11-21 {digest("A")}\n#, fuzzy\nmsgid "a"\nmsgstr "A"\n').units
    assert unit.by_machine


def test_a_previous_source_counts_only_as_long_as_the_unit_is_fuzzy(file):
    # msgattrib --clear-fuzzy takes the mark and leaves the previous source behind
    (unit,) = load(file, HEADER + '#| msgid "old"\nmsgid "new"\nmsgstr "Neu"\n').units
    assert unit == Unit("new", "Neu")


@pytest.fixture
def four():
    """A reviewed unit, a machine's, a person's and an obsolete one."""
    reviewed = Unit("Open the box.", "Öffne den Karton.", comments=("nice",)).accepted("Anna Berg", "2026-11-22")
    machine = Unit(
        "Send the parcel back to us.",
        "Sende uns das Paket zurück.",
        fuzzy=True,
        origin=Origin.of("mt/deepl", "2026-11-21", "Sende uns das Paket zurück."),
    )
    person = Unit('Write "thanks" \\ wait.', "Schreib „danke“ \\ warte.")
    gone = replace(reviewed, source="Old rule.", target="Alte Regel.", obsolete=True).accepted("Bo", "2026-11-20")
    return Catalog(DE, PATH, (reviewed, machine, person, gone))


@gettext
def test_msgfmt_accepts_the_file(tmp_path, four):
    (tmp_path / "c.po").write_text(dump(four), encoding="utf-8")
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", "c.po"], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@gettext
@pytest.mark.parametrize("options", [[], ["--no-wrap"], ["--width=20"], ["--sort-output"]])
def test_msgcat_changes_nothing_that_counts(tmp_path, four, options):
    (tmp_path / "c.po").write_text(dump(four), encoding="utf-8")
    subprocess.run(["msgcat", *options, "-o", "d.po", "c.po"], cwd=tmp_path, check=True)
    again = read(tmp_path / "d.po", DE, PATH, SHOWN)
    assert sorted(again.units, key=lambda unit: unit.source) == sorted(four.units, key=lambda unit: unit.source)


@gettext
@given(catalog=catalogs())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=40
)
def test_gettext_reads_the_same_texts(tmp_path_factory, catalog):
    clean = tuple(unit for unit in catalog.units if not re.search(r"[\0-\x08\x0b-\x1f\x7f]", every_text(unit)))
    folder = tmp_path_factory.mktemp("gettext")
    (folder / "c.po").write_text(dump(replace(catalog, units=clean)), encoding="utf-8", newline="\n")
    subprocess.run(["msgcat", "--force-po", "-o", "d.po", "c.po"], cwd=folder, check=True, capture_output=True)
    again = read(folder / "d.po", DE, PATH, SHOWN)
    assert {(unit.key, unit.target, unit.fuzzy, unit.previous, unit.obsolete) for unit in again.units} == {
        (unit.key, unit.target, unit.fuzzy, unit.previous, unit.obsolete) for unit in clean
    }


def every_text(unit):
    return "".join((unit.source, unit.target, unit.context, unit.previous, *unit.notes, *unit.comments))


@gettext
def test_msgmerge_keeps_states_and_provenance(tmp_path, four):
    sources = ("Open the box.", "Send the parcel back to us.", 'Write "thanks" \\ and wait.')
    template = Catalog(DE, PATH, tuple(Unit(source, notes=("paragraph",)) for source in sources))
    (tmp_path / "c.po").write_text(dump(four), encoding="utf-8")
    (tmp_path / "t.pot").write_text(dump(template), encoding="utf-8")
    subprocess.run(
        ["msgmerge", "--quiet", "--previous", "-o", "d.po", "c.po", "t.pot"], cwd=tmp_path, check=True, timeout=20
    )
    reviewed, machine, changed, gone = read(tmp_path / "d.po", DE, PATH, SHOWN).units
    assert reviewed.state() is State.REVIEWED
    assert reviewed.comments == ("nice",)
    assert (machine.state(), machine.by_machine) == (State.INITIAL, True)
    assert (changed.state(), changed.maker, changed.previous) == (State.INITIAL, "human", 'Write "thanks" \\ wait.')
    assert gone.obsolete
    assert replace(gone, obsolete=False).state() is State.REVIEWED


# ------------------------------------------------------------ files that cannot be read


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        ('msgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr "B" oops"\n', 5, "unescaped double quote found"),
        ('msgid "a"\nmsgstr "A"\n\nhello\n', 4, "unexpected line"),
        ('msgid "a"\nmsgstr "A"\nmsgstr "B"\n', 3, "unexpected line"),
        ('msgid "a"\nmsgstr "A"\n#|\n', 3, "unexpected line"),
        ('#| msgfoo "x"\nmsgid "a"\nmsgstr "A"\n', 1, "unknown keyword msgfoo"),
        ("GIF89a\1\2", 1, "unexpected line"),
    ],
)
def test_a_syntax_error_is_told_with_its_line(file, data, line, message):
    error = error_of(file, data)
    assert error.message == f"the PO file has a syntax error: {message}"
    assert error.place == Place(SHOWN, line)
    assert error.hint == f"nothing was changed; mend the line, or take the last good version: git checkout -- {SHOWN}"


def test_a_merge_conflict_is_called_by_its_name(file):
    conflict = '<<<<<<< HEAD\nmsgstr "A"\n=======\nmsgstr "Ä"\n>>>>>>> branch\n'
    error = error_of(file, HEADER + 'msgid "a"\n' + conflict)
    assert str(error) == f"{SHOWN}:5: git left a merge conflict here\n  keep one side, delete the marks"


def test_the_same_source_twice_is_told_with_both_lines(file):
    error = error_of(file, HEADER + 'msgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr ""\n\n# note\nmsgid "a"\nmsgstr "Ä"\n')
    assert str(error) == (
        f"{SHOWN}:10: the same source stands here and in line 4\n"
        "  keep the better one of the two units and delete the other"
    )


def test_the_same_source_in_two_contexts_or_among_the_obsolete_is_no_mistake(file):
    text = HEADER + 'msgid "a"\nmsgstr "A"\n\nmsgctxt "c"\nmsgid "a"\nmsgstr "B"\n\n#~ msgid "a"\n#~ msgstr "C"\n'
    assert [unit.target for unit in load(file, text).units] == ["A", "B", "C"]


def test_plural_forms_are_told_and_not_dropped(file):
    error = error_of(file, HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "A"\nmsgstr[1] "B"\n')
    assert str(error) == (
        f"{SHOWN}:4: this unit has plural forms and does not say what counts\n"
        '  give it a line such as msgctxt "trans n=returns.window.amount", or take the last good version of the file'
    )


@pytest.mark.parametrize("before", [0, 9000], ids=["short", "long"])  # a decoder counts anew in every block it reads
def test_latin1_is_told_with_byte_and_line(file, before):
    text = HEADER + "# x\n" * before + 'msgid "a"\nmsgstr "Ä"\n'
    error = error_of(file, text.encode("latin-1"))
    assert str(error) == (
        f"{SHOWN}:{5 + before}: byte {text.index('Ä')} is not UTF-8\n"
        "  save the catalog in UTF-8; your PO editor can do that"
    )


def test_a_file_that_may_not_be_read(file, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    file.write_text(HEADER)
    monkeypatch.setattr(type(file), "read_bytes", refuse)
    with pytest.raises(CatalogError) as caught:
        load(file)
    assert str(caught.value) == f"{SHOWN}: the catalog may not be read\n  give yourself the right to read the file"


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "refunds.po").mkdir()
    with pytest.raises(CatalogError) as caught:
        read(tmp_path / "refunds.po", DE, PATH, SHOWN)
    assert str(caught.value) == (
        f"{SHOWN}: the catalog cannot be read: Is a directory\n  a catalog is a file; see what is in its place"
    )


@given(
    data=st.one_of(st.binary(), texts.map(str.encode), st.text().map(lambda t: (HEADER + t).encode("utf-8", "replace")))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_file_is_a_catalog_or_a_catalog_error(file, data):
    file.write_bytes(data)
    with suppress(CatalogError):
        catalog = load(file)
        assert back(file, catalog).units == catalog.units


def test_a_thousand_units_are_read_and_written_in_a_blink(file):
    long = "A sentence of the length that articles have, with `code` and a [link](../returns/refunds.md) in it. "
    many = tuple(Unit(f"{long} {n}", f"{long} {n} auf Deutsch", notes=("paragraph",)) for n in range(1000))
    began = time.process_time()
    assert back(file, Catalog(DE, PATH, many)).units == many
    assert time.process_time() - began < 2  # 0.1 s on a laptop; the bound only catches another order of growth


@pytest.mark.parametrize("line", ['msgstr "Hallo Welt', 'msgstr "Hallo Welt\\"', '#~ msgstr "Hallo', '"'])
def test_a_line_without_its_closing_quote_is_refused_and_not_shortened(tmp_path, line):
    file = tmp_path / "a.po"
    file.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Hello world"\n{line}\n')
    with pytest.raises(CatalogError) as caught:
        read(file, Locale("de"), "a.md", "locales/de/a.po")
    assert caught.value.place == Place("locales/de/a.po", 5)
    assert "closing quotation mark" in caught.value.message


def test_escaped_quotes_at_the_end_are_closed(tmp_path):
    file = tmp_path / "a.po"
    file.write_text('msgid "Say \\"hello\\""\nmsgstr "Sag \\"hallo\\""\n\nmsgid "C:\\\\"\nmsgstr "D:\\\\"\n')
    units = read(file, Locale("de"), "a.md", "a.po").units
    assert [unit.target for unit in units] == ['Sag "hallo"', "D:\\"]


# ---------------------------------------------------------------- not in a file


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADER + 'msgid "One\u2028line"\nmsgstr "Eine\u2028Zeile"\n',
        HEADER + '#, fuzzy\n#| msgid "Old"\nmsgid "New"\nmsgstr "Alt"\n\n#~ msgid "Gone"\n#~ msgstr "Weg"\n',
        (HEADER + '# reviewed: Anna 2026-11-22 0123456789abcdef\nmsgid "A"\nmsgstr "B"\n').replace("\n", "\r\n"),
        HEADER + '#, fuzzy\n#= c-format\nmsgid "A"\nmsgstr "B"\n',
    ],
)
def test_what_stands_elsewhere_is_read_as_what_stands_in_a_file(file, text):
    assert parse(text.encode(), DE, PATH, SHOWN) == load(file, text)


@pytest.mark.parametrize(
    "data",
    [
        b'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x\n',
        b'msgid "\xff"\n',
        b'msgid "a\nmsgstr ""\n',
    ],
)
def test_and_what_is_wrong_with_it_is_told_alike(file, data):
    with pytest.raises(CatalogError) as in_file:
        load(file, data)
    with pytest.raises(CatalogError) as elsewhere:
        parse(data, DE, PATH, SHOWN)
    assert (str(elsewhere.value), elsewhere.value.place) == (str(in_file.value), in_file.value.place)
