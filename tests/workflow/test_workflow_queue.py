"""What waits for a person in a help center, and why."""

import json
from dataclasses import replace

import pytest
from some_checks import register

from polyhelp.model import Locale, Origin, Unit
from polyhelp.review import Cause
from polyhelp.workflow.project import Project
from polyhelp.workflow.review import lines
from polyhelp.workflow.waiting import queue

DE = Locale("de")
REFUNDS, CONTACT, POLICY = "returns/refunds.md", "contact.md", "policies/returns.md"


@pytest.fixture
def shop(shop):
    """Everything is translated by a machine, and there are no terms."""
    shop.write("glossary/terms.yml", "[]\n")
    assert shop.polyhelp("sync").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
    return shop


def configure(shop, **review):
    shop.edit("mkdocs.yml", "  - polyhelp: {}", f"  - polyhelp: {json.dumps({'review': review})}")


def waiting(shop, path="", locale=DE, **options):
    project = Project.open(shop.root)
    rows = queue(project, (locale,), **options)
    assert not project.problems
    return [row for row in rows if path in {"", row.path}]


def texts(rows):
    return {reason.text for row in rows for reason in row.reasons}


def by_person(unit):
    origin = Origin.of("human", "2026-11-22", unit.target)
    return replace(unit, fuzzy=False, origin=origin) if unit.target else unit


# ---------------------------------------------------------------- order


def test_what_must_be_reviewed_comes_first_and_articles_stay_in_order(shop):
    rows = waiting(shop)
    first = [row.reasons[0].cause for row in rows]
    assert set(first) == {Cause.POLICY, Cause.MACHINE}
    assert first == sorted(first, reverse=True)  # policy, then machine
    paths = list(dict.fromkeys(row.path for row in rows))
    assert paths == ["policies/index.md", POLICY, CONTACT, "index.md", REFUNDS, "_site"]
    sources = [row.unit.source for row in rows if row.path == CONTACT]
    assert sources == [unit.source for unit in shop.catalog("de", CONTACT).current]


def test_the_configuration_says_what_comes_first(shop):
    configure(shop, order=["payment"], payments=[CONTACT])
    rows = waiting(shop)
    assert rows[0].path == CONTACT
    assert [str(reason) for reason in rows[0].reasons] == ["about payments", "machine translation"]
    assert waiting(shop, POLICY)[0].reasons[0].cause is Cause.POLICY


def test_several_locales_come_one_after_the_other(shop):
    project = Project.open(shop.root)
    tags = [row.locale.tag for row in queue(project, (Locale("ar"), DE))]
    assert list(dict.fromkeys(tags)) == ["de", "ar"]  # as in the configuration


# ---------------------------------------------------------------- payments


def test_text_about_payments_waits_until_a_person_has_accepted_it(shop):
    configure(shop, payments=CONTACT)
    shop.change("de", CONTACT, by_person)
    assert texts(waiting(shop, CONTACT)) == {"about payments"}
    shop.change("de", CONTACT, lambda unit: unit.accepted("Anna Berg", "2026-11-22"))
    assert not waiting(shop, CONTACT)


# ---------------------------------------------------------------- checks


def shouting(unit):
    """A person's words, some of them too loud for a check."""
    return by_person(replace(unit, target=f"{unit.target}!") if "phone" in unit.source else unit)


def test_a_failed_check_comes_with_what_it_found(shop, monkeypatch):
    register(monkeypatch)
    shop.change("de", CONTACT, shouting)
    rows = waiting(shop, CONTACT)
    assert {row.unit.source for row in rows} == {"By phone", "Nobody answers the phone at night."}
    assert texts(rows) == {"failed check: loud"}
    assert [issue.message for issue in rows[0].issues] == ["The translation shouts."]
    assert waiting(shop)[0].path == "policies/index.md"  # what must be reviewed comes before it


def test_what_a_person_has_waived_or_accepted_is_no_reason(shop, monkeypatch):
    register(monkeypatch)
    shop.change("de", CONTACT, lambda unit: shouting(unit).accepted("Anna Berg", "2026-11-22"))
    assert not waiting(shop, CONTACT)
    waived = ("waive: loud a phone is loud",)
    shop.change("de", CONTACT, lambda unit: replace(unit, review=None, comments=waived if "!" in unit.target else ()))
    assert not waiting(shop, CONTACT)


