"""English inflections of a source term, generated from its lemma and part of speech.

Generating the surfaces of a lemma is safer than stemming the text: a stemmer takes "responsibility" for a form of
"response". Rules: R. Quirk et al., A Comprehensive Grammar of the English Language, 3.2-3.10 (verbs), 5.74-5.103
(nouns). What they do not cover (a term's unusual forms) is given as the term's ``variants``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from polyhelp.model import PartOfSpeech

_VOWELS = "aeiou"
_PREPOSITIONS = frozenset({"of", "in", "for", "to", "with", "at", "by", "on", "from", "without", "per"})
_PARTICLES = _PREPOSITIONS | frozenset(
    {"up", "off", "out", "down", "back", "over", "away", "into", "through", "again", "along"}
)
_NOUNS = {
    "man": "men", "woman": "women", "person": "people", "child": "children", "foot": "feet", "tooth": "teeth",
    "mouse": "mice", "goose": "geese", "leaf": "leaves", "shelf": "shelves", "knife": "knives", "half": "halves",
    "life": "lives", "wolf": "wolves", "index": "indices", "datum": "data", "criterion": "criteria", "hero": "heroes",
    "potato": "potatoes", "tomato": "tomatoes", "echo": "echoes", "veto": "vetoes",
}  # fmt: skip
_VERBS = {
    "be": "was were been being is are", "begin": "began begun", "break": "broke broken", "bring": "brought",
    "build": "built", "buy": "bought", "catch": "caught", "choose": "chose chosen", "come": "came",
    "do": "does did done", "draw": "drew drawn", "drive": "drove driven", "find": "found", "fly": "flew flown",
    "forget": "forgot forgotten", "get": "got gotten", "give": "gave given", "go": "goes went gone",
    "grow": "grew grown", "hold": "held", "keep": "kept", "know": "knew known", "lay": "laid", "leave": "left",
    "lend": "lent", "lose": "lost", "make": "made", "meet": "met", "pay": "paid", "resend": "resent",
    "rewrite": "rewrote rewritten", "ride": "rode ridden", "run": "ran", "say": "said", "see": "saw seen",
    "sell": "sold", "send": "sent", "show": "showed shown", "speak": "spoke spoken", "spend": "spent",
    "swim": "swam swum", "take": "took taken", "tell": "told", "think": "thought", "throw": "threw thrown",
    "understand": "understood", "wear": "wore worn", "withdraw": "withdrew withdrawn", "write": "wrote written",
}  # fmt: skip
# nouns that have no singular, or one that means something else (Quirk 5.77, 5.78)
_PLURAL_ONLY = frozenset({
    "always", "arms", "ashes", "belongings", "binoculars", "brains", "briefs", "business", "clothes", "compass",
    "congratulations", "contents", "customs", "damages", "dashes", "dues", "earnings", "fireworks", "funds",
    "glasses", "goods", "grounds", "guts", "headquarters", "jeans", "kudos", "lens", "lodgings", "manners", "means",
    "minutes", "news", "odds", "outskirts", "pants", "perhaps", "plus", "premises", "pyjamas", "pajamas",
    "refreshments", "remains", "riches", "savings", "scales", "scissors", "series", "shorts", "species",
    "spectacles", "spirits", "stairs", "status", "sunglasses", "surroundings", "terms", "thanks", "tights",
    "trousers", "tweezers", "valuables", "various", "works",
})  # fmt: skip
_UNCHANGED_PAST = frozenset({"put", "set", "shut", "read", "cut", "let"})


def surfaces(lemma: str, part: PartOfSpeech) -> tuple[str, ...]:
    """The forms of ``lemma`` to look for, itself first, each once: plurals of nouns and names, -s -ed -ing of verbs.

    ``part`` is not ``any``: its two parts have forms of their own. A noun that was entered in the plural is looked for
    in the singular, too.
    """
    words = lemma.split(" ")
    forms = [lemma]
    if part in {PartOfSpeech.NOUN, PartOfSpeech.NAME}:
        forms += _at(words, _head(words), plurals)
        if part is PartOfSpeech.NOUN:
            forms += _at(words, _head(words), singulars)
    elif part is PartOfSpeech.VERB:
        forms += _at(words, 0, verb_forms)
        if len(words) > 1 and words[-1].lower() not in _PARTICLES:  # "load balance" bends at its end
            forms += _at(words, len(words) - 1, verb_forms)
    return tuple(dict.fromkeys(forms))


def _head(words: list[str]) -> int:
    """The position of the noun that takes the plural: "proof" in "proof of purchase", else the last word."""
    for at, word in enumerate(words[1:-1], start=1):
        if word.lower() in _PREPOSITIONS:
            return at - 1
    return len(words) - 1


def _at(words: list[str], position: int, bend: Callable[[str], tuple[str, ...]]) -> list[str]:
    head, hyphen, last = words[position].rpartition("-")
    return [" ".join([*words[:position], head + hyphen + form, *words[position + 1 :]]) for form in bend(last)]


def singulars(noun: str) -> tuple[str, ...]:
    """The singular of what looks like a regular plural; none where only the plural has the meaning."""
    low = noun.lower()
    if not low.isascii() or low in _PLURAL_ONLY or len(low) < 4 or not low.endswith("s"):
        return ()
    if low.endswith(("ss", "us", "is", "ews", "ics")):
        return ()
    if low.endswith("ies"):
        return (noun[:-3] + "y",)
    if low.endswith(("sses", "xes", "ches", "shes")):
        return (noun[:-2],)
    return (noun[:-1],)


def plurals(noun: str) -> tuple[str, ...]:
    """Regular and known irregular plurals; none for what is no English word or already looks like a plural."""
    low = noun.lower()
    if not low.isascii() or not low[-1:].isalpha():
        return ()
    regular = _regular_plural(noun)
    known = (_like(noun, _NOUNS[low]),) if low in _NOUNS else ()
    if low == "index":
        return (*known, *regular)
    return known or regular


def _regular_plural(noun: str) -> tuple[str, ...]:
    low = noun.lower()
    acronym = noun.isupper() and len(noun) > 1
    if low.endswith("sis") and not acronym:
        return (noun[:-2] + "es",)
    if low.endswith(("ss", "us", "x", "z", "ch", "sh")) and not acronym:
        return (noun + "es",)
    if low.endswith("s"):
        return (noun + "es",) if acronym else ()
    if low.endswith("y") and low[-2:-1] not in _VOWELS and not acronym:
        return (noun[:-1] + "ies",)
    return (noun + "s",)


def verb_forms(verb: str) -> tuple[str, ...]:
    """Third person, past, participles and -ing form. Where the spelling varies (canceled, cancelled), both."""
    low = verb.lower()
    if not low or not low.isalpha() or not low.isascii():
        return ()
    forms = [_third_person(verb)]
    forms += [_like(verb, stem + "ing") for stem in _ing_stems(low)]
    if low in _VERBS:
        forms += [_like(verb, form) for form in _VERBS[low].split()]
    elif low not in _UNCHANGED_PAST:
        forms += [_like(verb, past) for past in _pasts(low)]
    return tuple(dict.fromkeys(forms))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _ing_stems(verb: str) -> tuple[str, ...]:
    if verb.endswith("ie"):
        return (verb[:-2] + "y",)
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and len(verb) > 2:
        return (verb[:-1],)
    return _doubled(verb)


def _pasts(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return (verb[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _doubled(verb))


def _doubled(verb: str) -> tuple[str, ...]:
    """The stem before -ed and -ing: "shipp" for "ship"; both spellings where the stress decides ("cancel", "refer")."""
    if not re.search(r"(?:^|[^aeiou]|qu)[aeiou][bdfgklmnprtvz]$", verb):
        return (verb,)
    syllables = len(re.findall(r"[aeiouy]+", verb))
    return (verb + verb[-1],) if syllables == 1 else (verb, verb + verb[-1])


def _like(model: str, form: str) -> str:
    if model.isupper() and len(model) > 1:
        return form.upper()
    return form.capitalize() if model[:1].isupper() else form
