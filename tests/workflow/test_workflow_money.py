"""What a run costs: told before, bounded, and never paid twice."""

import json
import shutil
import sqlite3
import time

import pytest
from deepl_stub import BROKEN, DROP, DROP_BILLED, slow
from remote_shop import configure, only, units, wait_for


@pytest.fixture
def shop(shop, deepl):  # noqa: ARG001 (its address)
    configure(shop, {"engine": "deepl"}, "de", "pt-BR")
    shop.polyhelp("sync")
    return shop


def limited(shop, limits, *locales):
    configure(shop, {"engine": "deepl", "max_characters": limits}, *(locales or ("de", "pt-BR")))
    shop.polyhelp("sync")


def untranslated(shop, *locales):
    return [unit for locale in locales or ("de", "pt-BR") for unit in units(shop, locale) if not unit.target]


def once(stub, locales=2):
    """Whether each text was billed once for each locale."""
    return bool(stub.billed) and max(stub.billed.values()) == locales


# ---------------------------------------------------------------- told before


def test_a_dry_run_tells_the_price_and_sends_nothing(shop, deepl):
    before = shop.bytes_of("locales")
    done = shop.polyhelp("translate", "--dry-run")
    assert (done.status, deepl.calls, shop.bytes_of("locales")) == (0, 0, before)
    assert not shop.file(".polyhelp/journal.sqlite").exists()
    plan = {line["locale"]: line for line in shop.polyhelp("translate", "--dry-run", "--json").json["plan"]}
    assert set(plan) == {"de", "pt-BR"}
    assert shop.polyhelp("translate").status == 0
    for tag, line in plan.items():
        sent = [body for body in deepl.bodies if body["target_lang"] == tag.upper()]
        assert (line["engine"], line["requests"]) == ("deepl", len(sent))
        assert line["segments"] == sum(len(body["text"]) for body in sent)
        assert line["cost"] == f"{line['characters'] * 25 / 1e6:.4f}"
    total = sum(line["characters"] for line in plan.values())
    assert total == deepl.billed_characters
    assert f"{total:,}" in done.out.splitlines()[3]
    assert "0.05 USD" in done.out.splitlines()[3]


def test_a_dry_run_tells_what_memory_saves(shop):
    shop.polyhelp("translate")
    text = "We answer within two days."
    shop.write("content/copy.md", f"# Another page\n\n{text}\n")
    shop.polyhelp("sync")
    done = shop.polyhelp("translate", "--dry-run", "--locale", "de")
    (line,) = shop.polyhelp("translate", "--dry-run", "--locale", "de", "--json").json["plan"]
    assert (line["segments"], line["reused"], line["saved"], line["saved_cost"]) == (1, 1, len(text), "0.0006")
    assert f"{len(text)} characters" in done.out
    assert line["characters"] == len("Another page")


def test_a_price_of_ones_own_and_one_that_nobody_knows(shop, openai):
    options = {"deepl": {"price": "100 EUR"}, "openai": {"base_url": openai.base_url, "model": "stub-1"}}
    configure(shop, {"engine": "deepl", "engines": options}, "de")
    (line,) = shop.polyhelp("translate", "--dry-run", "--json").json["plan"]
    assert (line["cost"], line["price"]["currency"]) == (f"{line['characters'] / 1e4:.4f}", "EUR")
    (line,) = shop.polyhelp("translate", "--engine", "openai", "--dry-run", "--json").json["plan"]
    assert (line["cost"], line["price"]) == (None, None)
    assert "unknown" in shop.polyhelp("translate", "--engine", "openai", "--dry-run").out


# ---------------------------------------------------------------- bounded


def test_a_limit_for_each_run_ends_it_and_the_next_one_goes_on(shop, deepl):
    limited(shop, {"run": 700})
    counts = []
    for _ in range(4):
        before = deepl.billed_characters
        done = shop.polyhelp("translate")
        counts.append((done.status, len(untranslated(shop))))
        assert deepl.billed_characters - before <= 700
        if done.status:
            assert done.out.count("stopped early: max_characters.run is 700") == 1
            assert deepl.billed_characters > before
            assert not done.err
    assert [status for status, _ in counts] == [1, 1, 0, 0]
    assert counts[0][1] > counts[1][1] > counts[2][1] == 0
    assert once(deepl)


def test_json_says_which_limit_it_was(shop):
    limited(shop, 700)
    told = shop.polyhelp("translate", "--json")
    assert told.status == 1
    assert not told.json["ok"]
    assert len(told.json["limits"]) == 1
    assert "max_characters.run is 700" in told.json["limits"][0]


def test_a_dry_run_warns_of_the_limit_of_a_run(shop):
    limited(shop, {"run": 700})
    assert "max_characters.run is 700" in shop.polyhelp("translate", "--dry-run").out


