"""Region and language are two axes: which page whom is shown, in whose words and by whose conventions."""

import pytest

POLICY = "policies/returns.md"


@pytest.fixture
def ready(shop):
    """A help center whose German and Brazilian policies are accepted."""

    def made():
        assert shop.polyhelp("sync").status == 0
        assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
        for locale in ("de", "pt-BR"):
            assert shop.polyhelp("review", "accept", POLICY, "--locale", locale, "--as", "Anna Berg").status == 0
        return shop

    return made


@pytest.fixture
def in_git(shop):
    """Run git in the help center, which is a repository."""
    shop.git("init", "-q", "--initial-branch=main")
    return shop.git


def rendered(shop, *options):
    done = shop.polyhelp("render", *options)
    assert (done.status, done.err) == (0, "")
    return shop.pages()


# ---------------------------------------------------------------- languages that a region serves


def test_a_region_has_pages_in_the_languages_that_it_serves_and_links_lead_to_them(ready, shop):
    shop.write("content/regions/DE.yml", "languages: [de, en]\nreturns: {fee: 4.90 EUR}\n")
    shop.write("content/regions/US.yml", "languages: [pt-BR]\nreturns: {fee: 6.95 USD}\n")
    shop.write(
        "content/policies/index.md",
        "# Policies\n\n{% for region in regions %}\n"
        "- [{{ region.name }}]({{ region.path }}/returns.md)\n{% endfor %}\n",
    )
    pages = rendered(ready())
    there = {
        (locale, path.split("/")[1]) for locale, path in pages if path.endswith("/returns.md") and path.count("/") == 2
    }
    assert there == {("en", "de"), ("de", "de"), ("pt-BR", "us")}
    assert "30 Tage" in shop.read("build/docs/de/policies/de/returns.md")
    german = shop.read("build/docs/de/policies/returns.md")
    assert "- [Deutschland](de/returns.md)" in german
    assert "- [Vereinigte Staaten (Portugiesisch (Brasilien))](../../../pt-BR/policies/us/returns/)" in german
    brazilian = shop.read("build/docs/pt-BR/policies/returns.md")
    assert "- [Alemanha (inglês)](../../../policies/de/returns/)" in brazilian
    assert "- [Estados Unidos](us/returns.md)" in brazilian
    overview = shop.read("build/docs/pt-BR/policies/index.md")
    assert "](../../policies/de/returns/)" in overview
    assert "](us/returns.md)" in overview


def test_a_language_that_the_help_center_lacks_is_named(shop):
    shop.write("content/regions/DE.yml", "languages: [de, fr]\nreturns: {fee: 4.90 EUR}\n")
    done = shop.polyhelp("render", "--json")
    assert done.status == 2
    (problem,) = done.json["problems"]
    assert (problem["path"], problem["line"]) == ("content/regions/DE.yml", 1)
    assert "'fr' is no locale of this help center" in problem["message"]
    assert "mkdocs.yml" in problem["hint"]


def test_german_for_switzerland_has_no_eszett(ready, shop):
    shop.write("content/regions/CH.yml", "currency: CHF\nreturns: {fee: 1299.50 CHF}\n")
    shop.write(
        "content/policies/returns.md",
        "# Returns\n\nThe [street](../index.md#straße) costs {{ returns.fee | money }}: `Maß`.\n",
    )
    ready()
    source = "The [street](../index.md#straße) costs {{ returns.fee | money }}: `Maß`."
    target = "Die große [Straße](../index.md#straße) kostet {{ returns.fee | money }}: `Maß`."
    shop.change("de", POLICY, lambda unit: unit if unit.source != source else type(unit)(source, target))
    shop.polyhelp("review", "accept", POLICY, "--locale", "de", "--as", "Anna Berg")
    rendered(shop)
    swiss, german = (shop.read(f"build/docs/de/policies/{region}/returns.md") for region in ("ch", "de"))
    assert "Die grosse [Strasse](../../index.md#straße) kostet CHF\u00a01’299.50: `Maß`." in swiss
    assert "Die große [Straße]" in german


