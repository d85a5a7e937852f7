"""What customers see: the publish gate, from a catalog on disk to the staged page."""

from dataclasses import replace

import pytest

POLICY = "policies/returns.md"
PAGE = "build/docs/de/policies/de/returns.md"


@pytest.fixture
def shop(translated):
    """Everything is translated by a machine, and nothing is reviewed."""
    return translated


def render(shop, *options):
    done = shop.polyhelp("render", *options)
    assert (done.status, done.err) == (0, "")
    return shop.pages()


def accept(shop, *chosen):
    done = shop.polyhelp("review", "accept", *chosen, "--locale", "de", "--as", "Anna Berg", "--json")
    assert done.status == 0, done.err
    return done.json["accepted"]


def publish_level(shop, level):
    shop.edit("mkdocs.yml", "polyhelp: {}", f"polyhelp: {{publish: {level}}}")


def page_of(shop, article="index.md", locale="de", *options):
    return render(shop, *options)[locale, article]


def test_a_policy_stays_in_the_source_language_until_its_last_unit_is_accepted(shop):
    ids = [row["id"] for row in shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
           if row["path"] == POLICY]  # fmt: skip
    assert len(ids) == 7
    accept(shop, *ids[:-1])
    row = render(shop)["de", "policies/de/returns.md"]
    assert (row["original"], row["waiting"]) == (True, True)
    assert "You can return an item within 30 days." in shop.read(PAGE)
    accept(shop, ids[-1])
    row = render(shop)["de", "policies/de/returns.md"]
    assert (row["original"], row["waiting"], row["machine"]) == (False, False, False)
    assert "ŕéťûŕñ àñ îťéṁ ŵîťĥîñ 30 Tage" in shop.read(PAGE)
    assert render(shop)["pt-BR", "policies/de/returns.md"]["waiting"]  # a yes is for one locale


def test_a_yes_names_who_gave_it_and_only_a_persons_word_counts(shop):
    accepted = accept(shop, POLICY)
    assert {row["path"] for row in accepted} == {POLICY}
    assert "# reviewed: Anna Berg " in shop.read("locales/de/policies/returns.po")
    assert shop.read("locales/de/policies/returns.po").count("# origin: mt/pseudo ") == 7


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/regions/DE.yml", "fee: 4.90 EUR", "fee: 5.90 EUR"),
        ("content/regions/US.yml", "window: 60 calendar days", "window: 61 calendar days"),
        ("content/policies/returns.md", "## Your refund", "## Your refunds"),
        ("locales/de/policies/returns.po", "Ýôûŕ ŕéḟûñđ", "Dein Geld"),
    ],
)
def test_a_changed_promise_or_text_ends_the_yes(shop, path, old, new):
    accept(shop, POLICY)
    assert not render(shop)["de", "policies/de/returns.md"]["original"]
    shop.edit(path, f'"{old}"' if path.endswith(".po") else old, f'"{new}"' if path.endswith(".po") else new)
    shop.polyhelp("sync")
    assert render(shop)["de", "policies/de/returns.md"]["original"]
    reasons = {
        row["source"]: row["reasons"]
        for row in shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
        if row["path"] == POLICY
    }
    assert len(reasons) == 1  # one unit waits again, not the page
    accept(shop, POLICY)
    assert not render(shop)["de", "policies/de/returns.md"]["original"]


def test_data_that_a_text_does_not_read_leaves_its_yes_alone(shop):
    accept(shop, POLICY)
    shop.edit("content/regions/DE.yml", "returns:", "warranty:\n  period: 2 years\n  basis: statutory\nreturns:")
    assert not render(shop)["de", "policies/de/returns.md"]["original"]


def test_a_machines_answer_with_an_error_is_shown_to_nobody(shop):
    text = "Write to [our team](mailto:help@tern.example) with your order number."
    broken = "Šçĥŕéîḃé [ûñš](mailto:thief@example.com)."
    shop.change("de", "contact.md", lambda unit: replace(unit, target=broken, origin=made(unit, broken))
                if unit.source == text else unit)  # fmt: skip
    row = page_of(shop, "contact.md")
    page = shop.read("build/docs/de/contact.md")
    if not row["original"]:
        assert row["partial"]
    assert "thief" not in page
    assert text in page
    done = shop.polyhelp("publish", "--engine", "none", "--json")
    assert done.status == 0  # nobody sees it
    assert [issue["check"] for issue in done.json["issues"] if "thief" in issue["target"]] != []


def made(unit, target):
    from polyhelp.model import Origin  # noqa: PLC0415 (this helper alone speaks of origins)

    return Origin.of(unit.origin.maker, unit.origin.date, target)


