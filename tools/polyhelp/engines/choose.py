"""Which engine translates."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from polyhelp import plugins
from polyhelp.engines.base import Engine, Options
from polyhelp.errors import EngineError
from polyhelp.model import Locale

AUTO = "auto"
NONE = "none"
AUTOMATIC = ("deepl", "google", "libretranslate", "offline")
"""What ``auto`` stands for, best first. Others must be asked for by name: drafts, and what may add words of its own."""


def create(name: str, options: Options | None = None) -> Engine:
    """A new engine with its options, or with their defaults. Raises UsageError when no engine has that name."""
    made = plugins.load(plugins.ENGINES, name)
    engine: Engine = made(options or made.options_class())
    return engine


class Engines:
    """The engines of one run, each made once, with the options that the configuration gives by name."""

    def __init__(self, options: Mapping[str, Options] | None = None) -> None:
        self._options = options or {}
        self._made: dict[str, Engine] = {}

    def get(self, name: str) -> Engine:
        """The engine of that name. Raises UsageError when there is none."""
        if name not in self._made:
            self._made.setdefault(name, create(name, self._options.get(name)))  # another thread's may be there by now
        return self._made[name]

    def choose(self, names: Sequence[str], source: Locale, target: Locale) -> Engine | None:
        """The first of ``names`` that can translate a pair of locales here and now.

        ``auto`` stands for several, ``none`` for no engine. None when ``names`` asks for no engine, or ``auto`` finds
        none; :meth:`obstacles` tells why. Raises UsageError when no engine has such a name, and EngineError when all
        are named and none can.
        """
        for engine in self._engines(names):
            if not engine.obstacle(source, target):
                return engine
        named = [name for name in names if name not in {AUTO, NONE}]
        if len(named) < len(names) or not named:
            return None
        who = f"the engine '{named[0]}' cannot" if len(named) == 1 else f"none of {', '.join(named)} can"
        hint = "\n  ".join(obstacle for _, obstacle in self.obstacles(names, source, target))
        raise EngineError(f"{who} translate {source} to {target}", hint=hint)

    def obstacles(self, names: Sequence[str], source: Locale, target: Locale) -> tuple[tuple[str, str], ...]:
        """Why each of ``names`` cannot translate a pair: (engine, what is missing and the way out), as they come.

        Those of ``auto`` that nobody has set up are among them, those that can translate are not.
        """
        expanded = [one for name in names for one in (AUTOMATIC if name == AUTO else (name,)) if name != NONE]
        found = ((name, self.get(name).obstacle(source, target)) for name in dict.fromkeys(expanded))
        return tuple((name, obstacle) for name, obstacle in found if obstacle)

    def close(self) -> None:
        """Let go of what the engines hold: connections, processes."""
        for engine in self._made.values():
            engine.close()

    def _engines(self, names: Sequence[str]) -> Iterator[Engine]:
        """The engines to try, in order, up to ``none``."""
        for name in names:
            if name == NONE:
                return
            if name == AUTO:
                yield from (self.get(one) for one in AUTOMATIC if self._set_up(one))
            else:
                yield self.get(name)

    def _set_up(self, name: str) -> bool:
        """Whether somebody means an engine to be used. Google's key may lie on the machine for another purpose."""
        if name != "google":
            return True
        return bool(os.environ.get("GOOGLE_APPLICATION_CREDENTIALS") or getattr(self._options.get(name), "project", ""))
