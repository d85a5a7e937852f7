"""Errors to seed into correct translations: what a person or a machine does wrong, one kind at a time.

A kind makes a wrong unit from a right one, or None where the unit gives it nothing to spoil.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from babel.numbers import format_decimal

from polyhelp.model import Unit
from polyhelp.text.inline import Code, Role, codes, masked, tokenize

_WALL = "\ufffc"
_SENTENCE_END = re.compile(r"(?<=[^\W\d])[.!?](?=\s|\Z)|[。！？؟।]")
_STOP = re.compile(r"[.。।]\Z")
_MARK = re.compile(r"[.!?。！？]\Z")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?![^\W_])")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_TWINS = str.maketrans("aceopxyiACEHKMOPTX", "асеорхуіАСЕНКМОРТХ")
_TYPOGRAPHIC = re.compile("[„“”«»‚‘»]")
_OTHER_FORMALITY = {
    "de": [("Sie", "du"), ("Ihnen", "dir"), ("Ihre", "deine"), ("Ihren", "deinen"), ("Ihrem", "deinem"),
           ("Ihrer", "deiner"), ("Ihr", "dein")],
    "fr": [("vous", "tu"), ("Vous", "Tu"), ("votre", "ton"), ("Votre", "Ton"), ("vos", "tes"), ("Vos", "Tes")],
    "es": [("tú", "usted"), ("Tú", "Usted"), ("puedes", "usted puede"), ("Puedes", "Usted puede"),
           ("tienes", "usted tiene"), ("quieres", "usted quiere"), ("necesitas", "usted necesita")],
    "ja": [("ます。", "る。"), ("です。", "だ。"), ("ません。", "ない。")],
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """What a kind may draw from: chance, the locale's language, other units, and the same segments elsewhere.

    ``after`` is the unit that follows on the page, ``sibling`` the target of a source text in another language,
    ``terms`` a term's target by its source.
    """

    rng: random.Random
    language: str
    after: dict[Unit, Unit] = field(default_factory=dict)
    sibling: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)


Seed = Callable[[Unit, World], str | Unit | None]


@dataclass(frozen=True)
class Kind:
    """One kind of error, and the checks that should find it; ``policy`` where it is one in a policy only."""

    name: str
    checks: tuple[str, ...]
    seed: Seed
    languages: str = ""
    policy: bool = False

    def spoil(self, unit: Unit, world: World) -> Unit | None:
        """The unit with the error, or None where there is no place for it."""
        if self.languages and world.language not in self.languages.split():
            return None
        made = self.seed(unit, world)
        if isinstance(made, str):
            made = replace(unit, target=made)
        return made if made and made.target.strip() and made != unit else None


# ---------------------------------------------------------------- tools


def _any(found: Sequence[re.Match[str]] | Sequence[tuple[int, int]], world: World) -> tuple[int, int] | None:
    if not found:
        return None
    one = world.rng.choice(found)
    return one.span() if isinstance(one, re.Match) else one


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _in_prose(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(pattern.finditer(masked(text, _WALL)))


def _places(text: str, kind: str) -> list[tuple[int, int]]:
    """Where the codes of a kind stand."""
    found, at = [], 0
    for token in tokenize(text):
        size = len(token if isinstance(token, str) else token.text)
        if isinstance(token, Code) and token.kind == kind:
            found.append((at, at + size))
        at += size
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a segment stand, marks included."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(masked(text, _WALL)):
        found.append((start, end.end()))
        start = end.end()
    return [*found, (start, len(text))] if text[start:].strip(' *_)"»“”') else found


def _words(text: str) -> list[str]:
    return _WORD.findall(masked(text, _WALL))


# ---------------------------------------------------------------- markup, links, safety


def drop_code(unit: Unit, world: World) -> str | None:
    span = _any(_places(unit.target, "code"), world)
    return _put(unit.target, span, "") if span else None


def change_code(unit: Unit, world: World) -> str | None:
    places = [(a, b) for a, b in _places(unit.target, "code") if any(c.isalpha() for c in unit.target[a:b])]
    span = _any(places, world)
    if not span:
        return None
    at = world.rng.choice([n for n in range(*span) if unit.target[n].isalpha()])
    return _put(unit.target, (at, at + 1), "ü" if unit.target[at] != "ü" else "o")


def _with_placeholder(unit: Unit) -> Unit:
    """The unit with a placeholder at its end, on both sides: pages of documentation have few."""
    return replace(unit, source=f"{unit.source} {{{{ order.number }}}}", target=f"{unit.target} {{{{ order.number }}}}")


def drop_placeholder(unit: Unit, world: World) -> Unit | None:  # noqa: ARG001
    made = _with_placeholder(unit)
    return replace(made, target=unit.target)


def change_placeholder(unit: Unit, world: World) -> Unit | None:  # noqa: ARG001
    made = _with_placeholder(unit)
    return replace(made, target=made.target.replace("{{ order.number }}", "{{ order.nummer }}"))


def drop_tag(unit: Unit, world: World) -> str | None:
    span = _any(_places(unit.target, "html"), world)
    return _put(unit.target, span, "") if span else None


def drop_emphasis(unit: Unit, world: World) -> str | None:
    found = [one for one in codes(unit.target) if one.kind in {"strong", "emphasis"} and one.role is Role.OPEN]
    if not found:
        return None
    lost = world.rng.choice(found).id
    return "".join(
        token if isinstance(token, str) else "" if token.id == lost else token.text for token in tokenize(unit.target)
    )


def _link(unit: Unit, world: World) -> tuple[int, int] | None:
    return _any([(a, b) for a, b in _places(unit.target, "link") if unit.target[a:b].startswith("](")], world)


def change_address(unit: Unit, world: World) -> str | None:
    span = _link(unit, world)
    return _put(unit.target, span, "](../other/page.md)") if span else None


def drop_link(unit: Unit, world: World) -> str | None:
    closers = [one for one in codes(unit.target) if one.kind == "link" and one.role is Role.CLOSE]
    if not closers:
        return None
    lost = world.rng.choice(closers).id
    return "".join(
        token if isinstance(token, str) else "" if token.id == lost else token.text for token in tokenize(unit.target)
    )


def _bold_first_word(unit: Unit, attributes: str) -> str | None:
    found = _in_prose(_WORD, unit.target)
    return _put(unit.target, found[0].span(), f"**{found[0].group()}**{attributes}") if found else None


def _added(text: str) -> Seed:
    return lambda unit, world: f"{unit.target} {text}"  # noqa: ARG005


# ---------------------------------------------------------------- numbers, words left out, words left over


def _shared_numbers(unit: Unit) -> list[re.Match[str]]:
    there = {one.group() for one in _in_prose(_NUMBER, unit.source)}
    return [one for one in _in_prose(_NUMBER, unit.target) if one.group() in there]


def change_digit(unit: Unit, world: World) -> str | None:
    span = _any(_shared_numbers(unit), world)
    if not span:
        return None
    at = world.rng.choice([n for n in range(*span) if unit.target[n].isdigit()])
    return _put(unit.target, (at, at + 1), str((int(unit.target[at]) + world.rng.randint(1, 9)) % 10))


def drop_number(unit: Unit, world: World) -> str | None:
    span = _any(_shared_numbers(unit), world)
    return _put(unit.target, span, "") if span else None


def _number(world: World) -> tuple[str, str]:
    """A number as the source and as the target writes it."""
    value = world.rng.choice(
        [world.rng.randint(13, 99), world.rng.randint(1000, 99999), world.rng.randint(11, 99) / 10]
    )
    return format_decimal(value, locale="en"), format_decimal(value, locale=world.language)


def change_digit_put_in(unit: Unit, world: World) -> Unit:
    here, there = _number(world)
    at = world.rng.choice([n for n, one in enumerate(there) if one.isdigit()])
    digit = world.rng.choice([one for one in "123456789" if one != there[at]])
    return replace(unit, source=f"{unit.source} ({here})", target=f"{unit.target} ({_put(there, (at, at + 1), digit)})")


def drop_number_put_in(unit: Unit, world: World) -> Unit:
    return replace(unit, source=f"{unit.source} ({_number(world)[0]})")


def add_number(unit: Unit, world: World) -> str:
    return f"{unit.target} ({_number(world)[1]})"


def cut_last_sentence(unit: Unit, world: World) -> str | None:  # noqa: ARG001
    found = sentences(unit.target)
    if len(found) < 2 or len(found) != len(sentences(unit.source)) or found[-1][1] - found[-1][0] < 15:
        return None
    return unit.target[: found[-1][0]].rstrip()


def cut_in_half(unit: Unit, world: World) -> str | None:
    prose = masked(unit.target, _WALL)
    if len(prose.replace(_WALL, "")) < (20 if world.language in {"ja", "zh", "ko", "th"} else 40):
        return None
    middle = len(prose) // 2
    at = prose.find(" ", middle) if " " in prose[middle:] else middle
    while at < len(prose) and prose[at] == _WALL:
        at += 1
    return unit.target[:at].rstrip()


def leave_sentence(unit: Unit, world: World) -> str | None:
    there, here = sentences(unit.source), sentences(unit.target)
    if len(here) < 2 or len(here) != len(there):
        return None
    at = world.rng.randrange(len(here))
    left = unit.source[slice(*there[at])]
    if len(_words(left)) < 4 or codes(left):
        return None
    return _put(unit.target, here[at], f" {left.strip()}").strip()


def leave_all(unit: Unit, world: World) -> str | None:  # noqa: ARG001
    return unit.source if sum(word[0].islower() for word in _words(unit.source)) >= 2 else None


def swap_targets(unit: Unit, world: World) -> str | None:
    other = world.after.get(unit)
    return other.target if other else None


def sibling_language(unit: Unit, world: World) -> str | None:
    return world.sibling.get(unit.source) if len(_words(unit.source)) >= 4 else None


# ---------------------------------------------------------------- characters, punctuation, words


def drop_stop(unit: Unit, world: World) -> str | None:  # noqa: ARG001
    return unit.target[:-1] if _STOP.search(unit.target) and _STOP.search(unit.source) else None


def double_mark(unit: Unit, world: World) -> str | None:  # noqa: ARG001
    return unit.target + unit.target[-1] if _MARK.search(unit.target) and _MARK.search(unit.source) else None


def double_space(unit: Unit, world: World) -> str | None:
    span = _any(_in_prose(re.compile(r"(?<=\w) (?=\w)"), unit.target), world)
    return _put(unit.target, span, "  ") if span else None


def double_word(unit: Unit, world: World) -> str | None:
    span = _any(_in_prose(_WORD, unit.target), world)
    return _put(unit.target, span, " ".join([unit.target[slice(*span)]] * 2)) if span else None


def zero_width(unit: Unit, world: World) -> str | None:
    span = _any(_in_prose(re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])"), unit.target), world)
    return _put(unit.target, span, "\u200b") if span else None


def cyrillic_twin(unit: Unit, world: World) -> str | None:
    letter = re.compile(r"(?<=[a-z])[aceopxy](?=[a-z])|[aceopxy](?=[a-z])")
    span = _any(_in_prose(letter, unit.target), world)
    return _put(unit.target, span, unit.target[slice(*span)].translate(_TWINS)) if span else None


def straight_quotes(unit: Unit, world: World) -> str | None:  # noqa: ARG001
    found = _in_prose(_TYPOGRAPHIC, unit.target)
    text = unit.target
    for one in found:
        text = _put(text, one.span(), "'" if one.group() in "‚‘" else '"')
    return text if len(found) >= 2 else None


def french_space(unit: Unit, world: World) -> str | None:
    found = _in_prose(re.compile("[ \u00a0\u202f](?=[;:!?»])"), unit.target)
    span = _any(found, world)
    return _put(unit.target, span, "") if span else None


def half_width_comma(unit: Unit, world: World) -> str | None:
    span = _any(_in_prose(re.compile("[、，]"), unit.target), world)
    return _put(unit.target, span, ",") if span else None


def other_formality(unit: Unit, world: World) -> str | None:
    text = unit.target
    edge = "" if world.language == "ja" else r"\b"
    for polite, familiar in _OTHER_FORMALITY.get(world.language, []):
        for one in reversed(_in_prose(re.compile(edge + re.escape(polite) + edge), text)):
            text = _put(text, one.span(), familiar)
    return text


def change_term(unit: Unit, world: World) -> str | None:
    said = unit.target.casefold()
    here = [there for word in _words(unit.source) if (there := world.terms.get(word)) and there in said]
    if not here:
        return None
    lost = world.rng.choice(here)
    return re.sub(re.escape(lost), "xylophon", unit.target, flags=re.IGNORECASE)


KINDS = (
    Kind("drop a code span", ("markup",), drop_code),
    Kind("change a code span", ("markup",), change_code),
    Kind("drop a placeholder", ("markup",), drop_placeholder),
    Kind("alter a placeholder", ("markup",), change_placeholder),
    Kind("drop a tag", ("markup",), drop_tag),
    Kind("drop emphasis", ("emphasis",), drop_emphasis),
    Kind("change a link's address", ("links",), change_address),
    Kind("drop a link", ("links",), drop_link),
    Kind("add a link to another host", ("safety",), _added("[x](https://evil.example/)")),
    Kind("add a bare address", ("safety",), _added("www.evil.example/x")),
    Kind("add a <script>", ("safety",), _added("<script>alert(1)</script>")),
    Kind("add a tag", ("safety",), _added("<img src=x.png>")),
    Kind("add an onclick to a tag", ("safety",), _added('<b onclick="x()">x</b>')),
    Kind("add an onclick to bold text", ("safety",), lambda unit, _: _bold_first_word(unit, "{ onclick='x()' }")),
    Kind("add a javascript: link", ("safety",), _added("[x](javascript:alert(1))")),
    Kind("add a hidden javascript: link", ("safety",), _added("[x](java&#x73;cript&colon;alert(1))")),
    Kind("add a data: link", ("safety",), _added("[x](data:text/html;base64,PHNjcmlwdD4=)")),
    Kind("change a digit", ("numbers",), change_digit),
    Kind("drop a number", ("numbers",), drop_number),
    Kind("change a digit of a number put in", ("numbers",), change_digit_put_in),
    Kind("drop a number put in", ("numbers",), drop_number_put_in),
    Kind("add a number to a policy", ("numbers",), add_number, policy=True),
    Kind("cut the last sentence", ("omission",), cut_last_sentence),
    Kind("cut the text in half", ("omission",), cut_in_half),
    Kind("leave a sentence in English", ("untranslated", "language"), leave_sentence),
    Kind("leave everything in English", ("untranslated", "language"), leave_all),
    Kind("swap two segments' targets", ("omission", "markup", "links", "numbers", "punctuation"), swap_targets),
    Kind("another language's target", ("language",), sibling_language),
    Kind("remove the end stop", ("punctuation",), drop_stop),
    Kind("double the end mark", ("punctuation",), double_mark),
    Kind("straight quotes", ("typography",), straight_quotes),
    Kind("missing French space", ("typography",), french_space, "fr"),
    Kind("half-width comma", ("typography",), half_width_comma, "ja zh"),
    Kind("double a space", ("whitespace",), double_space),
    Kind("double a word", ("duplication",), double_word),
    Kind("zero-width space", ("characters",), zero_width),
    Kind("Cyrillic twin of a letter", ("characters",), cyrillic_twin),
    Kind("other form of address", ("formality",), other_formality),
    Kind("change a term", ("terminology",), change_term),
)
