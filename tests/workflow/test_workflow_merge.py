"""Two branches translate the same article: git and the merge driver, as people use them."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from polyhelp.locales import dump
from polyhelp.model import Catalog, Locale, Review, State, Unit, digest
from polyhelp.workflow.merge import merge_files

PATH = "locales/de/returns/refunds.po"


@pytest.fixture
def git(shop, tmp_path, monkeypatch):
    """``git(...)`` in a repository of the shop in which git merges catalogs with the driver."""
    home = tmp_path / "home"
    home.mkdir()
    driver = tmp_path / "bin" / "polyhelp"
    driver.parent.mkdir()
    driver.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from polyhelp.cli.main import main; main()" "$@"\n')
    driver.chmod(0o755)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "HOME": home, "PATH": f"{driver.parent}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Anna", "GIT_AUTHOR_EMAIL": "a@shop.example",
        "GIT_COMMITTER_NAME": "Anna", "GIT_COMMITTER_EMAIL": "a@shop.example",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))

    def run(*arguments, status=0):
        done = subprocess.run(
            ["git", *arguments], cwd=shop.root, capture_output=True, encoding="utf-8", check=False, timeout=60
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    run("init", "-q", "-b", "main")
    shop.write(".gitignore", "/.polyhelp/\n")
    assert shop.polyhelp("merge-driver", "--install").status == 0
    assert shop.polyhelp("sync").status == 0
    run("add", "-A")
    run("commit", "-q", "-m", "start")
    return run


def commit_on(git, branch, start="main"):
    git("checkout", "-q", "-b", branch, start)
    return lambda: git("commit", "-q", "-a", "-m", branch)


def translated(shop, number, target):
    """Translate the unit ``number`` of the catalog as a person does."""
    units = shop.catalog("de", "returns/refunds.md").current
    key = units[number].key
    shop.change("de", "returns/refunds.md", lambda unit: replace(unit, target=target) if unit.key == key else unit)
    return key.source


def test_two_branches_translate_different_units_of_one_article(shop, git):
    done = commit_on(git, "anna")
    first = translated(shop, 0, "Annas Wort")
    done()
    done = commit_on(git, "ben")
    second = translated(shop, 1, "Bens Wort")  # the next unit: git's own merge would see a conflict in these lines
    done()
    git("merge", "-q", "--no-edit", "anna")
    assert shop.unit("de", "returns/refunds.md", first).target == "Annas Wort"
    assert shop.unit("de", "returns/refunds.md", second).target == "Bens Wort"
    assert git("status", "--porcelain") == ""


def test_two_branches_translate_the_same_unit(shop, git):
    done = commit_on(git, "anna")
    source = translated(shop, 0, "Annas Wort")
    other = translated(shop, 2, "Auch von Anna")
    done()
    done = commit_on(git, "ben")
    translated(shop, 0, "Bens Wort")
    done()
    said = git("merge", "--no-edit", "anna", status=1)
    assert f"{PATH}: 1 unit is translated differently on both sides" in said
    assert "Traceback" not in said
    assert git("status", "--porcelain").startswith("UU ")
    unit = shop.unit("de", "returns/refunds.md", source)  # the file is a sound catalog all the same
    assert (unit.target, unit.fuzzy, unit.comments) == ("Bens Wort", True, ('theirs: "Annas Wort"',))
    assert shop.unit("de", "returns/refunds.md", other).target == "Auch von Anna"
    shop.change(
        "de",
        "returns/refunds.md",
        lambda one: replace(one, fuzzy=False, comments=()) if one.source == source else one,
    )
    git("add", "-A")
    git("commit", "-q", "--no-edit")
    assert shop.unit("de", "returns/refunds.md", source).state() is State.TRANSLATED


def test_a_translation_meets_an_edited_article(shop, git):
    old = shop.catalog("de", "returns/refunds.md").current[1].source
    translated(shop, 1, "Maschinenwort")
    git("commit", "-q", "-a", "-m", "machine")
    done = commit_on(git, "anna")
    translated(shop, 1, "Annas Wort")
    done()
    done = commit_on(git, "writer")
    new = f"{old} Really."
    shop.edit("content/returns/refunds.md", old, new)
    shop.polyhelp("sync")
    done()
    git("merge", "-q", "--no-edit", "anna")
    unit = shop.unit("de", "returns/refunds.md", new)
    assert (unit.target, unit.fuzzy, unit.previous) == ("Annas Wort", True, old)
    assert shop.polyhelp("sync", "--frozen").status == 0


def test_an_article_that_both_branches_have_begun_to_translate(shop, git):
    git("rm", "-q", PATH)
    git("commit", "-q", "-m", "no catalog yet")
    done = commit_on(git, "anna")
    shop.polyhelp("sync", "--locale", "de")
    first = translated(shop, 0, "Annas Wort")
    git("add", "-A")
    done()
    done = commit_on(git, "ben")
    shop.polyhelp("sync", "--locale", "de")
    second = translated(shop, 1, "Bens Wort")
    git("add", "-A")
    done()
    git("merge", "-q", "--no-edit", "anna")  # git gives an empty file as base
    assert [shop.unit("de", "returns/refunds.md", one).target for one in (first, second)] == ["Annas Wort", "Bens Wort"]


def test_a_clone_that_does_not_know_the_driver_merges_by_lines(shop, git):
    git("config", "--remove-section", "merge.polyhelp")
    done = commit_on(git, "anna")
    translated(shop, 0, "Annas Wort")
    done()
    done = commit_on(git, "ben")
    last = len(shop.catalog("de", "returns/refunds.md").current) - 1
    translated(shop, last, "Bens Wort")
    done()
    git("merge", "-q", "--no-edit", "anna")
    targets = [unit.target for unit in shop.catalog("de", "returns/refunds.md").current]
    assert (targets[0], targets[last]) == ("Annas Wort", "Bens Wort")


def test_a_broken_catalog_is_left_to_git(shop, git):
    done = commit_on(git, "anna")
    translated(shop, 0, "Annas Wort")
    done()
    done = commit_on(git, "ben")
    shop.edit(PATH, 'msgstr ""\n"Project-Id', 'msgstr "\n"Project-Id')
    done()
    said = git("merge", "--no-edit", "anna", status=1)
    assert f"{PATH}:2: our side is no sound catalog: the PO file has a syntax error" in said
    assert "Annas Wort" in shop.read(PATH)  # merged by lines


# ------------------------------------------------------------ the command by itself


@pytest.fixture
def three(tmp_path):
    """``three(base, ours, theirs)`` writes three catalogs and gives their names."""

    def write(*sides, article="returns/refunds.md"):
        names = []
        for name, units in zip(("base", "ours", "theirs"), sides, strict=True):
            (tmp_path / name).write_text(dump(Catalog(Locale("de"), article, units)), encoding="utf-8")
            names.append(tmp_path / name)
        return names

    return write


def test_without_a_path_the_file_says_what_it_is(three, polyhelp):
    base, ours, theirs = three((Unit("a"), Unit("b")), (Unit("a", "A"), Unit("b")), (Unit("a"), Unit("b", "B")))
    assert polyhelp("merge-driver", base, ours, theirs).status == 0
    assert ours.read_text(encoding="utf-8") == dump(
        Catalog(Locale("de"), "returns/refunds.md", (Unit("a", "A"), Unit("b", "B")))
    )


@pytest.mark.parametrize(
    ("path", "reference", "language"),
    [
        ("locales/pt-BR/a.po", "#: a.md\n", "pt_BR"),
        ("help/locales/zh-TW/a b/c.po", "#: \u2068a b/c.md\u2069\n", "zh_TW"),
        ("locales/de/_site.po", "#: _site\n", "de"),
    ],
)
def test_the_path_says_which_article_and_locale_it_is(three, path, reference, language):
    base, ours, theirs = three((), (Unit("a", "A"),), (Unit("b", "B"),), article="other.md")
    assert merge_files(base, ours, theirs, path).clean
    text = ours.read_text(encoding="utf-8")
    assert text.count(reference) == 2
    assert rf'"Language: {language}\n"' in text


def test_a_conflict_is_exit_1_and_says_what_to_do(three, polyhelp):
    sides = (
        (Unit("a"),),
        (Unit("a", "U"),),
        (Unit("a", "V", review=Review("Ben", "2026-11-02", digest("a", "V", ""))),),
    )
    done = polyhelp("merge-driver", *three(*sides), PATH)
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        f"{PATH}: 1 unit is translated differently on both sides\n    a\n"
        '  ours stands as fuzzy, theirs is in a comment "# theirs:"; '
        "choose, delete the comment, then git add the file\n"
    )


def test_a_script_reads_the_conflicts(three, polyhelp):
    done = polyhelp("merge-driver", "--json", *three((Unit("a"),), (Unit("a", "U"),), (Unit("a", 'V "\\n'),)), PATH)
    assert done.json == {
        "ok": False,
        "path": PATH,
        "conflicts": [{"source": "a", "context": "", "ours": "U", "theirs": ['V "\\n']}],
    }


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_each_side_that_is_no_catalog_is_named(three, polyhelp, broken):
    names = three((Unit("a"),), (Unit("a", "U"),), (Unit("a", "V"),))
    names[broken].write_bytes(b"\xff\xfe")
    done = polyhelp("merge-driver", *names, PATH)
    assert done.status == 1
    assert f"{PATH}:1: {('the common base', 'our side', 'their side')[broken]} is no sound catalog: byte 0" in done.err
    assert done.err.count("error: ") == 1


@pytest.mark.parametrize("path", ["locales/x_!/a.po", "README.po"])
def test_a_file_that_is_no_catalog_of_ours(three, polyhelp, path):
    names = three((), (), ())
    for name in names:
        name.write_text("hello\n")
    done = polyhelp("merge-driver", *names, path)
    assert done.status == 1
    assert done.err.startswith(f"error: {path}: ")


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--install", "a", "b", "c"], ["a", "b", "c"]])
def test_wrong_usage_is_told(polyhelp, tmp_path, arguments):
    done = polyhelp("merge-driver", *arguments, cwd=tmp_path)
    assert done.status == 2


# ------------------------------------------------------------ setting it up


def test_init_in_a_repository_sets_the_driver(polyhelp, tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    done = polyhelp("init", tmp_path / "help", "--locale", "de")
    assert done.status == 0
    assert str(tmp_path / "help" / ".gitattributes") in done.out
    assert "locales/**/*.po merge=polyhelp\n" in (tmp_path / "help" / ".gitattributes").read_text()
    asked = subprocess.run(
        ["git", "check-attr", "merge", "help/locales/de/a/b.po", "help/locales/de/a.po"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert asked.stdout.count("merge: polyhelp") == 2
    driver = subprocess.run(
        ["git", "config", "merge.polyhelp.driver"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert driver.stdout == "polyhelp merge-driver %O %A %B %P\n"


def test_init_outside_of_git_and_beside_other_attributes(polyhelp, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / ".gitattributes").write_text("*.png binary")
    assert polyhelp("init", tmp_path).status == 0
    assert (tmp_path / ".gitattributes").read_text().startswith("*.png binary\n# each clone")


def test_installing_twice_changes_nothing(shop, git):
    text = shop.read(".gitattributes")
    assert shop.polyhelp("merge-driver", "--install").status == 0
    assert shop.read(".gitattributes") == text
    assert git("config", "--get-all", "merge.polyhelp.driver").count("\n") == 1


def test_installing_outside_of_git_is_told(shop, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(shop.root.parent))
    done = shop.polyhelp("merge-driver", "--install")
    assert done.status == 2
    assert "is in no git repository" in done.err


def accepted(shop, who, day):
    """Accept the first unit of the catalog as it stands, beside whoever has."""
    key = shop.catalog("de", "returns/refunds.md").current[0].key

    def change(unit):
        yes = unit.seconded(who, day) or unit.accepted(who, day)
        return yes if unit.key == key else unit

    shop.change("de", "returns/refunds.md", change)


def people(shop):
    return shop.catalog("de", "returns/refunds.md").current[0].accepted_by()


def test_the_yeses_of_two_branches_to_the_same_are_two(shop, git):
    translated(shop, 0, "Erstattung")
    git("commit", "-q", "-a", "-m", "translated")
    for branch, who, day in (("one", "Anna", "2026-11-22"), ("two", "Bo Ek", "2026-11-23")):
        commit = commit_on(git, branch)
        accepted(shop, who, day)
        commit()
    git("merge", "-q", "one")
    assert people(shop) == ("Anna", "Bo Ek")
    translated(shop, 0, "Erstattungen")
    assert people(shop) == ()


@pytest.mark.parametrize("way", [("merge", "--squash"), ("rebase",), ("cherry-pick",)])
def test_a_second_yes_survives_whatever_git_does_with_its_commit(shop, git, way):
    translated(shop, 0, "Erstattung")
    accepted(shop, "Anna", "2026-11-22")
    git("commit", "-q", "-a", "-m", "translated")
    commit = commit_on(git, "reviews")
    accepted(shop, "Bo Ek", "2026-11-23")
    commit()
    git("checkout", "-q", "main")
    translated(shop, 1, "Etwas anderes")
    git("commit", "-q", "-a", "-m", "meanwhile")
    if way[0] == "rebase":
        git("checkout", "-q", "reviews")
        git("rebase", "-q", "main")
    else:
        git(*way, "reviews")
    assert people(shop) == ("Anna", "Bo Ek")
    assert shop.catalog("de", "returns/refunds.md").current[1].target == "Etwas anderes"
