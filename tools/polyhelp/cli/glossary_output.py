"""The term base as it is printed: for people, and for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from polyhelp.cli import console
from polyhelp.glossary.advice import Advice
from polyhelp.glossary.extract import Candidate
from polyhelp.glossary.merge import Difference
from polyhelp.model import Concept, Locale, PartOfSpeech, TermTarget
from polyhelp.text.words import count
from polyhelp.workflow.glossary import Row

_FEW = 20
"""Differences that are printed one by one."""


# ---------------------------------------------------------------- for people


def cells(row: Row, names: Sequence[str]) -> list[str]:
    """A concept's line in the table; with the preferred forms in the locales ``names`` where there are any."""
    concept = row.concept
    kept = concept.do_not_translate
    if names:
        named = {locale.tag: concept.target(locale) for locale in (*row.has, *row.lacks)}
        middle = [("(stays)" if kept else target.preferred) if (target := named[tag]) else "-" for tag in names]
    else:
        middle = ["all (stays)"] if kept else [" ".join(locale.tag for locale in row.has) or "-"]
    lacks = " ".join(locale.tag for locale in row.lacks)
    return [_plain(one) for one in (concept.source, concept.part, _enforced(concept), *middle, lacks)]


def _plain(text: str) -> str:
    """Text of the term base for a table, where square brackets would be markup."""
    return console.printable(text).replace("[", r"\[")


def entry_lines(row: Row) -> Iterator[str]:
    """Everything about a concept."""
    concept = row.concept
    yield console.printable(f"{concept.source} ({concept.part}), {concept.id}, {row.place}")
    facts = {
        "definition": concept.definition,
        "domain": concept.domain,
        "owner": concept.owner,
        "enforce": _enforced(concept),
        "do not translate": "yes" if concept.do_not_translate else "",
        "case-sensitive": "yes" if concept.case_sensitive else "",
        "variants": ", ".join(concept.variants),
        "except": ", ".join(concept.excluded),
        "scope": ", ".join(concept.scope),
    }
    yield from (console.printable(f"  {name}: {value}") for name, value in facts.items() if value)
    for locale in row.has:
        target = concept.target(locale) or TermTarget()
        own = "" if locale in concept.targets or concept.do_not_translate else f" (from {_from(concept, locale)})"
        yield console.printable(f"  {locale}: {target.preferred}{own}")
        lists = (("admitted", target.admitted), ("deprecated", target.deprecated), ("forbidden", target.forbidden))
        yield from (console.printable(f"      {name}: {', '.join(forms)}") for name, forms in lists if forms)
        if target.note:
            yield console.printable(f"      note: {target.note}")
    if row.lacks:
        yield f"  no name in: {' '.join(locale.tag for locale in row.lacks)}"


def _from(concept: Concept, locale: Locale) -> Locale:
    return next(one for one in locale.lineage if one in concept.targets)


def difference_lines(found: Sequence[Difference], *, all_: bool) -> Iterator[str]:
    """What an import found to differ; only the first few without ``all_``."""
    for one in found if all_ else found[:_FEW]:
        yield console.printable(f"  {one.place}: {one.concept}.{one.field}: '{one.ours}' -> '{one.theirs}'")
    if len(found) > _FEW and not all_:
        yield f"  and {len(found) - _FEW:,} more (see all with -v)"


def candidate_lines(one: Candidate, *, loud: int) -> Iterator[str]:
    """A term that is proposed, with its examples."""
    part = "" if one.part is PartOfSpeech.NOUN else f", {one.part}"
    yield console.printable(f"{one.term}  ({one.count:,} in {count(one.articles, 'article')}{part})")
    for example in one.examples[: 3 if loud > 0 else 1]:
        yield console.printable(f"    {example.path}:{example.line}: {_short(example.text, one.term)}")


def _short(text: str, term: str, width: int = 90) -> str:
    """The stretch of ``text`` around ``term``."""
    if len(text) <= width:
        return text
    at = max(0, text.casefold().find(term.casefold()) - (width - len(term)) // 2)
    at = min(at, len(text) - width)
    return f"{'…' if at else ''}{text[at : at + width].strip()}{'…' if at + width < len(text) else ''}"


# ---------------------------------------------------------------- for scripts


def _enforced(concept: Concept) -> str:
    return concept.enforce.value if concept.enforce else "off"


def concept_row(row: Row) -> dict[str, Any]:
    """A concept and what its locales call it."""
    concept = row.concept
    return {
        "id": concept.id,
        "source": concept.source,
        "pos": concept.part.value,
        "definition": concept.definition,
        "domain": concept.domain,
        "owner": concept.owner,
        "enforce": _enforced(concept),
        "do_not_translate": concept.do_not_translate,
        "case_sensitive": concept.case_sensitive,
        "variants": list(concept.variants),
        "except": list(concept.excluded),
        "scope": list(concept.scope),
        "targets": {locale.tag: _target(target) for locale in row.has if (target := concept.target(locale))},
        "missing": [locale.tag for locale in row.lacks],
        "path": row.place.path,
        "line": row.place.line,
    }


def _target(target: TermTarget) -> dict[str, Any]:
    said = {one.name: getattr(target, one.name) for one in fields(target) if one.name != "cleared"}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def advice_row(one: Advice) -> dict[str, Any]:
    """A remark on an entry."""
    return {"concept": one.concept, "path": one.place.path, "line": one.place.line, "message": one.text}


def advice_lines(told: Iterable[Advice]) -> Iterator[str]:
    """Remarks on entries, one line each."""
    return (console.printable(f"{one.place}: {one.concept}: {one.text}") for one in told)


def difference_row(one: Difference) -> dict[str, Any]:
    """A field in which a file differs."""
    return {
        "concept": one.concept,
        "field": one.field,
        "ours": one.ours,
        "theirs": one.theirs,
        "path": one.place.path,
        "line": one.place.line,
    }


def candidate_row(one: Candidate) -> dict[str, Any]:
    """A term that is proposed."""
    return {
        "term": one.term,
        "count": one.count,
        "articles": one.articles,
        "score": one.score,
        "pos": one.part.value,
        "examples": [{"path": ex.path, "line": ex.line, "text": ex.text} for ex in one.examples],
    }
