"""What :mod:`polyhelp.workflow.translate` would do, as data. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Event

from polyhelp.engines.base import Engine, Price
from polyhelp.engines.choose import NONE, Engines
from polyhelp.engines.gateway import Gateway, Plan
from polyhelp.engines.journal import Journal
from polyhelp.engines.sending import Purse, Sender
from polyhelp.errors import EngineError
from polyhelp.model import Locale
from polyhelp.workflow.memory import Memory
from polyhelp.workflow.orders import order
from polyhelp.workflow.project import Project
from polyhelp.workflow.supply import Supply
from polyhelp.workflow.usage import has_journal, open_journal
from polyhelp.workflow.work import Part, parts


@dataclass(frozen=True, slots=True)
class Line:
    """What would be sent to one engine for one locale.

    ``engine`` is ``""`` for none; ``obstacles`` then say why, engine by engine. Else they say why it cannot translate
    into the locale, as far as is known without asking it.
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
    with Memory(project, targets) as memory:
        planning = _Planning(project, Supply(project, memory))
        try:
            return planning.lines(targets, engine)
        finally:
            planning.close()


class _Planning:
    def __init__(self, project: Project, supply: Supply) -> None:
        self._project, self._supply = project, supply
        self._engines = Engines(project.settings.engines)
        self._gateways: dict[str, Gateway] = {}
        self._journal: Journal | None = None

    def close(self) -> None:
        """Let go of engines and journal."""
        self._engines.close()
        if self._journal:
            self._journal.close()

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
        planned, obstacles = Plan(texts=len(found.left)), line.obstacles
        if part.engine is not None and found.left:
            try:
                planned = next(self._gateway(part.engine).plan([order(self._project, part, found.left)]))[1]
            except EngineError as error:  # as far as is known without asking the service
                obstacles = ((part.engine.name, str(error)),)
        return replace(
            line,
            segments=line.segments + planned.texts,
            characters=line.characters + planned.characters,
            requests=line.requests + planned.requests,
            reused=line.reused + len(found.reused),
            saved=line.saved + sum(len(unit.source) for unit in found.reused.values()),
            kept=line.kept + planned.kept,
            matched=line.matched + len(found.matched),
            masked=line.masked + planned.masked,
            obstacles=obstacles,
        )

    def _gateway(self, engine: Engine) -> Gateway:
        if engine.name not in self._gateways:
            settings = self._project.settings
            purse = Purse(settings.caps, self._answered()) if engine.traits.remote else None
            self._gateways[engine.name] = Gateway(engine, Sender(engine, purse, Event()), settings.privacy)
        return self._gateways[engine.name]

    def _answered(self) -> Journal | None:
        """What was answered before; without it, all is planned as if it had to be sent."""
        if self._journal is None and has_journal(self._project):
            self._journal = self._project.attempt(lambda: open_journal(self._project))
        return self._journal