def test_a_number_that_is_not_the_sources_counts_more_than_the_machine(shop):
    shop.edit("content/returns/refunds.md", "Wait two more days.", "Wait 14 more days.")
    assert shop.polyhelp("sync").status == 0
    wrong = Unit("Wait 14 more days.", "Warten Sie 7 weitere Tage.")
    shop.change("de", REFUNDS, lambda unit: wrong if unit.source == wrong.source else unit)
    (first, *others) = waiting(shop, REFUNDS)
    assert first.unit.source == wrong.source
    assert first.reasons[0].cause is Cause.CHANGED_NUMBER
    assert others[0].reasons[0].cause is Cause.MACHINE


def test_a_number_that_changed_in_the_source_is_told(shop):
    shop.change("de", CONTACT, by_person)
    shop.edit("content/contact.md", "within two days", "within 3 days")
    assert shop.polyhelp("sync").status == 0
    (row,) = waiting(shop, CONTACT)
    assert [str(reason) for reason in row.reasons] == ["a number of the source changed: 2 → 3", "source changed"]
    assert row.words == 5  # the sentence, whole


def test_a_term_in_doubt_is_told_of_those_that_break_it(shop):
    words = ("Weigh", "Close", "Send", "Drop", "Lose", "Take")
    shop.write("content/parcels.md", "\n\n".join(("# Box", *(f"{word} the parcel." for word in words))) + "\n")
    shop.write(
        "glossary/terms.yml",
        "- id: parcel\n  source: parcel\n  enforce: warning\n  targets:\n    de: {preferred: Paket}\n",
    )
    assert shop.polyhelp("sync").status == 0
    shop.change(
        "de",
        "parcels.md",
        lambda unit: replace(unit, target=f"{unit.source[:3]} die Sendung.", fuzzy=True, origin=None),
    )
    rows = [row for row in waiting(shop, "parcels.md") if row.has(Cause.DOUBTFUL_TERM)]
    assert len(rows) == 6
    assert rows[0].reasons[0].text == "the term 'parcel' is in doubt: 8 of 8 translations do without 'Paket'"


# ---------------------------------------------------------------- a policy's parts


def test_what_a_policy_takes_in_waits_as_the_policy_does(shop):
    shop.write("content/parts/label.md", "We print the label.\n")
    shop.edit(
        "mkdocs.yml", "markdown_extensions:", "markdown_extensions:\n  - pymdownx.snippets: {base_path: [content]}"
    )
    shop.write("content/policies/labels.md", '# Labels\n\n--8<-- "parts/label.md"\n')
    assert shop.polyhelp("sync").status == 0
    shop.change("de", "parts/label.md", lambda unit: by_person(replace(unit, target="Wir drucken das Etikett.")))
    (row,) = waiting(shop, "parts/label.md")
    assert row.reasons[0].cause is Cause.POLICY


# ---------------------------------------------------------------- visits, votes, sample


def test_what_is_visited_comes_first_and_what_is_not_does_not_wait(shop):
    configure(shop, visits="visits.csv", sample=0)
    shop.write(
        "visits.csv", "page,visits\n/de/returns/refunds/,90\n/de/,1200\n/contact/,7\n/de/policies/de/returns/,3\n"
    )
    rows = waiting(shop)
    paths = list(dict.fromkeys(row.path for row in rows))
    assert paths[:2] == [POLICY, "policies/index.md"]
    assert set(paths[2:]) == {"_site", "index.md", REFUNDS}  # what the navigation says is on every page
    assert "machine translation on a page with 1,200 visits" in texts(rows)
    assert next(row.visits for row in rows if row.path == REFUNDS) == 90
    everything = {(row.path, row.id) for row in waiting(shop, every=True)}
    assert {(row.path, row.id) for row in rows} < everything
    assert shop.polyhelp("review", "accept", CONTACT, "--locale", "de", "--as", "Anna Berg").status == 0