def test_a_limit_for_the_month_holds_over_runs(shop, deepl):
    limited(shop, {"month": 700})
    first = shop.polyhelp("translate")
    assert (first.status, "max_characters.month" in first.out) == (1, True)
    assert 0 < deepl.billed_characters <= 700
    left, calls = len(untranslated(shop)), deepl.billed_characters
    second = shop.polyhelp("translate")
    assert (second.status, len(untranslated(shop)) <= left) == (1, True)
    assert calls <= deepl.billed_characters <= 700
    with sqlite3.connect(shop.file(".polyhelp/journal.sqlite")) as base:  # it was all last month
        base.execute("UPDATE requests SET at = '2025-01-31T23:59:59+00:00'")
    base.close()
    limited(shop, {"month": 2000})
    assert shop.polyhelp("translate").status == 0
    assert not untranslated(shop)
    assert once(deepl)


def test_a_locale_at_its_limit_does_not_stop_the_others(shop, deepl):
    limited(shop, {"locale": {"de": 300}})
    done = shop.polyhelp("translate")
    assert done.status == 1
    assert done.out.count("stopped early: max_characters.locale is 300 for de") == 1
    assert 0 < sum(len(text) for body in deepl.bodies if body["target_lang"] == "DE" for text in body["text"]) < 500
    assert untranslated(shop, "de")
    assert not untranslated(shop, "pt-BR")
    limited(shop, {"locale": {"de": 3000}})
    assert shop.polyhelp("translate").status == 0
    assert not untranslated(shop)
    assert once(deepl)


def test_one_limit_for_several_engines_is_told_once(shop, deepl, libretranslate):  # noqa: ARG001
    routes = [{"engine": "libretranslate", "locales": "de"}]
    configure(shop, {"engine": "deepl", "routes": routes, "max_characters": 500}, "de", "pt-BR")
    done = shop.polyhelp("translate")
    assert done.status == 1
    assert done.out.count("stopped early") == 1


# ---------------------------------------------------------------- never twice


def test_what_stands_on_several_pages_is_sent_once(shop, deepl):
    for name in "abc":
        shop.write(f"content/{name}.md", "# The same title\n\nThe same *sentence* on three pages.\n")
    shop.polyhelp("sync")
    shop.polyhelp("translate")
    assert once(deepl)
    targets = {unit.target for name in "abc" for unit in units(shop, "de", f"{name}.md")}
    assert len(targets) == 2


@pytest.mark.parametrize("elsewhere", [False, True], ids=["in one run", "on another machine"])
def test_a_child_locale_gets_what_its_parent_got(shop, deepl, elsewhere):
    if elsewhere:
        shop.polyhelp("translate", "--locale", "de")
        shutil.rmtree(shop.file(".polyhelp"))
    configure(shop, {"engine": "deepl"}, "de", "de-AT")
    shop.polyhelp("sync")
    assert shop.polyhelp("translate").status == 0
    assert once(deepl, 1)
    assert [unit.target for unit in units(shop, "de-AT")] == [unit.target for unit in units(shop, "de")]
    assert {(unit.maker, unit.fuzzy) for unit in units(shop, "de-AT")} == {("mt/deepl", True)}


def test_a_child_locale_with_other_terms_or_style_is_asked_for_itself(shop, deepl):
    configure(shop, {"engine": "deepl"}, "de", "de-AT")
    only(shop, "returns/refunds.md")
    shop.edit(
        "glossary/terms.yml",
        "    de: {preferred: Geschenkkarte, forbidden: [Giftkarte]}\n",
        "    de: {preferred: Geschenkkarte}\n    de-AT: {preferred: Gutschein}\n",
    )
    shop.edit("content/returns/refunds.md", "Wait two more days.", "Use the gift card.")
    shop.polyhelp("sync")
    shop.polyhelp("translate")
    assert {text for text, times in deepl.billed.items() if times > 1} == {"Gift card", "Use the gift card."}
    assert shop.unit("de-AT", "returns/refunds.md", "Use the gift card.").target == "Usé thé Gutschein."
    assert shop.unit("de", "returns/refunds.md", "Use the gift card.").target == "Usé thé Geschenkkarte."
    shop.write("glossary/styles/de-AT.yml", "formality: informal\n")
    shop.edit("content/returns/refunds.md", "Use the gift card.", "Use any card.")
    shop.polyhelp("sync")
    shop.polyhelp("translate")
    assert deepl.billed["Use any card."] == 2


def test_killed_in_the_middle_nothing_that_was_answered_is_paid_again(shop, deepl, started):
    sections = "".join(f"## Part {n}\n\nThis is sentence number {n}.\n\n" for n in "abcdefghijkl")
    shop.write("content/long.md", f"# Long\n\n{sections}")  # one catalog, that is not done when it happens
    only(shop, "long.md")
    shop.polyhelp("sync")
    deepl.faults.extend([slow(0.05)] * 6 + [slow(30)] * 4)
    process = started(shop, "translate")
    wait_for(lambda: deepl.calls >= 9)  # six answered at least, the others on their way
    time.sleep(0.2)
    process.kill()
    process.wait()
    answered = set(deepl.billed)
    assert len(answered) >= 6
    deepl.faults.clear()
    done = shop.polyhelp("translate")
    assert done.status == 0
    assert not untranslated(shop)
    assert once(deepl)
    (spent,) = [one for one in shop.polyhelp("usage", "--json").json["usage"] if one["locale"] == "de"]
    assert spent["unsure"] > 0  # nobody knows of those that were on their way


