"""How answers come about, engine by engine: real translations of a folder, and stand-ins that damage every way.

What an engine's answer was accepted as is looked at again, by two judges, the second of which
knows nothing of the gateway: the codes of the Markdown, and the elements of the HTML that Python-Markdown makes of it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

import deepl_stub as deepl
import markdown
import stub_words
import translate_engines as engines
from deepl_stub_damage import DAMAGES as DEEPL_DAMAGES
from help_center_sentences import SENTENCES
from http_stub import CUT, DROP, LOST, status
from openai_stub import WAYS
from rapidfuzz import fuzz

from polyhelp.engines.attempt import Outcome
from polyhelp.engines.base import Ask, Engine, Reply, Request
from polyhelp.engines.gateway import Job, Wanted
from polyhelp.engines.verify import shape
from polyhelp.engines.wire_words import FAMILIES
from polyhelp.errors import PolyhelpError
from polyhelp.model import Locale
from polyhelp.workflow import standalone

EN, DE = Locale("en"), Locale("de")
REAL = (("offline", Locale("pt-BR")), ("apertium", Locale("es")))
COLUMNS = (Outcome.CLEAN, Outcome.REPAIRED, Outcome.AGAIN, Outcome.IN_PIECES, Outcome.KEPT_OUT, Outcome.SILENT)
ANOTHER = "another text's answer"
Judge = Callable[[str, str], str]
_AT_ONCE = 20  # sentences
_LIKE = 60  # of 100
_PLAIN = str.maketrans("áéíóú", "aeiou")
_EXTENSIONS = ("attr_list", "footnotes", "tables")
_HTTP_FAULTS = {
    "429 with Retry-After": status(429, "0"), "503": status(503), "hangs up": DROP, "bills and hangs up": LOST,
    "half an answer": CUT,
}  # fmt: skip
_DEEPL_FAULTS = {
    "429 with Retry-After": deepl.BUSY.after(0), "500": deepl.BROKEN, "529": deepl.OVERLOADED, "hangs up": deepl.DROP,
    "bills and hangs up": deepl.DROP_BILLED, "half an answer": deepl.CUT, "hangs up in its answer": deepl.SHORT,
    "one answer missing": deepl.MISSING, "answers in reverse": deepl.TURNED,
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(FAMILIES)})\d+[XAB]\b")
_WORDS_DAMAGES: dict[str, Callable[[str], str]] = {
    "code word lost": lambda text: _WORD.sub("", text, count=1),
    "code word twice": lambda text: _WORD.sub(r"\g<0> \g<0>", text, count=1),
    "code word in small letters": lambda text: _WORD.sub(lambda match: match[0].lower(), text, count=1),
    "code word split": lambda text: _WORD.sub(lambda match: " ".join(match[0]), text, count=1),
    "code word changed": lambda text: _WORD.sub(lambda match: re.sub(r"\d+", "99", match[0]), text, count=1),
    "new markup": lambda text: f"{text} **MORE**",
    "new tag": lambda text: f"{text}<script>alert(1)</script>",
    "nothing": lambda _: "",
}


@dataclass
class Tally:
    """What became of the segments: outcomes, how many were put to the engine, and what the judges found."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    segments: int = 0
    ended: str = ""
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    seconds: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.outcomes + other.outcomes,
            self.segments + other.segments,
            self.ended or other.ended,
            self.wrong + other.wrong,
            self.seconds + other.seconds,
        )

    def row(self) -> list[int]:
        unanswered = self.segments - sum(self.outcomes.values())
        return [self.segments, self.outcomes[Outcome.UNASKED], *(self.outcomes[one] for one in COLUMNS), unanswered]


def run(asked: Engine, target: Locale, articles: Iterable[Sequence[str]], judge: Judge | None = None) -> Tally:
    """Put the segments of articles to an engine."""
    tally = Tally()
    jobs = [Job(Request(EN, target), tuple(map(Wanted, sources))) for sources in articles]
    tally.segments = sum(len(job.wanted) for job in jobs)
    begin = perf_counter()
    with engines.purse(asked) as purse:
        for step in engines.gateway(asked, purse).run(jobs):
            tally.ended = tally.ended or (step.error.message if step.error else "")
            for at, answer in step.answers:
                tally.outcomes[answer.outcome] += 1
                source = step.job.wanted[at].source
                if answer.text is not None and (reason := (judge or judged)(answer.text, source)):
                    tally.wrong.append((source, answer.text, reason))
    tally.seconds = perf_counter() - begin
    asked.close()
    return tally


# ---------------------------------------------------------------- judges


def judged(target: str, source: str) -> str:
    """What is damaged in an accepted answer; ``""`` for nothing."""
    if shape(target) != shape(source):
        return "other codes"
    return "" if _elements(target) == _elements(source) else "other HTML"


def judged_in_accents(target: str, source: str) -> str:
    """The same for a stand-in's answer, which is its source with accents or in capitals."""
    like = fuzz.ratio(target.translate(_PLAIN).casefold(), source.casefold())
    return judged(target, source) or (ANOTHER if like < _LIKE else "")


