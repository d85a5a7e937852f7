"""Every `run:` step of the workflows is run, in clones of a repository, as GitHub would."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml
from workflow_runner import Runner

from polyhelp.cli.main import cli
from polyhelp.model import Locale
from polyhelp.workflow.project import Project

ROOT = Path(__file__).parents[2]
OWN = ROOT / ".github/workflows"
LOST = "polyhelp publish"  # in the article, and in what is told of its translation


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@dataclass
class Place:
    """A help center in a bare repository, a clone to work in, and the workflows that it has."""

    folder: Path
    clone: Path
    remote: Path
    workflows: Path

    def commit(self, branch: str = "main") -> None:
        git(self.clone, "add", ".")
        git(self.clone, "commit", "--quiet", "-m", "a change")
        git(self.clone, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")

    def run(self, name: str, event: str = "push", *, ref: str = "main", pushes: str = ""):
        """Run a workflow for an event at a branch."""
        return self.runner(event, ref=ref, pushes=pushes).run(self.workflows / f"{name}.yml")

    def runner(self, event: str = "push", *, ref: str = "main", pushes: str = "") -> Runner:
        known = {
            "ref": ref,
            "github.base_ref || github.event.repository.default_branch": "main",
            "github.run_id": "1",
            "github.run_attempt": "1",
            "github.token": "token",
            "github.event_name": event,
        }
        known |= {f"secrets.{key}": "" for key in ("DEEPL_AUTH_KEY", "LIBRETRANSLATE_API_KEY", "OPENAI_API_KEY")}
        known["vars.LIBRETRANSLATE_URL"] = ""
        return Runner(self.folder, self.remote, known, pushes)


def placed(folder: Path, clone: Path, workflows: Path) -> Place:
    """Commit the help center in ``clone`` and push it to a bare repository."""
    remote = folder / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", remote], check=True)
    git(clone, "init", "--quiet", "--initial-branch=main")
    git(clone, "remote", "add", "origin", str(remote))
    place = Place(folder, clone, remote, workflows)
    place.commit()
    return place


def made(folder: Path, polyhelp, *locales: str) -> Place:
    """A help center that init has made, with an engine that costs nothing."""
    clone = folder / "clone"
    chosen = [word for locale in locales for word in ("--locale", locale)]
    done = polyhelp("init", clone, *chosen, "--engine", "pseudo")
    assert done.status == 0
    return placed(folder, clone, clone / ".github/workflows")


@pytest.fixture
def new(tmp_path, polyhelp):
    """A new help center, in German too: one more locale would be one more of all that is done."""
    return made(tmp_path, polyhelp, "de")


@pytest.fixture
def new_with_two(tmp_path, polyhelp):
    """The same with two locales beside the source."""
    return made(tmp_path, polyhelp, "de", "fr")


@pytest.fixture
def own(new):
    """The same with this repository's workflows."""
    return replace(new, workflows=OWN)


def damage(place: Place, polyhelp) -> None:
    """Somebody loses, in German, the names of the file and of the command."""
    assert polyhelp("sync", "--root", place.clone).status == 0
    assert polyhelp("translate", "--root", place.clone).status == 0
    project = Project.open(place.clone)
    catalog = project.catalog(Locale("de"), "index.md")
    *others, last = catalog.units
    bad = replace(last, target="Das ist dein erster Artikel.", fuzzy=False)
    project.save(replace(catalog, units=(*others, bad)))


RUN: set[str] = set()


def noted(ran, *, failed=()):
    """Remember the steps of a run that went as it should."""
    RUN.update(run for run, _, _ in ran.steps)
    assert ran.failed == [*failed], ran.steps
    return ran


def arguments_hold(notes):
    """What `polyhelp requests` was told is what it takes."""
    for note in notes:
        program, *words = note.split(" ")
        if program == "polyhelp":
            group = cli.get_command(None, words[0])
            command = group.get_command(None, words[1])
            command.make_context(words[1], words[2:])


@pytest.fixture(scope="module")
def translated(tmp_path_factory, polyhelp):
    """A new help center of which translate.yml has run, its runner and what it did."""
    new = made(tmp_path_factory.mktemp("translated"), polyhelp, "de", "fr")
    runner = new.runner(pushes="l10n/de")
    return new, runner, noted(runner.run(new.workflows / "translate.yml"))


