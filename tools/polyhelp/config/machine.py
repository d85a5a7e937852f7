"""What mkdocs.yml says about machine translation: routes, options of engines, caps and privacy.

Names and tags are checked where they stand, also in a block that has other mistakes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from polyhelp import plugins
from polyhelp.config.mistakes import Mistakes, shown, unknown
from polyhelp.config.patterns import pattern_of
from polyhelp.config.schema import CapsBlock, PrivacyBlock, RouteBlock
from polyhelp.config.settings import Route
from polyhelp.config.spot import Spot, plain
from polyhelp.engines.base import Options
from polyhelp.engines.caps import Caps
from polyhelp.engines.choose import AUTO, NONE
from polyhelp.engines.price import price_of
from polyhelp.engines.privacy import Privacy
from polyhelp.errors import UsageError
from polyhelp.model import Locale

_REGION_FILES = "regions/[A-Z][A-Z].yml"  # in the content folder
_SECRET = re.compile(r"(?:\w+_)?(?:key|apikey|authkey|token|secret|password)", re.IGNORECASE)


def check_engines(block: Spot, mistakes: Mistakes) -> None:
    """Names of engines, in ``engine`` and in every route."""
    known = (*plugins.names(plugins.ENGINES), AUTO, NONE)
    entries = block.at("routes").value
    routes = range(len(entries)) if isinstance(entries, list) else ()
    for spot in (block.at("engine"), *(block.at("routes", n, "engine") for n in routes)):
        value = plain(spot.value)
        for n, name in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(name, str) and name not in known:
                mistakes.add(spot.at(n) if isinstance(value, list) else spot, unknown(f"engine '{name}'", name, known))


def routes(given: Sequence[RouteBlock], spot: Spot, targets: Sequence[Locale], mistakes: Mistakes) -> tuple[Route, ...]:
    """The routes, in order. One that another takes everything from is a mistake."""
    found: list[Route] = []
    for n, block in enumerate(given):
        for tag in block.locales or ():
            mistakes.check_tag(spot.at(n, "locales"), tag, targets)
        route = Route(tuple(block.engine), tuple(block.paths or ()), tuple(map(Locale, block.locales or ())))
        above = next((at for at, other in enumerate(found) if other.swallows(route, targets)), None)
        if above is not None:
            mistakes.add(
                spot.at(n), f"is never reached: routes[{above}] takes all of it, and the first that fits counts"
            )
        found.append(route)
    return tuple(found)


def options(spot: Spot, mistakes: Mistakes) -> dict[str, Options]:
    """The options of engines by name, each as its engine's own dataclass."""
    known = plugins.names(plugins.ENGINES)
    found: dict[str, Options] = {}
    for name in spot.value if isinstance(spot.value, Mapping) else ():
        here = spot.at(name)
        if name not in known:
            mistakes.add(here, unknown(f"engine '{name}'", str(name), known))
            continue
        try:
            engine = plugins.load(plugins.ENGINES, name)
        except UsageError as error:
            mistakes.add(here, error.message)
            continue
        if (made := _options(engine, here, mistakes)) is not None:
            found[name] = made
    return found


def _options(engine: Any, spot: Spot, mistakes: Mistakes) -> Options | None:
    before = len(mistakes.texts)
    data = plain(spot.value) or {}
    if not isinstance(data, dict):
        mistakes.add(spot, f"must be a mapping of options, not {shown(data)}")
        return None
    kind: type[Options] = engine.options_class
    known = [field.name for field in dataclasses.fields(kind)]
    for key in data:
        if key not in known:
            variable = getattr(engine, "key_variable", "")
            mistakes.add(spot.at(key), _secret(variable) if _SECRET.fullmatch(key) else unknown("option", key, known))
    try:
        made = TypeAdapter(kind).validate_python({key: value for key, value in data.items() if key in known})
    except ValidationError as error:
        mistakes.add_invalid(spot, error)
        return None
    for key, wrong in _beyond_types(made):
        mistakes.add(spot.at(key), wrong)
    if len(mistakes.texts) == before:
        try:
            engine(made)
        except ValueError as error:
            mistakes.add(spot, str(error))
    return made if len(mistakes.texts) == before else None


def _secret(variable: str) -> str:
    where = f"set {variable}" if variable else "see the engine's documentation for its variable"
    return f"a key never stands in a file that git keeps; it comes from the environment: {where}"


def _beyond_types(made: Options) -> Iterator[tuple[str, str]]:
    """What is wrong with the options that all engines have: (option, mistake)."""
    if made.requests < 0:
        yield "requests", f"must be 0 or more, not {made.requests}"
    if made.price:
        try:
            price_of(made.price)
        except ValueError as error:
            yield "price", str(error)


def caps(given: CapsBlock | None, spot: Spot, targets: Sequence[Locale], mistakes: Mistakes) -> Caps:
    """The upper bounds."""
    if given is None:
        return Caps()
    locales = {tag: number for tag, number in given.locale.items() if tag}
    for tag in locales:
        mistakes.check_tag(spot.at("locale", tag), tag, targets)
    by_locale = {Locale(tag): number for tag, number in locales.items()}
    return Caps(given.run or 0, given.month or 0, given.locale.get("", 0), by_locale)


def privacy(given: PrivacyBlock, spot: Spot, places: tuple[Path, Sequence[Locale]], mistakes: Mistakes) -> Privacy:
    """What is private. ``places``: the content folder and all locales, whose regions count where none are given."""
    content, locales = places
    if given.regions is None:
        codes = {file.stem for file in content.glob(_REGION_FILES)} | {locale.region for locale in locales}
        regions = sorted(code for code in codes if code.isalpha())
    else:
        regions = given.regions
        _check_regions(regions, spot.at("regions"), mistakes)
    patterns = tuple((kind, pattern_of(text)) for kind, text in given.patterns.items())
    return Privacy(given.mode == "block", patterns, tuple(regions))


def _check_regions(codes: Sequence[str], spot: Spot, mistakes: Mistakes) -> None:
    from phonenumbers import SUPPORTED_REGIONS  # noqa: PLC0415 (its tables are large)

    for n, code in enumerate(codes):
        if code not in SUPPORTED_REGIONS:
            near = f"; did you mean '{code.upper()}'?" if code.upper() in SUPPORTED_REGIONS else ""
            mistakes.add(spot.at(n), f"'{code}' is no region with phone numbers of its own, such as DE{near}")
