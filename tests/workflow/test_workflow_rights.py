"""Who may accept what in a help center, and pages that take two: from the file of rules to what customers see."""

from dataclasses import replace

import pytest

from polyhelp.model import Locale
from polyhelp.workflow import authority
from polyhelp.workflow.project import Project

POLICY = "policies/returns.md"
STAGED = "policies/de/returns.md"
FILE = ".github/REVIEWERS"
DE = Locale("de")
ANNA, BO = "Anna Berg", "Bo Ek"


@pytest.fixture
def shop(translated):
    """A policy that takes two; everything is translated by a machine, and nothing is accepted."""
    translated.write(FILE, f'policies/ two "{ANNA}" "{BO}" "Eve"\n"{ANNA}" = @anna\n')
    return translated


def accept(shop, who, *chosen):
    done = shop.polyhelp("review", "accept", *(chosen or (POLICY,)), "--locale", "de", "--as", who, "--json")
    return done.status, len(done.json["accepted"]) if done.out.startswith("{") and "accepted" in done.json else 0


def is_published(shop):
    """Whether customers see the policy in German."""
    done = shop.polyhelp("render")
    assert (done.status, done.err) == (0, "")
    return not shop.pages()["de", STAGED]["original"]


def first(shop):
    return shop.catalog("de", POLICY).current[0]


def waiting(shop):
    rows = shop.polyhelp("review", "list", "--locale", "de", "--json").json["queue"]
    return [row for row in rows if row["path"] == POLICY]


def test_a_page_that_takes_two_is_published_with_the_second_yes(shop):
    assert not is_published(shop)
    assert accept(shop, ANNA) == (0, 7)
    assert not is_published(shop)
    assert accept(shop, BO)[1] == 7
    assert is_published(shop)
    review = first(shop).review
    assert (review.people, review.second.hash) == ((ANNA, BO), review.hash)
    assert waiting(shop) == []


@pytest.mark.parametrize("again", [ANNA, "anna  BERG", "@anna", "@Anna"])
def test_the_same_person_does_not_count_twice(shop, again):
    accept(shop, ANNA)
    before = shop.read("locales/de/policies/returns.po")
    accept(shop, again)
    assert shop.read("locales/de/policies/returns.po") == before
    assert not is_published(shop)


def test_one_of_two_is_said_in_the_list_and_in_the_status(shop):
    accept(shop, ANNA)
    rows = waiting(shop)
    assert len(rows) == 7
    assert all(any("second person" in reason and ANNA in reason for reason in row["reasons"]) for row in rows)
    done = shop.polyhelp("status", "--json")
    assert done.json["one_of_two"] == {"de": 7}
    (row,) = [row for row in done.json["status"] if (row["locale"], row["path"]) == ("de", POLICY)]
    assert row["units"]["reviewed"] == 0
    assert "de: 7 units with one acceptance of two" in shop.polyhelp("status").text
    accept(shop, BO)
    done = shop.polyhelp("status", "--json")  # the counts that are remembered are those of another catalog
    assert done.json["one_of_two"] == {}
    (row,) = [row for row in done.json["status"] if (row["locale"], row["path"]) == ("de", POLICY)]
    assert row["units"]["reviewed"] == 7


def test_counts_follow_the_rules(shop):
    accept(shop, ANNA)

    def reviewed():
        rows = shop.polyhelp("status", "--json").json["status"]
        return next(row["units"]["reviewed"] for row in rows if (row["locale"], row["path"]) == ("de", POLICY))

    assert reviewed() == 0
    shop.write(FILE, "")
    assert reviewed() == 7
    assert is_published(shop)
    shop.write(FILE, "policies/ two\n")
    assert reviewed() == 0
    assert not is_published(shop)  # what was staged before is not taken for current


def test_an_edit_by_the_second_person_begins_anew(shop):
    accept(shop, ANNA)
    unit = first(shop)
    shop.change("de", POLICY, lambda one: replace(one, target=f"{one.target}!") if one.key == unit.key else one)
    accept(shop, BO)
    assert first(shop).review.people == (BO,)
    assert not is_published(shop)
    accept(shop, ANNA)
    assert first(shop).review.people == (BO, ANNA)
    assert is_published(shop)


