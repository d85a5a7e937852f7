"""What people decide in pull requests, and who may."""

import pytest

from polyhelp.model import State

ARTICLE = "returns/refunds.md"
CATALOG = "locales/de/returns/refunds.po"


def units(world):
    return list(world.seen("l10n/de", ARTICLE).values())


def test_an_approval_accepts_what_the_pull_request_changes(world, request_):
    done = world.approve(request_, world.tip("l10n/de"))
    assert done.status == 0, done.text
    assert all(unit.state() is State.REVIEWED for unit in units(world) if unit.target)
    assert {unit.review.who for unit in units(world) if unit.target} == {"@anna-berg"}
    assert world.forge.comments == []  # the commit says it


def test_an_approval_accepts_nothing_that_was_there_before(world):
    world.ci.polyhelp("translate", "--engine", "counting", "--locale", "de")
    world.push(world.ci, "Translated on main", "main")
    world.write("content/contact.md", "\n# ", "\n# Please, ")
    number = world.translate("de")[0]["number"]
    world.approve(number, world.tip("l10n/de"))
    assert all(unit.review is None for unit in units(world))
    assert any(unit.review for unit in world.seen("l10n/de", "contact.md").values())


def test_what_has_changed_since_the_review_is_not_accepted(world, request_):
    seen = world.tip("l10n/de")
    bo = world.clone("bo", "l10n/de")
    first = bo.catalog("de", ARTICLE).current[1]
    bo.edit(CATALOG, first.target, "Nicht gelesen.")
    world.push(bo, "Quick", "l10n/de")
    done = world.approve(request_, seen).json["decided"]
    assert [one["id"] for one in done["refused"]] == [world.id(first, ARTICLE)]
    unit = world.seen("l10n/de", ARTICLE)[first.source]
    assert (unit.target, unit.review) == ("Nicht gelesen.", None)
    assert "has changed since" in world.forge.comments[-1][1]


def test_a_commit_that_is_not_on_the_branch_accepts_nothing(world, request_):
    before = world.tip("l10n/de")
    done = world.approve(request_, "0123456789" * 4)
    assert done.json["decided"]["unread"] == ["what was looked at is not on the branch any more"]
    assert world.tip("l10n/de") == before


def test_single_units_in_a_comment(world, request_):
    first, second, third = units(world)[:3]
    ids = [world.id(one, ARTICLE) for one in (first, second, third)]
    body = f"/approve {ids[0]}\n/reject {ids[1]} wrong tone\n/approve 0000000000"
    done = world.comment(request_, body)
    assert done.status == 0, done.text
    found = world.seen("l10n/de", ARTICLE)
    assert found[first.source].review.who == "@anna-berg"
    assert found[second.source].target == ""
    assert any("rejected: @anna-berg" in one and one.endswith("wrong tone") for one in found[second.source].comments)
    assert found[third.source].review is None
    number, answer = world.forge.comments[-1]
    assert number == request_
    assert answer.startswith("@anna-berg: 1 accepted, 1 rejected.")
    assert "0000000000" in answer


def test_an_approval_with_a_rejection_in_its_text(world, request_):
    first = units(world)[0]
    id_ = world.id(first, ARTICLE)
    world.approve(request_, world.tip("l10n/de"), review__body=f"Good, but\n/reject {id_} not so")
    found = world.seen("l10n/de", ARTICLE)
    assert found[first.source].target == ""
    assert sum(unit.review is not None for unit in found.values()) > 1


def suggest(world, number, old, new, **changes):
    lines = world.git("show", f"l10n/de:{CATALOG}", at=world.bare).split("\n")
    at = next(n for n, line in enumerate(lines, 1) if old in line)
    given = {
        "pull_request__number": number, "comment__path": CATALOG, "comment__commit_id": world.tip("l10n/de"),
        "comment__line": at, "comment__body": f"```suggestion\r\n{new}\r\n```", **changes,
    }  # fmt: skip
    return world.decide("pull_request_review_comment", **given)


