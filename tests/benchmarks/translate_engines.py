"""Engines to measure: those of this machine, and those behind stand-ins that are served here.

``with served("deepl") as stub``: the stand-in runs on 127.0.0.1, and the environment says where it is and with which
key, so that an engine made here, or in a process started from here, asks it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

sys.path.append(str(Path(__file__).parents[1] / "engines"))  # where the stand-ins are

from deepl_stub import KEY as DEEPL_KEY
from deepl_stub import DeeplStub
from google_stub import GoogleStub
from libretranslate_stub import Stub as LibreTranslateStub
from openai_stub import KEY as OPENAI_KEY
from openai_stub import MODEL, OpenaiStub

from polyhelp import plugins
from polyhelp.engines.base import Engine
from polyhelp.engines.caps import Caps
from polyhelp.engines.choose import create
from polyhelp.engines.gateway import Gateway
from polyhelp.engines.journal import Journal
from polyhelp.engines.openai import OpenaiEngine, OpenaiOptions
from polyhelp.engines.privacy import Privacy
from polyhelp.engines.sending import Purse, Sender

Result = TypeVar("Result")
SHORT_PAUSES = (0.02, 0.04, 0.08, 0.16)
"""Seconds before each new try: a stand-in is not busy for long."""
_ADDRESS = "POLYHELP_BENCHMARK_CHAT"


def _deepl() -> DeeplStub:
    stub = DeeplStub()
    stub.keeps_bodies, stub.characters_left = False, 10**12
    return stub


_STUBS: dict[str, Callable[[], Any]] = {
    "deepl": _deepl, "google": GoogleStub, "openai": OpenaiStub, "libretranslate": LibreTranslateStub,
}  # fmt: skip
SERVED = tuple(_STUBS)


@contextmanager
def served(name: str, make: Callable[[], Any] | None = None) -> Iterator[Any]:
    """The stand-in for an engine's service, as long as it is needed; ``make`` makes another one for the same engine."""
    with (
        (make or _STUBS[name])() as stub,
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, _environment(name, stub, Path(folder))),
    ):
        yield stub


def _environment(name: str, stub: Any, folder: Path) -> dict[str, str]:
    here = {"NO_PROXY": "127.0.0.1", "NO_GCE_CHECK": "true"}
    if name == "deepl":
        return {**here, "DEEPL_AUTH_KEY": DEEPL_KEY, "DEEPL_SERVER_URL": stub.url}
    if name == "google":
        file = stub.credentials(folder / "key.json")
        return {**here, "GOOGLE_APPLICATION_CREDENTIALS": str(file), "GOOGLE_TRANSLATE_SERVER_URL": stub.url}
    if name == "openai":
        return {**here, "OPENAI_API_KEY": OPENAI_KEY, _ADDRESS: stub.base_url}
    return {**here, "LIBRETRANSLATE_URL": stub.url}


def engine(name: str, requests: int = 0) -> Engine:
    """A new engine of that name, with so many requests at one time; 0 for its own number."""
    if name == "openai":
        return OpenaiEngine(OpenaiOptions(base_url=os.environ[_ADDRESS], model=MODEL, requests=requests))
    return create(name, plugins.load(plugins.ENGINES, name).options_class(requests=requests))


def apart(work: Callable[..., Result], *arguments: object) -> Result:
    """What ``work`` gives in a process of its own, where no stand-in costs time or memory."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def gateway(asked: Engine, purse: Purse | None = None, pauses: Sequence[float] = SHORT_PAUSES) -> Gateway:
    """A gateway to an engine, which has learned what it can do."""
    sender = Sender(asked, purse, threading.Event(), pauses)
    sender.learn()
    return Gateway(asked, sender, Privacy())


@contextmanager
def purse(asked: Engine) -> Iterator[Purse | None]:
    """A new journal for an engine that texts leave the machine for; nothing for others."""
    with tempfile.TemporaryDirectory() as folder:
        if not asked.traits.remote:
            yield None
            return
        journal = Journal(Path(folder))
        try:
            yield Purse(Caps(), journal)
        finally:
            journal.close()


def table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_shown, line))} |" for line in lines)


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
