"""What is known of pages: titles, days, sections, related articles, what is out of date, where they have been."""

import os
import subprocess
from dataclasses import replace

import pytest

from polyhelp import git
from polyhelp.config import load
from polyhelp.errors import GitError
from polyhelp.model import Locale
from polyhelp.site.pages import load as load_pages
from polyhelp.workflow.about import about, outdated
from polyhelp.workflow.front import heading, said
from polyhelp.workflow.project import Project
from polyhelp.workflow.redirects import redirects
from polyhelp.workflow.related import related
from polyhelp.workflow.staging import MANIFEST, render

EN, DE, AR = Locale("en"), Locale("de"), Locale("ar")
REFUNDS = "returns/refunds.md"
HOW_LONG = "## How long it takes"


def commit(folder, day, *words):
    """Commit everything on ``day``, or run another command of git then."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    moment = {**os.environ, "GIT_AUTHOR_DATE": f"{day}T12:00:00+0000", "GIT_COMMITTER_DATE": f"{day}T12:00:00+0000"}

    def run(*arguments):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, env=moment)

    if words:
        run(*words)
        return
    if not (folder / ".git").exists():
        run("init", "--quiet", "--initial-branch=main")
    run("add", ".")
    run("commit", "--quiet", "-m", day)


def rendered(shop, **options):
    """The project and its pages, staged."""
    project = Project.open(shop.root)
    render(project, **options)
    return project, load_pages(shop.root / MANIFEST)


@pytest.fixture
def german(shop):
    """Translated into German, and accepted."""
    shop.polyhelp("sync")
    shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de")
    shop.polyhelp("review", "accept", "policies/returns.md", "--locale", "de", "--as", "Ana")
    return shop


# ---------------------------------------------------------------- git


def test_the_day_of_each_file_is_that_of_its_last_commit(tmp_path):
    for name in ("a/one.md", "a/größe & 2.md", "b/three.po", "c/four.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    commit(tmp_path, "2026-01-01")
    (tmp_path / "a/one.md").write_text("2", encoding="utf-8")
    (tmp_path / "c/four.md").unlink()
    commit(tmp_path, "2026-01-02")
    (tmp_path / "b/three.po").rename(tmp_path / "b/third.po")
    commit(tmp_path, "2026-01-03")
    (tmp_path / "a/new.md").write_text("not committed", encoding="utf-8")
    days = {"a/one.md": "2026-01-02", "a/größe & 2.md": "2026-01-01", "b/third.po": "2026-01-03"}
    assert git.last_changes(tmp_path, ["a", "b", "c"]) == days
    assert git.last_changes(tmp_path, ["b"]) == {"b/third.po": "2026-01-03"}
    assert git.last_changes(tmp_path / "a", ["."]) == {"one.md": "2026-01-02", "größe & 2.md": "2026-01-01"}


def test_what_a_branch_brought_counts_from_its_merge(tmp_path):
    (tmp_path / "one.md").write_text("1", encoding="utf-8")
    commit(tmp_path, "2026-01-01")
    commit(tmp_path, "2026-01-02", "switch", "--quiet", "-c", "branch")
    (tmp_path / "two.md").write_text("2", encoding="utf-8")
    commit(tmp_path, "2026-01-02")
    commit(tmp_path, "2026-01-05", "switch", "--quiet", "main")
    commit(tmp_path, "2026-01-05", "merge", "--quiet", "--no-ff", "-m", "merge", "branch")
    assert git.last_changes(tmp_path, ["."]) == {"one.md": "2026-01-01", "two.md": "2026-01-05"}


def test_a_clone_without_the_older_commits_knows_of_no_day(tmp_path):
    (tmp_path / "there").mkdir()
    for day in ("2026-01-01", "2026-01-02"):
        (tmp_path / "there/one.md").write_text(day, encoding="utf-8")
        commit(tmp_path / "there", day)
    commit(tmp_path, "2026-01-03", "clone", "--quiet", "--depth", "1", (tmp_path / "there").as_uri(), "here")
    assert git.last_changes(tmp_path / "here", ["."]) == {}


def test_without_a_commit_git_says_why(tmp_path):
    with pytest.raises(GitError):
        git.last_changes(tmp_path, ["."])


# ---------------------------------------------------------------- pages


def test_a_page_is_known_in_its_own_language(german):
    project, pages = rendered(german)
    known = about(project, pages)
    assert known.keys() == pages.keys()
    page = known[EN, REFUNDS]
    assert (page.title, page.description) == ("Refunds", "When you get your money back.")
    assert (page.section, page.kind, page.region, page.updated) == (("Returns",), "article", "", "")
    there = known[DE, REFUNDS]
    targets = {unit.source: unit.target for unit in german.catalog("de", REFUNDS).current}
    titles = {unit.source: unit.target for unit in german.catalog("de", "_site").current}
    assert (there.title, there.description) == (targets["Refunds"], targets["When you get your money back."])
    assert there.section == (titles["Returns"],) != ("Returns",)
    assert known[AR, REFUNDS].title == "Refunds"  # shows the original


def test_each_kind_of_page_is_told_apart(german):
    project, pages = rendered(german)
    known = about(project, pages)
    kinds = {path: (one.kind, one.region) for (locale, path), one in known.items() if locale == DE}
    assert kinds == {
        "index.md": ("home", ""),
        "returns/refunds.md": ("article", ""),
        "policies/index.md": ("policy", ""),
        "policies/returns.md": ("chooser", ""),
        "policies/de/returns.md": ("policy", "DE"),
        "policies/us/returns.md": ("policy", "US"),
        "contact.md": ("article", ""),
    }
    assert known[EN, "policies/de/returns.md"].title == "Returns: Germany"
    assert known[EN, "policies/us/returns.md"].section == ("Policies",)


def test_pages_come_in_the_navigations_order(german):
    project, pages = rendered(german)
    assert [path for locale, path in about(project, pages) if locale == EN] == [
        "index.md", "returns/refunds.md", "policies/index.md", "policies/de/returns.md", "policies/returns.md",
        "policies/us/returns.md", "contact.md",
    ]  # fmt: skip


def test_made_pages_are_known_too(shop):
    shop.edit("mkdocs.yml", "polyhelp: {}", "polyhelp: {glossary_page: glossary.md}")
    shop.write("content/regions/_changes.yml", "{}\n")
    project, pages = rendered(shop)
    known = about(project, pages)
    assert (known[EN, "glossary.md"].kind, known[EN, "glossary.md"].title) == ("other", "Glossary")
    assert known[EN, "policies/changes.md"].kind == "chooser"
    assert (known[EN, "policies/de/changes.md"].kind, known[EN, "policies/de/changes.md"].region) == ("policy", "DE")
    assert "Germany" in known[EN, "policies/de/changes.md"].title


def test_a_page_changes_with_its_source_its_catalog_and_its_regions_data(german):
    commit(german.root, "2026-01-01")
    german.change("de", REFUNDS, lambda unit: replace(unit, comments=("mine",)))
    commit(german.root, "2026-01-02")
    german.write("content/regions/US.yml", german.read("content/regions/US.yml") + "# looked at\n")
    commit(german.root, "2026-01-03")
    german.edit("content/contact.md", "two days", "three days")
    commit(german.root, "2026-01-04")
    project, pages = rendered(german)
    days = {key: one.updated for key, one in about(project, pages).items()}
    assert (days[EN, REFUNDS], days[DE, REFUNDS], days[AR, REFUNDS]) == ("2026-01-01", "2026-01-02", "2026-01-01")
    regional = [days[EN, f"policies/{path}"] for path in ("us/returns.md", "de/returns.md", "returns.md")]
    assert regional == ["2026-01-03", "2026-01-01", "2026-01-01"]
    assert {days[locale, "contact.md"] for locale in (EN, DE, AR)} == {"2026-01-04"}


def test_sections_are_read_from_the_navigation_whatever_its_shape(shop):
    nav = shop.read("mkdocs.yml").partition("nav:")[0] + (
        "nav:\n  - index.md\n  - A:\n      - contact.md\n      - B:\n          - R: returns/refunds.md\n"
        "  - Shop: https://tern.example/\n"
    )
    shop.write("mkdocs.yml", nav)
    sections = load(shop.root).sections
    assert list(sections.items())[:3] == [("index.md", ()), ("contact.md", ("A",)), (REFUNDS, ("A", "B"))]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: Plain # comment", "Plain"),
        ("title: 'It''s'", "It's"),
        ('title: "A \\"B\\" \\u00e9"', 'A "B" é'),
        ("title: >\n  Two\n  lines", "Two lines"),
        ("title:\n  Below", "Below"),
        ("titles: none", ""),
    ],
)
def test_front_matter_is_read_as_yaml_reads_it(front, title):
    assert said(f"---\n{front}\n---\n\n# Heading\n", "title") == title


@pytest.mark.parametrize("line", ["# A *B* `C`: &#39;D&#39; { #id .x }", "# A B C: 'D' #", "#  A [B](b.md) C: 'D'  \r"])
def test_a_heading_is_read_as_a_reader_sees_it(line):
    assert heading(f"---\ntitle: x\n# no heading\n---\n{line}\n").replace(" ", "") in {"ABC:'D'", "A:'D'", "AB:'D'"}
    assert heading("no heading") == ""


# ---------------------------------------------------------------- related


def articles(shop, **texts):
    """Articles in place of the shop's, and four terms."""
    for path in ("contact.md", REFUNDS):
        shop.file(f"content/{path}").unlink()
    terms = ("gift card", "parcel", "invoice", "warranty")
    shop.write("glossary/terms.yml", "".join(f"- id: {t.replace(' ', '-')}\n  source: {t}\n" for t in terms))
    for name, text in texts.items():
        shop.write(f"content/{name}.md", text if text.startswith("---") else f"# A page\n\n{text}\n")
    return related(Project.open(shop.root))


