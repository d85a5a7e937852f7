"""The last look at built files, part by part: what pages carry inside, and what they would ask other hosts for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path

from polyhelp.site import foreign, inline, policy_headers
from polyhelp.site.foreign import Asked, Request
from polyhelp.site.inline import Inline
from polyhelp.site.steps import Site


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was found in a part of a site: what its pages carry, what it asks other hosts, messages of handlers."""

    inline: Inline = field(default_factory=Inline)
    asked: Asked = field(default_factory=dict)
    handlers: tuple[str, ...] = ()

    def dump(self) -> str:
        """As JSON, in a fixed order."""
        kinds = [sorted(kind) for kind in (self.inline.scripts, self.inline.styles, self.inline.attributes)]
        asked = [[request.asks, request.address, list(files)] for request, files in self.asked.items()]
        return json.dumps({"inline": kinds, "asked": asked, "handlers": self.handlers}, ensure_ascii=False, indent=0)

    @classmethod
    def load(cls, text: str) -> Sealed:
        """From what :meth:`dump` wrote."""
        data = json.loads(text)
        asked: Asked = {Request(asks, address): tuple(files) for asks, address, files in data["asked"]}
        return cls(Inline(*map(frozenset, data["inline"])), asked, tuple(data["handlers"]))


def seal(folder: Path, files: Sequence[Path], site: Site) -> Sealed:
    """Give every page among ``files``, below ``folder``, its content policy, and say what was found in all of them."""
    carried = Inline()
    handlers: list[str] = []
    for page in (file for file in files if file.suffix.lower() == ".html"):
        handlers += inline.faults(folder, [page])
        carried |= policy_headers.seal([page], site)
    return Sealed(carried, foreign.asked(folder, files, site), tuple(handlers))


def inline_of(parts: Iterable[Sealed]) -> Inline:
    """What the pages of all parts carry."""
    return reduce(or_, (part.inline for part in parts), Inline())


def faults(parts: Sequence[Sealed]) -> tuple[str, ...]:
    """What makes the site of these parts unfit to be published, in words."""
    handlers = (message for part in parts for message in part.handlers)
    return (*foreign.faults(part.asked for part in parts), *handlers)
