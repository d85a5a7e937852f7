"""A locale: a language as it is written somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?",
    re.IGNORECASE | re.ASCII,
)
_RIGHT_TO_LEFT = frozenset({  # where no script is given
    "apc", "ar", "arc", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps",
    "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi",
})  # fmt: skip
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
_SCRIPT_BY_REGION = {"TW": "Hant", "HK": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans", "MY": "Hans"}
_CHILDREN = {  # UTS 35 parent locales (CLDR supplementalData), where cutting the last subtag would be wrong
    "en-001": "150 AG AI AU BB BM BS BW BZ CC CK CM CX CY DG DM ER FJ FK FM GB GD GG GH GI GM GS GY HK ID IE IL IM IN "
    "IO JE JM KE KI KN KY LC LR LS MG MO MS MT MU MV MW MY NA NF NG NR NU NZ PG PK PN PW RW SB SC SD SG SH SL "
    "SS SX SZ TC TK TO TT TV TZ UG VC VG VU WS ZA ZM ZW",
    "en-150": "AT BE CH CZ DE DK ES FI FR HU IT NL NO PL PT RO SE SI SK",
    "es-419": "AR BO BR BZ CL CO CR CU DO EC GT HN JP MX NI PA PE PR PY SV US UY VE",
    "pt-PT": "AO CH CV FR GQ GW LU MO MZ ST TL",
}
_PARENTS = {f"{parent[:2]}-{region}": parent for parent, regions in _CHILDREN.items() for region in regions.split()} | {
    "zh-HK": "zh-Hant", "zh-MO": "zh-HK", "zh-Hant-MO": "zh-Hant-HK", "zh-TW": "zh-Hant", "zh-Hant": "",
    "pt-PT": "",  # plain "pt" is Brazil's
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
        return self.script in _RIGHT_TO_LEFT_SCRIPTS if self.script else self.language in _RIGHT_TO_LEFT

    @property
    def direction(self) -> str:
        """Where its text runs, as HTML's ``dir`` has it: ``rtl`` or ``ltr``."""
        return "rtl" if self.right_to_left else "ltr"

    @property
    def parent(self) -> Locale | None:
        """Where to look next (UTS 35): ``de-AT`` -> ``de``; Traditional Chinese never falls to Simplified."""
        parent = _PARENTS.get(self.tag, self.tag.rpartition("-")[0])
        return Locale(parent) if parent else None

    @property
    def lineage(self) -> tuple[Locale, ...]:
        """The locale, its parent, and so on: ``pt-BR``, ``pt``."""
        return (self, *self.parent.lineage) if self.parent else (self,)
