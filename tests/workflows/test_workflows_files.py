"""The workflows as files: valid, safe, with only what the help center needs, and all from one set of templates."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import polyhelp as package
from polyhelp.cli.main import run
from polyhelp.config.load import load
from polyhelp.errors import UsageError
from polyhelp.workflow import automation

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ENGINES = ("auto", "deepl", "google", "libretranslate", "none", "offline", "openai", "pseudo")


def files(folder: Path) -> list[Path]:
    return sorted((folder / ".github/workflows").glob("*.yml"))


@pytest.fixture(scope="module")
def centers(tmp_path_factory):
    """Folders with workflows: this repository's, and those of new help centers of many kinds."""
    made = {"own": ROOT}
    for engine in ENGINES:
        made[engine] = tmp_path_factory.mktemp("center") / engine
        assert run(["init", str(made[engine]), "--locale", "de", "--engine", engine]) == 0
    made["one language"] = tmp_path_factory.mktemp("center") / "one"
    assert run(["init", str(made["one language"])]) == 0
    made["regions"] = made["offline"].with_name("regions")
    assert run(["init", str(made["regions"]), "--locale", "de", "--no-workflows"]) == 0
    (made["regions"] / "content/regions").mkdir()
    assert run(["init", str(made["regions"]), "--workflows", "--branch", "trunk"]) == 0
    return made


def workflow(folder: Path, name: str) -> dict:
    return yaml.safe_load((folder / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))


def test_they_are_valid_by_the_official_schema(centers):
    chosen = [str(file) for folder in centers.values() for file in files(folder)]
    assert len(chosen) == 5 * 10 + 2
    words = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *chosen]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_nothing_unsafe(centers):
    """Of the remarks of its strictest persona only one is left: that jobs have no display name."""
    chosen = [file for folder in centers.values() for file in files(folder)]
    words = [BIN / "zizmor", "--offline", "--no-config", "--persona", "pedantic", "--format", "json", *chosen]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = [one for one in json.loads(done.stdout) if one["ident"] != "anonymous-definition" and not one["ignored"]]
    assert found == [], done.stderr


