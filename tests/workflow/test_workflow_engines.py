"""What engines are told, and what becomes of answers that are not as they should be."""

import json
import shutil
from dataclasses import replace

import pytest
from remote_shop import configure, only

TEXT = "Pay with a gift card from Tern today."
ARTICLE = f"""# Paying

Two ways to pay.

## Cards

{TEXT}

Cash works too, see [our **other** page](other.md).

## Late

Wait a day.
"""


@pytest.fixture
def shop(shop, deepl, openai):  # noqa: ARG001 (its address)
    configure(shop, {"engines": {"openai": {"base_url": openai.base_url, "model": "stub-1"}}}, "de")
    shop.write("content/paying.md", ARTICLE)
    shop.write("content/other.md", "# Other\n")
    only(shop, "paying.md", "other.md")
    shop.polyhelp("sync")
    return shop


def translate(shop, engine):
    done = shop.polyhelp("translate", "--engine", engine)
    assert done.status == 0
    return done


def target(shop, source=TEXT):
    return shop.unit("de", "paying.md", source).target


def body_with(deepl, text):
    return next(body for body in deepl.bodies if any(text in one for one in body["text"]))


def told(openai, text):
    """(system message, user message, key of the text) of the first request with it."""
    for asked in openai.asked:
        system, user = (one["content"] for one in asked.json["messages"])
        for key, one in json.loads(user)["texts"].items():
            if text in one:
                return system, json.loads(user), key
    raise AssertionError(text)


# ---------------------------------------------------------------- terms


def test_deepl_gets_the_shops_terms_as_a_glossary(shop, deepl):
    translate(shop, "deepl")
    (glossary,) = deepl.shelf.glossaries.values()
    assert glossary.dictionaries == {("EN", "DE"): {"gift card": "Geschenkkarte"}}
    with_it = [text for body in deepl.bodies if "glossary_id" in body for text in body["text"]]
    assert any("gift card" in text for text in with_it)
    assert "glossary_id" not in body_with(deepl, "Wait a day.")
    assert target(shop) == "Páy wíth á Geschenkkarte fróm Tern tódáy."


def test_a_term_that_changes_is_a_new_glossary_and_no_text_is_sent_for_it(shop, deepl):
    translate(shop, "deepl")
    calls = len(deepl.bodies)
    shop.edit("glossary/terms.yml", "preferred: Geschenkkarte", "preferred: Gutschein")
    translate(shop, "deepl")
    assert len(deepl.bodies) == calls
    shop.edit("content/paying.md", "Wait a day.", "Use a gift card.")
    shop.polyhelp("sync")
    translate(shop, "deepl")
    assert target(shop, "Use a gift card.") == "Usé á Gutschein."


def test_a_model_is_told_the_terms_that_occur_and_no_others(shop, openai):
    translate(shop, "openai")
    _, user, key = told(openai, "gift card")
    assert user["terms"] == {key: {"gift card": "Geschenkkarte"} | told_names(user, key)}
    for asked in openai.asked:
        data = json.loads(asked.json["messages"][-1]["content"])
        for one in data.get("terms", {}):
            assert "gift card" in data["texts"][one] or "Tern" in data["texts"][one]
    assert target(shop) == "Páy wíth á Geschenkkarte fróm Tern tódáy."


def told_names(user, key):
    return {name: name for name in ("Tern",) if name in user["terms"][key]}


@pytest.mark.parametrize("engine", ["deepl", "openai", "pseudo"])
def test_names_come_back_as_they_are(shop, engine):
    translate(shop, engine)
    assert "Tern" in target(shop).split()


def test_an_answer_that_breaks_a_term_is_asked_for_again_with_the_reason(shop, openai):
    translated = openai._text  # noqa: SLF001
    openai._text = lambda text, terms: translated(text, {})  # it does not heed terms  # noqa: ARG005, SLF001
    translate(shop, "openai")
    faults = [
        reason
        for asked in openai.asked
        for reason in json.loads(asked.json["messages"][-1]["content"]).get("faults", {}).values()
    ]
    assert len(faults) == 1
    assert "gift card" in faults[0]
    assert "Geschenkkarte" in faults[0]
    assert target(shop) == "Páy wíth á gíft cárd fróm Tern tódáy."  # kept
    found = shop.polyhelp("check", "--json")
    assert found.status == 1
    assert {(one["check"], one["source"]) for one in found.json["issues"]} == {("terminology", TEXT)}
    calls = openai.calls
    translate(shop, "openai")
    assert openai.calls == calls


def test_the_second_answer_counts_when_the_first_breaks_a_term(shop, openai):
    translated, seen = openai._text, []  # noqa: SLF001

    def once_deaf(text, terms):
        seen.append(text)
        return translated(text, terms if seen.count(text) > 1 else {})

    openai._text = once_deaf  # noqa: SLF001
    done = translate(shop, "openai")
    assert target(shop) == "Páy wíth á Geschenkkarte fróm Tern tódáy."
    assert "openai: 1 segment asked for twice" in done.out


