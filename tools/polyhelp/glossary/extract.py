"""Terms that the articles use and the term base lacks: proposed by frequency, keyness and C-value.

1. Candidates are runs of up to four words of prose that no punctuation or markup parts. They neither begin nor end
   with a function word, and stand at least ``minimum`` times. Singular and plural are one.
2. A phrase counts with its C-value: ``log2(words + 1) * (count - mean count of the longer candidates it is part of)``
   (K. Frantzi, S. Ananiadou, H. Mima, "Automatic recognition of multi-word terms", 2000; the + 1 lets single words
   take part). One that hardly ever stands outside a longer candidate, as "gift" in "gift card", is none.
3. That is multiplied by the keyness of its words: the logarithm of how much more often they stand here than in
   general English (A. Kilgarriff's "simple maths", with 20 in a million added to both, which keeps rare words from
   winning). In another language the keyness is the same for all, and words of up to three letters are taken for
   function words.
4. Terms are nouns far more often than verbs. Which one a candidate is, is told by the words beside it ("the return",
   "to return", "Return the parcel"); the share of its uses as a noun lowers the score of a verb.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from polyhelp.glossary.inflect import plurals
from polyhelp.glossary.match import TermBase
from polyhelp.glossary.prose import THROUGH, masked_source
from polyhelp.model import Locale, PartOfSpeech

LONGEST = 4
_SMOOTHING = 20  # occurrences in a million words
_EXAMPLES = 3
_SWALLOWED = 0.9  # the share of its uses in one longer candidate from which a word is no term of its own
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W_])|-(?=[^\W_]))*")
_GAP = re.compile(rf"[ \n{THROUGH}]*")
_FUNCTION = frozenset(
    """a about above after again all also although always am an and another any anyone anything are as at away back be
    because been before being below between both but by can cannot could did do does doing don't done down during each
    either else even ever every everything few first for from further get gets getting give given go goes going got had
    has have having he her here hers him his how however i if in instead into is isn't it its itself just keep last less
    let like made make makes many may me might mine more most much must my need needs never new next no none nor not
    nothing now of off often on once one only onto or other others our ours out over own per please same say says see
    several shall she should since so some someone something soon still such sure take takes than that the their theirs
    them then there these they thing things this those though three through to together too toward two under until up
    upon us use used uses using usually very via want was way we well were what when where whether which while who whom
    whose why will with within without won't would yes yet you your yours yourself""".split()  # noqa: SIM905 (a list of
)  # a hundred and more words reads better so
_BEFORE_NOUN = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "your", "our", "their", "its", "my", "no", "any", "each",
     "every", "of", "another", "which", "first", "new"}
)  # fmt: skip
_BEFORE_VERB = frozenset(
    {"to", "can", "cannot", "could", "will", "would", "should", "may", "might", "must", "you", "we", "they", "i",
     "please", "don't", "not", "then"}
)  # fmt: skip
_AFTER_ORDER = frozenset({"a", "an", "the", "your", "our", "this", "these", "it", "us", "them", "if", "how", "what"})
_JOINING = frozenset({"of", "and", "for", "in", "to", "on", "with"})


@dataclass(frozen=True, slots=True)
class Text:
    """One source text: the article it is from, and its line there."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """Where a candidate stands."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that is proposed: how often it stands in how many articles, and what part of speech it seems to be."""

    term: str
    count: int
    articles: int
    score: float
    part: PartOfSpeech
    examples: tuple[Example, ...]


@dataclass(slots=True)
class _Seen:
    """What is known of a candidate while the texts are read."""

    count: int = 0
    capital: int = 0
    """Times it is capitalized where no sentence begins."""
    inner: int = 0
    """Times it stands where no sentence begins."""
    noun: int = 0
    verb: int = 0
    written: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    examples: list[Example] = field(default_factory=list)

    @property
    def noun_share(self) -> float:
        """The share of its uses as a noun, as far as the words beside it tell; a half where none does."""
        return 1.0 if self.name else (self.noun + 1) / (self.noun + self.verb + 2)

    @property
    def name(self) -> bool:
        """Whether it looks like a name: mostly capitalized where no sentence begins."""
        return self.inner > 0 and self.capital * 2 > self.inner

    def add(self, other: _Seen) -> None:
        """Take over what was counted of another form, but for how it is written."""
        self.count += other.count
        self.capital += other.capital
        self.inner += other.inner
        self.noun += other.noun
        self.verb += other.verb
        self.articles |= other.articles
        self.examples += other.examples[: _EXAMPLES - len(self.examples)]


def candidates(texts: Iterable[Text], terms: TermBase, source: Locale, minimum: int = 3) -> tuple[Candidate, ...]:
    """The terms that ``texts`` use at least ``minimum`` times and ``terms`` lacks, best first."""
    english = source.language == "en"
    seen: defaultdict[tuple[str, ...], _Seen] = defaultdict(_Seen)
    words: Counter[str] = Counter()
    for text in texts:
        for run in _runs(text.text, terms, text.path):
            words.update(key for key in run.keys if key)
            for key, at in _grams(run, _FUNCTION.__contains__ if english else _short):
                _note(seen[key], run, at, len(key), text)
    if english:
        _join_plurals(seen)
    kept = {key: one for key, one in seen.items() if one.count >= minimum}
    total = sum(words.values()) or 1
    keyness = {word: _keyness(count * 1e6 / total, word) if english else 1.0 for word, count in words.items()}
    values = _c_values({key: one.count for key, one in kept.items()})
    found = [
        _candidate(kept[key], values[key] * _mean(keyness, key) * kept[key].noun_share)
        for key in kept
        if values[key] > 0 and _mean(keyness, key) > 0
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.term)))


