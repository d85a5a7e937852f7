"""Pull requests: what goes where, what they say, and whom they ask."""

import json
import os

import pytest

ARTICLE = "returns/refunds.md"


def only_request(world):
    assert len(world.forge.pulls) == 1
    return next(iter(world.forge.pulls.values()))


def test_after_a_sentence_is_edited_a_sentence_is_to_be_read(world, capsys):
    lines = [f"Parcel number {n} is on its way to your home by now.\n" for n in range(250)]
    world.ci.write("content/long.md", "# Parcels\n\n" + "\n".join(lines))  # 500 lines
    world.ci.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {review: {most_words: 5000}}")
    world.push(world.ci, "A long article", "main")
    number = world.translate("de")[0]["number"]
    world.approve(number, world.tip("l10n/de"))
    world.squash("l10n/de")
    world.write("content/long.md", "Parcel number 100 is on its way", "Parcel number 100 is still on its way")
    made = world.translate("de")
    with capsys.disabled():
        print(f"\n1 sentence of 500 lines edited: {made[0]['words']} words to read")  # noqa: T201 (the measure)
    assert [(row["units"], row["words"]) for row in made] == [(1, 13)]


def test_one_locale_that_cannot_be_merged_does_not_stop_the_others(world):
    world.translate("de", "pt-BR")
    anna = world.clone("anna", "l10n/de")
    anna.edit("content/contact.md", "\n# ", "\n# Annas ")
    world.push(anna, "An article", "l10n/de")
    world.write("content/contact.md", "\n# ", "\n# The writer's ")
    fetched = world.ci.polyhelp("requests", "fetch", "--json")
    assert (fetched.status, fetched.json["branches"]) == (3, ["l10n/pt-BR"])
    assert world.ci.polyhelp("sync").status == 0
    done = world.ci.polyhelp("requests", "open", "--locale", "de", "--locale", "pt-BR", "--json")
    assert done.status == 3
    assert [(row["branch"], row["done"]) for row in done.json["requests"]] == [("l10n/pt-BR", "updated")]


def test_nothing_is_done_twice(world, opened):
    tip = world.tip("l10n/de")
    world.update()
    again = world.translate("de")
    assert [row["done"] for row in opened + again] == ["opened", "unchanged"]
    assert world.tip("l10n/de") == tip
    assert len(world.forge.pulls) == 1


def test_nothing_is_translated_twice(world, engine):
    world.translate("de")
    sent = len(engine.sent)
    assert sent
    world.update()
    assert not world.ci.file(".polyhelp").exists()  # neither journal nor memory
    world.translate("de")
    assert len(engine.sent) == sent


def test_the_users_files_index_and_head_stay_as_they_are(world):
    world.ci.polyhelp("translate", "--engine", "counting", "--locale", "de")
    world.ci.write("notes.txt", "mine")
    world.git("add", "notes.txt")
    before = world.git("status", "--porcelain"), world.git("rev-parse", "HEAD"), world.ci.bytes_of("locales")
    world.open("--locale", "de")
    assert (world.git("status", "--porcelain"), world.git("rev-parse", "HEAD"), world.ci.bytes_of("locales")) == before
    assert world.git("worktree", "list").count("\n") == 0
    files = world.git("diff", "--name-only", "main", "l10n/de", at=world.bare).splitlines()
    assert files
    assert all(name.startswith("locales/de/") for name in files)


def test_the_description_tells_what_why_and_how_much(world):
    spent = world.ci.file("build/spent.json")
    row = {"engine": "deepl", "characters": 12345, "cost": "0.3086", "currency": "EUR"}
    world.ci.write("build/spent.json", json.dumps({"sent": [row]}))
    made = world.translate(
        "de", spent=str(spent), preview="https://shop.example/{locale}/", report="https://r.example/1"
    )
    body = only_request(world)["body"]
    assert body.startswith("<!-- polyhelp l10n/de -->")
    assert "12,345 characters, 0.31 EUR" in body.replace("&#46;", ".")
    assert "- Preview: https://shop.example/de/" in body
    assert "- Report: https://r.example/1" in body
    assert f"{made[0]['units']} units, {made[0]['words']} source words to read" in body
    unit = world.seen("l10n/de", ARTICLE)
    assert world.id(next(iter(unit.values())), ARTICLE) in body


