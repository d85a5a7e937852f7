"""Stand-ins for translation services, with their keys in the environment."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import pytest
from deepl_stub import KEY as DEEPL_KEY
from deepl_stub import DeeplStub
from google_stub import GoogleStub
from libretranslate_stub import Stub as LibreTranslateStub
from openai_stub import KEY as OPENAI_KEY
from openai_stub import OpenaiStub

from polyhelp.engines.sending import Sender


@pytest.fixture
def deepl(monkeypatch):
    with DeeplStub() as stub:
        monkeypatch.setenv("DEEPL_AUTH_KEY", DEEPL_KEY)
        monkeypatch.setenv("DEEPL_SERVER_URL", stub.url)
        yield stub


@pytest.fixture
def google(monkeypatch, tmp_path):
    with GoogleStub() as stub:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(stub.credentials(tmp_path / "google.json")))
        monkeypatch.setenv("GOOGLE_TRANSLATE_SERVER_URL", stub.url)
        monkeypatch.setenv("NO_GCE_CHECK", "true")
        monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)
        yield stub


@pytest.fixture
def openai(monkeypatch):
    with OpenaiStub() as stub:
        monkeypatch.setenv("OPENAI_API_KEY", OPENAI_KEY)
        yield stub


@pytest.fixture
def libretranslate(monkeypatch):
    with LibreTranslateStub() as stub:
        monkeypatch.setenv("LIBRETRANSLATE_URL", stub.url)
        yield stub


@pytest.fixture
def hasty(monkeypatch):
    """Pauses between tries are over at once."""
    monkeypatch.setattr("polyhelp.workflow.translate.Sender", partial(Sender, pauses=(0.01,) * 4))


@pytest.fixture
def started():
    """``started(shop, "translate")`` runs ``polyhelp`` in a process of its own; none outlives its test."""
    processes: list[subprocess.Popen[str]] = []

    def start(shop, *arguments):
        command = [sys.executable, "-c", "from polyhelp.cli.main import main; main()", *arguments]
        pipe = subprocess.PIPE
        processes.append(subprocess.Popen(command, cwd=shop.root, text=True, stdout=pipe, stderr=pipe))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()