def test_a_persons_mistake_is_shown_and_stops_the_line(shop):
    """A person may know better than a check; publish says so with its exit status."""
    shop.change("de", "contact.md", lambda unit: replace(unit, target="Ruft [uns](tel:5) an.", fuzzy=False)
                if unit.source.startswith("Write to") else unit)  # fmt: skip
    done = shop.polyhelp("publish", "--engine", "none")
    assert done.status == 1
    assert "in text that customers see" in done.out
    assert "Ruft [uns](tel:5) an." in shop.read("build/docs/de/contact.md")


def test_a_persons_mistake_behind_the_gate_does_not_stop_the_line(shop):
    shop.change("de", POLICY, lambda unit: replace(unit, target="Zurück.", fuzzy=False)
                if unit.source.startswith("You can") else unit)  # fmt: skip
    done = shop.polyhelp("publish", "--engine", "none")
    assert done.status == 0
    assert shop.polyhelp("check", "--locale", "de").status == 1


@pytest.mark.parametrize(
    ("level", "machine", "person"), [("machine", True, True), ("translated", False, True), ("reviewed", False, False)]
)
def test_publish_levels(shop, level, machine, person):
    publish_level(shop, level)
    assert page_of(shop)["original"] is not machine
    shop.change("de", "index.md", lambda unit: replace(unit, target=f"{unit.target} ", fuzzy=False))
    assert page_of(shop)["original"] is not person
    if level == "reviewed":
        accept(shop, "index.md")
        assert not page_of(shop)["original"]


def test_navigation_titles_pass_the_gate_too(shop):
    publish_level(shop, "translated")
    done = shop.polyhelp("build")
    assert done.status == 0
    page = shop.read("site/de/index.html")
    assert "Refunds" in page
    assert "Ŕéḟûñđš" not in page


def test_minimum_coverage_decides_whether_the_page_appears(shop):
    first = "Welcome to our help center. Most questions are answered here."  # 10 of 48 words
    shop.change("de", "index.md", lambda unit: replace(unit, target="") if unit.source == first else unit)
    row = page_of(shop)
    assert row["original"]
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {minimum_coverage: 70}")
    row = page_of(shop)
    assert (row["original"], row["partial"]) == (False, True)
    page = shop.read("build/docs/de/index.md")
    assert first in page
    assert "Ĥéĺṗ" in page


def test_a_page_with_nothing_translated_is_the_original_at_any_coverage(shop):
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {minimum_coverage: 0}")
    shop.change("de", "index.md", lambda unit: replace(unit, target=""))
    row = page_of(shop)
    assert (row["original"], row["waiting"]) == (True, False)
    assert shop.read("build/docs/de/index.md") == shop.read("content/index.md")


def test_a_draft_shows_every_translation_and_the_next_rendering_takes_it_back(shop):
    row = page_of(shop, "policies/de/returns.md", "de", "--draft")
    assert not row["original"]
    assert "ŵîťĥîñ 30 Tage" in shop.read(PAGE)
    assert render(shop)["de", "policies/de/returns.md"]["waiting"]
    assert "within 30 days" in shop.read(PAGE)


def test_a_rejected_answer_does_not_come_back(shop):
    done = shop.polyhelp("review", "reject", "contact.md", "--locale", "de", "--as", "Anna", "--reason", "too stiff")
    assert done.status == 0
    again = shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de", "--json")
    assert again.json["translated"] == 0
    assert len(again.json["failures"]) == 6
    assert shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de", "--json").json["failures"] == []
    assert page_of(shop, "contact.md")["original"]
    assert "too stiff" in shop.read("locales/de/contact.po")


def test_the_policies_addresses_do_not_depend_on_a_translation(shop):
    """A target that lost the template's tags must not turn a policy into another page."""
    shop.change("de", POLICY, lambda unit: replace(unit, target="Text", fuzzy=False))
    accept(shop, POLICY)
    pages = render(shop)
    german = {path for locale, path in pages if locale == "de"}
    assert german == {path for locale, path in pages if locale == "en"}


def test_a_locale_without_polyhelps_own_words_gets_them_through_its_catalog(shop):
    shop.edit("mkdocs.yml", "{locale: ar, name: العربية}", "{locale: cy, name: Cymraeg}")
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo", "--locale", "cy")
    shop.polyhelp("build")
    assert "Ťĥîš ṗàĝé ŵàš ťŕàñšĺàťéđ ḃý à ṁàçĥîñé." in shop.read("site/cy/index.html")


@pytest.mark.parametrize(
    "harm", ["<https://evil.example/>", '<img src="x.png" onerror="alert(1)">', "[klick](javascript:alert)"]
)
def test_what_could_harm_a_reader_is_shown_to_nobody_whoever_wrote_it(shop, harm):
    def write(unit):
        text = f"Wir antworten. {harm}" if unit.source == "We answer within two days." else unit.target
        return replace(unit, target=text, fuzzy=False, origin=None)

    shop.change("de", "contact.md", write)
    render(shop)
    page = shop.read("build/docs/de/contact.md")
    assert harm not in page
    assert "We answer within two days." in page  # the source text stands in its place
