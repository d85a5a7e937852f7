"""What mkdocs.yml says of the published site: the `site` block below `polyhelp`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from polyhelp.config.mistakes import Mistakes, unknown
from polyhelp.config.schema import SiteBlock
from polyhelp.config.spot import Spot
from polyhelp.model import Locale

ENDPOINT = re.compile(r"https?://[^\s\"'<>\\]+|/[^\s\"'<>\\/][^\s\"'<>\\]*")


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the home page: its title and description in the source language, and its articles."""

    title: str
    description: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What the published site offers beside its articles; each is ``""`` or empty where it offers it not.

    ``feedback`` is the address that takes answers to "was this helpful". ``contact`` and ``support_hours`` are paths
    of articles, ``popular`` and the links of ``topics`` too. ``binding`` is the locale whose version of a policy is
    the binding one. ``social_image`` is a file below the content folder.
    """

    feedback: str = ""
    contact: str = ""
    support_hours: str = ""
    popular: tuple[str, ...] = ()
    topics: tuple[Card, ...] = ()
    binding: str = ""
    social_image: str = ""


def options(given: SiteBlock, spot: Spot, content: Path, locales: Iterable[Locale], mistakes: Mistakes) -> SiteOptions:
    """The options of the site, checked: articles and files exist below ``content``, the locale is among ``locales``."""
    tags = [locale.tag for locale in locales]
    if given.feedback and not ENDPOINT.fullmatch(given.feedback):
        mistakes.add(
            spot.at("feedback"), f"'{given.feedback}' must begin with https:// or be a path on the site's host"
        )
    if given.binding and given.binding not in tags:
        mistakes.add(spot.at("binding"), unknown(f"locale '{given.binding}'", given.binding, tags))
    for key, path in (
        ("contact", given.contact),
        ("support_hours", given.support_hours),
        ("social_image", given.social_image),
    ):
        _check(path, spot.at(key), content, mistakes)
    _check_all(given.popular, spot.at("popular"), content, mistakes)
    for number, topic in enumerate(given.topics):
        _check_all(topic.links, spot.at("topics", number, "links"), content, mistakes)
    return SiteOptions(
        given.feedback,
        given.contact,
        given.support_hours,
        tuple(given.popular),
        tuple(Card(one.title, one.description, tuple(one.links)) for one in given.topics),
        given.binding,
        given.social_image,
    )


def _check_all(paths: Sequence[str], spot: Spot, content: Path, mistakes: Mistakes) -> None:
    for number, path in enumerate(paths):
        _check(path, spot.at(number), content, mistakes)


def _check(path: str, spot: Spot, content: Path, mistakes: Mistakes) -> None:
    """A file that is not there is a slip of the pen; the nearest of its kind may be what was meant."""
    if not path or (".." not in Path(path).parts and (content / path).is_file()):
        return
    suffix = Path(path).suffix
    known = sorted(file.relative_to(content).as_posix() for file in content.rglob(f"*{suffix}")) if suffix else []
    mistakes.add(spot, unknown(f"file '{path}' in {content.name}/", path, known[:200]))
