"""What may be repaired in a machine's answer without asking anybody.

Two things, because nothing around them changes with them:

1. A do-not-translate term in other capitals, in full-width letters, or with a space or hyphen more or less: Trailcard,
   TRAILCARD and Trail Card for TrailCard. A translated name is not repaired: who knows what else the sentence says.
2. A forbidden or deprecated form that the term base names, in a language whose words have one form and ask for no
   agreement (:attr:`Family.invariable`). Nouns only in Japanese: what ends in hiragana may be inflected.

Where it is not clear which word is meant, nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from polyhelp.glossary.families import Family, family
from polyhelp.glossary.match import TermBase
from polyhelp.model import Locale, TermHit, TermTarget, TermViolation
from polyhelp.text.inline import codes, serialize, tokenize

_SEPARATOR = "[ \u00a0\\-‐‑]"
_COMPOUND = re.compile(r"[-‐‑][^\W_]")
_HIRAGANA_END = re.compile("[\u3041-\u309f]\\Z")
_WIDE = 0xFEE0  # from an ASCII sign to its full-width form

_Edit = Callable[[str], str]


def repaired(
    base: TermBase, source: str, target: str, locale: Locale, path: str = ""
) -> tuple[str, tuple[TermViolation, ...]]:
    """``target`` as far as it can be repaired, and what then still breaks the term base.

    ``source`` and ``target`` are segments in Markdown; only prose is changed, never code, addresses, placeholders or
    attributes. What would change the markup or break another term is left as it was.
    """
    rules, hits = family(locale), base.hits(source, path)
    broken = base.violations(source, target, locale, path)
    for edit in (*_names(hits, broken, locale, rules), *_forms(hits, broken, locale, rules)):
        changed = _in_prose(target, edit)
        if changed == target or codes(changed) != codes(target):
            continue
        left = base.violations(source, changed, locale, path)
        if len(left) <= len(broken):
            target, broken = changed, left
    return target, broken


def _in_prose(text: str, edit: _Edit) -> str:
    """``text`` with the whole of its prose edited; words that markup cuts in two stay as they are."""
    tokens = tokenize(text)
    prose = "\n".join(token for token in tokens if isinstance(token, str))  # no word goes through a line end
    edited = iter(edit(prose).split("\n"))
    lines = (
        "\n".join(next(edited) for _ in range(token.count("\n") + 1)) if isinstance(token, str) else token
        for token in tokens
    )
    return serialize(lines)


# ---------------------------------------------------------------- names


def _names(
    hits: tuple[TermHit, ...], broken: tuple[TermViolation, ...], locale: Locale, rules: Family
) -> Iterator[_Edit]:
    """An edit for each do-not-translate term: a case-sensitive one wherever it stands, others where they are missed."""
    missed = {one.hit.concept.id for one in broken if not one.forbidden}
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.concept.id] = counts.get(hit.concept.id, 0) + 1
    for concept in {hit.concept.id: hit.concept for hit in hits}.values():
        names = concept.target(locale)
        if names is None or concept.enforce is None or not concept.do_not_translate:
            continue
        if concept.case_sensitive or concept.id in missed:
            yield _renaming(names.preferred, counts[concept.id], rules)


def _renaming(name: str, most: int, rules: Family) -> _Edit:
    """Writes ``name`` as it should be, unless more than ``most`` words look like it: one may be another word."""
    pattern = _spellings(name, rules)

    def edit(prose: str) -> str:
        found = list(pattern.finditer(prose))
        if len(found) > most:
            return prose
        return pattern.sub(lambda match: _renamed(match, name, rules), prose)

    return edit


def _renamed(match: re.Match[str], name: str, rules: Family) -> str:
    if rules.compounds and _COMPOUND.match(match.string, match.end()):
        return name.replace(" ", "-")  # Pine-Points-Konto: in a compound these languages hyphenate all of it
    if match[0][:1].isupper() and name[:1].islower():
        return name[:1].upper() + name[1:]
    return name


@lru_cache(maxsize=4096)
def _spellings(name: str, rules: Family) -> re.Pattern[str]:
    """The name in any capitals and widths, with or without a space or hyphen where one could be."""
    parts = re.split(r"[ \-]|(?<=[a-z])(?=[A-Z])", name)
    body = f"{_SEPARATOR}?".join("".join(_sign(sign) for sign in part) for part in parts)
    ending = r"'?[^\W\d_]*" if rules.free_tail else f"(?:'?(?:{'|'.join(['s', *map(re.escape, rules.inflections)])}))?"
    edge = "[0-9A-Za-z\u00c0-\u024f]"
    return re.compile(f"(?<!{edge}){body}(?={ending}(?!{edge}))", re.IGNORECASE)


def _sign(sign: str) -> str:
    wide = chr(ord(sign) + _WIDE) if "!" <= sign <= "~" else ""
    return f"[{re.escape(sign)}{wide}]"


# ---------------------------------------------------------------- other forms


def _forms(
    hits: tuple[TermHit, ...], broken: tuple[TermViolation, ...], locale: Locale, rules: Family
) -> Iterator[_Edit]:
    """An edit for each forbidden or deprecated form that the preferred one may stand for as it is."""
    if not rules.invariable:
        return
    targets = [hit.concept.target(locale) for hit in hits]
    allowed = {form for names in targets if names is not None for form in names.allowed}
    for one in broken:
        if one.forbidden and not any(map(_HIRAGANA_END.search, (one.forbidden, one.target.preferred))):
            yield _replacing(one.forbidden, one.target, frozenset(allowed), rules)


def _replacing(form: str, names: TermTarget, allowed: frozenset[str], rules: Family) -> _Edit:
    """Puts the preferred form for ``form`` outside every allowed form, unless the text has both: it may explain one."""
    edge = r"\b" if rules.spaced else ""
    longer = sorted((one for one in allowed if one != form), key=len, reverse=True)
    forms = "|".join([*map(re.escape, longer), f"({re.escape(form)})"])
    pattern = re.compile(f"{edge}(?:{forms}){edge}", re.IGNORECASE)

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        capital = match[1][:1].isupper() and form[:1].islower()
        return names.preferred[:1].upper() + names.preferred[1:] if capital else names.preferred

    def edit(prose: str) -> str:
        ours = {one.casefold() for one in names.allowed}
        if any(match[0].casefold() in ours for match in pattern.finditer(prose)):
            return prose
        return pattern.sub(put, prose)

    return edit
