"""What the regions promise differently than at a revision, and the pages that say so."""

import subprocess

import pytest

from polyhelp.model import Locale
from polyhelp.workflow.changes import compare
from polyhelp.workflow.changes_page import changes_book
from polyhelp.workflow.project import Project

LOG = "content/regions/_changes.yml"
DE = "content/regions/DE.yml"


@pytest.fixture
def shop(shop, monkeypatch):
    """Committed, on 22 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795312800")
    shop.commit_first()
    return shop


def diff(shop, *more):
    return shop.polyhelp("policy", "diff", "HEAD", *more)


def pages(shop, locale="en"):
    project = Project.open(shop.root)
    book = changes_book(project)
    made = book.pages(Locale(locale), "Choose") if book else []
    assert project.problems == []
    return {path: text for path, text, _ in made}


def rows(shop, locale):
    project = Project.open(shop.root)
    return {path: row for path, _, row in changes_book(project).pages(Locale(locale), "Choose")}


FUTURE = """returns:
  fee: 4.90 EUR
  window:
    - {value: 30 calendar days, valid_until: 2027-02-28}
    - {value: 45 calendar days, valid_from: 2027-03-01}
"""


# ---------------------------------------------------------------- the difference


def test_without_a_change_there_is_nothing_to_say(shop):
    done = diff(shop)
    assert (done.status, done.out) == (0, "no changes\n")


def test_a_change_is_told_with_its_region_and_day(shop):
    shop.write(DE, FUTURE)
    done = diff(shop)
    assert done.out.splitlines()[0] == "Germany: Return window: 30 days → 45 days, from 1 March 2027"
    assert "1 change in 1 region" in done.out
    assert done.status == 0


def test_what_many_regions_share_is_told_once_with_their_bloc(shop):
    shop.write("content/regions/eu.yml", "returns: {fee: 4.90 EUR}\n")
    for code in ("AT", "FR"):
        shop.write(f"content/regions/{code}.yml", "inherits: eu\n")
    shop.git("add", ".")
    shop.git("commit", "--quiet", "-m", "second")
    shop.write("content/regions/eu.yml", "returns: {fee: 3.90 EUR}\n")
    shop.edit(DE, "4.90", "3.90")
    done = diff(shop)
    assert done.out.splitlines()[0] == "AT, DE, FR: Return fee: €4.90 → €3.90"
    assert diff(shop, "--region", "at", "--region", "FR").out.startswith("eu (AT, FR): Return fee")
    assert [row["region"] for row in diff(shop, "--json").json["changes"]] == ["AT", "DE", "FR"]


def test_scripts_get_values_as_files_write_them(shop):
    shop.write(DE, FUTURE + "facts:\n  depot: Köln\n")
    window, depot = diff(shop, "--json").json["changes"]
    assert window == {
        "region": "DE", "field": "returns.window", "key": "returns.window", "kind": "changed",
        "old": "30 calendar days", "new": "45 calendar days", "from": "2027-03-01", "withdrawn": False,
        "customers": True, "text": {"en": "Return window: 30 days → 45 days, from 1 March 2027"},
    }  # fmt: skip
    assert (depot["key"], depot["customers"]) == ("facts.depot", False)


def test_a_locale_tells_it_in_its_words_and_conventions(shop):
    shop.edit(DE, "4.90", "3.90")
    shop.write(
        "locales/de/_site.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#. interface\n#: _site\n'
        'msgctxt "polyhelp field returns.fee"\nmsgid "Return fee"\nmsgstr "Rücksendegebühr"\n',
    )
    assert diff(shop, "--locale", "de").out.startswith("Deutschland: Rücksendegebühr: 4,90\xa0€ → 3,90\xa0€\n")


def test_the_day_decides_what_is_to_come(shop):
    shop.write(DE, FUTURE)
    shop.git("commit", "--quiet", "-am", "second")
    assert diff(shop, "--date", "2027-06-01").out == "no changes\n"
    done = shop.polyhelp("policy", "diff", "HEAD~1", "--date", "2027-06-01")
    assert "from 1 March 2027" in done.out


def test_regions_that_came_or_went(shop):
    shop.file(DE).unlink()
    shop.write("content/regions/FR.yml", "currency: EUR\n")
    assert diff(shop).out.splitlines()[:2] == ["Germany: no longer a region", "France: new region"]


# ---------------------------------------------------------------- bad input


def test_an_unknown_revision_is_refused(shop):
    done = shop.polyhelp("policy", "diff", "v9")
    assert done.status == 2
    assert "git knows no revision 'v9' here" in done.err


def test_without_git_there_is_nothing_to_compare_with(new_shop, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = new_shop(tmp_path / "plain").polyhelp("policy", "diff", "HEAD")
    assert done.status == 3
    assert "is in no repository of git" in done.err


def test_an_unknown_region_is_refused(shop):
    done = diff(shop, "--region", "UK")
    assert done.status == 2
    assert "there is no region 'UK', neither now nor then" in done.err


def test_a_region_that_was_broken_then_is_named_and_the_others_are_compared(shop):
    shop.edit(DE, "fee: 4.90 EUR", "fee: 4,90 €")
    shop.git("commit", "--quiet", "-am", "broken")
    shop.edit(DE, "fee: 4,90 €", "fee: 3.90 EUR")
    shop.edit("content/regions/US.yml", "6.95 USD", "5.95 USD")
    done = diff(shop)
    assert done.status == 2
    assert "at HEAD, the region data in content/regions has a mistake" in done.err
    assert "content/regions/DE.yml:2: returns.fee" in done.err
    assert "not compared: DE" in done.err
    assert "Germany" not in done.out
    assert done.out.startswith("United States: Return fee: $6.95 → $5.95\n")


def test_a_region_that_is_broken_now_is_not_gone(shop):
    shop.edit(DE, "fee: 4.90 EUR", "fee: 4,90 €")
    done = diff(shop)
    assert done.status == 2
    assert "no longer" not in done.out


def test_a_help_center_deeper_in_its_repository_is_compared_too(new_shop, tmp_path):
    shop = new_shop(tmp_path / "repository" / "help")
    subprocess.run(["git", "init", "--quiet", tmp_path / "repository"], check=True)
    shop.git("add", ".")
    shop.git("commit", "--quiet", "-m", "first")
    shop.edit(DE, "4.90", "3.90")
    assert len(compare(Project.open(shop.root), "HEAD").changes) == 1


# ---------------------------------------------------------------- the log


def test_publishing_twice_adds_nothing(shop):
    shop.write(DE, FUTURE.replace("4.90", "3.90") + "facts:\n  depot: Köln\n")
    done = diff(shop, "--publish")
    assert f"2 changes added to {LOG}:\n  Germany: Return window" in done.out
    text = shop.read(LOG)
    assert "depot" not in text
    assert diff(shop, "--publish").out.endswith(f"\n0 changes added to {LOG}\n")
    shop.git("add", ".")
    shop.git("commit", "--quiet", "-m", "second")
    assert shop.polyhelp("policy", "diff", "HEAD~1", "--publish", "--date", "2027-06-01").status == 0
    assert shop.read(LOG) == text


def test_a_dry_run_says_what_it_would_add(shop):
    shop.edit(DE, "4.90", "3.90")
    done = diff(shop, "--publish", "--dry-run", "--json")
    assert [row["key"] for row in done.json["published"]] == ["returns.fee"]
    assert not shop.file(LOG).exists()
    assert (
        f"1 change would be added to {LOG}:\n  Germany: Return fee: 4,90\xa0€ → 3,90\xa0€\n"
        in diff(shop, "--publish", "--dry-run").out
    )


def test_a_log_with_a_mistake_is_not_written_to(shop):
    shop.edit(DE, "4.90", "3.90")
    shop.write(LOG, "changes:\n  - region: DE\n")
    done = diff(shop, "--publish")
    assert done.status == 2
    assert f"{LOG}:2: changes[1]: 'field' is missing" in done.err
    assert shop.read(LOG) == "changes:\n  - region: DE\n"


# ---------------------------------------------------------------- the pages


def test_without_a_log_there_are_no_pages(shop):
    shop.write(DE, FUTURE)
    assert pages(shop) == {}


def test_a_page_tells_what_comes_and_then_what_was_the_latest_first(shop):
    shop.edit(DE, "4.90", "3.90")
    diff(shop, "--publish")
    shop.write(DE, FUTURE.replace("4.90", "3.90"))
    text = pages(shop)["policies/de/changes.md"]
    assert text == (
        "# Changes: Germany\n\n## Coming changes { #coming }\n\n### 1 March 2027 { #from-2027-03-01 }\n\n"
        "- Return window: 30 days → 45 days\n\n"
        "## 22 November 2026 { #from-2026-11-22 }\n\n- Return fee: 4,90\xa0€ → 3,90\xa0€\n\n"
    )


def test_what_was_published_ahead_is_there_once_when_it_holds(shop, monkeypatch):
    shop.write(DE, FUTURE)
    diff(shop, "--publish")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1812000000")  # June 2027
    text = pages(shop)["policies/de/changes.md"]
    assert text.count("Return window") == 1
    assert "Coming" not in text


def test_a_step_that_was_never_published_stays_for_a_year(shop, monkeypatch):
    shop.write(DE, FUTURE)
    shop.write(LOG, "changes: []\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1812000000")
    assert "Return window" in pages(shop)["policies/de/changes.md"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1850000000")  # August 2028
    assert "Nothing has changed yet." in pages(shop)["policies/de/changes.md"]


def test_every_region_has_a_page_and_there_is_a_choice(shop):
    shop.write(LOG, "changes:\n")
    made = pages(shop)
    assert made.keys() == {"policies/changes.md", "policies/de/changes.md", "policies/us/changes.md"}
    assert "[United States](us/changes.md)" in made["policies/changes.md"]


def test_a_region_is_told_of_in_the_languages_that_it_serves(shop):
    shop.write(LOG, "changes:\n")
    shop.edit(DE, "returns:", "languages: [de]\nreturns:")
    shop.edit("content/regions/US.yml", "currency:", "languages: [en]\ncurrency:")
    page = pages(shop, "ar")
    assert [path for path in page if path.count("/") == 2] == []
    assert "](../../../de/policies/de/changes/)" in page["policies/changes.md"]
    assert "](../../../policies/us/changes/)" in page["policies/changes.md"]
    assert "Deutschland" in pages(shop, "de")["policies/de/changes.md"]


def test_a_shops_own_page_at_the_address_wins(shop):
    shop.write(LOG, "changes:\n")
    shop.write("content/policies/changes.md", "# Our own\n")
    assert pages(shop) == {}


def test_the_manifest_says_what_is_not_in_the_readers_language(shop):
    shop.write(LOG, "changes:\n")
    assert [rows(shop, locale)["policies/changes.md"].partial for locale in ("en", "de")] == [False, True]


def test_text_of_the_data_is_no_markup(shop):
    shop.edit(DE, "returns:", "shop:\n  name: '<b>Tern</b> [x](javascript:x) {{ 1 }}'\nreturns:")
    diff(shop, "--publish")
    text = pages(shop)["policies/de/changes.md"]
    assert "<b>" not in text
    assert "](" not in text
    assert "{{" not in text


def test_a_mistake_in_the_log_is_noted_and_the_site_goes_on(shop):
    shop.write(LOG, "changes:\n  - region: DE\n")
    project = Project.open(shop.root)
    assert changes_book(project) is None
    (problem,) = project.problems
    assert "'recorded' is missing" in problem.message
