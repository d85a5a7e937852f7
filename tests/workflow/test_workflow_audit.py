"""Acceptances that a branch adds: they must be their author's, under the rules of where it wants to go."""

import shutil
from dataclasses import replace

import pytest

from polyhelp.model import Locale, digest
from polyhelp.review.decision import Decision, Decisions, Verdict, dump, seen
from polyhelp.review.queue import unit_id
from polyhelp.workflow import authority
from polyhelp.workflow.project import Project

PAGE, POLICY = "contact.md", "policies/returns.md"
CATALOG = "locales/de/contact.po"
RULES = ".github/REVIEWERS"
DAY = "2026-11-22"
ANNA, BO, EVE = "Anna Berg", "Bo Ek", "Eve Roth"
MALLORY = "Mallory <mallory@elsewhere.example>"
ROBOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"


@pytest.fixture(scope="module")
def made(new_shop, tmp_path_factory):
    """Everything is translated, nothing is accepted, a policy takes two, and that is on main."""
    shop = new_shop(tmp_path_factory.mktemp("audit") / "shop")
    shop.write(RULES, f'policies/ two "{ANNA}" "{BO}"\n"{ANNA}" = @anna-berg anna@shop.example\n')
    shop.write(".gitignore", "/.polyhelp/\n/build/\n")
    assert shop.polyhelp("sync").status == 0
    for path in (PAGE, POLICY, "index.md"):
        shop.change("de", path, lambda unit: replace(unit, target=f"Hallo {unit.source}"))
    shop.commit_first()
    return shop


@pytest.fixture
def shop(made, tmp_path):
    """A branch of it."""
    shutil.copytree(made.root, tmp_path / "shop", symlinks=True)
    branch = type(made)(tmp_path / "shop")
    branch.git("checkout", "--quiet", "-b", "branch")
    return branch


def accept(shop, who, path=PAGE, number=1):
    """Write a yes into the catalog's first ``number`` units, whoever may."""
    project = Project.open(shop.root)
    catalog = project.catalog(Locale("de"), path)
    new = [authority.accepted(project, catalog, unit, who, DAY) for unit in catalog.units[:number]]
    project.save(replace(catalog, units=(*new, *catalog.units[number:])))


def change(shop, new, path=PAGE):
    """Change the catalog's first unit as ``new`` does."""
    first = shop.catalog("de", path).units[0].key
    shop.change("de", path, lambda unit: new(unit) if unit.key == first else unit)


def commit(shop, author):
    shop.git("add", "--all")
    shop.git("commit", "--quiet", "--allow-empty", "-m", "a change", f"--author={author}")


def audit(shop, *words, since="main"):
    """The severity and the message of each issue; the exit status fits."""
    done = shop.polyhelp("review", "audit", "--since", since, "--json", *words)
    assert done.err == ""
    found = [(row["severity"], row["message"]) for row in done.json["issues"]]
    assert done.status == any(severity == "error" for severity, _ in found)
    return found


def severities(shop, **how):
    return [severity for severity, _ in audit(shop, **how)]


# ---------------------------------------------------------------- whose it is


@pytest.mark.parametrize(
    ("who", "author"),
    [
        (ANNA, "Anna Berg <anna@home.example>"),
        (ANNA, "anna  BERG <>"),
        (ANNA, "AB <Anna@shop.example>"),
        (ANNA, "AB <21031067+anna-berg@users.noreply.github.com>"),
        (ANNA, "AB <anna-berg@users.noreply.github.com>"),
        ("@bo", "bo <7+bo@users.noreply.github.com>"),  # what an approving review leaves
    ],
)
def test_an_acceptance_by_its_author_is_fine(shop, who, author):
    accept(shop, who, number=3)
    commit(shop, author)
    assert audit(shop) == []


@pytest.mark.parametrize("who", [ANNA, "@anna-berg"])
def test_what_review_commits_is_fine(shop, who):
    for name, value in (("user.name", "Machine"), ("user.email", "m@shop.example"), ("commit.gpgsign", "false")):
        shop.git("config", name, value)
    unit = shop.catalog("de", POLICY).units[0]
    yes = Decision(Locale("de"), POLICY, unit_id(Locale("de"), POLICY, unit), seen(unit), Verdict.ACCEPT)
    shop.write(".polyhelp/decisions.json", dump(Decisions(who, DAY, (yes,))))
    assert shop.polyhelp("review", "apply", ".polyhelp/decisions.json", "--commit").status == 0
    assert shop.catalog("de", POLICY).units[0].review.who == ANNA
    assert shop.git("log", "-1", "--format=%an") == who
    assert audit(shop) == []