def test_articles_that_speak_of_the_same_things_go_together_the_nearest_first(shop):
    found = articles(
        shop,
        a="Your gift card comes in a parcel.",
        b="A parcel is heavy.",
        c="Gift cards fit into parcels.",
        d="An invoice for a gift card.",
        e="The warranty.",
    )
    assert found["a.md"] == ("c.md", "b.md", "policies/returns.md", "d.md")  # the policy shows a parcel
    assert found["e.md"] == ()
    assert found["index.md"] == ()


def test_at_most_four_go_together_and_always_the_same(shop):
    texts = dict.fromkeys("fedcba", "A parcel.")
    found = articles(shop, **texts, z="An invoice.")
    assert found["f.md"] == ("a.md", "b.md", "c.md", "d.md")
    assert related(Project.open(shop.root)) == found


def test_the_front_matter_decides(shop):
    shop.edit("content/returns/refunds.md", "title: Refunds", "title: Refunds\nrelated: [contact.md, ../index.md]")
    project = Project.open(shop.root)
    assert related(project)[REFUNDS] == ("contact.md", "index.md")
    assert project.problems == []


def test_what_goes_with_a_page_of_a_region_is_of_that_region(german):
    german.write(
        "content/policies/fees.md", "---\nrelated: [returns.md, ../contact.md]\n---\n\n# Fees: {{ region.name }}\n"
    )
    project, pages = rendered(german)
    known = about(project, pages)
    assert known[EN, "policies/us/fees.md"].related == ("policies/us/returns.md", "contact.md")
    assert known[EN, "policies/fees.md"].related == ("policies/returns.md", "contact.md")
    assert known[DE, "policies/de/fees.md"].related == ("policies/de/returns.md", "contact.md")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("[contct.md]", "related: 'contct.md' is no article\n  did you mean 'contact.md'?"),
        ("[refunds.md]", "related: 'refunds.md' is this article itself\n  leave it out"),
        ("[_site]", "related: '_site' is no article"),
        ("{a: b}", "related: must be a list of names\n  write related: [returns/refunds.md]"),
        ("[[a]]", "related: must be a list of names"),
    ],
)
def test_what_is_no_article_is_told_with_its_place(shop, given, message):
    shop.edit("content/returns/refunds.md", "title: Refunds", f"title: Refunds\nrelated: {given}")
    project = Project.open(shop.root)
    assert REFUNDS in related(project)
    (problem,) = project.problems
    assert str(problem).startswith(f"content/returns/refunds.md:3: {message}")