def test_of_what_nobody_visits_a_sample_waits(shop):
    configure(shop, visits="visits.csv", sample=100)
    shop.write("visits.csv", "page,visits\n/de/returns/refunds/,90\n")
    assert texts(waiting(shop, CONTACT)) == {"a sample of 100 %"}


def test_bad_votes_make_all_of_a_page_wait(shop):
    configure(shop, feedback="votes.csv")
    shop.change("de", CONTACT, by_person)
    shop.write("votes.csv", "article,locale,helpful,not_helpful\ncontact.md,de,0,3\n")
    assert not waiting(shop, CONTACT)  # three votes are no alarm
    shop.write("votes.csv", "article,locale,helpful,not_helpful\ncontact.md,de,5,30\n")
    assert {row.reasons[0].cause for row in waiting(shop, CONTACT)} == {Cause.LOW_FEEDBACK}


def test_a_file_that_is_not_there_is_a_remark_and_everything_waits(shop):
    configure(shop, visits="visits.csv")
    project = Project.open(shop.root)
    assert queue(project, (DE,)) == queue(project, (DE,), every=True)
    assert project.remarks[0] == "review.visits: there is no file visits.csv, so nothing is known of it"


def test_a_file_about_other_pages_is_a_remark(shop):
    configure(shop, visits="visits.csv")
    shop.write("visits.csv", "page,visits\n/blog/,9\n")
    project = Project.open(shop.root)
    assert queue(project, (DE,)) == queue(project, (DE,), every=True)
    assert project.remarks == ["visits.csv: none of its pages is an article of this help center"]


@pytest.mark.parametrize("content", [b"page,visits\n/de/,\xff\n", b"page,visits\n/de/,x\n", b"\0" * 9])
def test_a_file_with_a_mistake_is_a_problem_and_everything_waits(shop, content):
    configure(shop, visits="visits.csv")
    shop.write("visits.csv", content)
    project = Project.open(shop.root)
    assert queue(project, (DE,))
    (problem,) = project.problems
    assert problem.place.path == "visits.csv"


def test_a_link_out_of_the_project_is_not_followed(shop, tmp_path):
    configure(shop, visits="visits.csv")
    (tmp_path / "elsewhere.csv").write_text("page,visits\n/de/,1\n")
    shop.file("visits.csv").symlink_to(tmp_path / "elsewhere.csv")
    project = Project.open(shop.root)
    assert queue(project, (DE,))
    assert [problem.message for problem in project.problems] == ["leads out of the project"]


# ---------------------------------------------------------------- a realistic edit


def test_after_one_sentence_of_a_long_article_only_that_sentence_is_read(shop):
    lines = [f"Sentence number {n} of this article says something else about parcels." for n in range(500)]
    shop.write("content/long.md", "# Long\n\n" + "\n\n".join(lines) + "\n")
    assert shop.polyhelp("sync").status == 0
    shop.change(
        "de", "long.md", lambda unit: Unit(unit.source, f"Satz: {unit.source}").accepted("Anna Berg", "2026-11-22")
    )
    shop.edit("content/long.md", lines[250], lines[250].replace("something else", "nothing new"))
    assert shop.polyhelp("sync").status == 0
    (row,) = waiting(shop, "long.md")
    assert row.words == 11  # of 5,500


# ---------------------------------------------------------------- as text


def test_the_list_says_reasons_words_and_what_checks_found(shop, monkeypatch):
    register(monkeypatch)
    shop.change("de", CONTACT, shouting)
    out = shop.polyhelp("review", "list", "--locale", "de").out
    (row, _) = waiting(shop, CONTACT)
    told = (
        f"{row.id}  de  contact.md  (failed check: loud; 2 words)",
        "    source: By phone",
        f"    target: {row.unit.target}",
        "    error: The translation shouts. [loud]",
    )
    assert "\n".join(told) in out


def test_no_text_is_taken_for_a_command_by_a_runner(shop):
    text = "Hi\n::set-env name=PATH::/tmp\r::error::x\u2028::stop-commands::y"
    shop.change("de", CONTACT, lambda unit: replace(unit, target=text, fuzzy=True))
    rows = waiting(shop, CONTACT)
    assert rows
    assert not [line for told in lines(rows) for line in told.splitlines() if line.strip().startswith(("::", "##["))]
