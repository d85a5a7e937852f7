"""What a locale has of its own on every page: titles of admonitions, pictures, and addresses outside."""

import re

import pytest

PAGE = "contact.md"
TEXT = """# Contact us

Sign in to [your account](https://tern.example/account/orders "Your orders") or see <https://tern.example/accountants>.

!!! warning
    We never ask for your password, and `curl https://tern.example/account` is code.

!!! recipe
    Bake it.

![The form](assets/form.png){ width="300" title="How it looks" }

A picture in ![the text](assets/form.png){ .right } and [a button](https://tern.example/account){ .md-button }.

[Terms]: https://tern.example/account?a=b

Read the [Terms].

## By email

Write to us.
"""
LINKS = """  - polyhelp:
      links:
        https://tern.example/account:
          de: https://tern.example/de/konto
          pt: https://tern.example/pt/conta
        https://tern.example/account/orders: {de: https://tern.example/de/bestellungen}
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory, new_shop):
    shop = new_shop(tmp_path_factory.mktemp("custom") / "shop")
    shop.write("content/contact.md", TEXT)
    for name in ("form.png", "form.de.png", "form.pt.png", "alone.ar.png"):
        shop.write(f"content/assets/{name}", name)
    shop.edit("mkdocs.yml", "  - polyhelp: {}\n", LINKS)
    done = shop.polyhelp("publish", "--engine", "pseudo")
    assert done.status == 0, done.text
    return shop


def html(shop, locale, page="contact"):
    return shop.read(f"site/{locale}/{page}/index.html" if locale else f"site/{page}/index.html")


def admonitions(text):
    return re.findall(r'<p class="admonition-title">(.*?)</p>', text)


@pytest.mark.parametrize(("locale", "title"), [("", "Warning"), ("de", "Warnung"), ("pt-BR", "Aviso"), ("ar", "تحذير")])
def test_an_untitled_admonition_speaks_the_readers_language(published, locale, title):
    assert title in admonitions(html(published, locale))


def test_a_type_that_polyhelp_has_no_words_for_is_translated_once_for_the_whole_help_center(published):
    unit = published.unit("de", "_site", "Recipe")
    assert unit.context == "title recipe"
    assert unit.target in admonitions(html(published, "de"))
    assert "Recipe" in admonitions(html(published, ""))


def test_source_pages_stay_as_they_are_written(published):
    assert published.read("build/docs/en/contact.md") == TEXT


@pytest.mark.parametrize(
    ("locale", "file"), [("", "form.png"), ("de", "form.de.png"), ("pt-BR", "form.pt.png"), ("ar", "form.png")]
)
def test_a_picture_of_the_locale_stands_in_place_of_the_plain_one(published, locale, file):
    (source,) = set(re.findall(r'<img alt="[^"]*" src="([^"]*form[^"]*)"', html(published, locale)))
    folder = published.file("site") / locale / "contact"
    assert (folder / source).resolve().read_text() == file


def test_pictures_of_other_locales_are_not_published_beside_it(published):
    names = {file.name for file in published.file("site").rglob("*.png")}
    assert {name for name in names if "form" in name} == {"form.png"}
    assert "alone.ar.png" in names  # beside no plain file it is a name like any other


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("", ["account/orders", "accountants", "account", "account?a=b"]),
        ("de", ["de/bestellungen", "accountants", "de/konto", "de/konto?a=b"]),
        ("pt-BR", ["pt/conta/orders", "accountants", "pt/conta", "pt/conta?a=b"]),
        ("ar", ["account/orders", "accountants", "account", "account?a=b"]),
    ],
)
def test_links_lead_to_the_locales_own_addresses(published, locale, expected):
    found = re.findall(r'<a [^>]*?href="https://tern\.example/([^"]*)"', html(published, locale))
    assert found == expected


def test_an_address_in_code_stays(published):
    assert "<code>curl https://tern.example/account</code>" in html(published, "de")


def test_attribute_lists_are_not_translated_but_what_a_reader_sees_of_them_is(published):
    sources = [unit.source for unit in published.catalog("de", PAGE).current]
    assert "How it looks" in sources
    assert not [source for source in sources if "{" in source]
    page = html(published, "de")
    assert 'width="300"' in page
    assert re.search(r'<a class="md-button" href="https://tern.example/de/konto">', page)
    assert 'title="Ĥôŵ îť ĺôôķš"' in page


@pytest.mark.parametrize(
    ("block", "mistake"),
    [
        (
            "links: {https://a.example: {da: https://a.example/da}}",
            "links.https://a.example.da (line 12): unknown locale",
        ),
        ("links: {shop.example: {de: https://a.example}}", "'shop.example' is no web address"),
        ("links: {https://a.example: {de: 'https://a.example/a b'}}", "'https://a.example/a b' is no web address"),
    ],
)
def test_mistakes_in_the_addresses_are_told(shop, block, mistake):
    shop.edit("mkdocs.yml", "  - polyhelp: {}\n", f"  - polyhelp:\n      {block}\n")
    done = shop.polyhelp("check")
    assert done.status == 2
    assert mistake in done.err