def test_a_new_help_center_opens_requests_and_has_them_checked(translated):
    new, _, ran = translated
    assert [note.split(" --")[0] for note in ran.notes] == [
        "python -m pip install",
        "gh auth setup-git",
        "polyhelp requests fetch",
        "python -m pip install",
        "gh auth setup-git",
        "polyhelp requests open",
        "gh workflow run check.yml",
    ]
    opened = next(note for note in ran.notes if "requests open" in note)
    assert "--report https://forge.example/report --preview https://forge.example/preview" in opened
    assert ran.notes[-1] == "gh workflow run check.yml --ref l10n/de"
    kept = new.folder / "artifacts"
    assert json.loads((kept / "catalogs/build/spent.json").read_text())["ok"]
    assert "\u0124" in (kept / "catalogs/locales/de/index.po").read_text()  # pseudo-translation
    assert {file.suffix for file in (kept / "report").iterdir()} == {".html"}
    assert (kept / "preview/de/index.html").is_file()
    arguments_hold(ran.notes)


def test_requests_that_are_as_they_were_are_not_checked_again(translated):
    new, runner, _ = translated
    ran = noted(runner.rerun(new.workflows / "translate.yml", "requests"))
    assert any("requests open" in note for note in ran.notes)
    assert not any(note.startswith("gh workflow") for note in ran.notes)


def test_a_writers_pull_request_is_checked_and_has_a_preview_of_what_it_changes(new):
    article = new.clone / "content/index.md"
    article.write_text(article.read_text() + "\nOne more sentence.\n")
    new.commit("edit")
    noted(new.run("check", "pull_request", ref="edit"))
    previews = new.folder / "artifacts/preview"
    assert {file.name for file in previews.iterdir() if file.is_dir()} == {"en"}
    assert "One more sentence." in (previews / "en/index.html").read_text()
    assert (new.folder / "artifacts/sarif/check.sarif").is_file()


def test_a_request_with_a_damaged_translation_is_refused_and_has_a_preview(own, polyhelp):
    damage(own, polyhelp)
    own.commit("l10n/de")
    ran = noted(own.run("check", "workflow_dispatch", ref="l10n/de"), failed=["translations"])
    said = ran.said("polyhelp check --changed-since")
    assert "::error file=locales/de/index.po" in said
    assert LOST in said
    assert (own.folder / "artifacts/preview/de/de/index.html").is_file()
    assert ran.said("polyhelp policy check")  # the rest is told all the same


def test_publish_builds_each_locale_joins_them_and_deploys(new_with_two):
    ran = noted(new_with_two.run("publish"))
    site = new_with_two.folder / "artifacts/pages"
    assert all((site / name).is_file() for name in ("index.html", "de/index.html", "fr/index.html", "sitemap.xml"))
    assert "built anew: nothing" in ran.said("polyhelp publish --engine none")


def test_publish_refuses_when_the_gate_is_shut(own, polyhelp):
    damage(own, polyhelp)
    own.commit()
    ran = noted(own.run("publish"), failed=["assemble", "deploy"])
    assert LOST in ran.said("polyhelp publish")
    assert not (own.folder / "artifacts/pages").exists()


def test_a_decision_is_taken_from_a_checkout_of_main_and_its_branch_is_checked(new, monkeypatch):
    (new.folder / "event.json").write_text("{}")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(new.folder / "event.json"))
    monkeypatch.setenv("GITHUB_EVENT_NAME", "issue_comment")
    (new.clone / ".github/REVIEWERS").write_text("* @mallory\n")
    new.commit("l10n/de")
    ran = noted(new.run("approve", "issue_comment", ref="l10n/de", pushes="l10n/fr"))
    assert not (new.folder / "work/.github/REVIEWERS").exists()
    assert ran.notes[-2:] == ["polyhelp requests decide", "gh workflow run check.yml --ref l10n/fr"]
    arguments_hold(ran.notes)


def test_the_week_is_told(new):
    ran = noted(new.run("report", "schedule"))
    assert ran.notes[-1] == "polyhelp requests digest"
    arguments_hold(ran.notes)


@pytest.mark.parametrize("name", ["approve", "report", "translate"])
def test_this_repositorys_own_run_too(own, name):
    noted(own.run(name))


def test_no_step_is_only_text(new):
    """The last of this file: what the others have run."""
    texts = {
        step["run"]
        for folder in (OWN, new.workflows)
        for file in folder.glob("*.yml")
        for job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()
        for step in job["steps"]
        if "run" in step
    }
    assert texts - RUN == set(), "a step that no test of this file has run; run the whole file"
