"""The old addresses that articles name in their front matter (``redirect_from``)."""

from __future__ import annotations

from collections.abc import Mapping

from polyhelp.errors import MarkdownError, Place
from polyhelp.locales.layout import SITE
from polyhelp.model import Locale
from polyhelp.site.pages import Page
from polyhelp.site.redirects import Claim, Redirects, resolve
from polyhelp.workflow.project import Project
from polyhelp.workflow.related import front_list

_OWN = "_redirects"
_NOT_FOUND = "404.html"


def redirects(project: Project, pages: Mapping[tuple[Locale, str], Page]) -> Redirects:
    """The maker of the redirects to ``pages``; one that cannot be is a noted problem, which names its article."""
    claims: dict[Claim, Place] = {}
    for path in project.documents:
        given = project.attempt(lambda path=path: front_list(project, path, "redirect_from")) if path != SITE else None  # type: ignore[misc]
        for old in given[0] if given else ():
            claims[Claim(path, old)] = given[1] if given else Place(path)
    assets = project.discovery.assets
    moves, refused = resolve(claims, pages, project.settings.source, (*assets, _NOT_FOUND))
    for one in refused:
        project.note(MarkdownError(one.message, claims[one.claim], one.hint))
    own = project.content / _OWN
    above = own.read_bytes().decode("utf-8", "surrogateescape") if _OWN in assets else ""
    return Redirects(moves, above)
