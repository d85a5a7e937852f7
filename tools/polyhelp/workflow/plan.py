"""What :mod:`polyhelp.workflow.translate` would do, as data. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Event

from polyhelp.engines.base import Engine, Price
from polyhelp.engines.choose import NONE, Engines
from polyhelp.engines.gateway import Gateway, Plan
from polyhelp.engines.journal import FILE, Journal
from polyhelp.engines.sending import Purse, Sender
from polyhelp.errors import EngineError
from polyhelp.model import Locale, Unit
from polyhelp.workflow.memory import FOLDER, Memory
from polyhelp.workflow.orders import order
from polyhelp.workflow.project import Project
from polyhelp.workflow.supply import Supply
from polyhelp.workflow.work import Part, parts


@dataclass(frozen=True, slots=True)
class Line:
    """What would be sent to one engine for one locale.

    ``engine`` is ``""`` for none; ``obstacles`` then say why, engine by engine.
    ``segments``, ``characters`` and ``requests`` are what is sent; ``price`` is None where nobody knows it.
    ``reused`` counts equal texts and ``saved`` their characters; ``kept`` counts texts whose reply is there already or
    comes with another's; ``matched`` counts approximate matches, ``masked`` texts with private data.
    """

    locale: Locale
    engine: str
    segments: int = 0
    characters: int = 0
    requests: int = 0
    reused: int = 0
    saved: int = 0
    kept: int = 0
    matched: int = 0
    masked: int = 0
    obstacles: tuple[tuple[str, str], ...] = ()
    price: Price | None = None

    @property
    def cost(self) -> Decimal | None:
        """What the characters cost."""
        return self.price.of(self.characters) if self.price else None


def plan(project: Project, targets: Iterable[Locale], engine: str = "") -> tuple[Line, ...]:
    """What ``translate`` would do, by locale and engine. Raises UsageError for an unknown engine."""
    targets = tuple(targets)
    file = project.root / FOLDER / FILE
    journal = Journal(file.parent) if file.is_file() else None
    try:
        with Memory(project, targets) as memory:
            return _Planning(project, Supply(project, memory), journal).lines(targets, engine)
    finally:
        if journal:
            journal.close()


class _Planning:
    def __init__(self, project: Project, supply: Supply, journal: Journal | None) -> None:
        self._project, self._supply, self._journal = project, supply, journal
        self._engines = Engines(project.settings.engines)
        self._gateways: dict[str, Gateway] = {}

    def lines(self, targets: Iterable[Locale], engine: str) -> tuple[Line, ...]:
        """The lines of the plan, in the order of the configuration's locales."""
        order_of = {locale: at for at, locale in enumerate(self._project.settings.targets)}
        found: dict[tuple[Locale, str], Line] = {}
        for part in parts(self._project, targets, self._engines, engine):
            name = part.engine.name if part.engine else ""
            line = found.get((part.locale, name)) or self._blank(part, engine)
            found[part.locale, name] = self._with(line, part)
        return tuple(sorted(found.values(), key=lambda line: (order_of[line.locale], line.engine)))

    def _blank(self, part: Part, wanted: str) -> Line:
        if part.engine is not None:
            return Line(part.locale, part.engine.name, price=part.engine.traits.price)
        settings = self._project.settings
        names = (wanted,) if wanted else settings.engines_for(part.locale, part.catalog.path)
        missing = () if names == (NONE,) else self._engines.obstacles(names, settings.source, part.locale)
        return Line(part.locale, "", obstacles=missing)

    def _with(self, line: Line, part: Part) -> Line:
        found = self._supply.find(part)
        planned = self._planned(part, found.left) if part.engine is not None and found.left else None
        saved = sum(len(unit.source) for unit in found.reused.values())
        return replace(
            line,
            segments=line.segments + (planned.texts if planned else len(found.left)),
            characters=line.characters + (planned.characters if planned else 0),
            requests=line.requests + (planned.requests if planned else 0),
            reused=line.reused + len(found.reused),
            saved=line.saved + saved,
            kept=line.kept + (planned.kept if planned else 0),
            matched=line.matched + len(found.matched),
            masked=line.masked + (planned.masked if planned else 0),
        )

    def _planned(self, part: Part, units: tuple[Unit, ...]) -> Plan | None:
        assert part.engine is not None  # noqa: S101 (who calls has looked)
        try:
            return next(self._gateway(part.engine).plan([order(self._project, part, units)]))[1]
        except EngineError as error:  # the engine cannot do this pair, as far as is known here
            self._project.note(error)
            return None

    def _gateway(self, engine: Engine) -> Gateway:
        if engine.name not in self._gateways:
            settings = self._project.settings
            purse = Purse(settings.caps, self._journal) if engine.traits.remote else None
            self._gateways[engine.name] = Gateway(engine, Sender(engine, purse, Event()), settings.privacy)
        return self._gateways[engine.name]