def test_a_suggested_edit_is_the_reviewers_word(world, request_):
    first = units(world)[0]
    done = suggest(world, request_, f'msgstr "{first.target}"', 'msgstr "Annas Wort"')
    assert done.status == 0, done.text
    unit = world.seen("l10n/de", ARTICLE)[first.source]
    assert (unit.target, unit.fuzzy, unit.review.who, unit.maker) == ("Annas Wort", False, "@anna-berg", "human")
    assert world.at("l10n/de").startswith("anna-berg <21031067+anna-berg@")


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        ('msgid "another source"', {}),
        ('msgstr "no end', {}),
        ('msgstr ""', {}),
        ("# reviewed: Anna 2026-11-22 0123456789abcdef", {}),
        ('msgstr "x"', {"comment__path": "content/index.md"}),
        ('msgstr "x"', {"comment__path": "locales/de/../../mkdocs.yml"}),
        ('msgstr "x"', {"comment__path": "/etc/passwd"}),
        ('msgstr "x"', {"comment__path": "locales/pt-BR/returns/refunds.po"}),
        ('msgstr "x"', {"comment__commit_id": "0123456789" * 4}),
    ],
)
def test_a_suggestion_changes_translations_and_nothing_else(world, request_, new, changes):
    before = world.tip("l10n/de")
    first = units(world)[0]
    done = suggest(world, request_, f'msgstr "{first.target}"', new, **changes)
    assert done.status == 0, done.text
    assert world.tip("l10n/de") == before
    assert world.forge.comments[-1][1].startswith("@anna-berg: nothing changed.")


def test_a_harmful_suggestion_is_refused(world, request_):
    first = units(world)[0]
    new = 'msgstr "Klick <script>alert(1)</script> [hier](https://evil.example)"'
    done = suggest(world, request_, f'msgstr "{first.target}"', new).json["decided"]
    assert (done["edited"], len(done["refused"])) == ([], 1)
    assert "https://evil.example" not in world.forge.comments[-1][1]


# ---------------------------------------------------------------- who may


def test_a_stranger_decides_nothing_and_gets_no_answer(world, request_):
    before = world.tip("l10n/de")
    done = world.approve(request_, before, review__user__login="mallory")
    assert done.status == 0
    assert "may not write" in done.json["decided"]["why"]
    assert world.tip("l10n/de") == before
    assert world.forge.comments == []


def test_the_rules_count_and_those_of_main(world):
    world.ci.write(".github/REVIEWERS", "* @bo-ek\ncontact.md @anna-berg @reader\n")
    world.push(world.ci, "Rules", "main")
    number = world.translate("de")[0]["number"]
    mallory = world.clone("mallory", "l10n/de")
    mallory.write(".github/REVIEWERS", "* @anna-berg @reader\n")
    tip = world.push(mallory, "My own rules", "l10n/de")
    for login in ("anna-berg", "reader"):  # who may read only is named, too
        done = world.approve(number, tip, review__user__login=login).json["decided"]
        assert done["refused"]
        tip = world.tip("l10n/de")
    assert all(unit.review is None for unit in units(world))
    contact = [unit for unit in world.seen("l10n/de", "contact.md").values() if unit.target]
    assert {unit.review.who for unit in contact} == {"@anna-berg"}
    assert "@bo-ek" not in world.forge.comments[-1][1]  # nobody is called by an answer but who asked


def test_what_is_about_payments_is_for_the_main_branch_to_say(world):
    world.ci.write(".github/REVIEWERS", "* risk=payments @finance\n")
    world.ci.edit("mkdocs.yml", "- polyhelp: {}", "- polyhelp: {review: {payments: [contact.md]}}")
    world.push(world.ci, "Rules", "main")
    number = world.translate("de")[0]["number"]
    mallory = world.clone("mallory", "l10n/de")
    mallory.edit("mkdocs.yml", "payments: [contact.md]", "payments: [none.md]")
    tip = world.push(mallory, "Nothing is about payments", "l10n/de")
    world.approve(number, tip)
    assert all(unit.review is None for unit in world.seen("l10n/de", "contact.md").values())
    assert any(unit.review for unit in units(world))


def test_something_else_in_the_place_of_the_rules_is_one_message(world):
    world.ci.write(".github/REVIEWERS", "* @anna-berg\n")
    world.push(world.ci, "Rules", "main")
    number = world.translate("de")[0]["number"]
    mallory = world.clone("mallory", "l10n/de")
    mallory.file(".github/REVIEWERS").unlink()
    mallory.file(".github").rmdir()
    mallory.write(".github", "no folder")
    tip = world.push(mallory, "No folder", "l10n/de")
    done = world.approve(number, tip)
    assert done.status == 3
    assert "is no plain file" in done.text