class _Elements(HTMLParser):
    """Counts elements with the attributes that are no prose."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[object, ...]] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, *(pair for pair in attrs if pair[0] not in {"alt", "title"})] += 1


def _elements(text: str) -> Counter[tuple[object, ...]]:
    reader = _Elements()
    reader.feed(markdown.markdown(text, extensions=_EXTENSIONS))
    reader.close()
    return reader.found


# ---------------------------------------------------------------- real engines


def real(folder: Path) -> list[tuple[str, Tally]]:
    """The engines of this machine on all Markdown in a folder."""
    problems: list[PolyhelpError] = []
    found = groupby(standalone.segments((folder,), problems), lambda one: one.path)
    articles = [[one.segment.source for one in some] for _, some in found]
    tallies = []
    for name, target in REAL:
        asked = engines.engine(name)
        if hindrance := asked.obstacle(EN, target):
            tallies.append((f"{name}, en → {target}", Tally(ended=hindrance)))
        else:
            tallies.append((f"{name}, en → {target}", run(asked, target, articles)))
    return tallies


# ---------------------------------------------------------------- stand-ins


@dataclass(frozen=True)
class Mode:
    """A way of going wrong: its name, when (``once``: with each first answer), and what sets a stand-in to it."""

    name: str
    when: str
    prepare: Callable[[Any, int], None]


def stubbed(name: str) -> Iterator[tuple[Mode, Tally]]:
    """An engine on the sentences of a help center, in every mode of its stand-in.

    The sentences go in parts that fit into one request each, so that "once" is the first request.
    """
    some = [SENTENCES[at : at + _AT_ONCE] for at in range(0, len(SENTENCES), _AT_ONCE)]
    first = [_asked_for(name, sources) for sources in some]
    for mode in MODES[name]:
        tally = Tally()
        for sources, texts in zip(some, first, strict=True):
            with engines.served(name) as stub:
                mode.prepare(stub, texts)
                tally += run(engines.engine(name), DE, [sources], judged_in_accents)
        yield mode, tally


def _asked_for(name: str, sources: Sequence[str]) -> int:
    """How many texts an engine is asked for at first."""
    with engines.served(name):
        asked = engines.engine(name)
        calls: list[int] = []
        translate = asked.translate

        def noting(asks: Sequence[Ask], request: Request) -> list[Reply | None]:
            calls.append(len(asks))
            return translate(asks, request)

        asked.translate = noting
        run(asked, DE, [sources])
        return calls[0]


def _damages(names: Iterable[str]) -> list[Mode]:
    """Damages of all answers, or of each text's first one."""
    modes = [Mode("no damage", "", lambda *_: None)]
    for name in filter(None, names):
        modes.append(Mode(name, "once", lambda stub, texts, name=name: stub.damage.extend([name] * texts)))
        modes.append(Mode(name, "always", lambda stub, _, name=name: setattr(stub, "always", name)))
    return modes


def _faults(faults: dict[str, Any], attribute: str) -> list[Mode]:
    """Faults of one request each."""
    return [
        Mode(name, "once", lambda stub, _, fault=fault: getattr(stub, attribute).append(fault))
        for name, fault in faults.items()
    ]


def _ways() -> list[Mode]:
    """What language models do to a whole answer."""
    modes = []
    for name in filter(None, WAYS):
        modes.append(Mode(name, "once", lambda stub, _, name=name: stub.ways.append(name)))
        modes.append(Mode(name, "always", lambda stub, _, name=name: setattr(stub, "way", name)))
    return modes


def _libretranslate() -> list[Mode]:
    def damage(stub: Any, texts: int, change: Callable[[str], str]) -> None:
        answer, left = stub.answer, deque(range(texts))

        def damaged(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            code, made = answer(body)
            made["translatedText"] = [
                change(text) if left and left.popleft() >= 0 else text for text in made["translatedText"]
            ]
            return code, made

        stub.answer = damaged

    modes = [Mode("no damage", "", lambda *_: None)]
    for name, change in _WORDS_DAMAGES.items():
        modes.append(Mode(name, "once", lambda stub, texts, change=change: damage(stub, texts, change)))
        modes.append(Mode(name, "always", lambda stub, _, change=change: damage(stub, 10**6, change)))
    faults = {
        "429 with Retry-After": (429, "Slowdown", {"Retry-After": "0"}), "500": (500, "failed", {}),
        "hangs up": "hang up", "one answer missing": "short", "no text": "numbers",
    }  # fmt: skip
    return [*modes, *_faults(faults, "faults")]


MODES = {
    "deepl": [*_damages(DEEPL_DAMAGES), *_faults(_DEEPL_FAULTS, "faults")],
    "google": [*_damages(stub_words.DAMAGES), *_faults(_HTTP_FAULTS, "script")],
    "openai": [*_damages(stub_words.DAMAGES), *_ways(), *_faults(_HTTP_FAULTS, "script")],
    "libretranslate": _libretranslate(),
}
