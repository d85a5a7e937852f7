"""polyhelp glossary: what people type, what they are told, and what is in the files afterwards."""

import csv
import io

import pytest

CARD = "de: {preferred: Geschenkkarte, forbidden: [Giftkarte]}"


def glossary(shop, *arguments):
    return shop.polyhelp("glossary", *arguments)


def test_list_tells_who_has_and_who_lacks(shop):
    done = glossary(shop, "list")
    assert done.status == 0
    lines = [line.split() for line in done.out.splitlines()]
    assert lines[1] == ["Tern", "name", "error", "all", "(stays)"]
    assert lines[2] == ["gift", "card", "noun", "error", "de", "pt-BR", "ar"]
    assert lines[3] == ["2", "concepts,", "1", "lacks", "a", "name", "in", "a", "locale"]


def test_list_can_be_narrowed(shop):
    ids = lambda *given: [one["id"] for one in glossary(shop, "list", "--json", *given).json["concepts"]]  # noqa: E731
    assert ids() == ["tern", "gift-card"]
    assert ids("--domain", "brand") == ["tern"]
    assert ids("--missing") == ["gift-card"]
    assert ids("--missing", "--locale", "de") == []
    wrong = glossary(shop, "list", "--domain", "brands")
    assert (wrong.status, "did you mean 'brand'?" in wrong.err) == (2, True)


def test_list_with_locales_shows_their_words(shop):
    shop.edit("glossary/terms.yml", CARD, f"{CARD}\n    pt: {{preferred: '[b]cartão[/b]'}}")
    done = glossary(shop, "list", "--locale", "de", "--locale", "pt-BR")
    assert "Geschenkkarte" in done.out
    assert "[b]cartão[/b]" in done.out  # from pt, and no markup


def test_list_gives_advice(shop):
    shop.edit("glossary/terms.yml", "source: gift card", "source: gift cards")
    done = glossary(shop, "list")
    assert (
        "glossary/terms.yml:10: gift-card: the source 'gift cards' looks like a plural: write 'gift card'" in done.out
    )
    assert glossary(shop, "list", "--json").json["advice"][0]["line"] == 10


def test_show_tells_everything_and_where_it_is_used(shop):
    shop.edit("glossary/terms.yml", CARD, f"{CARD}\n    de-AT: {{note: Nur in Wien.}}\n    pt: {{preferred: cartão}}")
    shop.write("content/cards.md", "# Gift cards\n\nA gift card, `gift card`.\n")
    done = glossary(shop, "show", "Gift Card")
    assert "gift card (noun), gift-card, glossary/terms.yml:10" in done.out
    assert "  de: Geschenkkarte\n      forbidden: Giftkarte\n" in done.out
    assert "  pt-BR: cartão (from pt)\n" in done.out
    assert "no name in: ar" in done.out
    assert "used 3 times in 2 articles\n     2  cards.md\n" in done.out
    assert glossary(shop, "show", "gift-card", "--json").json["concepts"][0]["uses"]["cards.md"] == 2
    wrong = glossary(shop, "show", "gift crad")
    assert wrong.status == 2
    assert "did you mean 'gift card'?" in wrong.err


def test_add_writes_an_entry_and_leaves_the_rest(shop):
    before = shop.read("glossary/terms.yml")
    given = ("--source", "parcel", "--definition", "A box.", "--target", "de=Paket", "--admit", "de=Sendung")
    dry = glossary(shop, "add", *given, "--dry-run")
    assert "parcel: would be added to glossary/terms.yml" in dry.out
    assert shop.read("glossary/terms.yml") == before
    done = glossary(shop, "add", *given, "--owner", "Kim", "--enforce", "off", "--scope", "returns/*")
    assert done.status == 0
    assert shop.read("glossary/terms.yml") == before + (
        "\n- id: parcel\n  source: parcel\n  pos: noun\n  definition: A box.\n  owner: Kim\n  enforce: off\n"
        "  scope: [returns/*]\n  targets:\n    de: {preferred: Paket, admitted: [Sendung]}\n"
    )