def test_a_team_that_the_forge_shows_counts(world):
    world.ci.write(".github/REVIEWERS", "* @shop/german\n")
    world.push(world.ci, "Rules", "main")
    number = world.translate("de")[0]["number"]
    world.forge.permissions.clear()
    assert "may not write" in world.approve(number, world.tip("l10n/de")).json["decided"]["why"]
    world.forge.teams["german"] = ["Anna-Berg"]
    world.approve(number, world.tip("l10n/de"))
    assert any(unit.review for unit in units(world))


def test_what_is_decided_in_requests_is_its_reviewers(world, request_):
    main, first = world.tip("main"), world.tip("l10n/de")
    world.approve(request_, first)
    anna = world.clone("anna", "l10n/de")
    assert world.tip("l10n/de") != first
    done = anna.polyhelp("review", "audit", "--since", main)
    assert (done.status, done.out) == (0, "0 errors, 0 warnings\n")
    anna.git("reset", "--quiet", "--soft", first)  # somebody else commits the same
    anna.git("commit", "--quiet", "-m", "Squashed")
    assert (
        "in the name of @anna-berg, by a commit of A <a@b.example>"
        in anna.polyhelp("review", "audit", "--since", main).out
    )


def test_a_request_from_a_fork_is_none_of_ours(world, request_):
    world.forge.pulls[request_]["head"]["repo"] = {"id": 1}
    done = world.approve(request_, world.tip("l10n/de")).json["decided"]
    assert "none with translations of this repository" in done["why"]


def test_a_request_whose_fork_is_gone(world, request_):
    world.forge.pulls[request_]["head"]["repo"] = None
    assert "none with translations" in world.approve(request_, world.tip("l10n/de")).json["decided"]["why"]


@pytest.mark.parametrize("branch", ["main", "l10n/fr", "feature"])
def test_a_request_on_another_branch_is_none_of_ours(world, request_, branch):
    world.forge.pulls[request_]["head"]["ref"] = branch
    assert "none with translations" in world.approve(request_, world.tip("l10n/de")).json["decided"]["why"]


def test_a_closed_request_is_left_alone(world, request_):
    world.forge.pulls[request_]["state"] = "closed"
    assert world.approve(request_, world.tip("l10n/de")).json["decided"]["why"] == "it is closed"


def test_a_request_that_there_is_not(world, request_):
    assert "none with translations" in world.approve(request_ + 7, world.tip("l10n/de")).json["decided"]["why"]


# ---------------------------------------------------------------- what lies on the branch may be a stranger's


def test_a_link_on_the_branch_leads_nowhere(world, request_, tmp_path):
    victim = tmp_path / "victim.po"
    mallory = world.clone("mallory", "l10n/de")
    victim.write_text(mallory.read(CATALOG), encoding="utf-8")
    before = victim.read_bytes()
    mallory.file(CATALOG).unlink()
    mallory.file(CATALOG).symlink_to(victim)
    tip = world.push(mallory, "A link", "l10n/de")
    world.approve(request_, tip)
    assert victim.read_bytes() == before


def test_no_hook_runs(world, request_, tmp_path):
    hook = world.ci.file(".git/hooks/post-checkout")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    world.approve(request_, world.tip("l10n/de"))
    assert not (tmp_path / "ran").exists()


def test_somebody_pushes_at_the_same_time(world, request_, monkeypatch):
    from polyhelp.forge.branches import Clone  # noqa: PLC0415 (what is replaced)

    push, others = Clone.push, []

    def slow(clone, commit, branch):
        if not others:
            bo = world.clone("bo", "l10n/de")
            others.append(bo.catalog("de", "contact.md").current[0])
            bo.edit("locales/de/contact.po", others[0].target, "Bos Wort")
            world.push(bo, "Meanwhile", "l10n/de")
        return push(clone, commit, branch)

    monkeypatch.setattr(Clone, "push", slow)
    done = world.approve(request_, world.tip("l10n/de")).json["decided"]
    assert len(done["refused"]) == 1
    assert world.seen("l10n/de", "contact.md")[others[0].source].target == "Bos Wort"
    assert any(unit.review for unit in units(world))
