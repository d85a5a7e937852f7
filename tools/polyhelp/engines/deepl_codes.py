"""DeepL's codes for languages, and what it offers for each.

The service itself says what it offers (``GET /v3/languages``). The tables here hold until it has been asked, and where
a server has no such endpoint. They are the careful ones: a language of which DeepL's pages say different things counts
as one without tag handling.

Source: https://developers.deepl.com/docs/getting-started/supported-languages and
https://developers.deepl.com/docs/languages/using-the-languages-api
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from polyhelp.engines.codes import nearest
from polyhelp.model import Locale

_NO_TARGETS = frozenset({"EN", "PT"})  # deprecated: DeepL's library wants a variant
INSTRUCTED = frozenset({"DE", "EN", "ES", "FR", "IT", "JA", "KO", "ZH"})
"""Targets, with their variants, that heed custom instructions.

Source: https://developers.deepl.com/docs/best-practices/custom-instructions
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """What DeepL offers, by its codes in capitals. ``final``: what is not in ``sources`` or ``targets`` is refused."""

    sources: frozenset[str]
    targets: frozenset[str]
    tags: frozenset[str]
    formality: frozenset[str]
    glossary: frozenset[str]
    final: bool = True

    def source(self, locale: Locale) -> str:
        """The code of a source language, which has no variants; ``""`` when it is refused."""
        return self._code(Locale(locale.language), self.sources)

    def target(self, locale: Locale) -> str:
        """The code nearest to a target: ``zh-TW`` -> ``ZH-HANT``, ``pt`` -> ``PT-BR``; ``""`` when it is refused."""
        return self._code(locale, self.targets)

    def _code(self, locale: Locale, codes: frozenset[str]) -> str:
        return _nearest(locale, codes) or ("" if self.final else locale.language.upper())


@lru_cache(maxsize=1024)  # asked for every text
def _nearest(locale: Locale, codes: frozenset[str]) -> str:
    return nearest(locale, codes)


def root(code: str) -> str:
    """A code without its variant, as glossaries have it: ``PT-BR`` -> ``PT``."""
    return code.partition("-")[0]


def offer_of(languages: Any, glossaries: Any) -> Offer | None:
    """What the answers to ``resource=translate_text`` and ``resource=glossary`` say; None if they are no such answers.

    A glossary needs both: the second says that one may be kept, a language's feature that translating heeds it.
    """
    offered = _by_code(languages)
    targets = frozenset(code for code, about in offered.items() if about.get("usable_as_target") is True)
    kept = frozenset(root(code) for code in _by_code(glossaries))

    def having(feature: str) -> frozenset[str]:
        return frozenset(code for code, about in offered.items() if feature in _features(about))

    if not targets:
        return None
    return Offer(
        sources=frozenset(code for code, about in offered.items() if about.get("usable_as_source") is True),
        targets=targets - _NO_TARGETS - ({"ZH"} if "ZH-HANS" in targets else set()),
        tags=having("tag_handling"),
        formality=having("formality"),
        glossary=frozenset(code for code in having("glossary") if not kept or root(code) in kept),
    )


def _by_code(answer: Any) -> dict[str, dict[str, Any]]:
    languages = [about for about in answer if isinstance(about, dict)] if isinstance(answer, list) else []
    return {about["lang"].upper(): about for about in languages if isinstance(about.get("lang"), str)}


def _features(about: dict[str, Any]) -> dict[str, Any] | list[Any]:
    features = about.get("features")
    return features if isinstance(features, dict | list) else []


_VARIANTS = {"EN": "EN-GB EN-US", "ES": "ES-419", "PT": "PT-BR PT-PT", "ZH": "ZH-HANS ZH-HANT"}


def _with_variants(codes: str) -> frozenset[str]:
    return frozenset(f"{codes} {' '.join(_VARIANTS.get(code, '') for code in codes.split())}".split())


_LANGUAGES = "AR BG CS DA DE EL EN ES ET FI FR HE HU ID IT JA KO LT LV NB NL PL PT RO RU SK SL SV TH TR UK VI ZH"
DOCUMENTED = Offer(
    sources=frozenset(_LANGUAGES.split()),
    targets=_with_variants(_LANGUAGES) - _NO_TARGETS - {"ZH"},
    tags=_with_variants(_LANGUAGES) - {"HE", "TH", "VI"},
    formality=_with_variants("DE ES FR IT JA NL PL PT RU"),
    glossary=_with_variants(_LANGUAGES) - {"TH"},
    final=False,
)
"""What the documentation says of the languages that DeepL has had for long; it has more."""
