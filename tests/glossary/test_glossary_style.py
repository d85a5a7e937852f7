"""Style guides on disk: what is read, what a locale takes from its parents, what is told about mistakes."""

from pathlib import Path
from textwrap import dedent

import pytest

from polyhelp.errors import TermBaseError
from polyhelp.glossary.read import read
from polyhelp.glossary.style import LONGEST_INSTRUCTION, read_styles, style_for
from polyhelp.model import Avoided, Lengths, Locale, Severity, Style

DE, DE_AT, FR = Locale("de"), Locale("de-AT"), Locale("fr")
DEMO = Path(__file__).parents[2]
KEYS = "formality, instructions, avoid, length, quotes, spaces"


@pytest.fixture
def styles(tmp_path):
    """Read style guides that are written for this: file name to text."""

    def put(files):
        folder = tmp_path / "glossary" / "styles"
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return read_styles(folder, tmp_path)

    return put


@pytest.fixture
def told(styles):
    def mistakes(files):
        with pytest.raises(TermBaseError) as caught:
            styles(files)
        return [line.strip() for line in caught.value.message.splitlines()[1:]]

    return mistakes


def test_every_field_is_read(styles):
    found = styles(
        {
            "de.yml": """
                formality: formal
                instructions:
                  - Write short
                    sentences.
                  - "Use „ and “: as in print."
            """,
            "zh-TW.yml": "instructions: [One rule.]",
        }
    )
    assert found == {
        DE: Style("formal", ("Write short sentences.", "Use „ and “: as in print.")),
        Locale("zh-TW"): Style("", ("One rule.",)),
    }


def test_a_child_takes_field_by_field_what_it_does_not_say(styles):
    found = styles(
        {
            "de.yml": "{formality: formal, instructions: [German.]}",
            "de-AT.yml": "instructions: [Austrian.]",
            "pt-PT.yml": "formality: formal",
            "pt.yml": "{formality: informal, instructions: [Portuguese.]}",
        }
    )
    assert style_for(DE_AT, found) == Style("formal", ("Austrian.",))
    assert style_for(Locale("de-CH"), found) == Style("formal", ("German.",))
    assert style_for(Locale("pt-BR"), found) == Style("informal", ("Portuguese.",))
    assert style_for(Locale("pt-PT"), found) == Style("formal")  # whose parent is not Brazil's Portuguese
    assert style_for(FR, found) == Style()


def test_checked_fields_are_read(styles):
    found = styles(
        {
            "de.yml": """
                avoid:
                  - {words: [Email, Emails*], reason: Enamel., use: E-Mail, except: [Email-Schild], severity: error}
                  - words: [no]
                    reason: Norway
                length: {title: 60, interface: 30}
                quotes: "„ “ ‚ ‘"
                spaces: no-break
            """
        }
    )
    assert found[DE] == Style(
        avoid=(
            Avoided(("Email", "Emails*"), "Enamel.", "E-Mail", ("Email-Schild",), Severity.ERROR),
            Avoided(("no",), "Norway"),
        ),
        length=Lengths(title=60, interface=30),
        quotes="„“‚‘",
        spaces="no-break",
    )


def test_lengths_are_inherited_one_by_one(styles):
    found = styles(
        {
            "de.yml": "{length: {title: 60, heading: 70}, spaces: none}",
            "de-AT.yml": "length: {title: 50, interface: 20}",
        }
    )
    assert style_for(DE_AT, found) == Style(length=Lengths(title=50, heading=70, interface=20), spaces="none")


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("avoid: Email", ":1: style.avoid: expected a list of entries, each beginning with '- words: [...]'"),
        ("avoid: [{words: [x]}]", ":1: style.avoid 1.reason: is missing"),
        ("avoid: [{reason: x}]", ":1: style.avoid 1.words: is missing"),
        ("avoid: [{words: ['*'], reason: x}]", ":1: style.avoid 1.words: '*' has no letter or digit"),
        ("avoid: [{words: [x], reason: x, severity: bad}]", ":1: style.avoid 1.severity: 'bad' is not known; "),
        ("avoid: [{words: [x], reason: x, instead: y}]", ":1: style.avoid 1.instead: unknown key; "),
        ("length: {title: long}", ":1: style.length.title: 'long' is no number of columns from 1 to 9,999"),
        ("length: {title: 0}", ":1: style.length.title: '0' is no number of columns from 1 to 9,999"),
        ("length: {title: 99999999999999999999}", ":1: style.length.title: '99999999999999999999' is no number of "),
        ("length: 60", ":1: style.length: expected 'key: value' lines, found text"),
        ("quotes: '„'", ":1: style.quotes: '„' must be two quotation marks such as „“, or four with those inside"),
        ("quotes: ab", ":1: style.quotes: 'ab' must be two quotation marks"),
        ("spaces: wide", ":1: style.spaces: 'wide' is not known; "),
    ],
)
def test_mistakes_in_what_checks_hold(told, text, mistake):
    (found,) = told({"de.yml": text})
    assert found.startswith(f"glossary/styles/de.yml{mistake}")


