"""Check: links and images lead where the source's do.

What leads to another host or runs code is the check ``safety``'s; here it only counts as the link that it replaces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from polyhelp.checks.addresses import Editions, addresses
from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.safety import Ground
from polyhelp.model import Severity, Unit


def look(unit: Unit, setting: Setting) -> Iterator[Finding]:
    """An error for each link or image that is missing, leads elsewhere or was not in the source.

    Link texts may change freely, links may change places, and a link may lead to the locale's edition of the same page.
    """
    if unit.source == unit.target:
        return
    source, target = Counter(addresses(unit.source)), Counter(addresses(unit.target))
    if source == target:
        return
    ground = Ground.of(unit.source)
    if "<" in unit.target:
        target = Counter(addresses(ground.without_new_tags(unit.target)))
    lost, new = list((source - target).elements()), list((target - source).elements())
    editions = Editions(setting.origin, setting.locale)
    for address in tuple(new):
        same = next((one for one in lost if editions.is_edition(address, one)), None)
        if same is not None:
            lost.remove(same)
            new.remove(address)
    for address in tuple(new):
        if not ground.holds(address, editions):
            new.remove(address)
            del lost[:1]  # the unsafe link stands for it, and is reported as such
    yield from _faults(lost, new, source)


def _faults(lost: list[str], new: list[str], source: Counter[str]) -> Iterator[Finding]:
    for was, now in zip(lost, new, strict=False):
        yield Finding(Severity.ERROR, f"This link should lead to '{was}', as in the source. It leads to '{now}'.", now)
    for address in lost[len(new) :]:
        yield Finding(Severity.ERROR, f"The link to '{address}' is missing in the translation.")
    for address in new[len(lost) :]:
        if source[address]:
            text = f"The translation has more links to '{address}' than the source."
        else:
            text = f"The translation has a link that the source does not have: '{address}'."
        yield Finding(Severity.ERROR, text, address)


CHECK = Check(
    its="markup",
    about="""\
Every link and image of the source is in the translation, and leads to the same address.

The text of a link is yours to translate, and links may change places in the sentence. The address in round brackets
stays: of `[your orders](../orders/track.md)` only `your orders` is translated. Addresses of your own pages stay, too;
the site finds the page in the right language by itself.

A link may lead to the same page of another site in your language: `https://example.org/de/help` for
`https://example.org/help`, or `de.wikipedia.org` for `en.wikipedia.org`.

Where another page really serves your readers better, waive the finding at the unit with `# waive: links REASON`.
Addresses of sites that the source does not name are the business of the check `safety`.
""",
    look=look,
)