# ---------------------------------------------------------------- out of date, moved


def test_a_page_whose_source_has_changed_is_out_of_date_until_it_is_translated(german):
    assert outdated(rendered(german)[1]) == {}
    german.edit(f"content/{REFUNDS}", "Wait two more days.", "Wait three more days.")
    german.polyhelp("sync")
    assert outdated(rendered(german)[1]) == {(DE, REFUNDS): ""}
    assert outdated(rendered(german, draft=True)[1]) == {}  # a draft shows the target in place
    german.polyhelp("translate", "--engine", "pseudo", "--locale", "de")
    assert outdated(rendered(german)[1]) == {}


def test_what_is_new_on_a_page_is_not_out_of_date(german):
    german.edit(f"content/{REFUNDS}", HOW_LONG, f"Somewhere else we talk about parrots.\n\n{HOW_LONG}")
    german.polyhelp("sync")
    pages = rendered(german)[1]
    assert pages[DE, REFUNDS].partial
    assert outdated(pages) == {}


def test_a_regions_policy_leads_to_what_has_changed(german):
    german.edit("mkdocs.yml", "polyhelp: {}", 'polyhelp: {publish: {"policies/**": translated}, minimum_coverage: 10}')
    german.write("content/regions/_changes.yml", "{}\n")
    german.edit("content/policies/returns.md", "You can return an item", "You may return an item")
    german.polyhelp("sync")
    found = outdated(rendered(german)[1])
    assert found == {(DE, f"policies/{one}/returns.md"): f"policies/{one}/changes.md" for one in ("de", "us")}


