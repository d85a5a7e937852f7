"""What is to be translated, and by whom: each catalog's units that want a target, and the engine of its route."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from polyhelp.engines.base import Engine
from polyhelp.engines.choose import Engines
from polyhelp.errors import EngineError
from polyhelp.model import DRAFT, KEPT_OUT, Catalog, Key, Locale, Unit, digest
from polyhelp.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Part:
    """One catalog's share of the work: the units that want a target, and who translates them (None: nobody can)."""

    catalog: Catalog
    keys: tuple[Key, ...]
    engine: Engine | None

    @property
    def locale(self) -> Locale:
        """The locale it is for."""
        return self.catalog.locale

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of ``keys``, in the catalog's order."""
        wanted = set(self.keys)
        return tuple(unit for unit in self.catalog.current if unit.key in wanted)


def parts(project: Project, targets: Iterable[Locale], engines: Engines, wanted: str = "") -> Iterator[Part]:
    """The work in ``targets``, a locale after the other, parents first: what is sent for them serves their children.

    ``wanted`` names an engine instead of the configured ones. A locale for which none of the engines that its route
    names can work is left out, with a noted problem. Raises UsageError when an engine has no such name.
    """
    known = set(project.settings.targets)
    refused: dict[str, list[tuple[Locale, EngineError]]] = {}
    for locale in sorted(targets, key=lambda locale: len(known & set(locale.lineage))):
        hopeless: set[Sequence[str]] = set()
        for catalog in project.catalogs(locale):
            names = (wanted,) if wanted else project.settings.engines_for(locale, catalog.path)
            if names in hopeless:
                continue
            try:
                engine = engines.choose(names, project.settings.source, locale)
            except EngineError as error:
                refused.setdefault(error.hint, []).append((locale, error))
                hopeless.add(names)
                continue
            if keys := _todo(catalog, engine):
                yield Part(catalog, keys, engine)
    for same in refused.values():
        project.note(_together(same))


def _together(same: Sequence[tuple[Locale, EngineError]]) -> EngineError:
    """One problem for all locales that want the same way out."""
    (_, first), *others = same
    tags = ", ".join(dict.fromkeys(locale.tag for locale, _ in others))
    return EngineError(f"{first.message}{f' (nor to {tags})' if tags else ''}", first.place, first.hint)


def _todo(catalog: Catalog, engine: Engine | None) -> tuple[Key, ...]:
    return tuple(unit.key for unit in catalog.current if _wants_target(unit, engine))


def _wants_target(unit: Unit, engine: Engine | None) -> bool:
    """Rule 1 of :mod:`polyhelp.workflow.translate`."""
    if unit.fuzzy and unit.previous and unit.by_machine:
        return True
    if engine is not None and kept_out(unit, engine) in unit.comments:
        return False
    better = engine is not None and unit.fuzzy and (_approximate(unit) or (unit.draft and not engine.traits.draft))
    return better or not unit.target


def _approximate(unit: Unit) -> bool:
    """Whether the target is an approximate match as the memory gave it (rule 6)."""
    return unit.maker.startswith("tm/") and unit.maker != "tm/100"


def kept_out(unit: Unit, engine: Engine) -> str:
    """The note at a unit whose answer from ``engine`` was kept out; it holds for this source only (rule 7)."""
    return f"{KEPT_OUT}{engine.name} {digest(unit.source)}"


def maker(engine: Engine) -> str:
    """What the origin of a target says that ``engine`` made."""
    return f"{DRAFT if engine.traits.draft else 'mt/'}{engine.name}"
