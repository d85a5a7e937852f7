"""A small help center to work on, and the command line to work with."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from polyhelp import plugins
from polyhelp.cli.main import run
from polyhelp.engines.base import Ability, Limits, Markup, Options, Price, Reply, Traits
from polyhelp.engines.pseudo import LETTERS
from polyhelp.model import Catalog, Locale, Unit
from polyhelp.workflow.project import Project

HERE = Path(__file__).parent
sys.path += [str(HERE / "engines"), str(HERE / "site")]  # the stand-in for DeepL, and Chromium, serve other rooms

# A busy machine is no bug. CI tries the same examples each time; at a desk they are new ones, and may find something.
settings.register_profile("polyhelp", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("polyhelp")


@dataclass(frozen=True)
class Done:
    """What a command line did: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def text(self) -> str:
        return self.out + self.err


def command_line(*arguments: object, cwd: Path | None = None) -> Done:
    """Run ``polyhelp`` in this process, in the folder ``cwd``."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = run([str(argument) for argument in arguments])
    done = Done(status, out.getvalue(), err.getvalue())
    assert "Traceback" not in done.text
    return done


@dataclass(frozen=True)
class Shop:
    """A help center on disk: English, with German, Brazilian Portuguese and Arabic; two regions."""

    root: Path

    def polyhelp(self, *arguments: object) -> Done:
        return command_line(*arguments, cwd=self.root)

    def copy(self, folder: Path) -> Shop:
        """The same help center in another folder, its files as old as they are here."""
        return Shop(shutil.copytree(self.root, folder, symlinks=True))

    def git(self, *words: str) -> str:
        """Run git in the help center; what it says."""
        identity = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        command = ["git", *identity, *words]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit_first(self) -> None:
        """Everything is in the first commit of a repository."""
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "first")

    def build(self) -> None:
        """Build the site, with nothing to complain of."""
        done = self.polyhelp("build")
        assert (done.status, done.err) == (0, "")
        assert "MkDocs" not in done.out  # no warning

    def file(self, path: str) -> Path:
        return self.root / path

    def read(self, path: str) -> str:
        return self.file(path).read_text(encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        self.file(path).parent.mkdir(parents=True, exist_ok=True)
        self.file(path).write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, (path, old)
        self.write(path, text.replace(old, new))

    def catalog(self, locale: str, article: str) -> Catalog:
        return Project.open(self.root).catalog(Locale(locale), article)

    def unit(self, locale: str, article: str, source: str) -> Unit:
        return next(unit for unit in self.catalog(locale, article).current if unit.source == source)

    def change(self, locale: str, article: str, change: Callable[[Unit], Unit]) -> None:
        """Change every unit of a catalog, as a person does in an editor."""
        project = Project.open(self.root)
        catalog = project.catalog(Locale(locale), article)
        units = tuple(change(unit) for unit in catalog.units)
        project.save(Catalog(catalog.locale, catalog.path, units, catalog.header))

    def pages(self) -> dict[tuple[str, str], dict[str, object]]:
        """The manifest of the last rendering, by locale and path."""
        return {(row["locale"], row["path"]): row for row in json.loads(self.read("build/pages.json"))}

    def bytes_of(self, *folders: str) -> dict[str, bytes]:
        """Every file below ``folders`` with its content."""
        files = (file for folder in folders for file in self.file(folder).rglob("*") if file.is_file())
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in files}


def make_shop(folder: Path) -> Shop:
    """Put the small help center into ``folder``."""
    shutil.copytree(HERE / "workflow" / "shop", folder, dirs_exist_ok=True)
    return Shop(folder)


class CountingEngine:
    """Gives look-alike letters, and remembers what it was asked. ``before`` may get in the way of a request."""

    name = "counting"
    options_class = Options
    key_variable = ""
    fingerprint = ""
    traits = Traits(Limits(texts=4), price=Price(Decimal(20), "EUR"))

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []  # (locale, text)
        self.before: Callable[[int], None] = lambda _: None
        self.say: Callable[[str], str] = accented
        self.requests = 0

    def obstacle(self, source, target):  # noqa: ARG002
        return ""

    def learn(self): ...

    def ability(self, source, target):  # noqa: ARG002
        return Ability(target.tag, Markup.XML)

    def translate(self, asks, request):
        self.requests += 1
        self.before(self.requests)
        self.sent += [(request.target.tag, ask.text) for ask in asks]
        return [Reply(self.say(ask.text)) for ask in asks]

    def close(self): ...


def accented(text: str) -> str:
    """``text`` in look-alike letters, its tags and entities as they are."""
    pieces = re.split(r"(<[^>]*>|&\w+;)", text)
    return "".join(piece if at % 2 else piece.translate(LETTERS) for at, piece in enumerate(pieces))


def put_counting_engine(patch: pytest.MonkeyPatch) -> CountingEngine:
    """An engine called ``counting``, for ``--engine counting``, until ``patch`` is undone."""
    counting = CountingEngine()
    load = plugins.load

    class Maker:
        options_class = Options

        def __new__(cls, options):  # noqa: ARG004
            return counting

    def loaded(group, name):
        return Maker if name == "counting" else load(group, name)

    patch.setattr(plugins, "load", loaded)
    return counting


@pytest.fixture
def engine(monkeypatch) -> CountingEngine:
    """An engine called ``counting``, for ``--engine counting``."""
    return put_counting_engine(monkeypatch)


@pytest.fixture(scope="session")
def new_engine() -> Callable[[pytest.MonkeyPatch], CountingEngine]:
    """``new_engine(patch)`` puts an engine called ``counting`` there; for what tests share."""
    return put_counting_engine


@pytest.fixture(autouse=True, scope="session")
def _alone(tmp_path_factory):
    """No key, no models and no day of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DEEPL_AUTH_KEY", "DEEPL_SERVER_URL", "GITHUB_ACTIONS"):
            patch.delenv(name, raising=False)
        patch.delenv("POLYHELP_MODELS", raising=False)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("COLUMNS", "100")
        if os.environ.get("PYTHONDONTWRITEBYTECODE"):  # what tests start is compiled once all the same, elsewhere
            patch.delenv("PYTHONDONTWRITEBYTECODE")
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        templates = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))  # once, not for each build
        patch.setattr("polyhelp.mkdocs_plugin.Compiled", lambda: templates)
        yield


@pytest.fixture(scope="session")
def new_shop() -> Callable[[Path], Shop]:
    """``new_shop(folder)`` puts a small help center into ``folder``; for tests that share one."""
    return make_shop


@pytest.fixture
def shop(tmp_path) -> Shop:
    """A fresh small help center; nothing is synced yet."""
    return make_shop(tmp_path / "shop")


@pytest.fixture(scope="session")
def translated_once(tmp_path_factory) -> Shop:
    """The small help center, synced and translated by ``pseudo``; to be copied, not to be changed."""
    shop = make_shop(tmp_path_factory.mktemp("translated") / "shop")
    for command in (("sync",), ("translate", "--engine", "pseudo")):
        done = shop.polyhelp(*command)
        assert done.status == 0, done.text
    return shop


@pytest.fixture
def translated(translated_once, tmp_path) -> Shop:
    """A fresh small help center, synced and translated by a machine; nothing is reviewed."""
    return translated_once.copy(tmp_path / "shop")


@pytest.fixture(scope="session")
def polyhelp() -> Callable[..., Done]:
    """The command line: ``polyhelp("status", "--root", folder)``."""
    return command_line
