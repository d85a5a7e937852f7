"""Which engine translates."""

from __future__ import annotations

from polyhelp import plugins
from polyhelp.engines.base import Engine
from polyhelp.errors import EngineError
from polyhelp.model import Locale

AUTO = "auto"
NONE = "none"
_AUTOMATIC = ("deepl", "offline")  # best first; others must be asked for by name


def choose(wanted: str, source: Locale, target: Locale) -> Engine | None:
    """The engine called ``wanted`` for a pair of locales, ready to use.

    ``none`` gives None. ``auto`` gives the first of deepl and offline that is usable, else None;
    :func:`obstacles` then tells why. Raises UsageError when no engine has that name, and EngineError when the
    engine named cannot translate the pair here and now.
    """
    if wanted == NONE:
        return None
    if wanted == AUTO:
        engines = (_engine(name) for name in _AUTOMATIC)
        return next((engine for engine in engines if not engine.obstacle(source, target)), None)
    engine = _engine(wanted)
    if obstacle := engine.obstacle(source, target):
        raise EngineError(f"the engine '{wanted}' cannot translate {source} to {target}", hint=obstacle)
    return engine


def obstacles(source: Locale, target: Locale) -> tuple[tuple[str, str], ...]:
    """Why ``auto`` finds nothing for a pair: (engine, what is missing and the way out), best engine first."""
    found = ((name, _engine(name).obstacle(source, target)) for name in _AUTOMATIC)
    return tuple((name, obstacle) for name, obstacle in found if obstacle)


def _engine(name: str) -> Engine:
    engine: Engine = plugins.load(plugins.ENGINES, name)()
    return engine
