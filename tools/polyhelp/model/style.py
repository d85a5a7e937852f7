"""How a locale's text should read: what a translator, a person or a machine, is told beforehand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """``formality`` is ``formal``, ``informal`` or ``""``; ``instructions`` are sentences for a translator."""

    formality: str = ""
    instructions: tuple[str, ...] = ()
