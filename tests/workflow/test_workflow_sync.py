"""Articles and catalogs on disk: what sync writes, reports and leaves alone."""

from dataclasses import replace


def test_what_changed_is_counted_per_catalog(shop):
    assert shop.polyhelp("sync").status == 0
    shop.change("de", "contact.md", lambda unit: replace(unit, target=f"({unit.source})"))
    shop.edit("content/contact.md", "We answer within two days.", "We answer within three days.")
    shop.edit("content/contact.md", "Nobody answers the phone at night.\n", "")
    shop.edit(
        "content/contact.md", "## By phone\n", "## By letter\n\nThe address is on every parcel, inside the lid.\n"
    )
    done = shop.polyhelp("sync", "--locale", "de", "--json")
    (change,) = done.json["changes"]
    assert change["path"] == "contact.md"
    assert (change["edited"], change["new"], change["gone"]) == (1, 2, 2)
    shop.edit(
        "content/contact.md", "The address is on every parcel, inside the lid.", "Nobody answers the phone at night."
    )
    assert "1 back" in shop.polyhelp("sync", "--locale", "de").out
    unit = shop.unit("de", "contact.md", "Nobody answers the phone at night.")
    assert unit.target == "(Nobody answers the phone at night.)"


def test_twice_changes_no_byte_whatever_tool_wrote_the_catalog(shop):
    shop.polyhelp("sync")
    text = shop.read("locales/de/contact.po")
    shop.write("locales/de/contact.po", text.replace("\n", "\r\n"))
    shop.polyhelp("sync")
    before = shop.bytes_of("locales")
    assert "0 catalogs changed" in shop.polyhelp("sync").out
    assert shop.bytes_of("locales") == before


def test_the_catalog_of_a_page_that_nobody_translated_goes_with_the_page(shop):
    shop.polyhelp("sync")
    shop.file("content/contact.md").unlink()
    shop.polyhelp("sync")
    assert not shop.file("locales/de/contact.po").exists()


def test_a_catalog_of_an_article_that_moved_away_keeps_a_persons_words(shop):
    shop.polyhelp("sync")
    shop.change("de", "contact.md", lambda unit: replace(unit, target="Wort"))
    shop.file("content/contact.md").rename(shop.file("content/write-to-us.md"))
    shop.polyhelp("sync")
    assert all(unit.obsolete and unit.target == "Wort" for unit in shop.catalog("de", "contact.md").units)
