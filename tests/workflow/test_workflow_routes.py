"""Who translates what: routes, lists of engines, engines that cannot, drafts."""

import json
import shutil

import pytest
from deepl_stub import DOWN, KEY_REFUSED, NO_QUOTA
from http_stub import status
from remote_shop import configure, only, units

from polyhelp.errors import Place, WriteError
from polyhelp.locales import files


@pytest.fixture
def routed(shop, deepl, google, openai):  # noqa: ARG001 (their addresses)
    def made(block, *locales):
        model = {"openai": {"base_url": openai.base_url, "model": "stub-1"}}
        configure(shop, {"engines": model, **block}, *locales)
        shop.polyhelp("sync")
        return shop

    return made


def makers(shop, locale, *articles):
    return {unit.maker for unit in units(shop, locale, *articles)}


def untranslated(shop, locale):
    return [unit for unit in units(shop, locale) if not unit.target]


def test_policies_go_to_one_thai_to_another_and_the_rest_to_a_third(routed, openai, google):
    routes = [{"paths": "policies/**", "engine": "deepl"}, {"locales": "th", "engine": "google"}]
    shop = routed({"engine": "openai", "routes": routes}, "de", "th")
    plan = shop.polyhelp("translate", "--dry-run", "--json").json["plan"]
    assert [(line["locale"], line["engine"]) for line in plan] == [
        ("de", "deepl"), ("de", "openai"), ("th", "deepl"), ("th", "google"),
    ]  # fmt: skip
    assert shop.polyhelp("translate").status == 0
    legal = "The return label costs {{ returns.fee | money }}."
    for tag, usual in (("de", "openai"), ("th", "google")):
        assert shop.unit(tag, "policies/returns.md", legal).maker == "mt/deepl"
        assert makers(shop, tag, "contact.md") == {f"mt/{usual}"}
    assert "return label costs" not in json.dumps([asked.json for asked in openai.asked])
    assert {body["targetLanguageCode"] for body in google.bodies()} == {"th"}


def test_what_an_article_got_from_a_model_does_not_come_into_a_policy(routed):
    shop = routed({"engine": "openai"}, "de")
    assert shop.polyhelp("translate").status == 0
    shop.write("content/policies/short.md", "# Contact us\n\nWe answer within two days.\n")
    shop = routed({"engine": "openai", "routes": [{"paths": "policies/**", "engine": "deepl"}]}, "de")
    (line,) = shop.polyhelp("translate", "--dry-run", "--json").json["plan"]
    assert (line["engine"], line["segments"], line["reused"]) == ("deepl", 2, 0)
    assert shop.polyhelp("translate").status == 0
    assert makers(shop, "de", "policies/short.md") == {"mt/deepl"}
    assert makers(shop, "de", "contact.md") == {"mt/openai"}
    row = next(one for one in shop.polyhelp("review", "list", "--json").json["queue"] if one["path"] == "contact.md")
    assert shop.polyhelp("review", "accept", row["id"], "--as", "Kim").status == 0
    shop.write("content/policies/shorter.md", f"{row['source']}\n")  # a person has seen it
    shop.polyhelp("sync")
    assert shop.polyhelp("translate").status == 0
    assert shop.unit("de", "policies/shorter.md", row["source"]).maker != "mt/deepl"


def test_an_engine_on_the_command_line_overrides_all_routes(routed, deepl, google):
    shop = routed({"engine": "deepl", "routes": [{"locales": "th", "engine": "google"}]}, "de", "th")
    assert shop.polyhelp("translate", "--engine", "openai").status == 0
    assert makers(shop, "de") == makers(shop, "th") == {"mt/openai"}
    assert not deepl.bodies
    assert not google.bodies()


def test_an_engine_that_cannot_is_told_once_and_other_locales_go_on(routed, monkeypatch):
    shop = routed({"engine": "deepl", "routes": [{"locales": "ar", "engine": "libretranslate"}]})
    monkeypatch.delenv("LIBRETRANSLATE_URL", raising=False)
    done = shop.polyhelp("translate")
    assert done.status == 3
    assert done.err.count("error:") == 1
    assert "the engine 'libretranslate' cannot translate en to ar" in done.err
    assert "set LIBRETRANSLATE_URL" in done.err
    assert not untranslated(shop, "de")
    assert not untranslated(shop, "pt-BR")
    assert len(untranslated(shop, "ar")) == len(units(shop, "ar"))


def test_of_a_list_the_first_that_can_translates(routed, monkeypatch):
    shop = routed({"engine": ["libretranslate", "deepl", "google"]}, "de")
    assert shop.polyhelp("translate").status == 0
    assert makers(shop, "de") == {"mt/deepl"}
    monkeypatch.delenv("DEEPL_AUTH_KEY")
    shop.edit("content/contact.md", "Nobody answers the phone at night.", "We do not answer at night.")
    shop.polyhelp("sync")
    assert shop.polyhelp("translate").status == 0
    assert shop.unit("de", "contact.md", "We do not answer at night.").maker == "mt/google"


def test_a_language_that_the_service_has_not_is_told_once(routed, deepl):
    deepl.languages["translate_text"] = [
        one for one in deepl.languages["translate_text"] if one["lang"] not in {"ar", "th"}
    ]
    shop = routed({"engine": "deepl"}, "de", "ar", "th")
    done = shop.polyhelp("translate")
    assert done.status == 3
    assert not untranslated(shop, "de")
    assert done.err.count("error:") == 2
    assert "ar: DeepL does not translate into 'ar'" in done.err
    assert "th: DeepL does not translate into 'th'" in done.err


