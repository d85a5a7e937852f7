"""From a query to matches.

1. In context before exact before fuzzy. A match is worth 100 only when the target was made for exactly this text, in
   this locale, under the same context, and did not need a look itself. Otherwise an equal text is worth 99.
2. Only the locale and its parents are looked at (es-MX, es-419, es), never siblings, unless they are asked for by
   name. A parent's target is worth 99 at most: it needs a look.
3. What a machine made and nobody accepted matches only exactly its own source, locale and context.
4. Sources that differ in codes only are worth 99 with the codes exchanged, where that is simple (:mod:`forms`).
5. Of equal matches the better standing comes first (reviewed, person, machine), then the nearer locale, then the
   newer target.
6. Candidates come from an index, never from a walk over all sources: those that share most features with the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process

from polyhelp.memory.forms import form, penalized, with_codes_of, without_numbers
from polyhelp.memory.pair import Match, MatchKind, Pair, Query, Standing
from polyhelp.memory.store import Store
from polyhelp.model import Locale

MINIMUM = 75
"""From here a match saves work (translators' price lists pay no less than the full price below 75)."""
_MANY = 64
_BUDGET = 12_000
_ROUND = 128
_ROUNDS = 3
_ORDER = {MatchKind.IN_CONTEXT: 0, MatchKind.EXACT: 1, MatchKind.FUZZY: 2}


def lookup(
    store: Store, query: Query, minimum: int = MINIMUM, limit: int = 5, also: Iterable[Locale] = ()
) -> tuple[Match, ...]:
    """The best matches for ``query``, best first: at most ``limit``, of at least ``minimum`` (0 to 100).

    ``also`` names more locales to look at, such as siblings. Raises OutsideError when the memory's file fails.
    """
    locales = tuple(dict.fromkeys((*query.locale.lineage, *also)))
    found = [match for pair in _equal(store, query, locales) if (match := _exact(query, pair))]
    if minimum < 100 and not any(match.similarity == 100 for match in found):
        found += _of_same_form(store, query, locales)
        if minimum < 99:
            found += _fuzzy(store, query, locales, (minimum, limit))
    found = [match for match in found if match.similarity >= minimum]
    return tuple(_each_target_once(_sorted(found, locales)))[:limit]


def _equal(store: Store, query: Query, locales: Sequence[Locale]) -> list[Pair]:
    pairs = store.equal(query.source, locales, _MANY)
    if len(pairs) == _MANY and query.before:  # a word like "Note" stands on every page: is this page among them?
        pairs += store.in_place(query.source, locales, query.before, query.after)
    return pairs


def _exact(query: Query, pair: Pair) -> Match | None:
    fits = pair.locale == query.locale and pair.context == query.context
    if pair.standing is Standing.MACHINE and not fits:
        return None
    similarity = 100 if fits and pair.standing > Standing.UNSURE else 99
    kind = MatchKind.IN_CONTEXT if similarity == 100 and query.in_context(pair) else MatchKind.EXACT
    return Match(pair, kind, similarity, pair.target)


def _of_same_form(store: Store, query: Query, locales: Sequence[Locale]) -> Iterator[Match]:
    shape = form(query.source)
    for pair in store.alike(shape, locales, _MANY) if shape != query.source else ():
        if pair.source != query.source and pair.standing > Standing.MACHINE and form(pair.source) == shape:
            target = with_codes_of(query.source, pair.source, pair.target)
            if target:
                yield Match(pair, MatchKind.FUZZY, 99, target)


def _fuzzy(store: Store, query: Query, locales: Sequence[Locale], wanted: tuple[int, int]) -> list[Match]:
    minimum, limit = wanted
    shape = form(query.source)
    compared = without_numbers(shape)
    candidates = store.candidates(shape, _BUDGET, _ROUND * _ROUNDS)
    found: list[Match] = []
    for start in range(0, len(candidates), _ROUND):
        rows = store.texts(candidates[start : start + _ROUND])
        forms = [row[2] for row in rows]
        for _, ratio, at in process.extract(compared, forms, scorer=fuzz.ratio, score_cutoff=minimum, limit=2 * limit):
            id_, text, _ = rows[at]
            similarity = penalized(ratio, query.source, text) if text != query.source else 0
            if similarity >= minimum:
                found += _of_source(store, id_, locales, similarity)
        if found:
            break
    return found


def _of_source(store: Store, id_: int, locales: Sequence[Locale], similarity: int) -> list[Match]:
    pairs = store.of_source(id_, locales, _MANY)
    return [
        Match(pair, MatchKind.FUZZY, similarity, pair.target) for pair in pairs if pair.standing is not Standing.MACHINE
    ]


def _sorted(matches: list[Match], locales: Sequence[Locale]) -> list[Match]:
    nearness = {locale: at for at, locale in enumerate(locales)}
    matches.sort(key=lambda match: (match.pair.path, match.pair.source, match.target))
    matches.sort(key=lambda match: match.pair.date, reverse=True)
    matches.sort(
        key=lambda match: (
            -match.similarity,
            _ORDER[match.kind],
            -match.pair.standing,
            nearness[match.pair.locale],
        )
    )
    return matches


def _each_target_once(matches: Iterable[Match]) -> Iterator[Match]:
    targets: set[str] = set()
    pairs: set[Pair] = set()
    for match in matches:
        if match.target not in targets and match.pair not in pairs:  # a pair comes with its own codes too: lower
            yield match
        targets.add(match.target)
        pairs.add(match.pair)