def test_somebody_elses_name_is_a_warning_at_its_line(shop):
    accept(shop, ANNA)
    commit(shop, MALLORY)
    id_ = shop.git("rev-parse", "HEAD")[:7]
    message = f"accepted in the name of {ANNA}, by a commit of {MALLORY} ({id_}): take it out, and let {ANNA} accept it"
    assert audit(shop) == [("warning", message)]
    line = 1 + next(n for n, line in enumerate(shop.read(CATALOG).split("\n")) if line.startswith("# reviewed: Anna"))
    done = shop.polyhelp("review", "audit", "--since", "main")
    assert done.out.split("\n")[:2] == [f"{CATALOG}:{line}: warning: {message} [audit]", "0 errors, 1 warning"]
    done = shop.polyhelp("review", "audit", "--since", "main", "--format", "github")
    assert done.out.startswith(f"::warning file={CATALOG},line={line}::accepted in the name of {ANNA}, by a commit")


def test_somebody_elses_name_is_an_error_where_it_takes_two(shop):
    accept(shop, ANNA, POLICY, 2)
    commit(shop, "Anna Berg <anna@shop.example>")
    accept(shop, BO, POLICY, 1)
    commit(shop, "Anna Berg <anna@shop.example>")
    ((severity, message),) = audit(shop)
    assert severity == "error"
    assert f"in the name of {BO}, by a commit of Anna Berg" in message


def test_her_own_commit_beside_it_makes_nobodys_acceptance_hers(shop):
    accept(shop, ANNA)
    commit(shop, MALLORY)
    accept(shop, ANNA, number=3)
    commit(shop, "Anna Berg <anna@shop.example>")
    ((_, message),) = audit(shop)
    assert f"by a commit of {MALLORY}" in message


def test_what_a_mailmap_of_the_branch_says_of_authors_does_not_count(shop):
    accept(shop, ANNA)
    shop.write(".mailmap", f"{ANNA} <anna@shop.example> <mallory@elsewhere.example>\n")
    commit(shop, MALLORY)
    assert severities(shop) == ["warning"]


def test_only_the_locales_that_are_asked_for(shop):
    accept(shop, ANNA)
    commit(shop, MALLORY)
    assert audit(shop, "--locale", "ar") == []
    assert len(audit(shop, "--locale", "de")) == 1


# ---------------------------------------------------------------- the rules


def test_whoever_may_not_is_an_error_in_their_own_commit_too(shop):
    accept(shop, EVE, POLICY)
    commit(shop, "Eve Roth <eve@shop.example>")
    ((severity, message),) = audit(shop)
    assert severity == "error"
    assert message == (f"accepted in the name of {EVE}, who may not: this is for {ANNA} or {BO} to decide ({RULES}:1)")


def test_the_rules_and_the_configuration_of_the_branch_do_not_help(shop):
    config = shop.read("mkdocs.yml")
    shop.write(RULES, f'* "{EVE}"\n"{ANNA}" = mallory@elsewhere.example\n')
    shop.write("mine", "")
    shop.write(
        "mkdocs.yml", config.replace("polyhelp: {}", 'polyhelp: {review: {owners: mine}, publish: {"**": machine}}')
    )
    accept(shop, EVE, POLICY)
    commit(shop, MALLORY)
    accept(shop, ANNA, "index.md")
    commit(shop, MALLORY)
    assert sorted(severities(shop)) == ["error", "error", "warning"]


@pytest.mark.parametrize("before", ["risk=legal", "region=US", "risk=payments"])
def test_conditions_are_those_of_the_rules_then(shop, before):
    shop.git("checkout", "--quiet", "main")
    config = shop.read("mkdocs.yml")
    shop.write("mkdocs.yml", config.replace("polyhelp: {}", "polyhelp: {review: {payments: [policies/**]}}"))
    if before == "risk=legal":
        shop.write("mkdocs.yml", config)
    shop.write(RULES, f'policies/ {before} "{BO}"\n')
    commit(shop, "A <a@b.example>")
    shop.git("checkout", "--quiet", "-B", "branch")
    shop.write(RULES, "")
    shop.write("mkdocs.yml", config)
    accept(shop, ANNA, POLICY)
    commit(shop, "Anna Berg <anna@shop.example>")
    assert severities(shop) == ["error"]


def test_whom_only_the_forge_knows_is_not_wronged(shop):
    shop.git("checkout", "--quiet", "main")
    shop.write(RULES, f'* @shop/translators "{BO}"\nindex.md "{BO}"\n')
    commit(shop, "A <a@b.example>")
    shop.git("checkout", "--quiet", "-B", "branch")
    accept(shop, ANNA)
    commit(shop, "Anna Berg <anna@shop.example>")
    assert audit(shop) == []
    accept(shop, ANNA, "index.md")
    commit(shop, "Anna Berg <anna@shop.example>")
    assert severities(shop) == ["error"]


