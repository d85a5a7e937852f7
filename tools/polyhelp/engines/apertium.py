"""Apertium, rule-based machine translation by the programs of the operating system's package ``apertium``.

Free, on this machine, deterministic and fast, for a few related language pairs. Its text gives the gist: it is a draft
for a translator, never for customers. Pairs travel as word-bound blanks (:mod:`polyhelp.engines.wire_blanks`).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from polyhelp.engines.apertium_pipeline import Pipeline, modes
from polyhelp.engines.base import FREE, Ability, Ask, Limits, Markup, Options, Reply, Request, Traits
from polyhelp.engines.codes import modern, nearest
from polyhelp.engines.price import price_of
from polyhelp.errors import EngineError
from polyhelp.model import Locale

_TEXTS = 200
_DEBIAN = (
    "afr-nld arg-cat bel-rus br-fr cat-ita cat-srd dan-nor en-gl eng-cat eng-spa eo-ca eo-en eo-es eo-fr es-gl es-pt "
    "es-ro eu-en eu-es fr-es fra-cat hbs-eng hbs-slv id-ms is-sv isl-eng mkd-bul mkd-eng nno-nob oc-ca oc-es oci-fra "
    "pol-szl por-cat pt-gl rus-ukr spa-arg spa-ast spa-cat spa-ita srd-ita swe-dan swe-nor urd-hin"
)
"""Debian's packages of pairs, as `apt-cache search` of Debian 12 lists them, without ``apertium-`` before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApertiumOptions(Options):
    """What the configuration may say about Apertium."""


class ApertiumEngine:
    """Translates with the pairs that are installed, one pipe of programs per pair."""

    name = "apertium"
    options_class = ApertiumOptions
    key_variable = ""
    fingerprint = ""

    def __init__(self, options: ApertiumOptions) -> None:
        price = price_of(options.price) if options.price else FREE
        self.traits = Traits(limits=Limits(texts=_TEXTS), draft=True, price=price)  # a pipe takes one batch at a time
        self._pipelines: dict[Path, Pipeline] = {}
        self._lock = threading.Lock()

    def obstacle(self, source: Locale, target: Locale) -> str:
        """What is missing, the programs or the pair, and what installs it."""
        package = _package(source, target)
        if modes() is None:
            return f"Apertium is not installed: apt-get install {f'apertium {package}'.strip()}"
        if _mode(source, target):
            return ""
        way_out = f"apt-get install {package}" if package else "choose another engine, Debian has no such pair"
        return f"Apertium's pair from {source} to {target} is not installed: {way_out}"

    def learn(self) -> None:
        """Nothing: what is installed is looked up when it is needed."""

    def ability(self, source: Locale, target: Locale) -> Ability:
        """BLANKS; the code is the pair's name. Raises EngineError when the pair is not installed."""
        return Ability(self._wanted(source, target).stem, Markup.BLANKS)

    def translate(self, asks: Sequence[Ask], request: Request) -> list[Reply | None]:
        """One reply per text, both in Apertium's stream format. Raises EngineError."""
        mode = self._wanted(request.source, request.target)
        with self._lock:
            pipeline = self._pipelines.setdefault(mode, Pipeline(mode))
        return [Reply(answer) for answer in pipeline.translate([ask.text for ask in asks])]

    def close(self) -> None:
        """End the pipes."""
        with self._lock:
            for pipeline in self._pipelines.values():
                pipeline.close()

    def _wanted(self, source: Locale, target: Locale) -> Path:
        if mode := _mode(source, target):
            return mode
        raise EngineError(self.obstacle(source, target))


def _mode(source: Locale, target: Locale) -> Path | None:
    """The mode file of the nearest installed pair."""
    folder = modes()
    found = {path.stem: path for path in folder.glob("*-*.mode")} if folder else {}
    name = _nearest_pair(source, target, sorted(found))
    return found[name] if name else None


def _nearest_pair(source: Locale, target: Locale, names: Sequence[str]) -> str:
    """Of names such as ``eng-spa`` or ``spa-eng_US``, the one that serves; ``""`` when none does."""
    wanted = modern(source.language)
    targets: dict[str, str] = {}
    for name in names:
        first, _, second = name.partition("-")
        if modern(first) == wanted:
            targets[second] = name
    return targets.get(nearest(target, targets), "")


def _package(source: Locale, target: Locale) -> str:
    """Debian's package with a pair; ``""`` when there is none."""
    for first, second in (name.split("-") for name in _DEBIAN.split()):
        if {modern(first), modern(second)} == {modern(source.language), modern(target.language)}:
            return f"apertium-{first}-{second}"
    return ""
