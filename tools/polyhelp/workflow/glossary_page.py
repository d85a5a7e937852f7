"""The glossary page: what the help center's terms mean, in each locale, for customers and reviewers.

It shows every concept that has a name in the locale, but for those that are only for reading and say nothing
(``enforce: off`` without a definition). Domains and definitions are translated through the catalog of the site; until
then they are shown as the term base has them, and the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyhelp.glossary.incoming import new_id
from polyhelp.model import Concept, Locale, Unit
from polyhelp.site.pages import Page
from polyhelp.workflow.project import GLOSSARY, Project
from polyhelp.workflow.shown import site_units

_MARKUP = re.compile(r"[^\w\s.,;()'’/-]|_|(?<=\d)[.)]|^-", re.ASCII)


def glossary_pages(project: Project, locale: Locale, title: str) -> Iterator[tuple[str, str, Page]]:
    """Path, Markdown and manifest row of the page in ``locale``; nothing where the configuration asks for none."""
    path = project.settings.glossary_page
    if path:
        known = {unit.source: unit for unit in site_units(project, locale) if unit.context == GLOSSARY}
        source = locale == project.settings.source
        page = _Page(locale, {} if source else known, source)
        text = page.markdown(title, project.terms.concepts)
        yield path, text, Page(locale.tag, path, path, machine=page.machine, partial=page.partial)


class _Page:
    """The page in one locale, being written; it notes what kinds of text it shows."""

    def __init__(self, locale: Locale, units: dict[str, Unit], source: bool) -> None:
        self._locale, self._units, self._source = locale, units, source
        self._anchors: set[str] = set()
        self.machine = False
        self.partial = False

    def markdown(self, title: str, concepts: tuple[Concept, ...]) -> str:
        """The page: a section for each domain, those without one first."""
        domains: dict[str, list[str]] = {"": []}
        for concept in concepts:
            name = self._name(concept)
            if name and (concept.enforce or concept.definition):
                domains.setdefault(concept.domain, []).append(self._entry(concept, name))
        lines = [f"# {_plain(title)}\n"]
        for domain, entries in domains.items():
            if domain and entries:
                lines.append(f"## {_plain(self._said(domain))} {{ #{self._anchor(f'domain {domain}')} }}\n")
            lines += entries
        return "\n".join(lines)

    def _name(self, concept: Concept) -> str:
        if self._source:
            return concept.source
        target = concept.target(self._locale)
        return target.preferred if target else ""

    def _entry(self, concept: Concept, name: str) -> str:
        level = "###" if concept.domain else "##"
        heading = f"{level} {_plain(name)} {{ #{self._anchor(concept.id)} }}\n"
        return f"{heading}\n{_plain(self._said(concept.definition))}\n" if concept.definition else heading

    def _anchor(self, name: str) -> str:
        """The id of a heading: the same in every locale that has the entry."""
        anchor = new_id(name, self._anchors)
        self._anchors.add(anchor)
        return anchor

    def _said(self, text: str) -> str:
        """A definition or the name of a domain in the page's language, as far as it may be shown."""
        if self._source:
            return text
        unit = self._units.get(text)
        if unit is None:
            self.partial = True
            return text
        self.machine |= unit.fuzzy
        return unit.target


def _plain(text: str) -> str:
    """Text in which nothing is markup: a term base holds words, whatever they look like."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};" if match[0].isascii() else match[0], text)
