"""The term base on disk: what is read, and what a writer is told about mistakes."""

from textwrap import dedent

import pytest

from polyhelp.errors import TermBaseError
from polyhelp.glossary.read import parse, read, read_placed
from polyhelp.glossary.source import MAX_SIZE
from polyhelp.model import Locale, PartOfSpeech, Severity, TermTarget


@pytest.fixture
def write(tmp_path):
    def put(text, name="terms.yml"):
        folder = tmp_path / "glossary"
        folder.mkdir(exist_ok=True)
        data = text if isinstance(text, bytes) else dedent(text).encode()
        (folder / name).write_bytes(data)
        return folder

    return put


def mistakes(folder):
    with pytest.raises(TermBaseError) as caught:
        read(folder, folder.parent)
    return [line.strip() for line in caught.value.message.splitlines()[1:]]


def test_every_field_is_read(write):
    folder = write(
        """
        - id: refund
          source: refund
          pos: noun
          definition: Money that goes back
            to the customer.
          domain: payments
          owner: payments team
          enforce: error
          case_sensitive: true
          variants: [re-fund]
          except: [tax refund]
          scope: ["returns/*", policies/returns.md]
          targets:
            de:
              preferred: Erstattung
              admitted: [Rückerstattung]
              deprecated: [Vergütung]
              forbidden: [Rückgabe]
              note: Money only.
            pt_br: {preferred: reembolso}
        """
    )
    (concept,) = read(folder, folder.parent)
    assert (concept.id, concept.source, concept.part) == ("refund", "refund", PartOfSpeech.NOUN)
    assert concept.definition == "Money that goes back to the customer."
    assert (concept.domain, concept.enforce, concept.case_sensitive) == ("payments", Severity.ERROR, True)
    assert (concept.variants, concept.excluded) == (("re-fund",), ("tax refund",))
    assert concept.owner == "payments team"
    assert concept.scope == ("returns/*", "policies/returns.md")
    assert concept.targets == {
        Locale("de"): TermTarget("Erstattung", ("Rückerstattung",), ("Vergütung",), ("Rückgabe",), "Money only."),
        Locale("pt-BR"): TermTarget("reembolso"),
    }


def test_what_is_left_out_has_a_default(write):
    folder = write("- {id: item, source: item}")
    (concept,) = read(folder, folder.parent)
    assert (concept.part, concept.enforce) == (PartOfSpeech.ANY, Severity.WARNING)
    assert not concept.do_not_translate
    assert concept.targets == {}


def test_a_name_of_which_nobody_says_more_is_a_noun(write):
    folder = write("- {id: item, source: item, do_not_translate: true}")
    (concept,) = read(folder, folder.parent)
    assert concept.part is PartOfSpeech.NOUN


def test_empty_values_are_as_good_as_none(write):
    folder = write("- {id: item, source: item, variants: , definition: , targets: }")
    (concept,) = read(folder, folder.parent)
    assert (concept.variants, concept.definition, concept.targets) == ((), "", {})


def test_words_that_yaml_takes_for_other_things_stay_words(write):
    folder = write(
        """
        - {id: no, source: no, enforce: off, targets: {no: {preferred: nei}, de: {preferred: 2024}}}
        - {id: on, source: yes, targets: {de: {preferred: true, admitted: [null, 1.50, 2024-01-01]}}}
        """
    )
    no, on = read(folder, folder.parent)
    assert no.enforce is None
    assert no.targets[Locale("no")].preferred == "nei"
    assert no.targets[Locale("de")].preferred == "2024"
    assert on.source == "yes"
    assert on.targets[Locale("de")].allowed == ("true", "null", "1.50", "2024-01-01")


def test_a_kept_name_needs_no_preferred_form(write):
    folder = write(
        "- {id: tc, source: TrailCard, pos: name, do_not_translate: true, targets: {de: {forbidden: [Geschenkkarte]}}}"
    )
    (concept,) = read(folder, folder.parent)
    assert concept.targets[Locale("de")] == TermTarget("TrailCard", forbidden=("Geschenkkarte",))


def test_several_files_are_one_term_base_in_order_of_their_names(write):
    write("- {id: b, source: bag}", "b.yml")
    write("- {id: x, source: parcel}", "a.yml")
    folder = write("not a term base", "styles.txt")
    assert [concept.id for concept in read(folder, folder.parent)] == ["x", "b"]


def test_a_missing_folder_and_an_empty_file_are_an_empty_term_base(tmp_path, write):
    assert read(tmp_path / "nowhere", tmp_path) == ()
    assert read(write("# nothing yet\n"), tmp_path) == ()


def test_a_byte_order_mark_does_no_harm(write):
    folder = write(b"\xef\xbb\xbf- {id: item, source: item}\r\n")
    assert len(read(folder, folder.parent)) == 1


