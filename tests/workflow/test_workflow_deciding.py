"""Decisions of reviewers, from a file on disk to the catalogs, and to git."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace

import pytest

from polyhelp.errors import OutsideError
from polyhelp.locales import files
from polyhelp.model import Locale, State, digest
from polyhelp.review.decision import Decision, Decisions, Verdict, dump, seen
from polyhelp.review.queue import unit_id
from polyhelp.review.rights import Rights
from polyhelp.workflow import deciding, project
from polyhelp.workflow.committing import apply_and_commit
from polyhelp.workflow.project import Project
from polyhelp.workflow.verdict import CHANGED

DE = Locale("de")
CONTACT, POLICY, REFUNDS = "contact.md", "policies/returns.md", "returns/refunds.md"
TWO_DAYS = "We answer within two days."
ALL = Rights()


@pytest.fixture
def shop(translated):
    """Everything is translated by a machine, and nothing is reviewed."""
    return translated


def decided(shop, verdict, source=TWO_DAYS, path=CONTACT, **more):
    """A decision on a unit as it is now."""
    project = Project.open(shop.root)
    unit = next(one for one in project.catalog(DE, path).current if one.source == source)
    fingerprint = seen(unit, project.data_digest(unit.source))
    return Decision(DE, path, unit_id(DE, path, unit), fingerprint, Verdict(verdict), **more)


def apply(shop, *decisions, who="Anna Berg", date="2026-11-20", rights=ALL):
    return deciding.apply(Project.open(shop.root), Decisions(who, date, decisions), rights)


def why(applied):
    return [one.why for one in applied.refused]


def test_what_is_accepted_says_who_and_when(shop):
    applied = apply(shop, decided(shop, "accept"))
    assert [row.unit.source for row in applied.accepted] == [TWO_DAYS]
    unit = shop.unit("de", CONTACT, TWO_DAYS)
    assert (unit.state(), unit.review.who, unit.review.date) == (State.REVIEWED, "Anna Berg", "2026-11-20")
    assert unit.maker == "mt/pseudo"  # a yes changes nobody's words


def test_an_edit_is_a_persons_and_accepted(shop):
    before = shop.unit("de", CONTACT, TWO_DAYS)
    applied = apply(shop, decided(shop, "edit", target=" Wir antworten in zwei Tagen.\n"))
    assert [row.unit.target for row in applied.edited] == ["Wir antworten in zwei Tagen."]
    unit = shop.unit("de", CONTACT, TWO_DAYS)
    assert (unit.target, unit.maker, unit.fuzzy) == ("Wir antworten in zwei Tagen.", "human", False)
    assert (unit.state(), unit.review.who, unit.origin.date) == (State.REVIEWED, "Anna Berg", "2026-11-20")
    assert before.maker == "mt/pseudo"


def test_an_edit_that_changes_nothing_is_a_yes(shop):
    same = shop.unit("de", CONTACT, TWO_DAYS).target
    apply(shop, decided(shop, "edit", target=same))
    unit = shop.unit("de", CONTACT, TWO_DAYS)
    assert (unit.state(), unit.maker) == (State.REVIEWED, "mt/pseudo")


def test_what_is_rejected_is_empty_and_does_not_come_back(shop):
    old = shop.unit("de", CONTACT, TWO_DAYS).target
    applied = apply(shop, decided(shop, "reject", reason="too stiff"))
    assert len(applied.rejected) == 1
    unit = shop.unit("de", CONTACT, TWO_DAYS)
    assert (unit.target, unit.origin, unit.fuzzy) == ("", None, False)
    assert f"rejected: Anna Berg 2026-11-20 {digest(old)} too stiff" in unit.comments
    shop.polyhelp("translate", "--engine", "pseudo")
    assert shop.unit("de", CONTACT, TWO_DAYS).target == ""


def test_applied_twice_changes_nothing_the_second_time(shop):
    decisions = (
        decided(shop, "accept"),
        decided(shop, "edit", "By email", target="Per E-Mail"),
        decided(shop, "reject", "By phone"),
    )
    assert len(apply(shop, *decisions).written) == 3
    before = shop.bytes_of("locales")
    again = apply(shop, *decisions)
    assert (again.written, again.refused, again.already) == ((), (), decisions)
    assert shop.bytes_of("locales") == before


@pytest.mark.parametrize("verdict", ["accept", "edit", "reject"])
def test_what_has_changed_since_it_was_shown_stays_as_it_is(shop, verdict):
    decision = decided(shop, verdict, target="Wir antworten." if verdict == "edit" else "")
    other = decided(shop, "accept", "By email")
    shop.change(
        "de", CONTACT, lambda unit: replace(unit, target=f"{unit.target}!") if unit.source == TWO_DAYS else unit
    )
    before = shop.unit("de", CONTACT, TWO_DAYS)
    applied = apply(shop, decision, other)
    assert why(applied) == [CHANGED]
    assert [row.unit.source for row in applied.accepted] == ["By email"]  # the rest goes on
    assert shop.unit("de", CONTACT, TWO_DAYS) == before


def test_whoever_saw_30_days_has_not_accepted_60(shop):
    decision = decided(shop, "accept", "You can return an item within {{ returns.window | duration }}.", POLICY)
    shop.edit("content/regions/_default.yml", "window: 30 calendar days", "window: 60 calendar days")
    assert why(apply(shop, decision)) == [CHANGED]


def test_of_two_decisions_on_one_unit_the_first_counts(shop):
    applied = apply(shop, decided(shop, "edit", target="Wir antworten in zwei Tagen."), decided(shop, "reject"))
    assert (len(applied.edited), why(applied)) == (1, [CHANGED])
    assert shop.unit("de", CONTACT, TWO_DAYS).target == "Wir antworten in zwei Tagen."


def test_a_source_that_is_gone_is_told(shop):
    decision = decided(shop, "accept")
    shop.edit("content/contact.md", "two days", "three days")
    shop.polyhelp("sync")
    assert "it is not there any more" in why(apply(shop, decision))[0]


@pytest.mark.parametrize(
    "elsewhere", [{"path": "../../etc/passwd"}, {"path": "/etc/passwd"}, {"path": "none.md"}, {"locale": Locale("fr")}]
)
def test_nothing_outside_the_articles_is_touched(shop, elsewhere):
    before = shop.bytes_of(".")
    applied = apply(shop, replace(decided(shop, "edit", target="x"), **elsewhere))
    assert "it is not there any more" in why(applied)[0]
    after = shop.bytes_of(".")
    assert after == before


def test_a_catalog_that_leads_out_of_the_help_center_is_not_written(shop, tmp_path):
    decision = decided(shop, "accept")
    outside = tmp_path / "outside"
    shop.file("locales/de").rename(outside)
    shop.file("locales/de").symlink_to(outside)
    before = (outside / "contact.po").read_bytes()
    assert len(why(apply(shop, decision))) == 1
    assert (outside / "contact.po").read_bytes() == before


@pytest.mark.parametrize(
    ("path", "source", "target", "told"),
    [
        (REFUNDS, "Credit card", "<script>alert(1)</script>", "harm"),
        (REFUNDS, "Our [return policy](../policies/returns.md) has the exact rules.",
         "Die [Regeln](https://evil.example/) stehen dort.", "harm"),
        (REFUNDS, "Our [return policy](../policies/returns.md) has the exact rules.", "Die Regeln stehen dort.", "["),
        (POLICY, "You can return an item within {{ returns.window | duration }}.", "Innerhalb von 14 Tagen.", "["),
    ],
)  # fmt: skip
def test_an_edit_with_an_error_is_refused_with_the_reason(shop, path, source, target, told):
    before = shop.unit("de", path, source)
    applied = apply(shop, decided(shop, "edit", source, path, target=target))
    assert len(applied.refused) == 1
    assert told in why(applied)[0]
    assert shop.unit("de", path, source) == before


def test_what_rights_forbid_is_refused(shop):
    rights = Rights.load("* @lena\n", ".github/REVIEWERS")
    before = shop.bytes_of("locales")
    for verdict in ("accept", "reject"):
        applied = apply(shop, decided(shop, verdict), who="@eve", rights=rights)
        assert "@lena" in why(applied)[0]
        assert ".github/REVIEWERS:1" in why(applied)[0]
    assert shop.bytes_of("locales") == before
    assert apply(shop, decided(shop, "accept"), who="@lena", rights=rights).accepted


def test_where_it_takes_two_the_second_is_another_person(shop):
    rights = Rights.load('policies/ two\n"Anna Berg" = @anna\n', ".github/REVIEWERS")
    source = "Your refund"

    def accept(who):
        return apply(shop, decided(shop, "accept", source, POLICY), who=who, rights=rights)

    assert accept("@anna").accepted
    assert why(accept("Anna Berg")) == ["you have accepted it; a second person must, too"]
    assert accept("Lena Ek").accepted
    assert shop.unit("de", POLICY, source).review.people == ("Anna Berg", "Lena Ek")
    assert accept("Bo").already


def test_tomorrow_is_not_believed(shop):
    apply(shop, decided(shop, "accept"), date="2999-01-01")
    assert shop.unit("de", CONTACT, TWO_DAYS).review.date < "2999"


def test_a_broken_catalog_stops_only_its_own(shop):
    decisions = decided(shop, "accept"), decided(shop, "accept", "Credit card", REFUNDS)
    shop.write("locales/de/contact.po", 'msgid "broken\n')
    project = Project.open(shop.root)
    applied = deciding.apply(project, Decisions("Anna", "2026-11-20", decisions), ALL)
    assert why(applied) == ["its catalog cannot be read"]
    assert len(applied.accepted) == 1
    assert len(project.problems) == 1


def test_another_program_that_writes_meanwhile_loses_nothing(shop, monkeypatch):
    """A PO editor saves while the decision is looked at: its words stay, the decision is looked at again."""
    decision, other = decided(shop, "accept"), "By email"
    catalog, calls = shop.file("locales/de/contact.po"), []
    look = deciding.Judge.decided

    def slow(self, catalog_, unit, one):
        if not calls:
            calls.append(1)
            old = shop.unit("de", CONTACT, other).target
            catalog.write_text(catalog.read_text().replace(old, "Per E-Mail"))
        return look(self, catalog_, unit, one)

    monkeypatch.setattr(deciding.Judge, "decided", slow)
    assert apply(shop, decision).accepted
    assert shop.unit("de", CONTACT, other).target == "Per E-Mail"
    assert shop.unit("de", CONTACT, TWO_DAYS).state() is State.REVIEWED


def test_who_finds_the_catalogs_locked_is_told(shop, monkeypatch):
    monkeypatch.setattr(project, "_PATIENCE", 0.05)
    decision = decided(shop, "accept")
    with Project.open(shop.root).writing(), pytest.raises(OutsideError, match="another polyhelp"):
        apply(shop, decision)
    assert apply(shop, decision).accepted


def _killed(root, decisions):
    """Write one catalog, then die as a process dies whose machine is out of memory."""
    write, written = files.write, []

    def deadly(file, text, shown):
        if written:
            os.kill(os.getpid(), signal.SIGKILL)
        written.append(file)
        return write(file, text, shown)

    files.write = deadly
    deciding.apply(Project.open(root), decisions, ALL)


def test_killed_in_the_middle_every_catalog_is_whole_and_the_rest_can_be_done(shop):
    decisions = Decisions(
        "Anna", "2026-11-20", (decided(shop, "accept"), decided(shop, "accept", "Credit card", REFUNDS))
    )
    process = multiprocessing.get_context("fork").Process(target=_killed, args=(shop.root, decisions))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    applied = deciding.apply(Project.open(shop.root), decisions, ALL)  # nobody holds the lock
    assert [one.path for one in applied.already] == [CONTACT]
    assert [row.path for row in applied.accepted] == [REFUNDS]


# ---------------------------------------------------------------- the command


def save(shop, *decisions, who="Anna Berg"):
    shop.write("decisions.json", dump(Decisions(who, "2026-11-20", decisions)))


def test_the_command_tells_what_it_did_and_says_no_where_something_was_refused(shop):
    good, bad = decided(shop, "accept"), replace(decided(shop, "accept", "By email"), seen="0" * 16)
    save(shop, good, bad)
    done = shop.polyhelp("review", "apply", "decisions.json")
    assert done.status == 1
    assert "1 unit accepted as Anna Berg" in done.out
    assert f"not written: {bad.id} de contact.md: it has changed" in done.out
    save(shop, good)
    done = shop.polyhelp("review", "apply", "decisions.json", "--json")
    assert (done.status, done.json["ok"]) == (0, True)
    assert done.json["already"] == [{"locale": "de", "path": CONTACT, "id": good.id}]


def test_a_file_that_is_none_is_told_with_its_line(shop):
    shop.write("decisions.json", '{\n"format"\n')
    done = shop.polyhelp("review", "apply", "decisions.json")
    assert done.status == 2
    assert "decisions.json:3: this is no JSON" in done.err
    shop.write("decisions.json", b"\n\xff")
    assert "decisions.json:2: the decisions are not UTF-8" in shop.polyhelp("review", "apply", "decisions.json").err


def test_a_name_on_the_command_line_counts(shop):
    save(shop, decided(shop, "accept"))
    assert shop.polyhelp("review", "apply", "decisions.json", "--as", "Bo Ek").status == 0
    assert shop.unit("de", CONTACT, TWO_DAYS).review.who == "Bo Ek"


def test_who_may_not_accept_is_told_by_every_command(shop):
    shop.write(".github/REVIEWERS", '* "Lena Ek"\n')
    before = shop.bytes_of("locales")
    for verb in ("accept", "reject"):
        done = shop.polyhelp("review", verb, CONTACT, "--locale", "de", "--as", "Eve", "--json")
        assert (done.status, done.json["ok"]) == (1, False)
        assert {"Lena Ek" in row["why"] for row in done.json["refused"]} == {True}
    save(shop, decided(shop, "accept"), who="Eve")
    assert shop.polyhelp("review", "apply", "decisions.json").status == 1
    assert shop.bytes_of("locales") == before
    save(shop, decided(shop, "accept"), who="Lena Ek")
    assert shop.polyhelp("review", "apply", "decisions.json").status == 0


def test_a_reason_with_signs_that_steer_a_terminal_is_refused(shop):
    done = shop.polyhelp("review", "reject", CONTACT, "--locale", "de", "--as", "Eve", "--reason", "bad\x1b[2J")
    assert (done.status, "U+001B" in done.err) == (2, True)


def test_the_page_of_each_locale_is_written(shop):
    done = shop.polyhelp("review", "report", "--locale", "de", "--json")
    assert done.json["pages"] == {"de": "build/review/de.html"}
    assert decided(shop, "accept").seen in shop.read("build/review/de.html")
    assert decided(shop, "accept").id in shop.polyhelp("review", "report", "--markdown", "--locale", "de").out


# ---------------------------------------------------------------- git


@pytest.fixture
def repository(shop):
    shop.write(".gitignore", "/.polyhelp/\n/decisions.json\n")
    shop.commit_first()
    for name, value in (("user.name", "Machine"), ("user.email", "m@shop.example"), ("commit.gpgsign", "false")):
        shop.git("config", name, value)
    return shop


def test_a_commit_is_the_reviewers_and_holds_nothing_else(repository):
    shop = repository
    shop.write("content/index.md", shop.read("content/index.md") + "\nMore.\n")
    shop.git("add", "content/index.md")
    save(shop, decided(shop, "accept"), decided(shop, "reject", "By phone"))
    done = shop.polyhelp("review", "apply", "decisions.json", "--commit", "--json")
    assert (done.status, done.json["commit"]) == (0, shop.git("rev-parse", "HEAD"))
    assert shop.git("log", "-1", "--format=%an <%ae>|%cn|%s") == (
        "Anna Berg <m@shop.example>|Machine|Review of de by Anna Berg: 1 accepted, 1 rejected"
    )
    assert shop.git("show", "--format=", "--name-only", "HEAD") == "locales/de/contact.po"
    assert shop.git("status", "--porcelain") == "M  content/index.md"


def test_what_others_have_not_committed_is_not_committed_under_the_reviewers_name(repository):
    shop = repository
    shop.change("de", CONTACT, lambda unit: replace(unit, target="Per E-Mail") if unit.source == "By email" else unit)
    save(shop, decided(shop, "accept"), decided(shop, "accept", "Credit card", REFUNDS))
    done = shop.polyhelp("review", "apply", "decisions.json", "--commit", "--json")
    assert done.json["not_committed"] == ["locales/de/contact.po"]
    assert shop.git("show", "--format=", "--name-only", "HEAD") == "locales/de/returns/refunds.po"
    assert shop.unit("de", CONTACT, TWO_DAYS).state() is State.REVIEWED


def test_what_a_hook_refuses_is_told_and_the_decisions_stand(repository):
    shop = repository
    shop.write(".git/hooks/pre-commit", "#!/bin/sh\necho no commits on Sunday >&2\nexit 1\n")
    shop.file(".git/hooks/pre-commit").chmod(0o755)
    save(shop, decided(shop, "accept"))
    done = shop.polyhelp("review", "apply", "decisions.json", "--commit")
    assert done.status == 3
    assert "no commits on Sunday" in done.err
    assert "the decisions are in the catalogs" in done.err
    assert shop.unit("de", CONTACT, TWO_DAYS).state() is State.REVIEWED


def test_without_a_repository_nothing_is_written_that_was_to_be_committed(shop):
    save(shop, decided(shop, "accept"))
    done = shop.polyhelp("review", "apply", "decisions.json", "--commit")
    assert done.status == 2
    assert "nothing can be committed" in done.err
    assert shop.unit("de", CONTACT, TWO_DAYS).state() is State.INITIAL


@pytest.mark.parametrize("name", ["Eve <root@x.example>", "-n", "--amend", "Ø 'q' \"d\""])
def test_a_name_is_a_name_and_no_option(repository, name):
    project = Project.open(repository.root)
    before = repository.git("rev-list", "--count", "HEAD")
    done = apply_and_commit(project, Decisions(name, "2026-11-20", (decided(repository, "accept"),)), ALL)
    assert done.commit
    assert repository.git("rev-list", "--count", "HEAD") == str(int(before) + 1)
    assert repository.git("log", "-1", "--format=%ae") == "m@shop.example"
