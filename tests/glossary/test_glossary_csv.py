"""The term base as a spreadsheet's file: nothing is lost, nothing runs, and mistakes are named."""

import csv
import io
import time

import pytest
from glossary_strategies import concepts
from hypothesis import given

from polyhelp.errors import InputError
from polyhelp.glossary import deepl_table
from polyhelp.glossary.table import dump, guarded, read
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget

DE = Locale("de")


def back(data):
    return [one.concept for one in read(data.encode() if isinstance(data, str) else data, "terms.csv").concepts]


def wrong(text):
    with pytest.raises(InputError) as caught:
        back(text)
    return str(caught.value)


@given(concepts())
def test_what_is_exported_comes_back_whole(terms):
    text = dump(terms)
    assert back(text) == terms
    assert back("\ufeff" + text) == terms


@given(concepts())
def test_no_cell_is_a_formula(terms):
    for row in csv.reader(io.StringIO(dump(terms), newline="")):
        assert not [cell for cell in row if cell[:1] in set("=+-@\t\r\n＝＋－＠")]


def test_the_columns_are_words_that_people_know():
    concept = Concept(
        "c",
        "card",
        PartOfSpeech.NOUN,
        variants=("a|b", "c\\"),
        targets={DE: TermTarget("Karte", note="=x")},
        owner="Kim",
    )
    head, row = csv.reader(io.StringIO(dump([concept]), newline=""))
    cells = dict(zip(head, row, strict=True))
    assert cells["variants"] == "a\\|b|c\\\\"
    assert (cells["de"], cells["de note"], cells["de forbidden"]) == ("Karte", "'=x", "")
    assert (cells["enforce"], cells["do_not_translate"], cells["owner"]) == ("warning", "false", "Kim")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_disarmed(sign):
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"
    assert guarded(f"'{sign}1") == f"''{sign}1"
    assert guarded("1=1") == "1=1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_people_is_read(separator):
    rows = (
        "Source,POS,de,de.admitted,fr",
        "refund,Noun,Erstattung, Geld zurück |Rückzahlung,",
        ",,,,",
        "sign in,verb,,,",
    )
    text = "\r\n".join(rows)
    first, second = read(text.replace(",", separator).encode(), "x.csv").concepts
    assert first.concept.targets == {DE: TermTarget("Erstattung", ("Geld zurück", "Rückzahlung"))}
    assert (first.concept.id, first.place.line) == ("refund", 2)
    assert first.said == {"source", "part", "targets"}
    assert (second.concept.id, second.concept.part, second.place.line) == ("sign-in", PartOfSpeech.VERB, 4)


def test_rows_without_ids_get_different_ones():
    assert [one.id for one in back("source\nCard\ncard\n返金\n")] == ["card", "card-2", "term"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.csv: the file is empty"),
        ("refund,Erstattung\n", "the column 'refund' is not known"),
        ("source,defintion\na,b", "the column 'defintion' is not known\n  did you mean 'definition'?"),
        ("source,de prefered\na,b", "did you mean 'preferred'?"),
        ("id,de\na,b", "there is no column 'source'"),
        ("source,de,DE\na,b,c", "the column 'de' is there twice"),
        ("source\na,b\n", "x.csv:2: the row has 2 cells, and there are 1 columns"),
        ("source,id\n,b\n", "x.csv:2: the row has no source"),
        ("source,pos\na,nuon\nb,x", "x.csv:2: 'nuon' is not known as pos; did you mean 'noun'?\n  x.csv:3: 'x' is not"),
        ("source,do_not_translate\na,perhaps", "expected one of: true, false"),
        ('source\n"a', "no readable CSV"),
        (b"source\ncaf\xe9", "x.csv:2: not UTF-8 text"),
        ("source\n" + "a" * 200_000, "field larger than field limit"),
        ("source\na\x00b", ""),
    ],
)
def test_each_mistake_says_where_and_what(text, message):
    data = text if isinstance(text, bytes) else text.encode()
    if not message:
        read(data, "x.csv")
        return
    with pytest.raises(InputError) as caught:
        read(data, "x.csv")
    assert message in str(caught.value)


def test_many_mistakes_are_counted():
    assert "and 80 more" in wrong("source,pos\n" + "a,x\n" * 100)


def test_deepl_gets_what_it_takes():
    pairs = [("card", "Karte"), ("card", "Ausweis"), ("Tern", "Tern"), ("a, b", 'c "d"'), ("-x", "y"), ("l", "ä" * 600)]
    text, left_out = deepl_table.dump(pairs)
    assert text == 'card,Karte\nTern,Tern\n"a, b","c ""d"""\n'
    assert left_out == ("card", "-x", "l")
    assert deepl_table.dump(pairs[:1], tabs=True)[0] == "card\tKarte\n"
    found = [one.concept for one in deepl_table.read(text.encode(), "x.csv", DE).concepts]
    assert [(one.source, one.do_not_translate, one.targets) for one in found] == [
        ("card", False, {DE: TermTarget("Karte")}),
        ("Tern", True, {}),
        ("a, b", False, {DE: TermTarget('c "d"')}),
    ]
    with pytest.raises(InputError, match=r"x\.csv:2: a DeepL glossary has a source and a target in every line"):
        deepl_table.read(b"a\tb\nc\n", "x.csv", DE)


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
    assert back(dump(terms)) == terms
    assert time.process_time() - begun < 1
