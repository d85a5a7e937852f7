"""A small stand-in for GitHub's runner: the jobs of a workflow, step by step, in clones of a bare repository.

It runs every `run:` as GitHub does, moves artifacts from job to job, and knows of expressions what ours ask for: one
that it does not know is an error. Programs from elsewhere (gh, make, pip) are stand-ins that write down their words.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

TOOLS = Path(__file__).parents[2] / "tools"
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_NOTE = 'printf "%s\\n" "$(basename "$0") $*" >> "$NOTES"\n'
_PROGRAMS = {
    "gh": _NOTE,
    "make": _NOTE + "mkdir -p .venv/bin\n",
    # what pip would fetch is here already
    "python": f'if [ "$1 $2" = "-m pip" ]; then {_NOTE.strip()}; else exec "{sys.executable}" "$@"; fi\n',
    # polyhelp itself; what it would do at the forge has tests of its own
    "polyhelp": f'if [ "$1" = requests ]; then {_NOTE.strip()}\n'
    'if [ -n "$PUSHES" ] && [ "$2" != fetch ]; then git push --quiet origin "HEAD:refs/heads/$PUSHES"; fi\n'
    f'else exec "{sys.executable}" -c "from polyhelp.cli.main import main; main()" "$@"; fi\n',
}


@dataclass
class Ran:
    """What a workflow did: each `run:` with its exit status and what it said, and what the stand-ins were told."""

    steps: list[tuple[str, int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def said(self, beginning: str) -> str:
        """What the steps said that begin so."""
        return "\n".join(text for run, _, text in self.steps if run.startswith(beginning))


@dataclass
class Runner:
    """Runs workflows on ``remote``. ``event`` answers expressions; ``pushes`` is the branch that requests push."""

    folder: Path
    remote: Path
    event: dict[str, str]
    pushes: str = ""

    def run(self, workflow: Path) -> Ran:
        """Run all jobs in their order; those that need one that failed are left out."""
        self.outputs, self.artifacts = {}, self.folder / "artifacts"
        shutil.rmtree(self.artifacts, ignore_errors=True)
        return self._run(yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"])

    def rerun(self, workflow: Path, name: str) -> Ran:
        """Run one job once more, with the artifacts and outputs of those that it needs."""
        return self._run({name: yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"][name]})

    def _run(self, jobs):
        self.ran = Ran()
        self._programs()
        for name, job in jobs.items():
            if job.get("needs") in self.ran.failed and "cancelled()" not in job.get("if", ""):
                self.ran.failed.append(name)
                continue
            matrix = job.get("strategy", {}).get("matrix", {})
            key, values = next(iter(matrix.items()), ("", [""]))
            for value in values if isinstance(values, list) else json.loads(self._value(values, {})):
                self._job(name, job, {f"matrix.{key}": value})
        self.ran.notes = (self.folder / "notes").read_text().splitlines()
        return self.ran

    def _programs(self):
        bin_ = self.folder / "bin"
        bin_.mkdir(exist_ok=True)
        for name, text in _PROGRAMS.items():
            (bin_ / name).write_text(f"#!/bin/bash\nset -e\n{text}")
            (bin_ / name).chmod(0o755)
        (self.folder / "notes").write_text("")

    def _job(self, name, job, known):
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        known, bad = dict(known), False
        for step in job["steps"]:
            if bad and not re.search(r"always\(\)|cancelled\(\)", step.get("if", "")):
                continue
            given = {key: self._value(str(text), known) for key, text in step.get("with", {}).items()}
            if "run" in step:
                status, written = self._step(step, known, work)
                bad = bad or status != 0
                known |= {f"steps.{step.get('id')}.outputs.{key}": text for key, text in written.items()}
            else:
                getattr(self, "_" + re.sub(r"\W", "_", step["uses"].partition("@")[0]))(work, given)
            if "id" in step and "uses" in step:
                known[f"steps.{step['id']}.outputs.artifact-url"] = f"https://forge.example/{step['id']}"
                known[f"steps.{step['id']}.outputs.page_url"] = "https://pages.example/"
        if bad:
            self.ran.failed.append(name)
        for key, text in job.get("outputs", {}).items():
            self.outputs[f"needs.{name}.outputs.{key}"] = self._value(text, known)

    def _step(self, step, known, work):
        """Run one `run:`, as GitHub does with `shell: bash`."""
        assert "${{" not in step["run"], step["run"]
        for name in ("output", "path"):
            (self.folder / name).write_text("")
        env = {
            **{key: text for key, text in os.environ.items() if not key.startswith(("GITHUB_", "GH_"))},
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(TOOLS),
            "CI": "true",
            "HOME": str(self.folder),
            "NOTES": str(self.folder / "notes"),
            "PUSHES": self.pushes,
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_PATH": str(self.folder / "path"),
            **{key: self._value(str(text), known) for key, text in step.get("env", {}).items()},
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(shell, cwd=work, env=env, text=True, capture_output=True, timeout=120, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        self.ran.steps.append((step["run"], done.returncode, done.stdout + done.stderr))
        lines = (self.folder / "output").read_text().splitlines()
        return done.returncode, dict(line.split("=", 1) for line in lines)

    def _value(self, text, known):
        return _EXPRESSION.sub(lambda match: str(self._expression(match[1], known)), text)

    def _expression(self, expression, known):
        inner = re.fullmatch(r"fromJSON\((.+)\)", expression)
        expression = inner[1] if inner else expression
        for table in (known, self.outputs, self.event):
            if expression in table:
                return table[expression]
        if expression.startswith("steps."):
            return ""  # a step that did not run
        raise KeyError(expression)

    # ---------------------------------------------------------------- actions

    def _actions_checkout(self, work, given):
        assert given["persist-credentials"] == "False"
        depth = [] if given.get("fetch-depth") == "0" else ["--depth=1"]
        ref = given.get("ref", self.event["ref"])
        for words in (
            ["init", "--quiet"],
            ["remote", "add", "origin", f"file://{self.remote}"],
            ["fetch", "--quiet", *depth, "origin", "+refs/heads/*:refs/remotes/origin/*"],
            ["checkout", "--quiet", "--detach", f"origin/{ref}"],
        ):
            subprocess.run(["git", *words], cwd=work, check=True, capture_output=True)

    def _actions_upload_artifact(self, work, given):
        paths = given["path"].split()
        found = [file for path in paths for file in (work / path, *(work / path).rglob("*"))]
        kept = {file for file in found if file.is_file()}
        assert kept or given["if-no-files-found"] == "ignore", given
        top = work / paths[0] if len(paths) == 1 and (work / paths[0]).is_dir() else work
        top = (work / paths[0]).parent if len(paths) == 1 and not (work / paths[0]).is_dir() else top
        for file in kept:
            target = self.artifacts / given["name"] / file.relative_to(top)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)

    def _actions_download_artifact(self, work, given):
        folders = [self.artifacts / given["name"]] if "name" in given else [*self.artifacts.glob(given["pattern"])]
        assert folders
        for folder in folders:
            shutil.copytree(folder, work / given.get("path", "."), dirs_exist_ok=True)

    def _actions_upload_pages_artifact(self, work, given):
        shutil.copytree(work / given["path"], self.artifacts / "pages")

    def _actions_setup_python(self, *_):
        """Python is here."""

    def _actions_cache_restore(self, _, given):
        assert given["path"] == ".polyhelp"

    _actions_cache_save = _actions_cache_restore

    def _actions_deploy_pages(self, *_):
        assert (self.artifacts / "pages" / "index.html").is_file()

    def _github_codeql_action_upload_sarif(self, work, given):
        assert json.loads((work / given["sarif_file"]).read_text())["version"] == "2.1.0"