@pytest.mark.parametrize("text", ["", "# later\n", "formality:\ninstructions:\n", "instructions: []", "~"])
def test_a_guide_that_says_nothing(styles, text):
    assert styles({"de.yml": text}) == {DE: Style()}


def test_without_a_folder_there_are_none(tmp_path):
    assert read_styles(tmp_path / "glossary" / "styles", tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("formality: Sie", ":1: style.formality: 'Sie' is not known; expected one of: formal, informal"),
        ("formality: formel", ":1: style.formality: 'formel' is not known; did you mean 'formal'?"),
        ("\nformalty: formal", ":2: style.formalty: unknown key; did you mean 'formality'?"),
        ("instructions: Be brief.", ":1: style.instructions: expected a list such as [one, two], found text"),
        ("instructions:\n  - a: b", ":2: style.instructions: expected text, found a mapping"),
        ("instructions: [Be brief., '']", ":1: style.instructions: has an empty item"),
        (
            "- formality: formal",
            ":1: expected lines such as 'formality: formal'; there are: " + KEYS,
        ),
        (
            "formal",
            ":1: expected lines such as 'formality: formal'; there are: " + KEYS,
        ),
        ("formality: formal\nformality: formal", ":2: style.formality: the key is given twice"),
        ("formality: [", ":1: not readable YAML: "),
        (b"formality: \xff", ": not UTF-8 text (byte 11); save the file as UTF-8"),
        (
            f"instructions: [{'x' * (LONGEST_INSTRUCTION + 1)}]",
            f":1: style.instructions: '{'x' * 40}…' has 301 characters: 300 at most, one rule each",
        ),
        (f"instructions: {list(range(11))}", ":1: style.instructions: 11 are too many: 10 at most"),
    ],
)
def test_mistakes_in_a_guide(told, text, mistake):
    (found,) = told({"de.yml": text})
    assert found.startswith(f"glossary/styles/de.yml{mistake}")


def test_every_mistake_of_every_file_is_told_at_once(told):
    no_tag = "'deutsch' is not a language tag such as 'de', 'pt-BR' or 'zh-Hant-TW'"
    assert told({"deutsch.yml": "formality: formal", "pt_br.yml": "formality: x", "sv.yml": "y: 1"}) == [
        f"glossary/styles/deutsch.yml: the file is named after no locale: {no_tag}",
        "glossary/styles/pt_br.yml: the file's name must be 'pt-BR.yml'",
        "glossary/styles/pt_br.yml:1: style.formality: 'x' is not known; expected one of: formal, informal",
        "glossary/styles/sv.yml:1: style.y: unknown key; there are: " + KEYS,
    ]


def test_style_guides_are_no_terms(styles, tmp_path):
    styles({"de.yml": "formality: formal"})
    assert read(tmp_path / "glossary", tmp_path) == ()


def test_the_demo_has_a_guide_for_every_locale_that_it_is_translated_into():
    found = read_styles(DEMO / "glossary" / "styles", DEMO)
    assert {locale.tag for locale in found} == {folder.name for folder in (DEMO / "locales").iterdir()}
    assert found[DE].formality == "formal"
    assert all(2 <= len(style.instructions) <= 4 for style in found.values())