# ---------------------------------------------------------------- locales that lend their text


def lending(shop, text, locales="{locale: pt-PT, name: Português}"):
    shop.edit("mkdocs.yml", "        - {locale: ar,", f"        - {locales}\n        - {{locale: ar,")
    shop.edit("mkdocs.yml", "polyhelp: {}", f"polyhelp: {{{text}}}")


def test_a_page_without_a_translation_is_read_in_the_locale_that_lends_it(ready, shop):
    lending(shop, "fallback: {ar: [de]}")
    ready()
    shop.file("locales/ar/policies/returns.po").unlink()
    pages = rendered(shop)
    assert pages["ar", "policies/de/returns.md"]["borrowed"] == "de"
    assert not pages["ar", "policies/de/returns.md"]["original"]
    assert shop.read("build/docs/ar/policies/de/returns.md") == shop.read("build/docs/de/policies/de/returns.md")
    assert pages["pt-PT", "policies/de/returns.md"]["waiting"]  # pt-PT is no child of pt-BR


def test_segments_come_from_the_parent_language(ready, shop):
    lending(shop, "", "{locale: de-AT, name: Österreich}")
    ready()
    shop.file("locales/de-AT/policies/returns.po").unlink()
    page = rendered(shop)["de-AT", "policies/de/returns.md"]
    assert (page["original"], page["borrowed"]) == (False, "")
    assert "30 Tage" in shop.read("build/docs/de-AT/policies/de/returns.md")


def test_nothing_is_lent_where_the_configuration_says_so(ready, shop):
    lending(shop, "fallback: {de-AT: []}", "{locale: de-AT, name: Österreich}")
    ready()
    shop.file("locales/de-AT/policies/returns.po").unlink()
    assert rendered(shop)["de-AT", "policies/de/returns.md"]["original"]


@pytest.mark.parametrize(
    ("fallback", "told"),
    [
        (
            "{zh-TW: [zh-CN]}",
            "plugins.polyhelp.fallback.zh-TW[0] (line 11): 'zh-TW' and 'zh-CN' are written in different scripts",
        ),
        ("{de: [de]}", "'de' cannot lend itself text"),
        ("{dee: [de]}", "unknown locale 'dee'; did you mean 'de'?"),
        ("{de: [pt_BR]}", "unknown locale 'pt_BR'; did you mean 'pt-BR'?"),
        ("{de: [ar], ar: [de]}", "'ar' and 'de' fall back on each other"),
    ],
)
def test_a_fallback_that_cannot_be_is_refused(shop, fallback, told):
    lending(shop, f"fallback: {fallback}", "{locale: zh-TW, name: x}\n        - {locale: zh-CN, name: y}")
    done = shop.polyhelp("sync")
    assert done.status == 2
    assert told in done.err


# ---------------------------------------------------------------- articles with region data


def test_an_article_may_be_of_each_region(ready, shop):
    shop.write(
        "content/returns/customs.md",
        "---\ntitle: Customs\nregional: true\n---\n\n# Customs\n\n"
        "Pay {{ currency }}. See [returns](../policies/returns.md).\n",
    )
    shop.edit(
        "content/policies/returns.md", "## Your refund\n", "## Your refund\n\nAlso [customs](../returns/customs.md).\n"
    )
    pages = rendered(ready())
    assert "Pay EUR. See [returns](../../policies/de/returns.md)." in shop.read("build/docs/en/returns/de/customs.md")
    assert "Pay USD." in shop.read("build/docs/en/returns/us/customs.md")
    assert "[customs](../../returns/de/customs.md)" in shop.read("build/docs/en/policies/de/returns.md")
    assert "(de/customs.md)" in shop.read("build/docs/en/returns/customs.md")
    assert ("de", "returns/de/customs.md") in pages


def test_braces_in_other_articles_are_plain_text(ready, shop):
    shop.write("content/contact.md", "# Contact\n\nWrite {{ currency }}.\n")
    rendered(ready())
    assert "Write {{ currency }}." in shop.read("build/docs/en/contact.md")


