"""Only what has changed since a revision of git."""

from dataclasses import replace

import pytest
from some_checks import register

PATH = "contact.md"
FILE = "locales/de/contact.po"


@pytest.fixture
def shop(shop, monkeypatch):
    """Every German text shouts, and that is committed."""
    register(monkeypatch)
    shop.write("glossary/terms.yml", "")
    shop.polyhelp("sync")
    for path in (PATH, "index.md"):
        shop.change("de", path, lambda unit: replace(unit, target=f"Hallo {unit.source}!"))
    shop.commit_first()
    return shop


def since(shop, revision="HEAD"):
    done = shop.polyhelp("check", "--changed-since", revision, "--json")
    assert done.err == ""
    return [row["source"] for row in done.json["issues"]]


def edit(shop, change, path=PATH):
    """Change the second unit; its source."""
    source = shop.catalog("de", path).current[1].source
    shop.change("de", path, lambda unit: change(unit) if unit.source == source else unit)
    return source


def test_without_a_change_there_is_nothing_to_say(shop):
    assert len(shop.polyhelp("check", "--json").json["issues"]) > 5
    assert since(shop) == []
    assert since(shop, "main") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: replace(unit, target="Servus!"),
        lambda unit: replace(unit, fuzzy=True),
        lambda unit: replace(unit, comments=("flags: no-wrap",)),
        lambda unit: replace(unit, comments=("waive: quiet for no good reason",)),
    ],
)
def test_a_changed_unit_is_looked_at_and_only_that(shop, change):
    source = edit(shop, change)
    assert since(shop) == [source]
    shop.git("commit", "--quiet", "-am", "second")
    assert since(shop) == []
    assert since(shop, "HEAD~1") == [source]


def test_a_comment_or_another_order_is_no_change(shop):
    edit(shop, lambda unit: replace(unit, comments=("looks fine",)))
    assert since(shop) == []
    page = shop.read("content/contact.md")
    shop.write("content/contact.md", "\n\n".join([page.split("\n\n")[0], *page.split("\n\n")[:0:-1]]))
    shop.polyhelp("sync")
    assert since(shop) == []


def test_a_renamed_catalog_is_not_new(shop):
    shop.file("content/help").mkdir()
    shop.file("content/contact.md").rename(shop.file("content/help/write.md"))
    assert shop.polyhelp("sync").status == 0
    assert not shop.file(FILE).exists()
    assert since(shop) == []
    source = edit(shop, lambda unit: replace(unit, target="Servus!"), "help/write.md")
    assert since(shop) == [source]
    shop.git("add", ".")
    assert since(shop) == [source]


def test_a_new_catalog_is_new(shop):
    shop.write("content/new.md", "# Brand new\n")
    shop.polyhelp("sync")
    shop.change("de", "new.md", lambda unit: replace(unit, target="Neu!"))
    assert since(shop) == ["Brand new"]


def test_a_help_center_may_be_a_folder_of_the_repository(shop):
    inside = shop.root / "docs"
    inside.mkdir()
    names = [name for name in shop.git("ls-files").splitlines() if "/" not in name]
    for name in {*names, "content", "glossary", "locales"}:
        (shop.root / name).rename(inside / name)
    shop.git("add", "--all")
    shop.git("commit", "--quiet", "-m", "moved")
    shop = type(shop)(inside)
    assert since(shop) == []
    assert since(shop) != [edit(shop, lambda unit: replace(unit, target="Servus!"))]
    assert len(since(shop)) == 1


def test_a_catalog_that_was_broken_then_is_all_new(shop):
    good = shop.read(FILE)
    shop.write(FILE, good + "\nnonsense\n")
    shop.git("commit", "--quiet", "-am", "broken")
    shop.write(FILE, good)
    assert len(since(shop)) == len(shop.catalog("de", PATH).current)


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD:content", "", " "])
def test_a_revision_that_is_none(shop, revision):
    done = shop.polyhelp("check", f"--changed-since={revision}")
    if revision == "":
        assert done.status == 1  # nothing was asked for
    else:
        assert (done.status, done.out) == (2, "")
        assert f"git knows no revision '{revision}' here" in done.err


def test_without_a_repository(new_shop, tmp_path):
    done = new_shop(tmp_path / "other").polyhelp("check", "--changed-since", "main")
    assert done.status == 3
    assert "is in no repository of git" in done.err
