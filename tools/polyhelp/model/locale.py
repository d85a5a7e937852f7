"""A locale: a language as it is written somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?", re.IGNORECASE
)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"})
_SCRIPT_BY_REGION = {"TW": "Hant", "HK": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans", "MY": "Hans"}
_PARENTS = {  # UTS 35 parent locales, where cutting the last subtag would be wrong
    "en-AU": "en-001", "en-GB": "en-001", "en-NZ": "en-001", "en-IN": "en-001", "en-001": "en",
    "es-AR": "es-419", "es-CL": "es-419", "es-CO": "es-419", "es-MX": "es-419", "es-PE": "es-419", "es-419": "es",
    "zh-HK": "zh-Hant", "zh-MO": "zh-HK", "zh-TW": "zh-Hant", "zh-Hant": "",
    "pt-PT": "", "pt-AO": "pt-PT", "pt-MZ": "pt-PT",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Locale:
    """A BCP 47 tag in canonical case: language, optional script, optional region (``zh-Hant-TW``, ``es-419``)."""

    tag: str

    @classmethod
    def parse(cls, text: str) -> Locale:
        """Read ``pt_br`` or ``PT-BR`` as ``pt-BR``.

        Raises ValueError when ``text`` is no language tag of this shape (RFC 5646 language-script-region).
        """
        match = _TAG.fullmatch(text)
        if not match:
            raise ValueError(f"'{text}' is not a language tag such as 'de', 'pt-BR' or 'zh-Hant-TW'")
        parts = [match["language"].lower()]
        if match["script"]:
            parts.append(match["script"].title())
        if match["region"]:
            parts.append(match["region"].upper())
        return cls("-".join(parts))

    def __str__(self) -> str:
        return self.tag

    @property
    def language(self) -> str:
        """The language subtag: ``zh``."""
        return self.tag.split("-", 1)[0]

    @property
    def script(self) -> str:
        """The script subtag, given or (for Chinese) implied by the region; ``""`` when unknown."""
        for part in self.tag.split("-")[1:]:
            if len(part) == 4:
                return part
        return _SCRIPT_BY_REGION.get(self.region, "Hans") if self.language == "zh" else ""

    @property
    def region(self) -> str:
        """The region subtag, ``BR`` or ``419``; ``""`` when there is none."""
        last = self.tag.rsplit("-", 1)[-1]
        return last if "-" in self.tag and len(last) != 4 else ""

    @property
    def right_to_left(self) -> bool:
        """Whether its text runs from right to left."""
        return self.language in _RIGHT_TO_LEFT

    @property
    def parent(self) -> Locale | None:
        """Where to look next (UTS 35): ``de-AT`` -> ``de``; Traditional Chinese never falls to Simplified."""
        parent = _PARENTS.get(self.tag, self.tag.rpartition("-")[0])
        return Locale(parent) if parent else None