def test_add_goes_to_the_file_of_its_domain(shop):
    shop.write("glossary/delivery.yml", "# parcels\n")
    done = glossary(shop, "add", "--source", "parcel", "--domain", "delivery", "--json")
    assert done.json["files"] == ["glossary/delivery.yml"]
    assert shop.read("glossary/delivery.yml").startswith("# parcels\n\n- id: parcel\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--source", "Gift card"), "'Gift card' is already there: 'gift-card' at glossary/terms.yml:10"),
        (("--source", "x", "--id", "tern"), "the id 'tern' is already used at glossary/terms.yml:1"),
        (("--source", "..."), "the term has no letter or digit"),
        (("--source", "x", "--target", "german=y"), "'german' is not a language tag"),
        (("--source", "x", "--target", "de"), "'de' has no word"),
        (("--source", "x", "--target", "de=a", "--target", "de=b"), "de is given two preferred names"),
        (("--source", "x", "--admit", "de=a"), "x.targets.de.preferred: is missing"),
        (("--source", "x", "--target", "de=a", "--forbid", "de=A"), "'A' is both allowed and forbidden"),
        (("--source", "x", "--keep", "--target", "de=y"), "only 'x' can be preferred"),
    ],
)
def test_add_refuses_what_makes_no_sound_term_base(shop, arguments, message):
    before = shop.bytes_of("glossary")
    done = glossary(shop, "add", *arguments)
    assert done.status == 2
    assert message in done.err
    assert shop.bytes_of("glossary") == before


@pytest.mark.parametrize("name", ["terms.csv", "terms.tbx"])
def test_what_is_exported_can_be_imported_elsewhere(shop, tmp_path, name):
    file = tmp_path / name
    assert glossary(shop, "export", file).status == 0
    assert "0 concepts added, 2 the same" in glossary(shop, "import", file).out
    before = glossary(shop, "list", "--json").json["concepts"]
    shop.write("glossary/terms.yml", "# empty\n")
    assert "2 concepts added" in glossary(shop, "import", file).out
    after = glossary(shop, "list", "--json").json["concepts"]
    lossy = {"enforce", "line"} if name == "terms.tbx" else {"line"}
    strip = lambda found: [{key: value for key, value in one.items() if key not in lossy} for one in found]  # noqa: E731
    assert strip(after) == strip(before)


