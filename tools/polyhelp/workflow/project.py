"""A help center, opened: everything that the verbs work on, read once."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from polyhelp import content, locales, plugins
from polyhelp.checks.base import Check
from polyhelp.config import Settings, find_root, load
from polyhelp.content import Discovery
from polyhelp.errors import InputError, MarkdownError, Place, PolyhelpError, RegionError, UsageError, WriteError
from polyhelp.glossary.match import TermBase
from polyhelp.glossary.read import read_placed
from polyhelp.glossary.style import read_styles, style_for
from polyhelp.locales import files
from polyhelp.locales.layout import SITE, catalog_name
from polyhelp.lock import locked
from polyhelp.model import (
    Catalog,
    Concept,
    Document,
    Kind,
    Locale,
    QualityIssue,
    Region,
    Segment,
    Style,
    TermViolation,
    Unit,
)
from polyhelp.regions import Digests, is_template, references
from polyhelp.regions import load as load_regions
from polyhelp.regions.changelog import log as changelog
from polyhelp.regions.changelog.telling import english as words_of_changes
from polyhelp.regions.references import Names, introduced
from polyhelp.regions.support.teams import Team
from polyhelp.regions.support.teams import load as load_teams
from polyhelp.review.rights import Rights
from polyhelp.site import words
from polyhelp.text.similarity import instead
from polyhelp.workflow.today import this_day

POLICIES = "policies/"
GLOSSARY = "glossary"
"""The context of what the glossary page says, in the catalog of the site."""
LARGE = 1_000_000
"""Bytes from which a page is worth a remark: nobody reads an article that long."""

_LOCK = ".polyhelp/catalogs.lock"
_PATIENCE = 30.0  # seconds to wait for another writer, who needs less than one for each hundred catalogs
_T = TypeVar("_T")


@dataclass(frozen=True)
class Project:
    """The help center in ``root``. What cannot be read is noted in ``problems``, once, and the rest goes on."""

    root: Path
    settings: Settings
    day: dt.date = field(default_factory=this_day)
    problems: list[PolyhelpError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    checked: dict[tuple[Locale, str, Unit], tuple[QualityIssue, ...]] = field(default_factory=dict, repr=False)
    violations: dict[tuple[Locale, str, str, str], tuple[TermViolation, ...]] = field(default_factory=dict, repr=False)
    _catalogs: dict[tuple[Locale, str], Catalog] = field(default_factory=dict, repr=False)
    _included: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _checks: dict[str, Check] = field(default_factory=dict, repr=False)
    _styles: dict[Locale, Style] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, start: Path, day: dt.date | None = None) -> Project:
        """The help center at or above ``start``, as of ``day`` (today where it is None).

        Raises ConfigError when its configuration is wrong or missing.
        """
        root = find_root(start.resolve())
        return cls(root, load(root), day=day or this_day())

    @property
    def content(self) -> Path:
        """The folder of the source articles."""
        return self.root / self.settings.content

    def attempt(self, work: Callable[[], _T]) -> _T | None:
        """The result of ``work``, or None after noting what was wrong with one file or its rights."""
        try:
            return work()
        except (InputError, WriteError) as error:
            self.note(error)
            return None

    def note(self, problem: PolyhelpError) -> None:
        """Note a problem once."""
        if str(problem) not in {str(known) for known in self.problems}:
            self.problems.append(problem)

    # ------------------------------------------------------------ processes

    def prepare(self) -> None:
        """Read what every locale needs, before processes that inherit it begin."""
        _ = self.documents, self.regions, self.templates, self.terms, self.rights, self.hosts

    def apart(self) -> Project:
        """The same help center for work on one locale: it knows what is known, but its catalogs are its own.

        Its problems are those that this work comes across.
        """
        own = replace(self, problems=[], checked=dict(self.checked), violations=dict(self.violations), _catalogs={})
        names = {one.name for one in fields(self)}
        own.__dict__.update({name: value for name, value in self.__dict__.items() if name not in names})
        return own

    # ------------------------------------------------------------ locales

    def select(self, tags: Iterable[str]) -> tuple[Locale, ...]:
        """The target locales called ``tags``, all of them when there are none. ``pt_br`` is as good as ``pt-BR``.

        Raises UsageError for an unknown one.
        """
        known = {locale.tag: locale for locale in self.settings.targets}
        folded = {tag.lower(): tag for tag in known}
        chosen = []
        for given in tags:
            tag = folded.get(given.lower().replace("_", "-"), given)
            if tag not in known:
                raise UsageError(f"'{tag}' is not a target locale of this help center", hint=instead(tag, known))
            chosen.append(known[tag])
        return tuple(dict.fromkeys(chosen)) or self.settings.targets

    # ------------------------------------------------------------ articles

    @cached_property
    def discovery(self) -> Discovery:
        """The content folder's pages and assets."""
        found = content.discover(self.content, self.root)
        for problem in found.problems:
            self.note(problem)
        return found

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every page that can be read, by path, and the navigation's under ``_site``."""
        documents = {}
        for path in self.discovery.pages:
            document = self.attempt(lambda path=path: self._document(path))  # type: ignore[misc]
            if document is not None:
                documents[path] = document
        documents[SITE] = self._site(frozenset().union(*(page.default_titles for page in documents.values())))
        return documents

    def _document(self, path: str) -> Document:
        shown = self.shown(self.content / path)
        try:
            data = (self.content / path).read_bytes()
        except OSError as error:
            raise MarkdownError(f"cannot read: {error.strerror}", Place(shown), "check the file's rights") from None
        if len(data) > LARGE:
            self.remarks.append(f"{shown}: the page has {len(data) / 1e6:.1f} MB; consider splitting it")
        if not data.strip():
            self.remarks.append(f"{shown}: the page is empty")
        document = content.parse(data, shown, self.settings.dialect)
        if path.startswith(POLICIES) or _is_regional(document):
            document = content.with_plurals(document)
        return replace(document, path=path)  # mistakes name the file

    def _site(self, default_titles: Iterable[str]) -> Document:
        """Titles of the navigation, and the words that polyhelp lacks in any of the locales.

        Those are of the interface, and the titles of admonitions that have none but their type.
        """
        settings = self.settings
        missing = [
            name for name in words.names() if any(not words.own(name, locale) for locale in settings.targets)
        ]  # fmt: skip
        titles = [Segment(title, title, Kind.INTERFACE, 0) for title in settings.nav_titles]
        lacking = [Segment(words.english(name), "", Kind.INTERFACE, 0, context=f"polyhelp {name}") for name in missing]
        types = [
            Segment(content.printed_title(name), "", Kind.INTERFACE, 0, context=f"title {name}")
            for name in sorted(default_titles)
            if not all(content.default_title(name, locale) for locale in settings.targets)
        ]
        return Document(SITE, (*titles, *lacking, *types, *self._glossary(), *self._changes()))

    def _glossary(self) -> Iterator[Segment]:
        """What the glossary page says beside the terms themselves: domains and definitions."""
        if self.settings.glossary_page:
            shown = [concept for concept, _ in self._concepts if concept.definition or concept.enforce]
            texts = dict.fromkeys(text for one in shown for text in (one.domain, one.definition) if text)
            yield from (Segment(text, "", Kind.DEFINITION, 0, context=GLOSSARY) for text in texts)

    def _changes(self) -> Iterator[Segment]:
        """The words of the pages of changes, where the help center keeps their log."""
        if (self.content / "regions" / changelog.FILE).is_file():
            said = words_of_changes().items()
            yield from (Segment(text, "", Kind.INTERFACE, 0, context=context) for context, text in said)

    # ------------------------------------------------------------ catalogs

    def catalog_file(self, locale: Locale, path: str) -> Path:
        """Where the catalog of an article is kept."""
        return self.root / catalog_name(locale.tag, path)

    def catalog(self, locale: Locale, path: str) -> Catalog:
        """The catalog of an article, read once. Raises CatalogError when its file is broken."""
        known = self._catalogs.get((locale, path))
        return known if known is not None else self.latest(locale, path)

    def latest(self, locale: Locale, path: str) -> Catalog:
        """The catalog of an article as it stands on disk now. Raises CatalogError when its file is broken."""
        file = self.catalog_file(locale, path)
        catalog = locales.read(file, locale, path, self.shown(file))
        self._catalogs[locale, path] = catalog
        return catalog

    def writing(self, *, write: bool = True) -> AbstractContextManager[None]:
        """Keep other processes that write catalogs waiting while the block runs; nobody waits without ``write``.

        Between reading a catalog and writing it nobody else's words may come in. Raises OutsideError when somebody
        needs longer than we wait, and WriteError when there cannot be a lock.
        """
        if not write:
            return nullcontext()
        return locked(self.root / _LOCK, _LOCK, "another polyhelp is writing catalogs in this folder", _PATIENCE)

    def save(self, catalog: Catalog) -> bool:
        """Write a catalog unless it stands there already; whether anything changed. Raises WriteError."""
        file = self.catalog_file(catalog.locale, catalog.path)
        if catalog.units:
            changed = files.write(file, locales.dump(catalog), self.shown(file))
        else:
            changed = _removed(file, self.shown(file))
        self._catalogs[catalog.locale, catalog.path] = catalog
        return changed

    def remove(self, locale: Locale, path: str) -> bool:
        """Remove the catalog of an article whose units stand elsewhere now. Raises WriteError."""
        file = self.catalog_file(locale, path)
        self._catalogs.pop((locale, path), None)
        return _removed(file, self.shown(file))

    def catalogs(self, locale: Locale) -> Iterator[Catalog]:
        """Every article's catalog that can be read, in the order of the articles."""
        for path in self.documents:
            catalog = self.attempt(lambda path=path: self.catalog(locale, path))  # type: ignore[misc]
            if catalog is not None:
                yield catalog

    def shown(self, file: Path) -> str:
        """A file's name as the user knows it: relative to the project."""
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else str(file)

    # ------------------------------------------------------------ rights

    @cached_property
    def rights(self) -> Rights:
        """Who may accept what; everybody everything where no file says it.

        Raises ConfigError where that file is wrong: what it says would hold for nobody, or for everybody.
        """
        file = self.settings.review.owners
        found = Rights.read(self.root / file, file)
        if found.rules:
            codes = {one.stem for one in (self.content / "regions").glob("[A-Z][A-Z]*.yml")}
            found.check({one.tag for locale in self.settings.targets for one in locale.lineage}, codes)
            for rule in found.idle(tuple(self.documents)):
                self.remarks.append(
                    f"{file}:{rule.line}: no article is called '{rule.said}'; patterns begin in "
                    f"{self.settings.content.as_posix()}/"
                )
        return found

    @cached_property
    def hosts(self) -> Mapping[str, frozenset[str]]:
        """The articles that take in an article, directly or through others."""
        direct: dict[str, set[str]] = {}
        for path in self.documents if self.settings.includes else ():
            for part in self.included(path):
                direct.setdefault(part, set()).add(path)
        found: dict[str, frozenset[str]] = {}
        for part in direct:
            known: set[str] = set()
            open_ = [part]
            while open_:
                new = direct.get(open_.pop(), set()) - known
                known |= new
                open_ += new
            found[part] = frozenset(known - {part})
        return found

    # ------------------------------------------------------------ data

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """The regions by code, but for those whose data has a mistake (a noted problem)."""
        problems: list[RegionError] = []
        regions = load_regions(self.content / "regions", self.root, problems, self.day)
        for problem in (*problems, *self._unknown_languages(regions)):
            self.note(problem)
        return regions

    def _unknown_languages(self, regions: Mapping[str, Region]) -> Iterator[RegionError]:
        """A message for each language of a region that no page is written in: one for each place where it stands."""
        known = {one.tag for locale in (self.settings.source, *self.settings.targets) for one in locale.lineage}
        for region in regions.values():
            tags = region.at("languages", ())
            for tag in tags if isinstance(tags, tuple) else ():
                if tag not in known:
                    yield RegionError(
                        f"languages: '{tag}' is no locale of this help center",
                        region.places.get("languages"),
                        f"leave it out, or add it to mkdocs.yml's languages: {', '.join(sorted(known))}",
                    )

    @cached_property
    def teams(self) -> Mapping[str, Team]:
        """The support teams by name; none when their file has a mistake (a noted problem)."""
        return self.attempt(lambda: load_teams(self.content / "regions", self.root)) or {}

    def included(self, path: str) -> tuple[str, ...]:
        """The articles that the article ``path`` takes in, directly."""
        if not self.settings.includes:
            return ()
        if path not in self._included:
            document = self.documents[path]
            literal = (part if isinstance(part, str) else "\0" * part.raw.count("\n") for part in document.parts
                       if isinstance(part, str | Segment))  # fmt: skip
            found = (self.article(name) for name in content.included("".join(literal)))
            self._included[path] = tuple(one for one in found if one)
        return self._included[path]

    def article(self, name: str) -> str:
        """The article that an include called ``name`` takes in; ``""`` when it is no article."""
        for folder in self.settings.includes:
            path = posixpath.normpath(posixpath.join(folder, name))
            article = path.removeprefix(f"{self.settings.content.as_posix()}/")
            if path != article and article in self.documents:
                return article
        return ""

    def data_digest(self, source: str, codes: tuple[str, ...] = ()) -> str:
        """The digest of the data that ``source`` reads of the regions ``codes``, of all of them when there are none.

        It is ``""`` for text that reads none.
        """
        return self._data(source, codes) if is_template(source) else ""

    @cached_property
    def _data(self) -> Digests:
        return Digests(self.regions, self.template_names)

    @cached_property
    def template_names(self) -> Names:
        """What the names stand for that templates introduce: a loop's variable is what the loop runs over."""
        return introduced(content.render(self.documents[path], {}) for path in self.templates)

    @cached_property
    def templates(self) -> Mapping[str, frozenset[str]]:
        """The pages that read region data, by path, and the fields that each reads.

        Those are policies, and articles whose front matter says ``regional: true``.
        """
        sources = {
            path: content.render(document, {})
            for path, document in self.documents.items()
            if path.startswith(POLICIES) or _is_regional(document)
        }
        return {path: references(source) for path, source in sources.items() if is_template(source)}

    @cached_property
    def _style_guides(self) -> Mapping[Locale, Style]:
        return self.attempt(lambda: read_styles(self.root / "glossary" / "styles", self.root)) or {}

    def style(self, locale: Locale) -> Style:
        """The style guide of a locale; an empty one when it is broken (a noted problem)."""
        if locale not in self._styles:
            self._styles[locale] = style_for(locale, self._style_guides)
        return self._styles[locale]

    def check(self, name: str) -> Check:
        """The check registered as ``name``, looked up once: every catalog asks. Raises UsageError."""
        if name not in self._checks:
            self._checks[name] = plugins.load(plugins.CHECKS, name)
        return self._checks[name]

    @cached_property
    def terms(self) -> TermBase:
        """The term base; empty when it is broken (a noted problem)."""
        return TermBase(concept for concept, _ in self._concepts)

    @cached_property
    def term_places(self) -> Mapping[str, Place]:
        """Where each concept stands, by its id."""
        return {concept.id: place for concept, place in self._concepts}

    @cached_property
    def _concepts(self) -> tuple[tuple[Concept, Place], ...]:
        return self.attempt(lambda: read_placed(self.root / "glossary", self.root)) or ()


def _is_regional(document: Document) -> bool:
    """Whether the article's front matter says that each region has its own."""
    if not any("\nregional:" in part for part in document.parts if isinstance(part, str)):
        return False
    return content.metadata(content.render(document, {})).get("regional") is True


def _removed(file: Path, shown: str) -> bool:
    """Remove a file; whether there was one. Raises WriteError."""
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise WriteError(f"cannot remove: {error.strerror}", Place(shown), "check the folder's rights") from error
    return True
