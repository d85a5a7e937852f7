"""The stand-in keeps DeepL's documented rules, with DeepL's own library as the client."""

import deepl
import pytest
from deepl.api_data import MultilingualGlossaryDictionaryEntries as Entries
from deepl_stub import BUSY, DOWN, DROP_BILLED, KEY, TURNED, DeeplStub, random_faults
from deepl_stub_damage import DAMAGES


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(deepl.http_client, "max_network_retries", 0)
    with DeeplStub() as stub:
        yield stub


@pytest.fixture
def client(stub):
    client = deepl.DeepLClient(KEY, server_url=stub.url)
    yield client
    client.close()


def translate(client, *texts, **options):
    results = client.translate_text(list(texts), **{"source_lang": "EN", "target_lang": "DE", **options})
    return [result.text for result in results]


@pytest.mark.parametrize(
    "options",
    [
        {"formality": "more", "target_lang": "SV"},
        {"custom_instructions": ["Be kind."], "target_lang": "SV"},
        {"custom_instructions": ["x" * 301]},
        {"custom_instructions": ["x"] * 11},
        {"target_lang": "XX"},
        {"source_lang": "EN-US"},
        {"tag_handling": "xml", "target_lang": "TH"},
        {"model_type": "best"},
        {"style_rule": "unknown"},
        {"glossary": "unknown"},
    ],
)
def test_what_deepl_refuses_is_refused_and_not_billed(stub, client, options):
    with pytest.raises(deepl.DeepLException) as caught:
        translate(client, "Save", **options)
    assert caught.value.http_status_code in {400, 404}
    assert not stub.billed


def test_limits(stub, client):
    with pytest.raises(deepl.DeepLException, match="Too many texts"):
        translate(client, *["Save"] * 51)
    with pytest.raises(deepl.DeepLException, match="413"):
        translate(client, "x" * 131_072)
    stub.characters_left = 3
    with pytest.raises(deepl.QuotaExceededException):
        translate(client, "Save")
    with pytest.raises(deepl.AuthorizationException):
        translate(deepl.DeepLClient("other", server_url=stub.url), "Save")
    assert not stub.billed


def test_version_2_parses_strictly(client):
    xml = {"tag_handling": "xml", "tag_handling_version": "v2", "ignore_tags": ["x"]}
    for broken in ("a & b", "<g>a", "a</g>", "a < b"):
        with pytest.raises(deepl.DeepLException, match="Tag handling parsing failed"):
            translate(client, broken, **xml)
    assert translate(client, "<x>ae</x> <g>ae</g> &amp;", **xml) == ["<x>ae</x> <g>áé</g> &amp;"]


def test_tags_are_not_billed(client):
    xml = client.translate_text("<g>a &amp; b</g>", source_lang="EN", target_lang="DE", tag_handling="xml")
    plain = client.translate_text("<g>a</g>", source_lang="EN", target_lang="DE", model_type="quality_optimized")
    assert (xml.billed_characters, plain.billed_characters, plain.model_type_used) == (5, 8, "quality_optimized")


def test_glossaries_live_as_in_v3(stub, client):
    german, french = Entries("EN", "DE", {"order": "Auftrag"}), Entries("EN", "FR", {"order": "commande"})
    made = client.create_multilingual_glossary("shop", [german, french])
    assert [one.name for one in client.list_multilingual_glossaries()] == ["shop"]
    assert translate(client, "an order of orders", glossary=made) == ["án Auftrag óf órdérs"]
    assert translate(client, "an order", glossary_ids=[made.glossary_id]) == ["án órdér"]  # only the one is applied
    client.replace_multilingual_glossary_dictionary(made, Entries("EN", "DE", {"orders": "Aufträge"}))
    client.update_multilingual_glossary_dictionary(made, Entries("EN", "DE", {"of": "von"}))
    client.update_multilingual_glossary_name(made, "store")
    assert translate(client, "an order of orders", glossary=made.glossary_id) == ["án órdér von Aufträge"]
    held = client.get_multilingual_glossary_entries(made, "EN", "DE").dictionaries[0].entries
    assert held == "orders\tAufträge\nof\tvon"
    client.delete_multilingual_glossary_dictionary(made, source_lang="EN", target_lang="FR")
    assert [one.target_lang for one in client.get_multilingual_glossary(made.glossary_id).dictionaries] == ["DE"]
    client.delete_multilingual_glossary(made)
    with pytest.raises(deepl.GlossaryNotFoundException):
        client.get_multilingual_glossary(made.glossary_id)
    assert not stub.shelf.glossaries


def test_faults_come_in_order_and_say_what_was_billed(stub, client):
    stub.faults.extend([BUSY, DOWN, DROP_BILLED, TURNED])
    for expected in (deepl.TooManyRequestsException, deepl.DeepLException, deepl.ConnectionException):
        with pytest.raises(expected):
            translate(client, "Save", "Load")
    assert translate(client, "Save", "Load") == ["Lóád", "Sávé"]
    assert stub.billed == {"Save": 2, "Load": 2}
    assert stub.billed_characters == 16


def test_a_storm_is_the_same_every_time():
    storm, again = random_faults(0.5, seed=7), random_faults(0.5, seed=7)
    assert [next(storm) for _ in range(50)] == [next(again) for _ in range(50)]


@pytest.mark.parametrize(
    ("damage", "answer"),
    [
        ("drop", 'á  b <g id="2">Éins zwéi</g> c'),
        ("empty", 'á <x id="1"/> b <g id="2"></g>Éins zwéi c'),
        ("void first", '<x id="1"/>á  b <g id="2">Éins zwéi</g> c'),
        ("lost space", 'á<x id="1"/> b <g id="2">Éins zwéi</g> c'),
        ("letter in", 'á <x id="1"/>  <g id="2">bÉins zwéi</g> c'),
        ("duplicate", 'á <x id="1"/> b <g id="2">Éins</g> dé <g id="2">zwéi</g> c'),
        ("copy", 'a <x id="1"/> b <g id="2">Éins zwei</g> c'),
        ("nothing", ""),
    ],
)
def test_damages(damage, answer):
    assert DAMAGES[damage]('á <x id="1"/> b <g id="2">Éins zwéi</g> c') == answer
