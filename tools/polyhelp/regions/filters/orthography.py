"""How a region spells a language that it shares with others."""

from __future__ import annotations

from polyhelp.model import Locale
from polyhelp.regions.filters.conventions import country

# The official rules of German spelling, § 25 E2: in Switzerland one can always write "ss"; the Swiss Federal
# Chancellery's guide to these rules (Leitfaden zur deutschen Rechtschreibung) has no ß. Liechtenstein writes alike.
_WITHOUT_ESZETT = frozenset({"CH", "LI"})
_ESZETT = str.maketrans({"ß": "ss", "\u1e9e": "SS"})


def spelled(text: str, locale: Locale, region: str) -> str:
    """Prose in ``locale`` as ``region`` spells it: German for Switzerland and Liechtenstein has ss where others have ß.

    ``text`` is prose only: code, addresses and names that must stay as they are do not go through here.
    """
    if locale.language != "de" or not {country(region), locale.region} & _WITHOUT_ESZETT:
        return text
    return text.translate(_ESZETT)
