"""Assets that a locale has its own of: ``image.de.png`` beside ``image.png``."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping

from polyhelp.model import Locale


def localized_assets(assets: Collection[str], locales: Iterable[Locale]) -> Mapping[tuple[Locale, str], str]:
    """For a locale and the path that pages link to: the asset that stands there in this locale.

    A locale without one takes its nearest parent's (``pt-BR`` from ``image.pt.png``). Without the plain file beside
    it, ``image.de.png`` is an asset like any other.
    """
    known = frozenset(assets)
    found: dict[tuple[Locale, str], str] = {}
    for locale in locales:
        for asset in known:
            stem, ending = posixpath.splitext(asset)
            for one in locale.lineage:
                own = f"{stem}.{one}{ending}"
                if own in known:
                    found[locale, asset] = own
                    break
    return found
