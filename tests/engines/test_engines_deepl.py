import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import deepl
import pytest
from deepl_stub import DOWN, KEY, DeeplStub, slow
from help_center_sentences import SENTENCES

from polyhelp.engines.base import Ability, Ask, Context, Markup, Options, Reply, Request
from polyhelp.engines.deepl import LIMITS, DeeplEngine, DeeplOptions, context_of
from polyhelp.engines.deepl_codes import DOCUMENTED
from polyhelp.engines.mend import mended
from polyhelp.engines.nodes import grow, markdown
from polyhelp.engines.verify import fault, markdown_fault, shape
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_tags import from_xml, to_xml
from polyhelp.errors import EngineError
from polyhelp.model import Locale, Style
from polyhelp.text.inline import tokenize

EN, DE, TH, SV = Locale("en"), Locale("de"), Locale("th"), Locale("sv")
TO_GERMAN = Request(EN, DE)
ALWAYS = {
    "preserve_formatting": True,
    "tag_handling": "xml",
    "tag_handling_version": "v2",
    "outline_detection": False,
    "ignore_tags": ["x"],
    "show_billed_characters": True,
}


@pytest.fixture
def stub(monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield stub


@pytest.fixture
def engine(stub):  # noqa: ARG001 (the engine finds it through the environment)
    engine = DeeplEngine(DeeplOptions())
    yield engine
    engine.close()


def texts(engine, *asked, request=TO_GERMAN):
    return [reply.text for reply in engine.translate([Ask(text) for text in asked], request)]


def sent(engine, stub, request):
    engine.translate([Ask("Save")], request)
    (body,) = stub.bodies
    stub.bodies.clear()
    return {name: value for name, value in body.items() if ALWAYS.get(name) != value and name != "text"}


# ---------------------------------------------------------------- one request


def test_texts_come_back_in_order_with_what_they_cost(engine):
    asks = [Ask('Use <x id="1">SAVE20</x> for <g id="2">boots &amp; tents</g>.'), Ask("Save")]
    assert engine.translate(asks, TO_GERMAN) == [
        Reply('Usé <x id="1">SAVE20</x> fór <g id="2">bóóts &amp; ténts</g>.', 29),
        Reply("Sávé", 4),
    ]


def test_what_is_sent(engine, stub):
    context = Context("Returns", ("How to send it back", "Labels"), "Print the label. Then pack the boots.")
    style = Style("formal", ("Use short sentences.",))
    engine.translate([Ask("Save"), Ask("Load")], Request(EN, DE, context, style))
    assert stub.bodies == [
        {
            **ALWAYS,
            "text": ["Save", "Load"],
            "source_lang": "EN",
            "target_lang": "DE",
            "context": "Returns\nHow to send it back\nLabels\nPrint the label. Then pack the boots.",
            "formality": "prefer_more",
            "custom_instructions": ["Use short sentences."],
        }
    ]
    assert stub.calls == 1
    assert any("polyhelp/" in agent for agent in stub.agents)


@pytest.mark.parametrize(
    ("target", "style", "expected"),
    [
        ("de", Style("informal"), {"formality": "prefer_less"}),
        ("de", Style(), {}),
        ("sv", Style("formal", ("Be kind.",)), {}),
        ("ja", Style("formal", ("Be kind.",)), {"formality": "prefer_more", "custom_instructions": ["Be kind."]}),
        ("ko", Style("formal", ("Be kind.",)), {"custom_instructions": ["Be kind."]}),
        ("zh-TW", Style("formal", ("Be kind.",)), {"custom_instructions": ["Be kind."]}),
        ("pt-BR", Style("formal", ("Be kind.",)), {"formality": "prefer_more"}),
        ("es-MX", Style("informal", ("Be kind.",)), {"formality": "prefer_less", "custom_instructions": ["Be kind."]}),
    ],
)
def test_style_is_sent_where_deepl_heeds_it(engine, stub, target, style, expected):
    codes = {"source_lang", "target_lang"}
    body = sent(engine, stub, Request(EN, Locale(target), style=style))
    assert {name: value for name, value in body.items() if name not in codes} == expected


def test_an_instruction_that_is_too_long_is_left_out_and_the_first_ten_are_sent(engine, stub):
    instructions = ("x" * 301, " ", *(f"Rule {number}." for number in range(12)), "y" * 300)
    body = sent(engine, stub, Request(EN, DE, style=Style("", instructions)))
    assert body["custom_instructions"] == [f"Rule {number}." for number in range(10)]


def test_options_are_sent(stub):
    stub.style_rules.update({"rule-de", "rule-fr-ca"})
    options = DeeplOptions(
        model_type="prefer_quality_optimized", style_rules={"de": "rule-de", "fr_ca": "rule-fr-ca"}, requests=2
    )
    engine = DeeplEngine(options)
    assert engine.traits.requests == 2
    assert sent(engine, stub, Request(EN, Locale("de-AT"))) == {
        "source_lang": "EN",
        "target_lang": "DE",
        "model_type": "prefer_quality_optimized",
        "style_id": "rule-de",
    }
    assert sent(engine, stub, Request(EN, Locale("fr-CA")))["style_id"] == "rule-fr-ca"
    assert "style_id" not in sent(engine, stub, Request(EN, Locale("fr")))
    engine.close()


def test_thai_goes_without_tags(engine, stub):
    assert texts(engine, "Use XQ1X now", request=Request(EN, TH)) == ["Usé XQ1X nów"]
    assert not {"tag_handling", "tag_handling_version", "outline_detection", "ignore_tags"} & set(stub.bodies[0])


def test_context_and_instructions_leave_three_quarters_of_a_request_for_texts(engine, stub):
    text = "退" * (LIMITS.request_bytes * 3 // 4 // 50 // 6)  # six bytes each in JSON
    style = Style("formal", tuple("款" * 300 for _ in range(10)))
    engine.translate([Ask(text)] * 50, Request(EN, DE, Context("退" * 3000), style))
    assert len(json.dumps(stub.bodies[0])) > 120 * 1024


# ---------------------------------------------------------------- context


def test_context_is_the_place_once_and_in_order():
    assert context_of(Context()) == ""
    assert context_of(Context("Returns", ("Returns", "Labels"), " Print it. ")) == "Returns\nLabels\nPrint it."


def test_context_is_cut_at_a_word():
    words = context_of(Context("Returns", (), "label " * 1000))
    assert 1900 < len(words) <= 2000
    assert words.endswith(" label")
    assert len(context_of(Context("", (), "退" * 5000))) == 2000
    assert len(context_of(Context("Title", (), "退" * 5000))) == 2000


# ---------------------------------------------------------------- languages

CODES = [
    ("de", "DE"), ("de-AT", "DE"), ("de-CH", "DE"), ("en", "EN-US"), ("en-CA", "EN-US"), ("en-GB", "EN-GB"),
    ("en-AU", "EN-GB"), ("pt", "PT-BR"), ("pt-BR", "PT-BR"), ("pt-PT", "PT-PT"), ("pt-AO", "PT-PT"), ("es", "ES"),
    ("es-ES", "ES"), ("es-419", "ES-419"), ("es-MX", "ES-419"), ("zh", "ZH-HANS"), ("zh-CN", "ZH-HANS"),
    ("zh-TW", "ZH-HANT"), ("zh-HK", "ZH-HANT"), ("zh-Hant-HK", "ZH-HANT"), ("no", "NB"), ("nb", "NB"), ("iw", "HE"),
    ("he", "HE"), ("in", "ID"), ("id", "ID"), ("sv", "SV"), ("th", "TH"), ("fr-CA", "FR"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "code"), CODES)
def test_target_codes_before_the_service_was_asked(tag, code):
    assert DeeplEngine(DeeplOptions()).ability(EN, Locale.parse(tag)).code == code
    assert code in {str(value).upper() for value in vars(deepl.Language).values()}


def test_target_codes_after_it(engine):
    engine.learn()
    assert [engine.ability(EN, Locale.parse(tag)).code for tag, _ in CODES] == [code for _, code in CODES]


def test_source_codes_have_no_variants(engine, stub):
    for tag, code in [("en-US", "EN"), ("pt-BR", "PT"), ("zh-TW", "ZH"), ("no", "NB"), ("iw", "HE")]:
        assert sent(engine, stub, Request(Locale(tag), DE))["source_lang"] == code


def test_what_it_can_do_by_the_documentation():
    engine = DeeplEngine(DeeplOptions())
    assert engine.ability(EN, DE) == Ability("DE", Markup.XML, formality=True, glossary=True)
    assert engine.ability(EN, SV) == Ability("SV", Markup.XML, formality=False, glossary=True)
    assert engine.ability(EN, TH) == Ability("TH", Markup.WORDS, formality=False, glossary=False)
    assert engine.ability(EN, Locale("he")).markup is Markup.WORDS
    assert engine.ability(EN, Locale("eu")) == Ability("EU", Markup.WORDS)  # newer than the table
    assert not DeeplEngine(DeeplOptions(glossaries=False)).ability(EN, DE).glossary


def test_what_the_service_says_counts(engine, stub):
    for language in stub.languages["translate_text"]:
        if language["lang"] == "th":
            language["features"] = {"tag_handling": {"status": "stable"}, "formality": {"status": "stable"}}
    stub.languages["glossary"] = [one for one in stub.languages["glossary"] if one["lang"] != "sv"]
    engine.learn()
    assert engine.ability(EN, TH) == Ability("TH", Markup.XML, formality=True, glossary=False)
    assert engine.ability(EN, SV) == Ability("SV", Markup.XML, formality=False, glossary=False)
    with pytest.raises(EngineError, match="DeepL does not translate into 'tlh'") as caught:
        engine.ability(EN, Locale("tlh"))
    assert "another engine" in caught.value.hint
    with pytest.raises(EngineError, match="DeepL does not translate from 'tlh'"):
        engine.ability(Locale("tlh"), DE)


def test_a_variant_that_the_service_lacks_falls_to_the_language_but_never_to_another_script(engine, stub):
    gone = {"es-419", "zh-Hant", "en-GB"}
    stub.languages["translate_text"] = [one for one in stub.languages["translate_text"] if one["lang"] not in gone]
    engine.learn()
    assert engine.ability(EN, Locale("es-MX")).code == "ES"
    assert engine.ability(EN, Locale("en-AU")).code == "EN-US"
    with pytest.raises(EngineError, match="'zh-TW'"):
        engine.ability(EN, Locale("zh-TW"))


@pytest.mark.parametrize("languages", [{}, {"translate_text": [], "glossary": []}, {"translate_text": {"a": 1}}])
def test_a_server_that_lists_no_languages_is_used_by_the_documentation(engine, stub, languages):
    stub.languages = languages
    engine.learn()
    assert engine.ability(EN, TH).markup is Markup.WORDS
    assert texts(engine, "Save") == ["Sávé"]


def test_features_as_a_list_are_understood(engine, stub):
    stub.languages = {"translate_text": [
        {"lang": "en", "usable_as_source": True, "usable_as_target": False, "features": ["tag_handling", "glossary"]},
        {"lang": "DE", "usable_as_source": True, "usable_as_target": True, "features": ["tag_handling", "glossary"]},
        {"lang": "fr", "usable_as_source": True, "usable_as_target": True, "features": None},
        {"lang": 7}, "nonsense",
    ]}  # fmt: skip
    engine.learn()
    assert engine.ability(EN, DE) == Ability("DE", Markup.XML, formality=False, glossary=True)
    assert engine.ability(EN, Locale("fr")).markup is Markup.WORDS


def test_a_wrong_key_and_a_server_that_is_down_are_told_when_asking(engine, stub, monkeypatch):
    stub.other_faults.append(DOWN.after(7))
    with pytest.raises(EngineError) as caught:
        engine.learn()
    assert (caught.value.retry, caught.value.after) == (True, 7)
    monkeypatch.setenv("DEEPL_AUTH_KEY", "wrong-" + KEY)
    with pytest.raises(EngineError, match="DeepL refuses the key"):
        DeeplEngine(DeeplOptions()).learn()


# ---------------------------------------------------------------- the engine


def test_traits_and_price():
    traits = DeeplEngine(DeeplOptions()).traits
    assert (traits.remote, traits.hears, traits.by_section, traits.requests) == (True, False, True, 4)
    assert (traits.limits.texts, traits.limits.request_bytes) == (50, 131_072)
    assert str(traits.price.of(2_000_000)) == "50"
    assert DeeplEngine(DeeplOptions(price="20 EUR")).traits.price.currency == "EUR"
    with pytest.raises(ValueError, match="not a price"):
        DeeplEngine(DeeplOptions(price="cheap"))
    with pytest.raises(ValueError, match="not a language tag"):
        DeeplEngine(DeeplOptions(style_rules={"German": "id"}))


def test_the_fingerprint_is_what_changes_answers():
    assert DeeplEngine(DeeplOptions()).fingerprint == ""
    rules = {"fr": "b", "de": "a"}
    one = DeeplEngine(DeeplOptions(model_type="quality_optimized", style_rules=rules, requests=3, price="1 USD"))
    assert one.fingerprint == "quality_optimized"
    assert [one.ability(EN, Locale(tag)).rules for tag in ("de-AT", "fr", "sv")] == ["a", "b", ""]


def test_every_option_is_described():
    assert issubclass(DeeplOptions, Options)
    for name, about in DeeplOptions.__dataclass_fields__.items():
        assert about.metadata["description"].endswith("."), name


def test_without_a_key_there_is_an_obstacle(monkeypatch):
    monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
    engine = DeeplEngine(DeeplOptions())
    assert engine.obstacle(EN, DE) == "there is no key for DeepL: set DEEPL_AUTH_KEY"
    with pytest.raises(EngineError, match="no key"):
        engine.translate([Ask("Save")], TO_GERMAN)
    with pytest.raises(EngineError, match="no key"):
        engine.learn()
    monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
    assert engine.obstacle(EN, DE) == ""


def test_four_threads_at_once(engine, stub):
    stub.faults.extend([slow(0.1)] * 4)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: texts(engine, f"Save {number}", "All"), range(40)))
    assert made == [[f"Sávé {number}", "All"] for number in range(40)]
    assert stub.most_at_once == 4
    assert set(stub.billed.values()) == {1, 40}


