"""The term base in the life of a help center: its page, what regions take from their language, hostile words."""

import pytest

from polyhelp.model import Locale
from polyhelp.workflow.project import Project

PAGE = "plugins:\n  - search\n  - polyhelp: {glossary_page: glossary.md}"


@pytest.fixture
def glossed(shop):
    """The help center with a glossary page in its navigation."""
    shop.edit("mkdocs.yml", "plugins:\n  - search\n  - polyhelp: {}", PAGE)
    shop.edit("mkdocs.yml", "  - Contact us: contact.md", "  - Glossary: glossary.md\n  - Contact us: contact.md")
    shop.polyhelp("sync")
    return shop


def translated(shop, texts):
    def change(unit):
        target = texts.get(unit.source, "")
        return type(unit)(**{**{name: getattr(unit, name) for name in unit.__slots__}, "target": target or unit.target})

    shop.change("de", "_site", change)


def test_there_is_no_page_unless_it_is_asked_for(shop):
    shop.polyhelp("sync")
    shop.polyhelp("render")
    assert not shop.file("build/docs/en/glossary.md").exists()
    assert not [unit for unit in shop.catalog("de", "_site").current if unit.context == "glossary"]


def test_the_page_has_every_term_by_domain(glossed):
    glossed.polyhelp("render")
    assert glossed.read("build/docs/en/glossary.md") == (
        "# Glossary\n\n"
        "## brand { #domain-brand }\n\n### Tern { #tern }\n\nThe name of the shop.\n\n"
        "## payments { #domain-payments }\n\n### gift card { #gift-card }\n\nA card with money on it.\n"
    )
    assert "### Geschenkkarte { #gift-card }\n" in glossed.read("build/docs/de/glossary.md")
    assert glossed.read("build/docs/de/glossary.md").startswith("# Glossar\n")
    assert "gift card" not in glossed.read("build/docs/ar/glossary.md")


def test_definitions_are_translated_through_the_catalog_of_the_site(glossed):
    glossed.polyhelp("render")
    assert glossed.pages()["de", "glossary.md"]["partial"] is True
    assert glossed.pages()["en", "glossary.md"]["partial"] is False
    texts = {"A card with money on it.": "Eine Karte mit Geld.", "The name of the shop.": "Name des Ladens.",
             "brand": "Marke", "payments": "Zahlungen"}  # fmt: skip
    translated(glossed, texts)
    glossed.polyhelp("render")
    page = glossed.read("build/docs/de/glossary.md")
    assert "## Zahlungen { #domain-payments }" in page
    assert "Eine Karte mit Geld." in page
    assert "A card" not in page
    assert glossed.pages()["de", "glossary.md"]["partial"] is False


def test_entries_for_reading_only_need_a_definition(glossed):
    glossed.edit("glossary/terms.yml", "definition: A card with money on it.\n  domain: payments\n  enforce: error",
                 "enforce: off")  # fmt: skip
    glossed.polyhelp("render")
    assert "gift-card" not in glossed.read("build/docs/en/glossary.md")
    glossed.edit("glossary/terms.yml", "enforce: off", "enforce: off\n  definition: A card.")
    glossed.polyhelp("render")
    assert "## gift card { #gift-card }\n\nA card.\n" in glossed.read("build/docs/en/glossary.md")


def test_words_of_the_term_base_are_no_markup(glossed):
    glossed.edit(
        "glossary/terms.yml", "A card with money on it.", "'- <script>x</script> [y](javascript:z) {{ a }} **b**'"
    )
    glossed.polyhelp("render")
    page = glossed.read("build/docs/en/glossary.md")
    assert not any(mark in page.partition("#gift-card }")[2] for mark in "<>[]{}*:")
    assert "\n-" not in page


def test_the_page_is_built_in_every_locale(glossed):
    done = glossed.polyhelp("build")
    assert done.status == 0, done.text
    assert '<h3 id="gift-card">Geschenkkarte' in glossed.read("site/de/glossary/index.html")
    assert '<h3 id="gift-card">gift card' in glossed.read("site/glossary/index.html")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("contact.md", "there is an article 'contact.md' already"),
        ("../x.md", "is no path of a page"),
        ("x.txt", "is no path of a page"),
    ],
)
def test_a_page_that_cannot_be_is_refused(shop, path, reason):
    shop.edit("mkdocs.yml", "polyhelp: {}", f"polyhelp: {{glossary_page: {path}}}")
    done = shop.polyhelp("status")
    assert (done.status, reason in done.err) == (2, True)


def test_a_region_takes_the_words_of_its_language(shop):
    shop.edit("glossary/terms.yml", "    de: {", "    pt: {preferred: cartão, admitted: [vale]}\n"
              "    pt-BR: {admitted: [], forbidden: [vale]}\n    de: {")  # fmt: skip
    project = Project.open(shop.root)
    card = next(one for one in project.terms.concepts if one.id == "gift-card").target(Locale("pt-BR"))
    assert (card.preferred, card.admitted, card.forbidden) == ("cartão", (), ("vale",))
    assert project.terms.pairs(Locale("pt-BR")) == (("Tern", "Tern"), ("gift card", "cartão"))
    (broken,) = project.terms.violations("A gift card.", "Um vale.", Locale("pt-BR"))
    assert broken.forbidden == "vale"
