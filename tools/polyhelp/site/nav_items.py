"""Items of the navigation that are made once for all pages of a language, where the theme makes them for each page.

The navigation of a page has every page in it, so that the theme's time grows with the square of their number. What a
page is not in looks the same on all of them, but for where its links begin.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, pass_context
from jinja2.runtime import Context

_TEMPLATE = "theme/partials/nav-item.html"
_ROOT = "ph-root:/"
"""Stands for the way from a page to the site's root."""

Render = Callable[..., str]
"""The theme's macro: an item, its place in the navigation, its level, the item above it -> markup."""


class NavItems:
    """``nav_items(render)`` in templates: the theme's macro, which makes an item that the page is not in only once."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}
        self._render: Render | None = None

    def join(self, env: Environment, theme: Sequence[str]) -> None:
        """Make itself known to ``env``, and the templates in the folders ``theme`` as ``theme/…``."""
        loaders = [loader for loader in (env.loader, PrefixLoader({"theme": FileSystemLoader(theme)})) if loader]
        env.loader = ChoiceLoader(loaders)
        env.globals["nav_items"] = self.of

    @pass_context
    def of(self, context: Context, theme: Render) -> Render:
        """The macro for the page of ``context``, where ``theme`` is the theme's."""
        page = context.get("page")
        way = posixpath.join(context["base_url"], "")

        def render(item: Any, path: str, level: int, parent: Any = None) -> str:
            if item.active or item == page:
                return theme(item, path, level, parent)
            if path not in self._made:
                self._made[path] = self._without_page(context)(item, path, level, parent)
            return self._made[path].replace(_ROOT, way)

        return render

    def _without_page(self, context: Context) -> Render:
        """The theme's macro for no page at all: its links begin with the mark of the site's root."""
        if self._render is None:
            shared = {**context.get_all(), "page": None, "base_url": _ROOT}
            template = context.environment.get_template(_TEMPLATE)
            self._render = getattr(template.make_module(shared), "render")  # noqa: B009 (a macro, which no type knows)
        return self._render