# ---------------------------------------------------------------- context and style


def test_deepl_is_told_the_title_the_headings_and_the_neighbours(shop, deepl):
    translate(shop, "deepl")
    context = body_with(deepl, "gift card")["context"]
    assert context.startswith("Paying\n")
    assert "Cards" in context
    assert "Cash works too, see our other page." in context
    assert "Wait a day." not in context
    assert "Wait a day." in body_with(deepl, "Wait a day.")["context"]


def test_a_model_is_told_the_title_and_the_headings(shop, openai):
    translate(shop, "openai")
    _, user, key = told(openai, "gift card")
    assert user["context"]["page"] == "Paying"
    assert user["headings"][key] == ["Paying", "Cards"]


def test_style_guides_say_how_readers_are_addressed(shop, deepl, openai):
    shop.write("glossary/styles/de.yml", "formality: informal\ninstructions:\n  - Keep it short.\n")
    translate(shop, "deepl")
    body = body_with(deepl, "gift card")
    assert (body["formality"], body["custom_instructions"]) == ("prefer_less", ["Keep it short."])
    shop.change("de", "paying.md", lambda unit: type(unit)(unit.source, notes=unit.notes))
    shop.file(".polyhelp/memory.sqlite").unlink()
    translate(shop, "openai")
    system, _, _ = told(openai, "gift card")
    assert "Address the reader informally." in system
    assert "Keep it short." in system


# ---------------------------------------------------------------- damaged answers


def reasons(shop):
    rows = shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
    return {row["source"]: (row["id"], row["reasons"]) for row in rows}


LINKED = "Cash works too, see [our **other** page](other.md)."


def test_put_together_from_pieces_until_somebody_accepts_it(shop, deepl):
    deepl.always = "drop"  # on every text with tags
    done = translate(shop, "deepl")
    assert "deepl: 2 segments put together from pieces: have a look at them" in done.out
    assert "# in pieces: " in shop.read("locales/de/paying.po")
    assert target(shop, LINKED) == "Cásh wórks tóó, séé [óúr **óthér** págé](other.md)."
    number, why = reasons(shop)[LINKED]
    assert why[0].startswith("put together from pieces: the engine ")
    billed = deepl.billed_characters
    assert shop.polyhelp("review", "accept", number, "--locale", "de", "--as", "Kim").status == 0
    assert shop.unit("de", "paying.md", LINKED).comments == ()
    assert LINKED not in reasons(shop)
    translate(shop, "deepl")
    assert deepl.billed_characters == billed


def test_kept_out_until_somebody_translates_it(shop, deepl):
    change = deepl.translate
    deepl.translate = lambda asked: spoiled(change(asked))
    done = translate(shop, "deepl")
    assert done.out.count("left out: ") >= 1
    assert "# kept out: deepl " in shop.read("locales/de/paying.po")
    assert target(shop, LINKED) == ""
    _, why = reasons(shop)[LINKED]
    assert why == ["the machine's answer was damaged: translate by hand"]
    calls = len(deepl.bodies)
    shutil.rmtree(shop.file(".polyhelp"))  # the note alone tells
    translate(shop, "deepl")
    assert len(deepl.bodies) == calls
    shop.change("de", "paying.md", by_hand)
    translate(shop, "deepl")
    assert len(deepl.bodies) == calls
    assert target(shop, LINKED).startswith("Bargeld")
    assert LINKED not in reasons(shop)


def spoiled(answer):
    for one in answer["translations"]:
        one["text"] += " <script>"
    return answer


def by_hand(unit):
    if unit.source != LINKED:
        return unit
    return replace(unit, target="Bargeld geht auch, siehe [unsere **andere** Seite](other.md).")


def test_what_one_engine_could_not_another_may(shop, deepl):
    change = deepl.translate
    deepl.translate = lambda asked: spoiled(change(asked))
    translate(shop, "deepl")
    assert target(shop, LINKED) == ""
    translate(shop, "openai")
    unit = shop.unit("de", "paying.md", LINKED)
    assert (unit.maker, unit.comments) == ("mt/openai", ())


def test_another_engine_is_asked_when_the_source_changes(shop, deepl):
    change = deepl.translate
    deepl.translate = lambda asked: spoiled(change(asked))
    translate(shop, "deepl")
    deepl.translate = change
    shop.edit("content/paying.md", "Cash works too, see", "Cash works as well, see")
    shop.polyhelp("sync")
    translate(shop, "deepl")
    assert target(shop, LINKED.replace("too", "as well")).startswith("Cásh wórks ás wéll")
