"""The regions as they were at a commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from polyhelp.errors import RegionError
from polyhelp.model import Region
from polyhelp.regions import load


@dataclass(frozen=True, slots=True)
class Past:
    """The regions that could be read, by code; what was wrong with the others, and their codes."""

    regions: Mapping[str, Region]
    problems: tuple[RegionError, ...] = ()
    broken: frozenset[str] = frozenset()


def past(files: Mapping[str, bytes], folder: str, day: dt.date) -> Past:
    """The regions that the region files ``files`` (by name) hold, as of ``day``; mistakes are told as of ``folder``."""
    with TemporaryDirectory(prefix="polyhelp-") as scratch:
        here = Path(scratch) / folder
        here.mkdir(parents=True)
        for name, data in files.items():
            (here / name).write_bytes(data)
        problems: list[RegionError] = []
        regions = load(here, Path(scratch), problems, day)
    return Past(regions, tuple(problems), frozenset(codes_of(files) - regions.keys()))


def codes_of(names: Iterable[str]) -> set[str]:
    """The regions that have a file among those called ``names``, broken or not."""
    return {name.removesuffix(".yml") for name in names if name.endswith(".yml") and name[:1].isupper()}
