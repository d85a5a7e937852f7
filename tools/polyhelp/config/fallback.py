"""Which locales lend their text to which, and why some never do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyhelp.config.mistakes import Mistakes, unknown
from polyhelp.config.spot import Spot
from polyhelp.model import Locale


def chains(
    given: Mapping[str, Sequence[str]], spot: Spot, targets: Sequence[Locale], mistakes: Mistakes
) -> Mapping[Locale, tuple[Locale, ...]]:
    """For each of ``targets``, those that lend it their text, best first: what ``given`` says, else its parents."""
    known = {locale.tag: locale for locale in targets}
    out = {locale: tuple(known[one.tag] for one in locale.lineage[1:] if one.tag in known) for locale in targets}
    for tag, others in given.items():
        if tag not in known:
            mistakes.add(spot.at(tag), unknown(f"locale '{tag}'", tag, sorted(known)))
            continue
        chain: list[Locale] = []
        for number, other in enumerate(others):
            if other not in known:
                mistakes.add(spot.at(tag, number), unknown(f"locale '{other}'", other, sorted(known)))
            elif fault := _fault(known[tag], known[other]):
                mistakes.add(spot.at(tag, number), fault)
            else:
                chain.append(known[other])
        out[known[tag]] = tuple(dict.fromkeys(chain))
    _refuse_circles(out, spot, mistakes)
    return out


def _fault(locale: Locale, other: Locale) -> str:
    if other == locale:
        return f"'{locale}' cannot lend itself text"
    if locale.language == other.language and locale.script != other.script:
        return f"'{locale}' and '{other}' are written in different scripts: neither ever stands in for the other"
    return ""


def _refuse_circles(chains_: Mapping[Locale, tuple[Locale, ...]], spot: Spot, mistakes: Mistakes) -> None:
    """Two locales that lend to each other would pass each other's text on as their own."""
    for locale, chain in chains_.items():
        for other in chain:
            if locale in chains_.get(other, ()) and locale.tag < other.tag:
                mistakes.add(spot, f"'{locale}' and '{other}' fall back on each other: keep one of the two")
