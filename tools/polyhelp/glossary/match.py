"""The term base at work: which terms a source text has, and whether a target keeps to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache

from polyhelp.glossary import lenient, strict
from polyhelp.glossary.families import Family, family
from polyhelp.glossary.index import Index, Span, forms_of
from polyhelp.glossary.prose import target_prose
from polyhelp.model import Concept, Locale, TermHit, TermTarget, TermViolation
from polyhelp.text.paths import matches

TermFinder = Callable[[str, str], Sequence[TermViolation]]
"""(source text, target text) -> violations, for one locale and path."""

_Demand = tuple[Concept, TermTarget]


class TermBase:
    """The concepts of a project, compiled once.

    ``path`` is always the article's path relative to the content folder; ``text`` and ``source`` are segments in
    Markdown. Nothing here raises: a text without terms has no hits.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._index = Index(self.concepts)
        self._scoped = any(concept.scope for concept in self.concepts)
        self._spans = lru_cache(maxsize=32768)(self._index.spans)  # a source is looked at once per locale
        self._active = lru_cache(maxsize=4096)(self._in_scope)
        self._names: dict[tuple[int, Locale], TermTarget | None] = {}

    def _in_scope(self, path: str) -> frozenset[int]:
        return frozenset(
            number
            for number, concept in enumerate(self.concepts)
            if not concept.scope or any(matches(path, pattern) for pattern in concept.scope)
        )

    def _target(self, concept: Concept, locale: Locale) -> TermTarget | None:
        key = (id(concept), locale)  # the concepts live as long as the term base
        if key not in self._names:
            self._names[key] = concept.target(locale)
        return self._names[key]

    def _demands(self, span: Span, locale: Locale) -> list[_Demand]:
        """The enforced concepts of a span that have a name in ``locale``."""
        named = [(concept, self._target(concept, locale)) for concept in span.concepts if concept.enforce is not None]
        return [(concept, target) for concept, target in named if target is not None]

    def _found(self, text: str, path: str) -> tuple[Span, ...]:
        return self._spans(text, self._active(path) if self._scoped else None)

    def hits(self, text: str, path: str = "") -> tuple[TermHit, ...]:
        """The terms in ``text`` in reading order. They never overlap: of two candidates the longer one is taken."""
        return tuple(span.hit for span in self._found(text, path))

    def for_engine(self, text: str, locale: Locale, path: str = "") -> tuple[tuple[str, str], ...]:
        """(source term, preferred target) for the enforced terms in ``text``, each source once, in reading order."""
        terms: dict[str, tuple[str, str]] = {}
        for span in self._found(text, path):
            for concept in span.concepts:
                target = self._target(concept, locale) if concept.enforce is not None else None
                if target is not None:
                    terms.setdefault(concept.source.casefold(), (concept.source, target.preferred))
        return tuple(terms.values())

    def pairs(self, locale: Locale) -> tuple[tuple[str, str], ...]:
        """(source term, preferred target) for every enforced concept that has a name in ``locale``."""
        found = ((concept, self._target(concept, locale)) for concept in self.concepts if concept.enforce is not None)
        return tuple((concept.source, target.preferred) for concept, target in found if target is not None)

    def violations(self, source: str, target: str, locale: Locale, path: str = "") -> tuple[TermViolation, ...]:
        """Where ``target`` breaks the term base, at most one missing term per concept.

        A term that occurs several times is satisfied by one allowed form: pronouns and ellipsis are good style.
        A forbidden or deprecated form counts only where its source term occurs, and not where it is part of an allowed
        form of any term in the same segment. It is reported instead of the missing allowed form.
        """
        spans = [(span, self._demands(span, locale)) for span in self._found(source, path)]
        if not any(demands for _, demands in spans):
            return ()
        rules = family(locale)
        reader = _Reader(target, rules)
        allowed = tuple(dict.fromkeys(form for _, demands in spans for _, names in demands for form in names.allowed))
        seen: set[str] = set()
        broken: list[TermViolation] = []
        for span, demands in spans:
            new = [demand for demand in demands if demand[0].id not in seen]
            seen.update(concept.id for concept, _ in demands)
            broken += _broken(span, new, reader, allowed)
        return tuple(broken)

    def finder(self, locale: Locale, path: str) -> TermFinder:
        """``violations`` for one locale and path."""

        def find(source: str, target: str) -> Sequence[TermViolation]:
            return self.violations(source, target, locale, path)

        return find


class _Reader:
    """Answers questions about one target, preparing its text at most once in each of the views needed."""

    def __init__(self, target: str, rules: Family) -> None:
        self.rules = rules
        self.prose = target_prose(target)
        self._target = target

    @cached_property
    def _with_code(self) -> str:
        return target_prose(self._target, with_code_spans=True)

    def satisfied(self, concept: Concept, names: TermTarget, span: Span) -> bool:
        """Whether an allowed form of the concept stands in the target."""
        if concept.do_not_translate:
            text = self._with_code
            forms = dict.fromkeys((*names.allowed, *forms_of(concept)))
            return any(strict.verbatim(form, text, self.rules, case_sensitive=concept.case_sensitive) for form in forms)
        prepared = lenient.prepare(self.prose, self.rules)
        if any(lenient.contains(form, prepared, self.rules) for form in names.allowed):
            return True
        return self._name_kept(span)

    def _name_kept(self, span: Span) -> bool:
        """Whether the surface is a name here: a capitalized word inside the sentence, kept as it is in the target."""
        if not span.start or not span.text[:1].isupper() or span.text == span.text.upper():
            return False
        return strict.verbatim(span.text, self.prose, self.rules, case_sensitive=True)

    def unwanted(self, names: TermTarget, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """The forbidden and deprecated forms in the target, outside the allowed forms."""
        return strict.found((*names.forbidden, *names.deprecated), allowed, self.prose, self.rules)


def _broken(span: Span, demands: list[_Demand], reader: _Reader, allowed: tuple[str, ...]) -> list[TermViolation]:
    if not demands:
        return []
    out: list[TermViolation] = []
    for concept, names in demands:
        hit = TermHit(concept, span.start, span.end, span.text)
        out += [TermViolation(hit, names, form) for form in reader.unwanted(names, allowed)]
    if out or any(reader.satisfied(concept, names, span) for concept, names in demands):
        return out
    concept, names = demands[0]  # homographs: any one of them would have done
    return [TermViolation(TermHit(concept, span.start, span.end, span.text), names)]