def test_a_second_process_says_so_and_changes_nothing(shop, deepl, started):
    shop.polyhelp("translate", "--locale", "de")
    shop.write("content/copy.md", "# Contact us\n\nSomething new.\n")  # memory has one, the engine is asked for one
    shop.polyhelp("sync")
    calls = len(deepl.bodies)
    deepl.faults.extend([slow(1.5)] * 8)
    process = started(shop, "translate", "--locale", "pt-BR")
    wait_for(lambda: deepl._at_once > 0)  # noqa: SLF001
    before = shop.bytes_of("locales/de")
    second = shop.polyhelp("translate", "--locale", "de")
    assert second.status == 3
    assert second.err.count("another polyhelp is translating in this folder") == 1
    assert shop.bytes_of("locales/de") == before
    assert len(deepl.bodies) == calls
    deepl.faults.clear()
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert shop.polyhelp("translate").status == 0
    assert once(deepl)


def test_without_the_journal_the_catalogs_still_know(shop, deepl):
    shop.polyhelp("translate")
    shutil.rmtree(shop.file(".polyhelp"))
    assert shop.polyhelp("translate").status == 0
    assert once(deepl)


def test_lost_catalogs_come_back_from_the_journal(shop, deepl):
    shop.polyhelp("translate")
    before, calls = shop.bytes_of("locales"), len(deepl.bodies)
    shutil.rmtree(shop.file("locales"))
    shop.polyhelp("sync")
    plan = shop.polyhelp("translate", "--dry-run", "--json").json["plan"]
    assert [(line["segments"], line["characters"], line["cost"]) for line in plan] == [(0, 0, "0.0000")] * 2
    assert shop.polyhelp("translate").status == 0
    assert len(deepl.bodies) == calls
    assert shop.bytes_of("locales") == before


@pytest.mark.parametrize("rubbish", [b"rubbish" * 1000, b"SQLite format 3\0" + b"\1" * 4000])
def test_a_broken_journal_is_told_and_nothing_is_sent(shop, deepl, rubbish):
    shop.write(".polyhelp/journal.sqlite", rubbish)
    for command in (["translate"], ["translate", "--dry-run"], ["usage"]):
        done = shop.polyhelp(*command)
        assert done.status == 3
        assert done.err.count("the journal cannot be used") == 1
        assert "delete it" in done.err
    assert deepl.calls == 0
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0  # which needs no journal
    assert not untranslated(shop)


def test_a_broken_journal_does_not_stop_engines_that_cost_nothing(shop, deepl):
    shop.write(".polyhelp/journal.sqlite", b"rubbish" * 1000)
    configure(shop, {"engine": "deepl", "routes": [{"engine": "pseudo", "locales": "de"}]}, "de", "pt-BR")
    done = shop.polyhelp("translate")
    assert done.err == (
        "error: .polyhelp/journal.sqlite: the journal cannot be used: file is not a database\n"
        "  make room on the disk, or check the file's rights; if it is damaged, delete it\n"
    )
    assert done.status == 3
    assert not untranslated(shop, "de")
    assert deepl.calls == 0


def test_what_failed_and_may_have_been_billed_counts(shop, deepl, hasty):  # noqa: ARG001
    deepl.faults.extend([DROP_BILLED, DROP, BROKEN])
    assert shop.polyhelp("translate").status == 0
    assert not untranslated(shop)
    told = shop.polyhelp("usage", "--json").json
    assert told["this_month"] >= deepl.billed_characters  # never less than what the service counts
    assert sum(one["unsure"] for one in told["usage"]) > 0


def test_editing_one_sentence_costs_one_sentence(shop, deepl):
    shop.polyhelp("translate")
    deepl.bodies.clear()
    shop.edit("content/returns/refunds.md", "Wait two more days.", "Wait three more days.")
    shop.polyhelp("sync")
    assert shop.polyhelp("translate").status == 0
    assert [body["text"] for body in deepl.bodies] == [["Wait three more days."]] * 2


def test_what_is_rejected_is_asked_once_more_and_no_more(shop, deepl):
    shop.polyhelp("translate")
    row = next(
        one
        for one in shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
        if one["source"] == "Wait two more days."
    )
    assert shop.polyhelp("review", "reject", row["id"], "--locale", "de", "--as", "Kim").status == 0
    deepl.bodies.clear()
    for times in (1, 1):
        done = shop.polyhelp("translate", "--locale", "de")
        assert done.status == 0
        assert len(deepl.bodies) == times
    unit = shop.unit("de", "returns/refunds.md", "Wait two more days.")
    assert unit.target == ""
    assert json.dumps(unit.comments).count("kept out: deepl") == 1
