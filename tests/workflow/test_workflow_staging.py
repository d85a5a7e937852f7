"""The staged tree: every locale is staged where what it is made from has changed, and only there."""

import shutil

import pytest

from polyhelp.model import Locale
from polyhelp.workflow import staging
from polyhelp.workflow.project import Project
from polyhelp.workflow.staging import render

ALL = ["en", "de", "pt-BR", "ar"]
REFUNDS = "locales/de/returns/refunds.po"


@pytest.fixture
def ready(translated):
    return translated


@pytest.fixture
def staged(monkeypatch):
    """The locales that were staged anew, as they come."""
    seen = []
    made = staging.locale_tree

    def told(project, locale, **options):
        seen.append(locale.tag)
        return made(project, locale, **options)

    monkeypatch.setattr(staging, "locale_tree", told)
    return seen


def render_of(shop, **options):
    project = Project.open(shop.root)
    return render(project, **options), project


def say(shop, word):
    """Change a target in the German catalog."""
    text = shop.read(REFUNDS)
    at = text.index('msgstr "', text.index('msgid "Refunds"'))
    shop.write(REFUNDS, f"{text[: at + 8]}{word} {text[at + 8 :]}")


def test_what_has_not_changed_is_not_staged_again_and_known_all_the_same(ready, staged):
    first, _ = render_of(ready)
    assert staged == ALL
    staged.clear()
    again, _ = render_of(ready)
    assert staged == []
    assert (again.pages, again.trees, again.written) == (first.pages, first.trees, 0)


@pytest.mark.parametrize(
    ("change", "locales"),
    [
        (lambda shop: say(shop, "Neu:"), ["de"]),
        (lambda shop: shop.edit("content/contact.md", "\n# Contact us", "\n# Contact us now"), ALL),
        (lambda shop: shop.edit("content/regions/DE.yml", "4.90", "5.90"), ALL),
        (lambda shop: shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {minimum_coverage: 10}"), ALL),
        (lambda shop: shop.write("build/docs/de/contact.md", "# Other\n"), ["de"]),
        (lambda shop: shop.file("build/docs/de/contact.md").unlink(), ["de"]),
        (lambda shop: shutil.rmtree(shop.file("build/docs/ar")), ["ar"]),
        (lambda shop: shop.write("build/docs/pt-BR/more.md", "# More\n"), ["pt-BR"]),
        (lambda shop: shop.write("build/staged/ar.json", "{"), ["ar"]),
        (lambda shop: shop.write("build/staged/ar.json", "[]"), ["ar"]),
    ],
)  # fmt: skip
def test_what_concerns_a_locale_stages_it_again(ready, staged, change, locales):
    render_of(ready)
    change(ready)
    staged.clear()
    render_of(ready)
    assert staged == locales
    warm = ready.bytes_of("build/docs")
    shutil.rmtree(ready.file("build"))
    render_of(ready)
    assert ready.bytes_of("build/docs") == warm


def test_a_draft_is_another_tree(ready, staged):
    render_of(ready)
    staged.clear()
    drafts, _ = render_of(ready, draft=True)
    assert staged == ALL
    assert not any(page.waiting for page in drafts.pages)
    assert any(page.waiting for page in render_of(ready)[0].pages)


def test_another_day_may_be_another_tree(ready, staged):
    render_of(ready)
    staged.clear()
    assert ready.polyhelp("render", "--date", "2031-01-01").status == 0
    assert staged == ALL


def test_who_borrows_is_staged_with_who_lends(ready, staged):
    ready.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {fallback: {pt-BR: [de]}}")
    render_of(ready)
    say(ready, "Neu:")
    staged.clear()
    render_of(ready)
    assert staged == ["de", "pt-BR"]


def test_what_is_wrong_is_told_each_time(ready, staged):
    text = ready.read("locales/ar/contact.po")
    ready.write("locales/ar/contact.po", text + '\nmsgid "broken\n')
    for _ in range(2):
        _, project = render_of(ready)
        assert [problem.place.path for problem in project.problems] == ["locales/ar/contact.po"]
    assert staged == ["en", "de", "pt-BR", "ar", "ar"]


def test_a_locale_that_is_gone_leaves_nothing(ready):
    render_of(ready)
    ready.edit("mkdocs.yml", "        - {locale: ar, name: العربية}\n", "")
    render_of(ready)
    assert sorted(path.name for path in ready.file("build/docs").iterdir()) == ["de", "en", "pt-BR"]


def test_side_by_side_and_one_after_the_other_give_the_same(ready, monkeypatch):
    one, _ = render_of(ready)
    tree = ready.bytes_of("build/docs")
    shutil.rmtree(ready.file("build"))
    monkeypatch.setattr(staging, "MANY", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    ready.write("locales/ar/contact.po", ready.read("locales/ar/contact.po") + '\nmsgid "broken\n')
    other, project = render_of(ready)
    assert [problem.place.path for problem in project.problems] == ["locales/ar/contact.po"]  # from another process
    assert {locale: other.trees[locale] for locale in other.trees if locale != Locale("ar")} == {
        locale: one.trees[locale] for locale in one.trees if locale != Locale("ar")
    }
    changed = {path for path, data in ready.bytes_of("build/docs").items() if tree[path] != data}
    assert changed <= {path for path in tree if "/ar/" in path}