def test_all_mistakes_of_all_files_come_in_one_message(write):
    write("- {id: b, source: bag, targets: {de: {preferred: Tasche, gender: f}}}\n", "bags.yml")
    folder = write(
        """\
        - id: refund
          sorce: refund
          pos: nuon
          targets:
            de: {prefered: Erstattung}
            german: {preferred: Erstattung}
            fr: remboursement
            ja: {preferred: 返金, forbidden: [返金]}
        - id: order
          source: order
          enforce: strict
          variants: orders
          do_not_translate: maybe
        """
    )
    assert mistakes(folder) == [
        (
            "glossary/bags.yml:1: b.targets.de.gender: unknown key; there are: preferred, admitted, deprecated, "
            "forbidden, note"
        ),
        "glossary/terms.yml:1: refund.source: is missing",
        "glossary/terms.yml:1: refund.targets.ja: '返金' is both allowed and forbidden",
        "glossary/terms.yml:2: concept 1.sorce: unknown key; did you mean 'source'?",
        "glossary/terms.yml:3: refund.pos: 'nuon' is not known; did you mean 'noun'?",
        "glossary/terms.yml:5: refund.targets.de.prefered: unknown key; did you mean 'preferred'?",
        "glossary/terms.yml:5: refund.targets.de.preferred: is missing",
        (
            "glossary/terms.yml:6: refund.targets.german: 'german' is not a language tag such as 'de', 'pt-BR' or "
            "'zh-Hant-TW'"
        ),
        "glossary/terms.yml:7: refund.targets.fr: expected 'key: value' lines, found text",
        "glossary/terms.yml:11: order.enforce: 'strict' is not known; expected one of: error, warning, info, off",
        "glossary/terms.yml:12: order.variants: expected a list such as [one, two], found text",
        "glossary/terms.yml:13: order.do_not_translate: 'maybe' is not known; expected one of: true, false",
    ]


def test_the_message_counts_and_names_the_way_out(write):
    folder = write("- {id: item}")
    with pytest.raises(TermBaseError) as caught:
        read(folder, folder.parent)
    assert str(caught.value) == (
        "the term base has a mistake:\n"
        "  glossary/terms.yml:1: item.source: is missing\n"
        "  correct the lines named above and run again"
    )


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("- {id: a, source: b, source: c}", "glossary/terms.yml:1: concept 1.source: the key is given twice"),
        (
            "- {id: a, source: b, targets: {de: {preferred: x}, DE: {preferred: y}}}",
            "glossary/terms.yml:1: a.targets.DE: the locale de is given twice",
        ),
        ("- {id: a, source: ''}", "glossary/terms.yml:1: a.source: is empty"),
        ("- {id: a, source: '&'}", "glossary/terms.yml:1: a.source: '&' has no letter or digit"),
        ("- {id: a, source: b, variants: ['']}", "glossary/terms.yml:1: a.variants: has an empty item"),
        ("- {id: a, source: b, variants: ['...']}", "glossary/terms.yml:1: a.variants: '...' has no letter or digit"),
        ("- {id: a, source: b, variants: [[c]]}", "glossary/terms.yml:1: a.variants: expected text, found a list"),
        ("- {id: a, source: [b]}", "glossary/terms.yml:1: a.source: expected text, found a list"),
        ("- {id: a, source: b, pos: {c: d}}", "glossary/terms.yml:1: a.pos: expected text, found a mapping"),
        ("- refund", "glossary/terms.yml:1: concept 1: expected 'key: value' lines, found text"),
        ("refund: Erstattung", "glossary/terms.yml:1: expected a list of concepts, each beginning with '- id: ...'"),
        (
            "- {id: tc, source: TrailCard, do_not_translate: true, targets: {de: {preferred: Wegkarte}}}",
            (
                "glossary/terms.yml:1: tc.targets.de.preferred: do_not_translate is true, "
                "so only 'TrailCard' can be preferred"
            ),
        ),
        (
            "- {id: a, source: order}\n- {id: a, source: parcel}",
            "glossary/terms.yml:2: a: the id is already used at glossary/terms.yml:1",
        ),
        (
            "- {id: a, source: b, targets: {ko: {preferred: 햄버거, forbidden: [햄버거]}}}",
            "glossary/terms.yml:1: a.targets.ko: '햄버거' is both allowed and forbidden",
        ),
        (
            "- {id: a, source: b, targets: {fr: {preferred: x, admitted: [Retour], deprecated: [retour]}}}",
            "glossary/terms.yml:1: a.targets.fr: 'retour' is both allowed and deprecated",
        ),
        ("- id: a\n  source: 'b\n", "glossary/terms.yml:3: not readable YAML: found unexpected end of stream"),
        (
            "- id: a\n\tsource: b",
            "glossary/terms.yml:2: not readable YAML: found character '\\t' that cannot start any token",
        ),
        (b"- id: caf\xe9", "glossary/terms.yml: not UTF-8 text (byte 9); save the file as UTF-8"),
        ("[" * 1000, "glossary/terms.yml: lists and mappings are nested too deeply"),
        (
            "- id: \x00",
            "glossary/terms.yml: not readable YAML: unacceptable character #x0000: special characters are not allowed",
        ),
    ],
)
def test_each_mistake_says_where_and_what(write, text, mistake):
    assert mistakes(write(text)) == [mistake]