def test_both_yeses_expire_with_the_region_data(shop):
    accept(shop, ANNA)
    accept(shop, BO)
    assert is_published(shop)
    shop.edit("content/regions/_default.yml", "window: 30 calendar days", "window: 60 calendar days")
    assert not is_published(shop)
    assert accept(shop, BO)[1] >= 1
    assert not is_published(shop)
    accept(shop, ANNA)
    assert is_published(shop)


def test_yeses_of_two_branches_are_two(shop):
    shop.polyhelp("sync")
    project = Project.open(shop.root)
    catalog = project.catalog(DE, POLICY)
    unit = catalog.current[0]
    one = authority.accepted(project, catalog, unit, ANNA, "2026-11-22")
    other = authority.accepted(project, catalog, unit, BO, "2026-11-23")
    assert one.review.united(other.review).people == (ANNA, BO)


def test_whoever_is_not_named_may_not_and_nothing_is_written(shop):
    before = shop.read("locales/de/policies/returns.po")
    done = shop.polyhelp("review", "accept", POLICY, "--locale", "de", "--as", "Mallory")
    assert f"this is for {ANNA}, {BO} or Eve to decide ({FILE}:1)" in done.text
    assert done.status != 0
    assert shop.read("locales/de/policies/returns.po") == before


def test_what_takes_two_is_published_with_two_whatever_publish_says(shop):
    shop.write(FILE, "/contact.md two\n")
    shop.polyhelp("render")
    assert shop.pages()["de", "contact.md"]["original"]  # the level is `machine`
    for who in (ANNA, BO):
        assert shop.polyhelp("review", "accept", "contact.md", "--locale", "de", "--as", who).status == 0
    shop.polyhelp("render")
    assert not shop.pages()["de", "contact.md"]["original"]


def test_a_line_for_one_region_counts_where_its_page_is_made(shop):
    project = Project.open(shop.root)
    assert authority.matter(project, DE, POLICY).regions == ()  # no line asks for regions
    shop.write(FILE, "policies/ region=US two\n")
    project = Project.open(shop.root)
    regions = authority.matter(project, DE, POLICY).regions
    assert authority.takes_two(project, project.rights, DE, POLICY) == ("US" in regions)
    assert not authority.takes_two(project, project.rights, DE, "contact.md")


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("* anna\n", f"{FILE}:1: 'anna' is no login"),
        ("* locale=dee @anna\n", f"{FILE}:1: locale=dee is none of this help center; did you mean 'de'?"),
        ("policies/ region=ZZ two\n", f"{FILE}:1: region=ZZ is none of this help center"),
    ],
)
def test_with_wrong_rules_nothing_goes_on(shop, rules, told):
    shop.write(FILE, rules)
    for command in (("render",), ("status",), ("review", "list"), ("review", "accept", POLICY, "--locale", "de")):
        done = shop.polyhelp(*command)
        assert done.status == 2, command
        assert told in " ".join(done.text.split())


def test_a_line_that_fits_no_article_is_remarked(shop):
    shop.write(FILE, "content/policies/ two\n")
    done = shop.polyhelp("review", "list")
    assert done.status == 0
    assert f"{FILE}:1: no article is called 'content/policies/'; patterns begin in content/" in done.text


def test_an_import_accepts_in_the_name_of_those_only_who_may(shop):
    out = shop.root / "de.xlf"
    assert shop.polyhelp("export", "--locale", "de", "--output", out).status == 0
    text = out.read_text(encoding="utf-8").replace(
        '<segment state="initial" subState="polyhelp:mt"', '<segment state="final"'
    )
    out.write_text(text, encoding="utf-8")
    done = shop.polyhelp("import", out, "--as", "Mallory")
    assert first(shop).review is None
    assert f"{POLICY}: what the file calls reviewed came in as translated: this is for {ANNA}" in " ".join(
        done.text.split()
    )
    assert shop.catalog("de", "contact.md").current[0].review.who == "Mallory"
    shop.polyhelp("import", out, "--as", "@anna")
    assert first(shop).review.people == (ANNA,)
    shop.polyhelp("import", out, "--as", BO)
    assert first(shop).review.people == (ANNA, BO)