def _short(word: str) -> bool:
    """What a function word looks like in a language that there is no list of."""
    return len(word) <= 3


@dataclass(frozen=True, slots=True)
class _Run:
    """Words with nothing between them but spaces: as written and in small letters, ``""`` for a known term."""

    written: tuple[str, ...]
    keys: tuple[str, ...]
    opens: bool
    """Whether its first word begins a sentence."""


def _runs(text: str, terms: TermBase, path: str) -> Iterator[_Run]:
    masked = masked_source(text)
    taken = [(hit.start, hit.end) for hit in terms.hits(text, path)]
    written: list[str] = []
    keys: list[str] = []
    end, opens = 0, True
    for match in _WORD.finditer(masked):
        gap = masked[end : match.start()]
        if written and not _GAP.fullmatch(gap):
            yield _Run(tuple(written), tuple(keys), opens)
            written, keys = [], []
        if not written:
            opens = end == 0 or bool(re.search(r"[.!?:…]", gap))
        inside = any(start < match.end() and match.start() < stop for start, stop in taken)
        written.append(match[0])
        keys.append("" if inside else match[0].casefold().replace("’", "'"))
        end = match.end()
    if written:
        yield _Run(tuple(written), tuple(keys), opens)


def _grams(run: _Run, function: Callable[[str], bool]) -> Iterator[tuple[tuple[str, ...], int]]:
    for at, first in enumerate(run.keys):
        if not first or function(first) or len(first) < 2:
            continue
        for end in range(at + 1, min(at + LONGEST, len(run.keys)) + 1):
            key = run.keys[at:end]
            if not key[-1] or (function(key[-1]) and key[-1] not in _JOINING):
                break
            if not function(key[-1]) and len(key[-1]) > 1:
                yield key, at


def _note(seen: _Seen, run: _Run, at: int, length: int, text: Text) -> None:
    written = run.written[at : at + length]
    inner = at > 0 or not run.opens
    seen.count += 1
    seen.inner += inner
    seen.capital += inner and all(word[:1].isupper() for word in written if word.casefold() not in _FUNCTION)
    before = run.keys[at - 1] if at else ""
    after = run.keys[at + length] if at + length < len(run.keys) else ""
    seen.noun += before in _BEFORE_NOUN
    seen.verb += before in _BEFORE_VERB or (not inner and length == 1 and after in _AFTER_ORDER)
    seen.written[" ".join(written)] += 1 + inner  # the first word of a sentence tells little of its spelling
    if text.path not in seen.articles or len(seen.examples) < _EXAMPLES:
        seen.examples.append(Example(text.path, text.line, " ".join(text.text.split())))
        del seen.examples[_EXAMPLES:]
    seen.articles.add(text.path)


def _join_plurals(seen: dict[tuple[str, ...], _Seen]) -> None:
    """Count plurals as their singulars where both are there."""
    for key in list(seen):
        for plural in plurals(key[-1]):
            other = (*key[:-1], plural)
            if other != key and other in seen and key in seen:
                seen[key].add(seen.pop(other))


def _c_values(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    inside: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, count in counts.items():
        parts = {key[at:end] for at in range(len(key)) for end in range(at + 1, len(key) + 1)} - {key}
        for part in parts:
            if part in counts:
                inside[part].append(count)
    return {
        key: 0.0 if max(inside[key], default=0) >= _SWALLOWED * count else
        math.log2(len(key) + 1) * (count - sum(inside[key]) / max(1, len(inside[key])))
        for key, count in counts.items()
    }  # fmt: skip


def _mean(keyness: Mapping[str, float], key: tuple[str, ...]) -> float:
    content = [keyness.get(word, 0.0) for word in key if word not in _FUNCTION]
    return sum(content) / len(content)


def _keyness(here: float, word: str) -> float:
    general = _common().get(word)
    if general is None:  # "track-your-order" is as common as its rarest part
        parts = [_common().get(part, 0.0) for part in re.split(r"[-']", word)]
        general = min(parts)
    return math.log2((here + _SMOOTHING) / (general + _SMOOTHING))


@lru_cache(maxsize=1)
def _common() -> Mapping[str, float]:
    """How often the common English words stand in a million."""
    file = Path(__file__).with_name("common_words.yml")
    words: str = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))["words"]
    return {word: float(count) for word, _, count in (pair.partition(":") for pair in words.split())}


def _candidate(seen: _Seen, score: float) -> Candidate:
    verb = seen.verb > 2 * seen.noun
    part = PartOfSpeech.NAME if seen.name else PartOfSpeech.VERB if verb else PartOfSpeech.NOUN
    written = max(seen.written, key=lambda form: (seen.written[form], form))
    term = written if seen.name or written.isupper() else written.lower()
    return Candidate(term, seen.count, len(seen.articles), round(score, 1), part, tuple(seen.examples))