def test_aliases_that_grow_without_end_are_refused(write):
    folder = write("- &a {id: a, source: b, variants: &v [x, y]}\n- *a\n- {id: c, source: d, variants: *v}\n")
    assert mistakes(folder) == [
        "glossary/terms.yml:1: concept 2: a YAML alias (*name) cannot be used here; write the value out",
        "glossary/terms.yml:1: c.variants: a YAML alias (*name) cannot be used here; write the value out",
    ]


def test_tags_of_strangers_are_never_built(write):
    folder = write("- {id: !!python/object/apply:os.system [x], source: b}")
    assert mistakes(folder) == ["glossary/terms.yml:1: concept 1.id: expected text, found a list"]


def test_a_huge_file_is_not_read(write):
    folder = write(b"#" * (MAX_SIZE + 1))
    assert mistakes(folder) == ["glossary/terms.yml: the file has 5,000,001 bytes; split it: 5,000,000 is the limit"]


def test_a_folder_with_the_name_of_a_file_is_a_mistake(write):
    folder = write("- {id: a, source: b}", "a.yml")
    (folder / "x.yml").mkdir()
    assert mistakes(folder) == ["glossary/x.yml: cannot be read: Is a directory"]


# ---------------------------------------------------------------- where an entry stands, and texts not yet on the disk


def test_every_concept_knows_its_file_and_line(write):
    write("# a comment\n\n- id: b\n  source: bag\n\n- {id: c, source: card}\n", "b.yml")
    folder = write("- {id: x, source: parcel}", "a.yml")
    placed = read_placed(folder, folder.parent)
    assert [(concept.id, str(place)) for concept, place in placed] == [
        ("x", "glossary/a.yml:1"),
        ("b", "glossary/b.yml:3"),
        ("c", "glossary/b.yml:6"),
    ]


def test_texts_are_read_as_files_are():
    ((concept, place),) = parse({"glossary/terms.yml": "- {id: item, source: item}"})
    assert (concept.id, str(place)) == ("item", "glossary/terms.yml:1")
    with pytest.raises(TermBaseError, match="is already used at"):
        parse({"glossary/b.yml": "- {id: x, source: b}", "glossary/a.yml": "- {id: x, source: a}"})


# ---------------------------------------------------------------- what a locale takes from its parent


def test_a_region_says_only_what_differs(write):
    folder = write(
        """
        - id: computer
          source: computer
          targets:
            es: {preferred: ordenador, admitted: [equipo], note: Usual in Spain.}
            es-419: {preferred: computadora}
            es-MX: {forbidden: [computador]}
            es-AR: {admitted: [], note: ""}
        """
    )
    (concept,) = read(folder, folder.parent)
    assert concept.targets[Locale("es-MX")] == TermTarget(forbidden=("computador",))
    assert concept.targets[Locale("es-AR")] == TermTarget(cleared=frozenset({"admitted", "note"}))


@pytest.mark.parametrize(
    ("targets", "mistake"),
    [
        ("{de: {admitted: [x]}}", "a.targets.de.preferred: is missing"),
        ("{es-MX: {admitted: [x]}}", "a.targets.es-MX.preferred: is missing here and in 'es-419' and 'es'"),
        ("{es: {preferred: x}, es-MX: {preferred: ''}}", "a.targets.es-MX.preferred: is empty"),
        ("{es: {preferred: x}, es-MX: {preferred: '-'}}", "a.targets.es-MX.preferred: '-' has no letter or digit"),
        ("{es: {preferred: x}, es-MX: }", "a.targets.es-MX: expected 'key: value' lines, found nothing"),
        ("{zh-CN: {preferred: x}, zh-TW: {note: y}}", "a.targets.zh-TW.preferred: is missing here and in 'zh-Hant'"),
    ],
)
def test_somebody_in_the_lineage_must_say_what_to_prefer(write, targets, mistake):
    assert mistakes(write(f"- id: a\n  source: b\n  targets: {targets}")) == [f"glossary/terms.yml:3: {mistake}"]
