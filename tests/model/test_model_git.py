"""git, as far as polyhelp asks it."""

import shutil
import subprocess

import pytest

from polyhelp import git
from polyhelp.errors import GitError

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is missing")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository that sees no one's own git configuration."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def test_the_author_is_who_commits_here(repository):
    subprocess.run(["git", "config", "user.name", "Åsa Öberg"], cwd=repository, check=True)
    assert git.author(repository) == "Åsa Öberg"


def test_nobody_is_nobody(repository):
    assert git.author(repository) == ""


def test_a_name_in_another_encoding_is_no_crash(repository):
    with (repository / ".git" / "config").open("ab") as file:
        file.write(b"[user]\n\tname = \xc5sa\n")
    assert git.author(repository) == "\ufffdsa"


def test_without_git_there_is_a_way_out(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(GitError) as caught:
        git.author(repository)
    assert caught.value.hint == "install git, or say who you are with --as NAME"


def test_git_that_does_not_answer_is_not_waited_for(repository, monkeypatch):
    def hang(*_, **__):
        raise subprocess.TimeoutExpired("git", 20)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(GitError, match="git does not run"):
        git.author(repository)
