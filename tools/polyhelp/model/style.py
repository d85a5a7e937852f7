"""How a locale's text should read: what a translator, a person or a machine, is told beforehand, and checks hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from polyhelp.model.issue import Severity


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that a locale's text does without.

    ``reason`` and ``use`` (what to write instead, or ``""``) are shown to whoever wrote one of the ``words``.
    ``excluded`` are phrases in which they are right. A word that ends in ``*`` stands for all that begin like it.
    """

    words: tuple[str, ...]
    reason: str
    use: str = ""
    excluded: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Lengths:
    """Longest texts that fit, in columns: a character, or half of a full-width one (Chinese, Japanese, Korean).

    ``title`` and ``description`` are what a page's front matter says about it, ``heading`` is a heading on a page,
    ``interface`` a word of the navigation and the interface. 0 sets no limit.
    """

    title: int = 0
    description: int = 0
    heading: int = 0
    interface: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """``formality`` is ``formal``, ``informal`` or ``""``; ``instructions`` are sentences for a translator.

    ``quotes`` are the quotation marks, opening and closing, then those inside others: ``„“‚‘``; ``""`` leaves them to
    the locale's custom. ``spaces`` is what stands before ``: ; ! ?`` and inside ``« »``: ``none``, ``plain``,
    ``no-break``, ``narrow``, or ``""`` for the locale's custom.
    """

    formality: str = ""
    instructions: tuple[str, ...] = ()
    avoid: tuple[Avoided, ...] = ()
    length: Lengths = field(default_factory=Lengths)
    quotes: str = ""
    spaces: str = ""
