"""Locales are built one by one, side by side, and only where something has changed; together they are one site."""

import shutil

import pytest

from polyhelp.errors import OutsideError
from polyhelp.lock import locked
from polyhelp.model import Locale
from polyhelp.site import assemble
from polyhelp.site.builder import Job
from polyhelp.workflow.build import Manner, build
from polyhelp.workflow.project import Project

REFUNDS = "locales/de/returns/refunds.po"


@pytest.fixture(scope="module")
def built_once(translated_once, tmp_path_factory):
    """What ``built`` is a copy of."""
    shop = translated_once.copy(tmp_path_factory.mktemp("built") / "shop")
    done = shop.polyhelp("build", "--json")
    assert (done.status, done.json["built"]) == (0, ["en", "de", "pt-BR", "ar"])
    return shop


@pytest.fixture
def built(built_once, tmp_path):
    """The small help center with its site."""
    return built_once.copy(tmp_path / "shop")


def rebuilt(shop, *options):
    done = shop.polyhelp("build", "--json", *options)
    assert done.status == 0, done.err
    return done.json["built"]


def test_what_has_not_changed_is_not_built_again(built):
    before = built.bytes_of("site")
    times = {path: built.file(path).stat().st_mtime_ns for path in before}
    assert rebuilt(built) == []
    assert built.bytes_of("site") == before
    assert {path: built.file(path).stat().st_mtime_ns for path in before} == times


def test_an_edited_catalog_builds_its_locale_and_the_site_is_that_of_a_cold_build(built):
    text = built.read(REFUNDS)
    at = text.index('msgstr "', text.index('msgid "Refunds"'))
    built.write(REFUNDS, text[: at + 8] + "Neu: " + text[at + 8 :])
    assert rebuilt(built) == ["de"]
    warm = built.bytes_of("site")
    shutil.rmtree(built.file("build"))
    shutil.rmtree(built.file("site"))
    assert rebuilt(built) == ["en", "de", "pt-BR", "ar"]
    assert built.bytes_of("site") == warm
    assert rebuilt(built, "--fresh") == ["en", "de", "pt-BR", "ar"]
    assert built.bytes_of("site") == warm


def test_the_configuration_concerns_every_locale(built):
    built.edit("mkdocs.yml", "site_name: Tern Help", "site_name: Tern Answers")
    assert rebuilt(built) == ["en", "de", "pt-BR", "ar"]
    assert "Tern Answers" in built.read("site/de/contact/index.html")


def test_locales_that_were_built_apart_are_joined_to_the_same_site(built):
    whole = built.bytes_of("site")
    shutil.rmtree(built.file("site"))
    shutil.rmtree(built.file("build/sites"))
    for tag in ("ar", "EN", "pt-BR"):
        assert built.polyhelp("build", "--locale", tag).status == 0
    assert not built.file("site").exists()
    done = built.polyhelp("assemble")
    assert done.status == 2
    assert "these locales are not built: de" in done.err
    assert "polyhelp build --locale de" in done.err
    assert built.polyhelp("build", "--locale", "de").status == 0
    assert built.polyhelp("assemble").status == 0
    assert built.bytes_of("site") == whole


def test_a_draft_is_not_joined_to_what_is_published(built):
    before = built.bytes_of("site")
    assert built.polyhelp("build", "--draft", "--locale", "de").status == 0
    done = built.polyhelp("assemble", "--strict")
    assert done.status == 2
    assert "built from something else than what is here now: de\n" in done.err
    assert "polyhelp build --locale de" in done.err
    assert built.bytes_of("site") == before
    assert built.polyhelp("build", "--locale", "de").status == 0
    assert built.polyhelp("assemble", "--strict").status == 0
    assert built.bytes_of("site") == before


def test_parts_of_another_commit_are_not_joined(built):
    built.edit(REFUNDS, 'msgid "Refunds"', 'msgid "Refunds and more"')
    done = built.polyhelp("assemble")
    assert (done.status, built.read("site/de/contact/index.html") != "") == (2, True)
    assert "something else than what is here now: de" in done.err