def test_what_only_the_service_knows_that_it_can_is_translated(routed, libretranslate):
    shop = routed({"engine": "libretranslate"}, "is")
    told = shop.polyhelp("translate", "--dry-run")
    assert (told.status, told.err.count("is: LibreTranslate (127.0.0.1) does not translate from en to is")) == (3, 1)
    libretranslate.languages = [{"code": "en", "name": "English", "targets": ["is"]}]
    done = shop.polyhelp("translate")
    assert (done.status, done.err) == (0, "")
    assert not untranslated(shop, "is")


# ---------------------------------------------------------------- services that fail


@pytest.mark.parametrize(
    ("fault", "cause"),
    [(KEY_REFUSED, "DeepL refuses the key"), (NO_QUOTA, "has used up its characters"), (DOWN, "DeepL")],
    ids=["wrong key", "used up", "down"],
)
def test_one_message_per_cause_and_the_others_are_done(routed, deepl, hasty, fault, cause):  # noqa: ARG001
    deepl.faults.extend([fault] * 200)
    shop = routed({"engine": "deepl", "routes": [{"locales": "ar", "engine": "google"}]}, "de", "pt-BR", "ar")
    done = shop.polyhelp("translate")
    assert done.status == 3
    assert done.err.count("error:") == 1
    assert done.err.startswith("error: de, pt-BR: ")
    assert cause in done.err
    assert not untranslated(shop, "ar")
    assert len(deepl.faults) > 150  # nobody goes on knocking
    deepl.faults.clear()
    assert shop.polyhelp("translate").status == 0
    assert not untranslated(shop, "de")


def test_a_key_that_is_refused_at_once(routed, monkeypatch):
    monkeypatch.setenv("DEEPL_AUTH_KEY", "wrong-key-0001:fx")
    shop = routed({"engine": "deepl", "routes": [{"locales": "ar", "engine": "openai"}]})
    done = shop.polyhelp("translate", "--json")
    assert done.status == 3
    (problem,) = done.json["problems"]
    assert problem["message"].startswith("de, pt-BR: DeepL refuses the key")
    assert "DEEPL_AUTH_KEY" in problem["hint"]
    assert not untranslated(shop, "ar")


def test_a_model_that_refuses_the_key_is_told_once(routed, openai):
    openai.key = "another"
    shop = routed({"engine": "openai", "routes": [{"locales": "ar", "engine": "deepl"}]})
    done = shop.polyhelp("translate")
    assert (done.status, done.err.count("error:")) == (3, 1)
    assert not untranslated(shop, "ar")


def test_one_bad_minute_is_no_failure(routed, openai, hasty):  # noqa: ARG001
    openai.script.extend([status(503), status(429, "0"), status(500)])
    shop = routed({"engine": "openai"}, "de")
    done = shop.polyhelp("translate")
    assert (done.status, done.err) == (0, "")
    assert not untranslated(shop, "de")


def test_a_catalog_that_cannot_be_written_stops_no_other(routed, deepl, monkeypatch):
    shop = routed({"engine": "deepl"}, "de", "pt-BR")
    write = files.write

    def broken(file, text, shown):
        if shown == "locales/de/contact.po":
            raise WriteError("cannot write: No space left on device", Place(shown))
        return write(file, text, shown)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", broken)
        done = shop.polyhelp("translate")
    assert (done.status, done.err.count("error:")) == (3, 1)
    assert len(untranslated(shop, "de")) == len(units(shop, "de", "contact.md"))
    assert not untranslated(shop, "pt-BR")
    assert shop.polyhelp("translate").status == 0
    assert not untranslated(shop, "de")
    assert max(deepl.billed.values()) == 2  # once for each locale


# ---------------------------------------------------------------- drafts


@pytest.mark.skipif(not shutil.which("apertium"), reason="Apertium is not installed")
def test_a_draft_is_for_translators_until_a_real_engine_comes(routed, deepl):
    # the stand-in's Spanish is English with accents
    shop = routed({"engine": "apertium", "publish": "machine", "checks": {"language": "off"}}, "es")
    only(shop, "contact.md")
    shop.polyhelp("sync")
    if "is not installed" in (done := shop.polyhelp("translate")).text:
        pytest.skip("the pair is not installed")
    assert done.status == 0
    assert makers(shop, "es", "contact.md") == {"draft/apertium"}
    assert "draft/apertium" in shop.read("locales/es/contact.po")
    shop.polyhelp("render")
    assert "We answer within two days." in shop.read("build/docs/es/contact.md")  # not the draft
    rows = shop.polyhelp("review", "list", "--json").json["queue"]
    assert {reason for row in rows for reason in row["reasons"]} == {"a machine's draft"}
    shop.write("content/copy.md", "# Contact us\n")
    shop.polyhelp("sync")
    assert shop.polyhelp("translate").status == 0
    assert makers(shop, "es", "copy.md") == {"draft/apertium"}  # not a person's, on another page either
    assert shop.polyhelp("translate", "--engine", "deepl").status == 0
    assert makers(shop, "es", "contact.md", "copy.md") == {"mt/deepl"}
    assert set(deepl.billed.values()) == {1}
    shop.polyhelp("render")
    assert "Wé ánswér wíthín twó dáys." in shop.read("build/docs/es/contact.md")