def test_the_linter_would_find_it(tmp_path):
    text = (ROOT / ".github/workflows/approve.yml").read_text(encoding="utf-8")
    bad = text.replace("polyhelp requests decide", "echo ${{ github.event.comment.body }}")
    (tmp_path / "approve.yml").write_text(bad, encoding="utf-8")
    words = [BIN / "zizmor", "--offline", "--no-config", "--format", "json", tmp_path / "approve.yml"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "template-injection" in {one["ident"] for one in json.loads(done.stdout)}


def test_this_repositorys_are_from_the_templates():
    done = subprocess.run(
        [sys.executable, ROOT / "tools/docs/workflows.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_action_is_pinned_by_commit_and_says_its_tag(centers):
    for folder in centers.values():
        for file in files(folder):
            for line in re.findall(r"uses: .*", file.read_text(encoding="utf-8")):
                assert re.fullmatch(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*", line), line


def test_nothing_of_an_event_stands_in_a_script_and_no_trigger_runs_foreign_code(centers):
    for folder in centers.values():
        for file in files(folder):
            tree = yaml.safe_load(file.read_text(encoding="utf-8"))
            triggers = tree[True]  # YAML 1.1 reads `on` so
            assert not {"pull_request_target", "workflow_run"} & set(triggers)
            assert tree["permissions"] == {}
            assert "concurrency" in tree
            for name, job in tree["jobs"].items():
                assert job["timeout-minutes"] <= 60
                assert "permissions" in job, (file, name)
                assert not any("${{" in step.get("run", "") for step in job["steps"])


def test_no_secret_and_no_right_to_write_where_a_pull_requests_code_runs(centers):
    for folder in centers.values():
        text = (folder / ".github/workflows/check.yml").read_text(encoding="utf-8")
        assert "secrets." not in text
        for job in workflow(folder, "check")["jobs"].values():
            if any("run" in step for step in job["steps"]):
                assert job["permissions"] == {"contents": "read"}


def test_a_job_has_keys_of_engines_or_the_right_to_write_never_both(centers):
    for folder in centers.values():
        for file in files(folder):
            for job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values():
                writes = "write" in job["permissions"].values()
                assert not (writes and "secrets." in json.dumps(job))


def test_decisions_never_check_out_the_pull_request(centers):
    steps = workflow(centers["deepl"], "approve")["jobs"]["decide"]["steps"]
    checkouts = [step["with"] for step in steps if "checkout" in step.get("uses", "")]
    assert [one["ref"] for one in checkouts] == ["main"]


@pytest.mark.parametrize(
    ("engine", "there", "missing"),
    [
        ("deepl", {"DEEPL_AUTH_KEY"}, {"OPENAI", "LIBRETRANSLATE", "GOOGLE"}),
        ("openai", {"OPENAI_API_KEY"}, {"DEEPL", "LIBRETRANSLATE"}),
        ("google", {"GOOGLE_CLOUD_PROJECT", "guide for CI"}, {"DEEPL", "secrets."}),
        ("libretranslate", {"LIBRETRANSLATE_URL: ${{ vars."}, {"DEEPL"}),
        ("auto", {"DEEPL_AUTH_KEY", "LIBRETRANSLATE_API_KEY"}, {"OPENAI", "GOOGLE"}),
        ("offline", set(), {"secrets.", "cache", "journal", "_KEY"}),
        ("pseudo", set(), {"secrets.", "cache"}),
        ("none", set(), {"secrets.", "cache"}),
    ],
)
def test_a_help_center_gets_only_what_its_engine_needs(centers, engine, there, missing):
    text = (centers[engine] / ".github/workflows/translate.yml").read_text(encoding="utf-8")
    assert {word for word in there if word not in text} == set()
    assert {word for word in missing if word in text} == set()


def test_one_language_needs_no_translating(centers):
    names = {file.name for file in files(centers["one language"])}
    assert names == {"check.yml", "publish.yml"}
    assert "name: catalogs" not in (centers["one language"] / ".github/workflows/publish.yml").read_text()


def test_regions_and_another_branch(centers):
    assert "policy check" in (centers["regions"] / ".github/workflows/check.yml").read_text()
    assert "policy check" not in (centers["offline"] / ".github/workflows/check.yml").read_text()
    assert workflow(centers["regions"], "publish")[True]["push"]["branches"] == ["trunk"]
    assert "refs/heads/trunk" in (centers["regions"] / ".github/workflows/report.yml").read_text()
    assert not any(re.search(r"\bmain\b", file.read_text()) for file in files(centers["regions"]))


def test_pip_gets_this_version_with_what_the_engine_needs(centers, tmp_path, polyhelp):
    texts = {name: (folder / ".github/requirements.txt") for name, folder in centers.items() if name != "own"}
    assert texts["auto"].read_text() == f"polyhelp[offline]=={package.version()}\n"
    assert texts["deepl"].read_text() == f"polyhelp=={package.version()}\n"
    assert texts["google"].read_text() == f"polyhelp[google]=={package.version()}\n"
    wanted = "polyhelp @ git+https://git.example/polyhelp@0123456789"
    assert polyhelp("init", tmp_path / "x", "--requirement", wanted).status == 0
    assert (tmp_path / "x/.github/requirements.txt").read_text() == f"{wanted}\n"


def test_what_is_there_stays(tmp_path, polyhelp):
    mine = tmp_path / ".github/workflows/check.yml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine\n")
    done = polyhelp("init", tmp_path, "--locale", "de")
    assert done.status == 0
    assert mine.read_text() == "mine\n"
    assert str(mine) not in done.out
    assert str(mine.with_name("translate.yml")) in done.out
    again = polyhelp("init", tmp_path, "--workflows")
    assert (again.status, again.out) == (0, "")


def test_below_the_root_of_a_repository_nobody_would_read_them(tmp_path, polyhelp):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    done = polyhelp("init", tmp_path / "help", "--locale", "de")
    assert done.status == 0
    assert "no workflows" in done.err
    assert not (tmp_path / "help/.github").exists()
    done = polyhelp("init", tmp_path / "help", "--workflows")
    assert done.status == 2
    assert "not the root" in done.err


@pytest.mark.parametrize("branch", ["", "a b", "-x", "a'b", "${{x}}", "a..b", "a\nb", "x.lock", '"', "a/"])
def test_a_branch_that_a_file_would_take_for_something_else_is_refused(tmp_path, polyhelp, branch):
    done = polyhelp("init", tmp_path / "x", f"--branch={branch}")
    assert done.status == 2
    assert "is no name of a branch" in done.err
    assert not (tmp_path / "x").exists()


def test_wrong_words(tmp_path, polyhelp):
    assert "there is no engine 'depl'" in polyhelp("init", tmp_path / "x", "--engine", "depl").err
    assert "one line" in polyhelp("init", tmp_path / "x", "--requirement", "a\nb").err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("folder", ["docs: a", 'do"cs', "dö cs", "a]"])
def test_a_folder_of_any_name_is_a_path_in_the_file(tmp_path, polyhelp, folder):
    polyhelp("init", tmp_path, "--locale", "de", "--no-workflows")
    (tmp_path / "content").rename(tmp_path / folder)
    configuration = tmp_path / "mkdocs.yml"
    configuration.write_text(
        configuration.read_text().replace("docs_dir: content", f"docs_dir: {json.dumps(folder)}"), encoding="utf-8"
    )
    assert polyhelp("init", tmp_path, "--workflows").status == 0
    assert f"{folder}/**" in workflow(tmp_path, "translate")[True]["push"]["paths"]


def test_a_branch_is_looked_at_also_where_there_is_a_help_center():
    with pytest.raises(UsageError):
        automation.needs(load(ROOT), ROOT, "a b")