def test_it_can_be_used_after_it_was_closed(engine):
    engine.close()
    assert texts(engine, "Save") == ["Sávé"]
    engine.close()
    assert texts(engine, "Save") == ["Sávé"]


def test_the_library_is_not_imported_before_it_is_needed():
    code = (
        "import sys, polyhelp.engines.deepl as d; from polyhelp.model import Locale as L;"
        "e = d.DeeplEngine(d.DeeplOptions()); e.obstacle(L('en'), L('de')); e.ability(L('en'), L('de'));"
        "print('deepl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_documented_languages_are_consistent():
    assert DOCUMENTED.formality <= DOCUMENTED.targets | {"PT"}
    assert DOCUMENTED.tags | DOCUMENTED.glossary <= DOCUMENTED.targets | DOCUMENTED.sources


# ---------------------------------------------------------------- what DeepL does to tags

TEXT = "Use `SAVE20` for **all boots** now."


def outcome(engine, text):
    """What becomes of a segment's Markdown: its target, or why there is none."""
    tree = grow(tokenize(text))
    read = from_xml(texts(engine, to_xml(tree))[0], tree)
    if isinstance(read, Damage):
        return read.reason
    read = mended(read, tree, DE)
    target = markdown(read)
    return fault(read, tree) or markdown_fault(target, text) or target


def test_every_sentence_of_a_help_center_survives(engine):
    for sentence in SENTENCES:
        assert shape(outcome(engine, sentence)) == shape(sentence)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("drop", "lost the code `SAVE20`"),
        ("empty", "emptied the bold text **…**"),
        ("crossed", "the engine's answer has tags that do not belong together"),
        ("new tag", "the engine's answer has tags that do not belong together"),
    ],
)
def test_damage_is_told(engine, stub, damage, reason):
    stub.damage.append(damage)
    assert reason in outcome(engine, TEXT)
    assert outcome(engine, TEXT) == "Usé `SAVE20` fór **áll bóóts** nów."


@pytest.mark.parametrize("damage", ["new markup", "new html", "new link"])
def test_what_the_source_does_not_have_is_told(engine, stub, damage):
    stub.damage.append(damage)
    assert "the source does not have" in outcome(engine, TEXT)


@pytest.mark.parametrize(
    ("damage", "target"),
    [
        ("duplicate", "Usé `SAVE20` fór **áll dé bóóts** nów."),
        ("space inside", "Usé `SAVE20` fór **áll bóóts** nów."),
        ("lost space", "Usé `SAVE20` fór **áll bóóts** nów."),
        ("void first", "`SAVE20` Usé fór **áll bóóts** nów."),
    ],
)
def test_harmless_damage_is_repaired(engine, stub, damage, target):
    stub.damage.append(damage)
    assert outcome(engine, TEXT) == target