def test_the_table_opens_in_a_spreadsheet(shop, tmp_path):
    glossary(shop, "export", tmp_path / "terms.csv", "--locale", "de")
    data = (tmp_path / "terms.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,source,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["de"] for row in rows] == ["", "Geschenkkarte"]


def test_a_tbx_file_says_what_it_could_not_hold(shop, tmp_path):
    done = glossary(shop, "export", tmp_path / "terms.tbx")
    assert "TBX has no place for some of what 2 concepts say" in done.out
    assert done.status == 0


def test_deepl_gets_a_file_for_each_locale(shop, tmp_path):
    done = glossary(shop, "export", tmp_path / "d.csv", "--type", "deepl", "--locale", "de", "--locale", "ar")
    assert done.status == 0
    assert (tmp_path / "d.de.csv").read_text(encoding="utf-8") == "Tern,Tern\ngift card,Geschenkkarte\n"
    assert (tmp_path / "d.ar.csv").read_text(encoding="utf-8") == "Tern,Tern\n"
    glossary(shop, "export", tmp_path / "d.tsv", "--locale", "de")
    assert "gift card\tGeschenkkarte\n" in (tmp_path / "d.tsv").read_text(encoding="utf-8")
    assert "2 the same" in glossary(shop, "import", tmp_path / "d.tsv", "--locale", "de").out
    lost = glossary(shop, "import", tmp_path / "d.tsv")
    assert (lost.status, "--locale TAG" in lost.err) == (2, True)


def test_an_import_lists_what_differs_and_changes_it_only_when_asked(shop, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(
        "source,pos,definition,de,pt\ngift card,noun,,Gutscheinkarte,cartão\nbox,noun,x,,\n", encoding="utf-8"
    )
    before = shop.read("glossary/terms.yml")
    dry = glossary(shop, "import", file, "--dry-run")
    assert "1 concept would be added, 0 the same" in dry.out
    assert "1 concept differs, and the term base stays; take the file's over with --update:" in dry.out
    assert f"{file}:2: gift-card.de.preferred: 'Geschenkkarte' -> 'Gutscheinkarte'" in dry.out
    assert "gift-card.pt.preferred: '' -> 'cartão'" in dry.out
    assert shop.read("glossary/terms.yml") == before
    done = glossary(shop, "import", file)
    assert done.status == 0
    assert shop.read("glossary/terms.yml").startswith(before)
    assert "id: box" in shop.read("glossary/terms.yml")
    updated = glossary(shop, "import", file, "--update", "--json").json
    assert (updated["added"], updated["updated"], updated["same"]) == ([], ["gift-card"], 1)
    text = shop.read("glossary/terms.yml")
    assert "de: {preferred: Gutscheinkarte, forbidden: [Giftkarte]}" in text
    assert "pt: {preferred: cartão}" in text
    assert "A card with money on it." in text
    assert "0 concepts added, 2 the same" in glossary(shop, "import", file, "--update").out


def test_an_import_that_would_break_the_term_base_changes_nothing(shop, tmp_path):
    before = shop.bytes_of("glossary")
    (tmp_path / "t.csv").write_text("source,de\ngift card,Giftkarte\n", encoding="utf-8")
    done = glossary(shop, "import", tmp_path / "t.csv", "--update")
    assert (done.status, "'Giftkarte' is both allowed and forbidden" in done.err) == (2, True)
    assert shop.bytes_of("glossary") == before


def test_locales_of_a_tbx_file_can_be_renamed(shop, tmp_path):
    shop.edit("glossary/terms.yml", CARD, "de-DE: {preferred: Geschenkkarte}")
    glossary(shop, "export", tmp_path / "t.tbx")
    shop.write("glossary/terms.yml", "")
    told = glossary(shop, "import", tmp_path / "t.tbx", "--dry-run").out
    assert "de-DE: no target locale looks there; import it again with --as de-DE=TAG to use it" in told
    glossary(shop, "import", tmp_path / "t.tbx", "--as", "de-DE=de")
    assert "de: {preferred: Geschenkkarte}" in shop.read("glossary/terms.yml")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("t.txt", "x", "the name 't.txt' does not say a format"),
        ("t.tbx", '<!DOCTYPE x [<!ENTITY a "b">]><tbx/>', "brings its own DTD"),
        ("t.csv", "sauce\nx\n", "the column 'sauce' is not known"),
    ],
)
def test_files_that_are_none_are_refused(shop, tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = glossary(shop, "import", tmp_path / name)
    assert (done.status, message in done.err) == (2, True)


def test_extract_proposes_and_prints_entries(shop):
    shop.write("content/p.md", "# Parcels\n\nOne parcel.\n\nThe parcel is here.\n\nA parcel, a Tern.\n")
    done = glossary(shop, "extract", "--limit", "1")
    assert (
        done.out == "parcel  (6 in 3 articles)\n    index.md:10: A parcel with a bird on it\n11 candidates, 1 shown\n"
    )
    found = glossary(shop, "extract", "--json").json["candidates"]
    assert "parcel" in [one["term"] for one in found]
    assert "Tern" not in [one["term"] for one in found]
    entries = glossary(shop, "extract", "--yaml").out
    assert "- id: parcel\n  source: parcel\n  pos: noun\n  enforce: warning\n" in entries
    shop.write("glossary/new.yml", entries)
    assert glossary(shop, "extract").out == "0 candidates, 0 shown\n"


def test_a_broken_term_base_is_told_and_nothing_is_written(shop):
    shop.write("glossary/terms.yml", "- id: a\n  sorce: b\n")
    for arguments in (("list",), ("show", "x"), ("extract",), ("add", "--source", "x"), ("export", "x.csv")):
        done = glossary(shop, *arguments)
        assert (done.status, "did you mean 'source'?" in done.err) == (2, True)
    assert not shop.file("x.csv").exists()
