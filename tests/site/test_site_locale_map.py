"""What a locale is called in addresses, HTML, the theme and the search index."""

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader
from jinja2.loaders import ChoiceLoader
from material import __path__ as material

from polyhelp.model import Locale
from polyhelp.site import locale_map
from polyhelp.site.mkdocs_languages import Languages
from polyhelp.site.steps import Site

# tag: Material's words, direction, the index's language, its name
LOCALES = {
    "en": ("en", "ltr", "en", "English"),
    "es-419": ("es", "ltr", "es", "Español (Latinoamérica)"),
    "fil": ("tl", "ltr", "fil", "Filipino"),
    "zh-CN": ("zh", "ltr", "zh", "中文 (简体, 中国)"),
    "zh-TW": ("zh-TW", "ltr", "zh", "中文 (繁體, 台灣)"),
    "zh-Hant-HK": ("zh-Hant", "ltr", "zh", "中文 (繁體字, 中國香港特別行政區)"),
    "zh-HK": ("zh-Hant", "ltr", "zh", "中文 (繁體字, 中國香港特別行政區)"),
    "pt-BR": ("pt-BR", "ltr", "pt", "Português (Brasil)"),
    "pt-PT": ("pt", "ltr", "pt", "Português (Portugal)"),
    "en-GB": ("en", "ltr", "en", "English (United Kingdom)"),
    "fr-CA": ("fr", "ltr", "fr", "Français (Canada)"),
    "sr": ("sr", "ltr", "sr", "Српски"),
    "sr-Latn": ("sh", "ltr", "sr", "Srpski (latinica)"),
    "no": ("nb", "ltr", "no", "Norsk"),
    "ar-EG": ("ar", "rtl", "ar", "العربية (مصر)"),
    "ckb": ("ku-IQ", "rtl", "ckb", "کوردیی ناوەندی"),
    "sw": ("en", "ltr", "sw", "Kiswahili"),
    "ps": ("en", "rtl", "ps", "پښتو"),
}
ENTRIES = locale_map.build(Locale("en"), map(Locale, LOCALES))


@pytest.mark.parametrize("tag", LOCALES)
def test_every_locale_has_all_its_names(tag):
    entry = ENTRIES[Locale(tag)]
    assert (entry.nearest, entry.dir, entry.search, entry.name) == LOCALES[tag]
    assert entry.folder == ("" if tag == "en" else tag)
    assert entry.html == entry.theme == tag


def test_the_name_that_the_configuration_gives_counts():
    names = {Locale("zh-TW"): "繁體中文"}
    site = Site("Tern", "", Locale("en"), (Locale("en"), Locale("zh-TW")), {}, options={"names": names})
    assert [entry.name for entry in locale_map.of(site).values()] == ["English", "繁體中文"]


def test_a_tag_that_cldr_does_not_know_is_its_own_name():
    assert locale_map.own_name(Locale("qqx")) == "qqx"


@pytest.mark.parametrize(
    ("tags", "hreflang"),
    [
        (("en", "es-419"), "es"),  # search engines know no part of the world
        (("en", "es", "es-419"), "es-419"),  # two pages may not claim one language
        (("en", "es-ES", "es-419"), "es"),
        (("en", "en-150", "en-001"), "en-001"),
        (("en", "zh-Hant-HK"), "zh-Hant-HK"),
    ],
)
def test_links_between_locales_name_what_search_engines_read(tags, hreflang):
    entries = locale_map.build(Locale("en"), map(Locale, tags))
    assert entries[Locale(tags[-1])].hreflang == hreflang
    assert len({entry.hreflang for entry in entries.values()}) == len(tags)


def theme(words=None):
    ours = locale_map.partials(ENTRIES.values(), words or {})
    texts = {path: content.decode() for path, content in ours.items()}
    return Environment(  # noqa: S701 (as MkDocs does it)
        loader=ChoiceLoader([DictLoader(texts), FileSystemLoader(f"{next(iter(material))}/templates")])
    )


@pytest.mark.parametrize("tag", LOCALES)
def test_the_theme_finds_words_for_every_locale(tag):
    text = '{% import "partials/language.html" as lang with context %}{{ lang.t("direction") }} {{ lang.t("search") }}'
    entry = ENTRIES[Locale(tag)]
    said = theme().from_string(text).render(config={"theme": {"language": entry.theme}}).split()
    near = theme().from_string(text).render(config={"theme": {"language": entry.nearest}}).split()
    assert said[0] == entry.dir
    assert said[1:] == near[1:]


def test_only_what_the_theme_lacks_is_made():
    made = {path.rpartition("/")[2] for path in locale_map.partials(ENTRIES.values(), {})}
    assert "es-419.html" in made
    assert not made & {"en.html", "pt-BR.html", "zh-TW.html", "sr.html"}


def test_where_no_language_is_near_the_theme_has_our_words():
    words = {Locale("sw"): {"skip": "Ruka hadi \"maudhui\" {{'x'}}"}, Locale("fil"): {"skip": "Skip to content"}}
    text = '{% import "partials/languages/TAG.html" as lang %}{{ lang.t("action.skip") }}|{{ lang.t("toc") }}'
    say = {tag: theme(words).from_string(text.replace("TAG", tag)).render() for tag in ("sw", "fil", "tl")}
    assert say["sw"] == "Ruka hadi \"maudhui\" {{'x'}}|Table of contents"
    assert say["fil"] == say["tl"]


def options(tag, **more):
    plugin = Languages()
    given = [{"locale": "en", "name": "English", "default": True}, {"locale": tag, "name": "Theirs"}]
    errors, _ = plugin.load_config({"docs_structure": "folder", "languages": given, **more})
    return plugin, errors


@pytest.mark.parametrize("tag", ["es-419", "fil", "sr-Latn", "zh-Hant-HK", "pt-BR", "pt_BR"])
def test_mkdocs_takes_every_locale(tag):
    plugin, errors = options(tag, build_only_locale=tag)
    assert errors == []
    assert plugin.config.languages[1].link == f"/{tag}/"


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("english", "'english' is not a language tag"),
        ("ES-419", "write 'es-419'"),
        ("es-mx", "write 'es-MX'"),
        (5, "Expected type"),
    ],
)
def test_mkdocs_refuses_what_is_no_locale(tag, told):
    _, ((key, error),) = options(tag)
    assert key == "languages"
    assert told in str(error)