# ---------------------------------------------------------------- days


def test_a_page_is_rendered_as_of_a_day(ready, shop, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")  # 2026-07-01
    window = "[{value: 14 calendar days, valid_until: 2027-02-28}, {value: 30 calendar days, valid_from: 2027-03-01}]"
    shop.write("content/regions/DE.yml", f"returns: {{fee: 4.90 EUR, window: {window}}}\n")
    ready()
    page = "build/docs/de/policies/de/returns.md"
    assert not rendered(shop)["de", "policies/de/returns.md"]["original"]
    assert "14 Tage" in shop.read(page)
    later = rendered(shop, "--date", "2027-03-01")
    assert not later["de", "policies/de/returns.md"]["original"]  # what was prepared ahead was accepted ahead
    assert "30 Tage" in shop.read(page)
    assert "30 days" in shop.polyhelp("policy", "show", "DE", "returns", "--date", "2027-03-01").out
    assert shop.polyhelp("render", "--date", "1.3.2027").status == 2


# ---------------------------------------------------------------- reviews and data


def test_a_new_region_takes_no_page_away_and_a_moved_value_does(ready, shop):
    ready()
    assert "# reviewed with: DE US\n" in shop.read("locales/de/policies/returns.po")
    shop.write("content/regions/AT.yml", "returns: {fee: 3.90 EUR}\n")
    pages = rendered(shop)
    assert not pages["de", "policies/at/returns.md"]["original"]
    assert not pages["de", "policies/de/returns.md"]["original"]
    shop.edit("content/regions/DE.yml", "4.90 EUR", "5.90 EUR")
    assert rendered(shop)["de", "policies/de/returns.md"]["waiting"]


def test_the_queue_says_which_value_has_moved(ready, shop, in_git):
    ready()
    in_git("add", "-A")
    in_git("commit", "-qm", "Everything is accepted")
    shop.edit("content/regions/_default.yml", "30 calendar days", "45 calendar days")
    shop.edit("content/regions/DE.yml", "4.90 EUR", "5.90 EUR")
    queue = shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
    reasons = {row["source"]: row["reasons"] for row in queue if row["path"] == POLICY}
    assert {source: told[1] for source, told in reasons.items()} == {
        "You can return an item within {{ returns.window | duration }}.": (
            "review expired: DE: Return window: 30 days → 45 days"
        ),
        "The return label costs {{ returns.fee | money }}.": "review expired: DE: Return fee: €4.90 → €5.90",
    }
    in_git("commit", "-qam", "New promises")
    assert "30 days → 45 days" in shop.polyhelp("review", "list", "--locale", "de").out  # found further back


def test_an_overview_of_all_regions_is_told_which_value_has_moved(shop, in_git):
    shop.write("content/regions/DE.yml", "returns: {fee: 4.90 EUR}\n")
    shop.write(
        "content/policies/index.md",
        "# Policies\n\n{% for region in regions %}\n"
        "- {{ region.name }}: a label costs {{ region.returns.fee | money }}\n{% endfor %}\n",
    )
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
    accepted = shop.polyhelp("review", "accept", "policies/index.md", "--locale", "de", "--as", "Anna Berg")
    assert accepted.status == 0
    in_git("add", "-A")
    in_git("commit", "-qm", "Everything is accepted")
    shop.edit("content/regions/DE.yml", "4.90 EUR", "5.90 EUR")
    queue = shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
    (reasons,) = [row["reasons"] for row in queue if "returns.fee" in row["source"] and row["path"] != POLICY]
    assert reasons[:2] == [
        "nothing of this page is published without review",
        "review expired: DE: Return fee: €4.90 → €5.90",
    ]


def test_without_git_the_queue_says_that_something_has_moved(ready, shop):
    ready()
    shop.edit("content/regions/DE.yml", "4.90 EUR", "5.90 EUR")
    out = shop.polyhelp("review", "list", "--locale", "de").out
    assert "review expired: the text or the region data changed" in out
