"""Articles that take in others: they speak one language, and are never better than their parts."""

from dataclasses import replace

import pytest

PART = "Parcels over 30 kg are collected at your door."
PAGE = """# Contact us

!!! note
    --8<-- "parts/heavy.md"

Write to us.

```md
--8<-- "parts/heavy.md"
```

--8<-- "parts/heavy.md:tail"
"""


@pytest.fixture
def shop(shop):
    shop.edit("mkdocs.yml", "  - tables\n", "  - tables\n  - pymdownx.snippets:\n      base_path: [content]\n")
    shop.write("content/contact.md", PAGE)
    shop.write(
        "content/parts/heavy.md",
        f"{PART}\n\n--8<-- [start:tail]\nAsk the driver.\n--8<-- [end:tail]\n",
    )
    assert shop.polyhelp("sync").status == 0
    return shop


def translate(shop, path, *, review=True):
    def change(unit):
        unit = replace(unit, target=f"«{unit.source}»", fuzzy=False)
        return unit.accepted("Anna", "2026-11-22") if review else unit

    shop.change("de", path, change)


def staged(shop, locale="de", path="contact.md"):
    assert shop.polyhelp("render").status == 0
    return shop.read(f"build/docs/{locale}/{path}")


def row(shop):
    return shop.pages()["de", "contact.md"]


def test_the_part_speaks_the_language_of_the_page(shop):
    translate(shop, "contact.md")
    translate(shop, "parts/heavy.md")
    text = staged(shop)
    assert f"    «{PART}»" in text
    assert "«Ask the driver.»" in text.split("```")[-1]
    assert "start:tail" not in text.split("```")[-1]
    assert not row(shop)["partial"]


def test_code_and_the_source_language_stay(shop):
    translate(shop, "contact.md")
    translate(shop, "parts/heavy.md")
    assert '```md\n--8<-- "parts/heavy.md"\n```' in staged(shop)
    assert staged(shop, "en") == PAGE


def test_a_part_that_changed_makes_the_page_say_so(shop):
    translate(shop, "contact.md")
    translate(shop, "parts/heavy.md")
    assert shop.polyhelp("render").status == 0
    assert not row(shop)["partial"]
    shop.edit("content/parts/heavy.md", "30 kg", "25 kg")
    assert shop.polyhelp("sync").status == 0
    assert "25 kg are collected" in staged(shop)
    assert row(shop)["partial"]


def test_where_everything_must_be_reviewed_a_part_that_is_not_keeps_the_page_back(shop):
    shop.edit("mkdocs.yml", "  - polyhelp: {}", "  - polyhelp:\n      publish: {contact.md: reviewed}")
    translate(shop, "contact.md")
    translate(shop, "parts/heavy.md", review=False)
    assert staged(shop) == PAGE
    assert row(shop)["original"]
    translate(shop, "parts/heavy.md")
    assert f"«{PART}»" in staged(shop)


def test_parts_that_take_in_each_other_end(shop):
    shop.write("content/parts/heavy.md", f'{PART}\n\n--8<-- "contact.md"\n')
    shop.polyhelp("sync")
    translate(shop, "contact.md")
    translate(shop, "parts/heavy.md")
    assert f"«{PART}»" in staged(shop)


def test_lines_by_number_are_left_to_the_extension(shop):
    shop.write("content/contact.md", '# Contact us\n\n--8<-- "parts/heavy.md:1:1"\n')
    shop.polyhelp("sync")
    translate(shop, "contact.md")
    assert '--8<-- "parts/heavy.md:1:1"' in staged(shop)