def test_a_help_center_that_the_branch_begins_has_no_rules_yet(shop):
    shop.git("checkout", "--quiet", "main")
    shop.git("rm", "--quiet", "mkdocs.yml", RULES)
    commit(shop, "A <a@b.example>")
    shop.git("checkout", "--quiet", "branch")
    accept(shop, EVE, POLICY)
    commit(shop, "Eve Roth <eve@shop.example>")
    assert audit(shop) == []


def test_a_configuration_that_was_wrong_then_is_told_as_such(shop):
    good = shop.read("mkdocs.yml")
    shop.write("mkdocs.yml", good.replace("polyhelp: {}", "polyhelp: {engin: none}"))
    commit(shop, MALLORY)
    wrong = shop.git("rev-parse", "HEAD")
    shop.write("mkdocs.yml", good)
    commit(shop, MALLORY)
    assert audit(shop, since=wrong) == []  # no catalog has changed
    accept(shop, ANNA)
    commit(shop, MALLORY)
    done = shop.polyhelp("review", "audit", "--since", wrong)
    assert (done.status, done.out) == (2, "")
    assert f"as {wrong[:10]} has it: " in done.err


# ---------------------------------------------------------------- what is the same acceptance


@pytest.fixture
def accepted(shop):
    """A page that Anna has accepted on main, and a branch of that."""
    shop.git("checkout", "--quiet", "main")
    accept(shop, ANNA, number=99)
    commit(shop, "Anna Berg <anna@shop.example>")
    shop.git("checkout", "--quiet", "-B", "branch")
    return shop


def test_what_stood_on_main_is_not_looked_at(accepted):
    commit(accepted, MALLORY)
    assert audit(accepted) == []


def test_what_sync_carries_on_stays_hers(accepted):
    before = accepted.read(CATALOG)
    accepted.edit("content/contact.md", "mailto:help@tern.example", "mailto:desk@tern.example")
    accepted.edit("content/contact.md", "Nobody answers", "Nobody  answers")
    assert accepted.polyhelp("sync").status == 0
    commit(accepted, ROBOT)
    hers = [line for line in accepted.read(CATALOG).split("\n") if line.startswith("# reviewed: ")]
    assert set(hers) - set(before.split("\n"))  # new fingerprints
    assert len(hers) == before.count("# reviewed: ")
    assert audit(accepted) == []


def test_what_moves_to_another_article_stays_hers(accepted):
    accepted.git("mv", "content/contact.md", "content/write.md")
    accepted.edit("mkdocs.yml", "contact.md", "write.md")
    assert accepted.polyhelp("sync").status == 0
    assert not accepted.file(CATALOG).exists()
    assert accepted.catalog("de", "write.md").units[0].review.who == ANNA
    commit(accepted, ROBOT)
    assert audit(accepted) == []


def test_a_correction_by_hand_is_nobodys_acceptance(accepted):
    change(accepted, lambda unit: replace(unit, target="Schreib uns"))
    commit(accepted, MALLORY)
    assert audit(accepted) == []  # the line is still there, and fits nothing


def test_a_fingerprint_for_other_words_is_an_acceptance_in_one_step_or_two(accepted):
    source, words = accepted.catalog("de", PAGE).units[0].source, "Schreib Mallory"
    change(accepted, lambda unit: replace(unit, review=replace(unit.review, hash=digest(source, words, ""))))
    commit(accepted, MALLORY)
    assert audit(accepted) == []  # it could be sync's
    change(accepted, lambda unit: replace(unit, target=words))
    commit(accepted, MALLORY)
    assert severities(accepted) == ["warning"]
    assert severities(accepted, since="HEAD~1") == ["warning"]


def test_what_is_taken_out_and_put_back_is_as_it_was(accepted):
    change(accepted, lambda unit: replace(unit, review=None))
    commit(accepted, MALLORY)
    accepted.git("checkout", "--quiet", "main", "--", "locales")
    commit(accepted, MALLORY)
    assert audit(accepted) == []


def test_what_a_later_commit_takes_out_does_not_count(shop):
    accept(shop, ANNA)
    commit(shop, MALLORY)
    change(shop, lambda unit: replace(unit, review=None))
    commit(shop, MALLORY)
    assert audit(shop) == []
    accept(shop, ANNA)  # what she has been asked to do
    commit(shop, "Anna Berg <anna@shop.example>")
    assert audit(shop) == []


# ---------------------------------------------------------------- merges


