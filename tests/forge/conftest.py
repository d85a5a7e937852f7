"""A help center with a remote, a forge that knows it, and people who work on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from forge_stub import ForgeStub, write_gh
from payloads import payload

from polyhelp.model import Locale, Unit
from polyhelp.review import unit_id
from polyhelp.workflow.project import Project

ANNA = ("Anna Berg", "anna@shop.example")


@dataclass(frozen=True)
class World:
    """``ci`` is the clone of the workflows, on main; ``bare`` the remote; ``forge`` what GitHub knows."""

    ci: object
    bare: Path
    forge: ForgeStub
    folder: Path

    # ------------------------------------------------------------ git

    def git(self, *words: str, at: Path | None = None, by: tuple[str, str] = ANNA) -> str:
        identity = ("-c", f"user.name={by[0]}", "-c", f"user.email={by[1]}", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", *identity, *words], cwd=at or self.ci.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def clone(self, name: str, branch: str):
        """Somebody's clone, on ``branch``."""
        root = self.folder / name
        self.git("clone", "--quiet", "--branch", branch, str(self.bare), str(root), at=self.folder)
        return type(self.ci)(root)

    def push(self, shop, message: str, branch: str) -> str:
        """Commit everything in somebody's clone and push it; the commit."""
        self.git("add", "--all", at=shop.root)
        self.git("commit", "--quiet", "-m", message, at=shop.root)
        self.git("push", "--quiet", "origin", f"HEAD:refs/heads/{branch}", at=shop.root)
        return self.git("rev-parse", "HEAD", at=shop.root)

    def write(self, path: str, old: str, new: str) -> None:
        """A writer edits an article on main, and CI checks main out."""
        name = f"writer{len(list(self.folder.iterdir()))}"
        writer = self.clone(name, "main")
        writer.edit(path, old, new)
        self.push(writer, "An edit", "main")
        self.update()

    def update(self) -> None:
        """CI has a fresh checkout of main."""
        self.git("fetch", "--quiet", "origin", "main")
        self.git("checkout", "--quiet", "--force", "-B", "main", "FETCH_HEAD")
        self.git("clean", "--quiet", "-fdx")

    def at(self, branch: str, what: str = "%an <%ae> | %cn | %s") -> str:
        """The last commit of a branch of the remote."""
        return self.git("log", "-1", f"--format={what}", branch, at=self.bare)

    def tip(self, branch: str) -> str:
        return self.forge.head(branch)

    def seen(self, branch: str, article: str, locale: str = "de") -> dict[str, Unit]:
        """The units of an article as a branch of the remote has them, by source."""
        root = self.folder / f"look{len(list(self.folder.iterdir()))}"
        self.git("clone", "--quiet", "--branch", branch, str(self.bare), str(root), at=self.folder)
        catalog = Project.open(root).catalog(Locale(locale), article)
        return {unit.source: unit for unit in catalog.current}

    # ------------------------------------------------------------ workflows

    def translate(self, *locales: str, **how: str) -> list[dict]:
        """What translate.yml does; what became of the branches."""
        chosen = [word for tag in locales or ("de",) for word in ("--locale", tag)]
        options = [word for key, value in how.items() for word in (f"--{key}", value)]
        for command in (
            ("requests", "fetch", *chosen),
            ("sync",),
            ("translate", "--engine", "counting", *chosen),
        ):
            done = self.ci.polyhelp(*command)
            assert done.status == 0, done.text
        return self.open(*chosen, *options)

    def open(self, *words: str) -> list[dict]:
        done = self.ci.polyhelp("requests", "open", *words, "--json")
        assert done.status == 0, done.text
        return done.json["requests"]

    def decide(self, name: str, **changes: object):
        """What approve.yml does with an event."""
        file = self.folder / "event.json"
        file.write_bytes(payload(name, **changes))
        return self.ci.polyhelp("requests", "decide", "--event", file, "--event-name", name, "--json")

    def approve(self, number: int, commit: str, **changes: object):
        return self.decide("pull_request_review", pull_request__number=number, review__commit_id=commit, **changes)

    def comment(self, number: int, body: str, **changes: object):
        when = "2099-01-01T00:00:00Z"  # after every commit
        return self.decide(
            "issue_comment", **{"issue__number": number, "comment__body": body, "comment__created_at": when, **changes}
        )

    def id(self, unit: Unit, article: str, locale: str = "de") -> str:
        return unit_id(Locale(locale), article, unit)

    def squash(self, branch: str) -> None:
        """Merge a pull request as GitHub's "squash and merge" does, and delete its branch."""
        merger = self.clone(f"merger{len(list(self.folder.iterdir()))}", "main")
        self.git("merge", "--squash", "--quiet", f"origin/{branch}", at=merger.root)
        self.push(merger, f"Squashed {branch}", "main")
        for row in self.forge.pulls.values():
            if row["head"]["ref"] == branch and row["state"] == "open":
                row["state"] = "closed"
        self.git("update-ref", "-d", f"refs/heads/{branch}", at=self.bare)
        self.update()