def test_an_article_names_where_it_has_been(german):
    german.edit(f"content/{REFUNDS}", "title: Refunds", "title: Refunds\nredirect_from: [money.md, /old/money/]")
    german.edit("content/contact.md", "title: Contact us", "title: Contact us\nredirect_from: /call/")
    project, pages = rendered(german)
    moves = redirects(project, pages).moves
    assert project.problems == []
    assert moves["de/old/money/"] == moves["de/money/"] == pages[DE, REFUNDS]
    assert moves["call/"] == pages[EN, "contact.md"]
    assert len(moves) == 4 * 3


@pytest.mark.parametrize("old", ["contact.md", "/returns/refunds/", "/404.html", "/assets/parcel.svg", "https://a.b/"])
def test_a_redirect_that_cannot_be_names_its_article_and_line(german, old):
    german.edit(f"content/{REFUNDS}", "title: Refunds", f"title: Refunds\nredirect_from: ['{old}', ok.md]")
    project, pages = rendered(german)
    assert "ok/" in redirects(project, pages).moves
    (problem,) = project.problems
    assert str(problem).startswith(f"content/{REFUNDS}:3: redirect_from: '{old}' ")
    assert problem.hint


def test_the_sites_own_rules_for_redirects_stay(german):
    german.write("content/_redirects", b"/a\xff /b 302\n")
    german.edit("content/contact.md", "title: Contact us", "title: Contact us\nredirect_from: call.md")
    assert redirects(*rendered(german)).above.encode("utf-8", "surrogateescape") == b"/a\xff /b 302\n"
