"""What can go wrong between a client and DeepL, one request at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one request.

    - ``status``: refuse with it; ``retry_after``: that header's value.
    - ``drop``: hang up ``before`` or ``after`` the texts are billed.
    - ``seconds``: wait that long before anything else.
    - ``cut``: send half of the JSON, as if it were all (``whole``), or with the length of all (``short``).
    - ``missing``: leave out that many translations at the end; ``turned``: give them in the wrong order.
    """

    status: int = 0
    retry_after: str = ""
    drop: str = ""
    seconds: float = 0.0
    cut: str = ""
    missing: int = 0
    turned: bool = False

    def after(self, seconds: float | str) -> Fault:
        """The same with ``Retry-After``."""
        return replace(self, retry_after=str(seconds))


FINE = Fault()
KEY_REFUSED, TOO_LARGE, BUSY, NO_QUOTA = Fault(403), Fault(413), Fault(429), Fault(456)
BROKEN, DOWN, OVERLOADED = Fault(500), Fault(503), Fault(529)
DROP, DROP_BILLED = Fault(drop="before"), Fault(drop="after")
CUT, SHORT = Fault(cut="whole"), Fault(cut="short")
MISSING, TURNED = Fault(missing=1), Fault(turned=True)
PASSING = (BUSY, BROKEN, DOWN, OVERLOADED, DROP, DROP_BILLED, CUT, SHORT, MISSING)


def slow(seconds: float) -> Fault:
    return Fault(seconds=seconds)


def random_faults(share: float, faults: Sequence[Fault] = PASSING, seed: int = 0) -> Iterator[Fault]:
    """An endless iterator for ``stub.faults``: that share of requests meets one of the faults."""
    dice = random.Random(seed)  # noqa: S311 (tests that can be repeated)

    def endless() -> Iterator[Fault]:
        while True:
            yield dice.choice(faults) if dice.random() < share else FINE

    return endless()