def test_a_description_calls_nobody_and_runs_nothing(world):
    world.write(
        "content/contact.md", "\n# ", "\n# @everyone see #1 <img src=x onerror=alert(1)> [x](https://evil.example) | "
    )
    world.translate("de")
    body = only_request(world)["body"]
    for harm in ("@everyone", "#1 ", "<img", "https://evil.example", "[x]("):
        assert harm not in body


def test_a_spent_file_that_is_none(world):
    world.ci.write("build/spent.json", "{}")
    done = world.ci.polyhelp("requests", "open", "--spent", world.ci.file("build/spent.json"))
    assert done.status == 2
    assert "translate --json" in done.err


def test_reviewers_are_those_whom_the_rules_name(world):
    world.ci.write(".github/REVIEWERS", "* locale=de @anna-berg @stranger\n* locale=pt-BR @bia\n")
    world.push(world.ci, "Rules", "main")
    done = world.translate("de")
    request = only_request(world)
    assert [one["login"] for one in request["requested_reviewers"]] == ["anna-berg"]  # one refusal spoils no other
    assert request["number"] == done[0]["number"]


def test_what_is_too_much_for_one_reader_is_split_by_article(world):
    world.ci.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {review: {most_words: 150}}")
    world.push(world.ci, "Small portions", "main")
    made = world.translate("de")
    assert [row["branch"] for row in made][:2] == ["l10n/de", "l10n/de.2"]
    files = [set(world.git("diff", "--name-only", "main", row["branch"], at=world.bare).splitlines()) for row in made]
    assert all(one.isdisjoint(other) for n, one in enumerate(files) for other in files[n + 1 :])
    first = world.seen("l10n/de", "index.md")
    assert any(unit.target for unit in first.values())

    # an article stays in its part when it is edited
    again = next(row for row, held in zip(made, files, strict=True) if "locales/de/returns/refunds.po" in held)
    world.write("content/returns/refunds.md", "\n# ", "\n# All about ")
    done = {row["branch"]: row["done"] for row in world.translate("de")}
    assert done.pop(again["branch"]) == "updated"
    assert set(done.values()) <= {"unchanged"}


@pytest.mark.usefixtures("opened")
def test_a_request_that_somebody_closed_stays_closed(world):
    only_request(world)["state"] = "closed"
    world.update()
    assert [row["done"] for row in world.translate("de")] == ["unchanged"]
    world.write("content/contact.md", "\n# ", "\n# Please, ")
    assert [row["done"] for row in world.translate("de")] == ["opened"]  # there is something new to say


def test_a_request_that_could_not_be_opened_is_opened_the_next_time(world, monkeypatch):
    path = os.environ["PATH"]
    monkeypatch.setenv("FORGE_STUB_URL", "http://127.0.0.1:9")
    world.ci.polyhelp("translate", "--engine", "counting", "--locale", "de")
    done = world.ci.polyhelp("requests", "open", "--locale", "de")
    assert (done.status, world.tip("l10n/de")) == (3, "")
    monkeypatch.setenv("FORGE_STUB_URL", world.forge.url)
    monkeypatch.setenv("PATH", path)
    assert [row["done"] for row in world.open("--locale", "de")] == ["opened"]


def test_a_dry_run_asks_nobody(world):
    world.ci.polyhelp("translate", "--engine", "counting", "--locale", "de")
    rows = world.open("--locale", "de", "--dry-run")
    assert [row["done"] for row in rows] == ["would be opened"]
    assert (world.tip("l10n/de"), world.forge.asked) == ("", [])