@pytest.fixture
def two_branches(shop):
    """Anna and Bo have accepted the same policy, each on a branch, and the branches are being merged."""
    shop.git("config", "merge.polyhelp.driver", "false")  # as if there were a conflict
    for who, branch in ((BO, "other"), (ANNA, "branch")):
        shop.git("checkout", "--quiet", "-B", branch, "main")
        accept(shop, who, POLICY)
        commit(shop, f"{who} <someone@shop.example>")
    shop.git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy=ours", "other")
    project = Project.open(shop.root)
    accept(shop, BO, POLICY)  # what the merge driver makes of it
    assert project.latest(Locale("de"), POLICY).units[0].review.people == (ANNA, BO)
    return shop


def test_a_merge_of_two_yeses_is_fine(two_branches):
    commit(two_branches, ROBOT)
    assert two_branches.git("rev-list", "--parents", "-1", "HEAD").count(" ") == 2
    assert audit(two_branches) == []


def test_a_merge_that_slips_in_a_third_is_not(two_branches):
    accept(two_branches, BO, POLICY, 2)
    commit(two_branches, ROBOT)
    ((severity, message),) = audit(two_branches)
    assert (severity, BO in message, "github-actions[bot]" in message) == ("error", True, True)


@pytest.mark.parametrize("by", [MALLORY, "Anna Berg <anna@shop.example>"])
def test_a_merge_does_not_make_its_own_what_it_takes(shop, by):
    commit(shop, ROBOT)
    shop.git("checkout", "--quiet", "-b", "other", "main")
    accept(shop, ANNA)
    commit(shop, MALLORY)
    shop.git("checkout", "--quiet", "branch")
    shop.git("merge", "--quiet", "--no-ff", "-m", "merged", "other")
    shop.git("commit", "--quiet", "--amend", "-m", "merged", f"--author={by}")
    ((_, message),) = audit(shop)
    assert f"by a commit of {MALLORY}" in message


def test_what_a_merge_brings_from_main_is_mains(shop):
    commit(shop, MALLORY)
    shop.git("checkout", "--quiet", "main")
    accept(shop, ANNA, number=4)
    commit(shop, "Merger <merger@shop.example>")  # squashed
    shop.git("checkout", "--quiet", "branch")
    accept(shop, BO, "index.md")
    commit(shop, f"{BO} <bo@shop.example>")
    shop.git("merge", "--quiet", "--no-ff", "-m", "merged", "main")
    assert shop.catalog("de", PAGE).units[3].review.who == ANNA
    assert audit(shop) == []
    assert len(audit(shop, since="main~1")) == 4


# ---------------------------------------------------------------- what cannot be looked at


def test_a_link_in_the_place_of_a_catalog_is_an_error(shop):
    shop.file(CATALOG).rename(shop.file("contact.po"))
    shop.file(CATALOG).symlink_to("../../contact.po")
    commit(shop, MALLORY)
    ((severity, message),) = audit(shop)
    assert (severity, "this is a link" in message) == ("error", True)


def test_a_clone_without_its_history_says_so(shop, tmp_path):
    accept(shop, ANNA)
    commit(shop, MALLORY)
    shop.git("clone", "--quiet", "--depth=1", f"file://{shop.root}", str(tmp_path / "shallow"))
    for since in ("HEAD", "main"):
        done = type(shop)(tmp_path / "shallow").polyhelp("review", "audit", "--since", since)
        assert (done.status, done.out) == (2, "")
        assert "this clone lacks older commits" in done.err
        assert "git fetch --unshallow" in done.err


@pytest.mark.parametrize("revision", ["nowhere", "--help", ""])
def test_a_revision_that_is_none(shop, revision):
    done = shop.polyhelp("review", "audit", f"--since={revision}")
    assert (done.status, done.out) == (2, "")
    assert f"git knows no revision '{revision}' here" in done.err


def test_a_catalog_that_a_parent_has_broken_had_nothing(shop):
    accept(shop, ANNA)
    good = shop.read(CATALOG)
    shop.write(CATALOG, good + "\nnonsense\n")
    commit(shop, "Anna Berg <anna@shop.example>")
    shop.write(CATALOG, good)
    commit(shop, MALLORY)
    assert severities(shop) == ["warning"]


def test_a_help_center_may_be_a_folder_of_the_repository(shop):
    inside = shop.root / "docs"
    inside.mkdir()
    for name in ("mkdocs.yml", ".github", "content", "glossary", "locales"):
        shop.git("mv", name, f"docs/{name}")
    commit(shop, "A <a@b.example>")
    shop.git("branch", "--quiet", "--force", "main")
    inner = type(shop)(inside)
    accept(inner, EVE, POLICY)
    commit(inner, MALLORY)
    assert severities(inner) == ["error", "error"]
