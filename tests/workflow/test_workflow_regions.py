"""What is wrong in one region stays in that region."""

from __future__ import annotations


def test_a_mistake_in_one_region_leaves_the_others_their_pages(shop):
    shop.write("content/regions/US.yml", "returns:\n  windw: 60 calendar days\n")
    done = shop.polyhelp("render", "--json")
    assert done.status == 2
    (problem,) = done.json["problems"]
    assert "content/regions/US.yml:2" in problem["message"]
    assert "did you mean 'returns.window'?" in problem["message"]
    assert ("en", "policies/de/returns.md") in shop.pages()
    assert ("en", "policies/us/returns.md") not in shop.pages()
    assert "us/returns.md" not in shop.read("build/docs/en/policies/returns.md")


def test_a_field_that_only_one_region_has_keeps_its_page(shop):
    shop.edit("content/regions/DE.yml", "returns:\n", "facts:\n  depot: Köln\nreturns:\n")
    shop.write("content/policies/returns.md", shop.read("content/policies/returns.md") + "\n{{ facts.depot }}\n")
    done = shop.polyhelp("render", "--json")
    assert done.status == 2
    assert [problem["path"] for problem in done.json["problems"]] == ["content/policies/returns.md"]
    assert "region US" in done.json["problems"][0]["message"]
    assert "Köln" in shop.read("build/docs/en/policies/de/returns.md")
    chooser = shop.read("build/docs/en/policies/returns.md")
    assert "de/returns.md" in chooser
    assert "us/returns.md" not in chooser


def test_a_heading_with_region_data_has_one_id_in_every_locale_and_region(shop):
    shop.write("content/policies/returns.md", "# Returns: {{ region.name }}\n\n## Fees\n\nKeep the label.\n")
    shop.polyhelp("publish", "--engine", "pseudo")
    shop.polyhelp("render", "--draft")
    pages = [
        shop.read(f"build/docs/{locale}/policies/{region}/returns.md")
        for locale in ("en", "de")
        for region in ("de", "us")
    ]
    assert len(set(pages)) == 4
    assert all("{ #returns-regionname }" in page and "{ #fees }" in page for page in pages)