def test_what_is_not_on_main_is_not_offered_to_main(world):
    world.ci.write("content/new.md", "# New\n")
    world.git("add", ".")
    world.git("commit", "--quiet", "-m", "not pushed")
    done = world.ci.polyhelp("requests", "open")
    assert done.status == 2
    assert "is not on origin's main" in done.err


@pytest.mark.usefixtures("opened")
def test_catalogs_that_were_fetched_for_another_commit_are_refused(world):
    noted = world.ci.read("build/requests.json")
    world.write("content/contact.md", "\n# ", "\n# Please, ")
    world.ci.write("build/requests.json", noted)
    done = world.ci.polyhelp("requests", "open")
    assert done.status == 2
    assert "requests fetch" in done.err


def test_a_note_of_fetch_that_is_none(world):
    world.ci.write("build/requests.json", '{"head": "--help", "branches": {}}')
    done = world.ci.polyhelp("requests", "open")
    assert done.status == 2
    assert "build/requests.json" in done.err


@pytest.mark.usefixtures("opened")
def test_fetch_overwrites_nothing_that_is_not_committed(world):
    done = world.ci.polyhelp("requests", "fetch", "--locale", "de")
    assert done.status == 2
    assert "not committed" in done.err


@pytest.mark.usefixtures("opened")
def test_another_file_changed_on_both_sides_is_left_to_people(world):
    anna = world.clone("anna", "l10n/de")
    anna.edit("content/contact.md", "\n# ", "\n# Annas ")
    tip = world.push(anna, "An article", "l10n/de")
    world.write("content/contact.md", "\n# ", "\n# The writer's ")
    done = world.ci.polyhelp("requests", "fetch", "--locale", "de")
    assert done.status == 3
    assert "both sides have changed content/contact.md" in done.err
    assert world.tip("l10n/de") == tip


@pytest.mark.usefixtures("opened")
def test_a_branch_of_a_fork_is_not_taken_for_ours(world):
    request = only_request(world)
    request["head"]["repo"] = {"id": 1, "full_name": "shop2/help"}
    world.write("content/contact.md", "\n# ", "\n# Please, ")
    world.translate("de")
    assert len(world.forge.pulls) == 2
    assert request["body"].count("polyhelp") == 1


@pytest.mark.parametrize("name", ["l10n/xx", "l10n/de.x", "other"])
def test_branches_of_others_are_left_alone(world, name):
    world.git("push", "--quiet", "origin", f"main:refs/heads/{name}")
    world.translate("de")
    assert world.tip(name) == world.tip("main")


@pytest.mark.usefixtures("opened")
def test_a_digest_is_one_issue(world):
    for _ in range(2):
        done = world.ci.polyhelp("requests", "digest")
        assert done.status == 0, done.text
    assert len(world.forge.issues) == 1
    issue = next(iter(world.forge.issues.values()))
    assert issue["labels"] == ["l10n-report"]
    assert "| de |" in issue["body"]
    assert "Facts of law" in issue["body"]
    assert "- de: For &#39;Gift card&#39;, expected" in issue["body"].replace("'", "&#39;")


def test_a_digest_of_a_stranger_is_not_ours(world):
    world.forge.issues[1] = {"number": 1, "state": "open", "labels": [], "body": "<!-- polyhelp digest -->"}
    world.ci.polyhelp("requests", "digest")
    assert world.forge.issues[1]["body"] == "<!-- polyhelp digest -->"


@pytest.mark.usefixtures("opened")
def test_a_digest_tells_of_stale_pages(world):
    world.squash("l10n/de")
    world.ci.change("de", ARTICLE, lambda unit: unit.accepted("Anna", "2026-11-22"))
    world.push(world.ci, "Accepted", "main")
    world.write("content/returns/refunds.md", "your money back.", "your money back, and how.")
    world.ci.polyhelp("sync")
    text = world.ci.polyhelp("requests", "digest", "--dry-run").out
    assert "returns/refunds" in text.replace("&#47;", "/")
    assert world.forge.issues == {}
