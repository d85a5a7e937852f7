"""Which languages the stand-in for DeepL has, after DeepL's own answers to ``GET /v3/languages``."""

from __future__ import annotations

SOURCES = {
    "AR", "BG", "CS", "DA", "DE", "EL", "EN", "ES", "ET", "FI", "FR",
    "HE", "HU", "ID", "IT", "JA", "KO", "LT", "LV", "NB", "NL", "PL",
    "PT", "RO", "RU", "SK", "SL", "SV", "TH", "TR", "UK", "VI", "ZH",
}  # fmt: skip
VARIANTS = {"EN-GB", "EN-US", "PT-BR", "PT-PT", "ES-419", "ZH-HANS", "ZH-HANT"}
TARGETS = SOURCES - {"EN", "PT"} | VARIANTS
WITHOUT_TAGS = {"TH", "HE", "VI"}
FORMAL = {"DE", "FR", "IT", "ES", "ES-419", "NL", "PL", "PT-BR", "PT-PT", "JA", "RU"}
WITH_INSTRUCTIONS = {"DE", "EN", "ES", "FR", "IT", "JA", "KO", "ZH"}
WITHOUT_GLOSSARY = {"TH"}


def root(code: str) -> str:
    return code.partition("-")[0]


def written(code: str) -> str:
    """``zh-Hant``, ``pt-BR``: as ``/v3/languages`` writes what ``/v2/translate`` takes in capitals."""
    language, _, rest = code.partition("-")
    return f"{language.lower()}-{rest.title() if len(rest) == 4 else rest}" if rest else language.lower()


def translate_text() -> list[dict[str, object]]:
    return [
        {
            "lang": written(code),
            "name": code,
            "status": "stable",
            "usable_as_source": code in SOURCES,
            "usable_as_target": True,
            "features": {name: {"status": "stable"} for name in features(code)},
        }
        for code in sorted(SOURCES | VARIANTS)
    ]


def features(code: str) -> list[str]:
    names = {
        "auto_detection": code in SOURCES,
        "formality": code in FORMAL or code == "PT",
        "glossary": root(code) not in WITHOUT_GLOSSARY,
        "style_rules": root(code) in WITH_INSTRUCTIONS,
        "tag_handling": root(code) not in WITHOUT_TAGS,
    }
    return [name for name, there in names.items() if there]


def glossary() -> list[dict[str, object]]:
    return [
        {"lang": written(code), "name": code, "usable_as_source": True, "usable_as_target": True, "features": {}}
        for code in sorted(SOURCES)
    ]
