"""Adding a model for the offline engine: from a folder, or from Mozilla when a person asks for it.

All or nothing: the files are gathered in a folder of their own, tried, and put in place by renaming it. Their hashes
are kept beside them, and compared whenever the model is loaded.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from polyhelp.engines.codes import nearest
from polyhelp.engines.offline import forget, said
from polyhelp.engines.offline_models import FOLDER, HASHES, ModelInfo, files, folder, hash_of, models
from polyhelp.errors import EngineError, UsageError, WriteError
from polyhelp.model import Locale

_FILES = "model*.bin, vocab*.spm (or srcvocab*.spm and trgvocab*.spm) and, to be faster, lex*.bin"


def add_from(place: Path, source: Locale, target: Locale) -> ModelInfo:
    """Copy the model in the folder ``place``. Raises UsageError, EngineError or WriteError."""
    found = files(place)
    if found is None:
        raise UsageError(f"there is no model in '{place}'", hint=f"a model is {_FILES}")
    wanted = found.all

    def fill(new: Path) -> None:
        for path in wanted:
            shutil.copyfile(path, new / path.name)

    return _add(fill, source, target)


def download(source: Locale, target: Locale) -> ModelInfo:
    """Download Mozilla's model, whose hashes ``fxtranslate`` compares. Raises EngineError or WriteError."""
    _need_program()
    from fxtranslate import discovery  # noqa: PLC0415 (an optional dependency)

    way_out = f"check the network connection; or get the files elsewhere ({_FILES}) and use --from FOLDER"
    try:
        pairs = discovery.model_pairs(discovery.fetch_records_body())
    except ValueError as error:
        raise EngineError.passing(f"Mozilla's list of models cannot be had: {error}", way_out) from error
    first = nearest(source, {pair[0] for pair in pairs})
    second = nearest(target, {pair[1] for pair in pairs if pair[0] == first})
    if not second:
        raise EngineError(f"Mozilla has no model from {source} to {target}", hint="use another engine for this locale")

    def fill(new: Path) -> None:
        with tempfile.TemporaryDirectory(dir=new.parent, prefix=".download-") as cache:
            try:
                discovery.add_models(first, second, cache, progress=False)
            except ValueError as error:
                raise EngineError.passing(f"the model cannot be downloaded: {error}", way_out) from error
            for path in Path(cache, f"{first}-{second}").iterdir():
                path.rename(new / path.name)

    return _add(fill, source, target)


def _need_program() -> None:
    if find_spec("fxtranslate") is None:
        raise EngineError("the offline engine is not installed", hint="pip install fxtranslate")


def _add(fill: Callable[[Path], None], source: Locale, target: Locale) -> ModelInfo:
    """Gather a model's files in a new folder with ``fill``, try them, and put the folder in its place."""
    _need_program()
    final = folder() / f"{source.language}-{target.tag}"
    with _writing(final):
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder(), prefix=".adding-") as around:
            new = Path(around, "new")
            new.mkdir()
            fill(new)
            _check(ModelInfo(source, target, new, 0, FOLDER))
            if final.exists():
                final.rename(Path(around, "old"))
            new.rename(final)
    return next(model for model in models() if model.where == final)


def _check(model: ModelInfo) -> None:
    """Note the hashes of a new model's files, load it, and have it translate a word. Raises EngineError."""
    found = files(model.where)
    if found is None:
        raise EngineError("what came is no whole model", hint=f"a model is {_FILES}")
    hashes = {path.name: hash_of(path.read_bytes()) for path in found.all}
    (model.where / HASHES).write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    try:
        answer = said(model, "Hello")
    except EngineError as error:
        raise EngineError("the files are no model that works", hint=f"a model is {_FILES}") from error
    finally:
        forget(model)
    if not answer.strip():
        raise EngineError("the model translates nothing", hint="get another one")


@contextlib.contextmanager
def _writing(final: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise WriteError(f"the model cannot be put into '{final}': {reason}", hint="free space, or rights?") from error