@dataclass(frozen=True)
class Kept:
    """A world as it was at one moment, to be copied: its folders, what its forge knew, and what had been opened."""

    folder: Path
    pulls: dict[int, dict]
    opened: list[dict]

    @classmethod
    def of(cls, world: World, folder: Path, opened: list[dict]) -> Kept:
        shutil.copytree(world.ci.root, folder / "shop", symlinks=True)
        shutil.copytree(world.bare, folder / "help.git", symlinks=True)
        return cls(folder, deepcopy(world.forge.pulls), opened)

    def put(self, world: World) -> None:
        """Make ``world``, in which nothing has happened, such a world."""
        for name, place in (("shop", world.ci.root), ("help.git", world.bare)):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self.folder / name, place, symlinks=True)
        world.git("remote", "set-url", "origin", str(world.bare))
        world.forge.pulls.update(deepcopy(self.pulls))


@contextmanager
def empty_world(folder: Path, patch: pytest.MonkeyPatch, shop) -> Iterator[World]:
    """A forge that knows nothing, and an environment in which git and gh know of nobody's settings."""
    home, programs, bare = folder / "home", folder / "bin", folder / "help.git"
    home.mkdir()
    write_gh(programs)
    for name in [name for name in os.environ if name.startswith(("GIT_", "GH_", "GITHUB_"))]:
        patch.delenv(name)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    settings = {"HOME": home, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TEMPLATE_DIR": "", "PATH": path}
    for name, value in settings.items():
        patch.setenv(name, str(value))
    (folder / "people").mkdir()
    with ForgeStub(bare) as forge:
        patch.setenv("FORGE_STUB_URL", forge.url)
        yield World(shop, bare, forge, folder / "people")


@pytest.fixture(scope="session")
def kept(tmp_path_factory, new_shop, new_engine) -> dict[str, Kept]:
    """What most tests begin with: the main branch ``synced``, and a pull request with German ``opened``."""
    folder = tmp_path_factory.mktemp("forge")
    shop = new_shop(folder / "shop")
    with pytest.MonkeyPatch.context() as patch, empty_world(folder, patch, shop) as world:
        new_engine(patch)
        world.git("init", "--quiet", "--bare", "-b", "main", str(world.bare))
        shop.write(".gitignore", "/build/\n/site/\n/.polyhelp/\n")
        assert shop.polyhelp("sync").status == 0
        shop.commit_first()
        shop.git("remote", "add", "origin", str(world.bare))
        shop.git("push", "--quiet", "origin", "main")
        synced = Kept.of(world, folder / "synced", [])
        return {"synced": synced, "opened": Kept.of(world, folder / "opened", world.translate("de"))}


@pytest.fixture
def world(kept, shop, engine, tmp_path, monkeypatch):  # noqa: ARG001 (the engine must be there to be asked for)
    """A help center whose main branch has been synced, and nothing translated."""
    with empty_world(tmp_path, monkeypatch, shop) as world:
        kept["synced"].put(world)
        yield world


@pytest.fixture
def opened(kept, world) -> list[dict]:
    """What ``world.translate("de")`` says when it is the first that happens; it has happened."""
    kept["opened"].put(world)
    return deepcopy(kept["opened"].opened)


@pytest.fixture
def request_(opened) -> int:
    """The number of a pull request with German."""
    return opened[0]["number"]