def test_a_locale_that_fails_leaves_the_old_site_and_is_built_the_next_time(built):
    before = built.bytes_of("site")
    built.edit("content/contact.md", "\n# Contact us", "\n# New: Contact us")
    built.polyhelp("sync")

    def failing(job: Job) -> tuple[str, ...]:
        raise OutsideError(f"{job.locale} fails")

    with pytest.raises(OutsideError, match="en fails"):
        build(Project.open(built.root), Manner(locales=(Locale("en"),)), failing)
    assert built.bytes_of("site") == before
    assert "en" in rebuilt(built)
    assert "New: " in built.read("site/contact/index.html")


def test_another_generator_can_take_the_place_of_mkdocs(built):
    def plain(job: Job) -> tuple[str, ...]:
        for (locale, _), page in job.prepared.pages.items():
            if locale == job.locale:
                file = job.out / page.address(job.prepared.source) / "index.html"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(f"<p>{page.path} in {locale}</p>", encoding="utf-8")
        return (f"{job.locale} is plain",)

    for locale in ("en", "de", "pt-BR", "ar"):
        result = build(Project.open(built.root), Manner(fresh=True, locales=(Locale(locale),)), plain)
        assert result.warnings == (f"{locale} is plain",)
    assert built.read("site/de/contact/index.html") == "<p>contact.md in de</p>"
    assert not built.file("site/pagefind").exists()  # nothing says where the text of its pages is
    assert built.file("site/sitemap.xml").is_file()


def test_a_site_takes_its_place_in_a_moment(tmp_path):
    for name, text in (("new", "new"), ("site", "old")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    (tmp_path / "site" / "gone.html").write_text("gone")
    assemble.take_place(tmp_path / "new", tmp_path / "site", tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["site", "site/index.html"]
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_a_page_that_tells_a_third_party_makes_the_site_unfit(built):
    before = built.bytes_of("site")
    built.edit("content/contact.md", "\n# Contact us", '\n# Contact us\n\n<img src="https://spy.example/p.gif" alt="">')
    built.polyhelp("sync")
    done = built.polyhelp("build", "--strict")
    assert done.status == 3
    assert built.bytes_of("site") == before
    done = built.polyhelp("build", "--json")
    assert done.status == 1
    (fault,) = done.json["faults"]  # once, for all locales
    assert "contact/index.html and 3 more: <img src> asks spy.example" in fault
    assert built.polyhelp("assemble").status == 1
    assert built.polyhelp("build").status == 1  # also where nothing is built anew


def test_what_others_do_to_the_site_comes_to_no_part_and_is_undone(built):
    before = built.bytes_of("site")
    rebuilt(built)  # what is there is taken along
    for path in ("site/de/contact/index.html", "site/sitemap.xml", "site/_headers"):
        with built.file(path).open("r+b") as file:  # in place
            file.write(b"<!-- -->")
    built.write("site/more.html", "more")
    rebuilt(built)
    assert built.bytes_of("site") == before


def test_a_file_that_is_the_same_keeps_its_time_when_its_locale_is_built_anew(built):
    times = {path: built.file(path).stat().st_mtime_ns for path in built.bytes_of("site")}
    rebuilt(built, "--fresh")
    assert {path: built.file(path).stat().st_mtime_ns for path in built.bytes_of("site")} == times
    rebuilt(built)
    assert {path: built.file(path).stat().st_mtime_ns for path in built.bytes_of("site")} == times


def test_without_a_font_in_the_configuration_none_is_fetched(built):
    built.edit("mkdocs.yml", "  font: false\n", "")
    assert built.polyhelp("build").status == 0
    assert "fonts.g" not in built.read("site/contact/index.html")
    built.edit("mkdocs.yml", "  name: material\n", "  name: material\n  font: {text: Inter}\n")
    done = built.polyhelp("build")
    assert done.status == 1
    assert "asks fonts.googleapis.com" in done.out


def test_two_builds_in_one_folder_do_not_meet(built):
    before = built.bytes_of("site")
    with locked(built.file("build/lock"), "build/lock", "busy"):
        for command in ("build", "assemble"):
            done = built.polyhelp(command)
            assert (done.status, done.out) == (3, "")
            assert "another polyhelp is building in this folder" in done.err
            assert "wait until it is done" in done.err
    assert built.bytes_of("site") == before
    assert built.polyhelp("build").status == 0
