"""Take over pages that were translated by hand before: aligned with their sources, into the catalogs.

Pages are looked for under the same relative paths, or as ``page.de.md`` beside others. They are aligned twice: what
is sure the first time teaches which words translate each other, and the second time that counts, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from polyhelp import content, locales
from polyhelp.errors import MarkdownError, Place, UsageError
from polyhelp.locales.align import Alignment, align
from polyhelp.locales.align_text import Labels
from polyhelp.locales.align_units import MAKER, Choices, choose, fill, kept_words
from polyhelp.locales.align_words import learn
from polyhelp.locales.layout import SITE
from polyhelp.model import Catalog, Document, Locale, Segment
from polyhelp.workflow.project import Project
from polyhelp.workflow.today import today


@dataclass(frozen=True, slots=True)
class Line:
    """A segment that needs a person: where it stands in the source, in the translation, or in both, and its texts.

    ``why`` is ``fuzzy`` (adopted, needs a look), ``split`` (one segment on one side is two on the other), ``code``
    (code differs, and the source's is shown), ``untranslated`` (the same text on both sides), ``other wording``
    (another translation of the same text was taken), ``kept`` (the catalog says something else), ``rejected`` (a
    reviewer said no to it), ``no translation`` or ``no source``.
    """

    why: str
    source: Place | None
    translation: Place | None
    text: str = ""
    translated: str = ""


@dataclass(frozen=True, slots=True)
class AdoptedPage:
    """What became of one page, in numbers of units; ``kept`` had a target already, which stays."""

    path: str
    translation: str
    units: int
    adopted: int
    fuzzy: int
    kept: int
    mirrors: bool
    changed: bool
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class AdoptResult:
    """The pages that were aligned, source pages without a translation, and translations without a source page."""

    locale: Locale
    pages: tuple[AdoptedPage, ...]
    untranslated: tuple[str, ...]
    without_source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page in both languages. ``file`` is the translation's, as the user knows it."""

    source: Document
    translation: Document
    file: str
    infix: str
    alignment: Alignment = field(default_factory=lambda: Alignment((), (), (), (), (), mirrors=False))


def adopt(project: Project, locale: Locale, folder: Path, *, write: bool = True) -> AdoptResult:
    """Take over the pages in ``folder`` as translations into ``locale``.

    A page or catalog that cannot be read is noted in the project and left alone. Raises UsageError when ``folder``
    holds no page at all.
    """
    files = _files(folder, locale)
    if not files:
        raise UsageError(
            f"there is no Markdown page for '{locale}' in {folder}",
            hint=f"name the folder that holds returns.md, or returns.{locale}.md, as content/ does",
        )
    beside = _beside_sources(project, locale)
    sources = {path: page for path, page in project.documents.items() if path != SITE and path not in beside}
    pages = [
        page
        for path, document in sources.items()
        if path in files
        for page in _pages(project, document, files[path], locale)
    ]
    aligned = aligned_pages([(page.source, page.translation) for page in pages], f".{locale}", _known(project, locale))
    pairs = [
        (pair.source.source, pair.translation.source) for one in aligned for pair in one.pairs if one.is_sure(pair)
    ]
    names = kept_words(pairs) | {
        word for concept in project.terms.concepts if concept.do_not_translate for word in concept.source.split()
    }
    done = []
    for page, alignment in zip(pages, aligned, strict=True):
        full = replace(page, alignment=alignment)
        adopted = project.attempt(lambda full=full: _adopted(project, locale, full, names, write=write))  # type: ignore[misc]
        if adopted is not None:
            done.append(adopted)
    extra = [project.shown(file) for path, file in files.items() if path not in project.discovery.pages]
    return AdoptResult(locale, tuple(done), tuple(path for path in sources if path not in files), tuple(sorted(extra)))


def aligned_pages(
    pages: Sequence[tuple[Document, Document]], infix: str = "", known: Iterable[tuple[str, str]] = ()
) -> list[Alignment]:
    """Align pairs of pages (source, translation), with the words that the sure pairs of all of them teach.

    ``known`` are further texts (source, target) to learn from.
    """
    first = [align(source, translation, None, infix) for source, translation in pages]
    sure = [
        (pair.source.source, pair.translation.source)
        for one in first
        for pair in one.pairs
        if pair.agrees and (one.mirrors or one.is_sure(pair))
    ]
    words = learn([*sure, *known])
    return first if words is None else [align(source, translation, words, infix) for source, translation in pages]


def _known(project: Project, locale: Locale) -> Iterator[tuple[str, str]]:
    """What the catalogs say; adopted targets aside, so that adopting twice is adopting once."""
    for catalog in project.catalogs(locale):
        for unit in catalog.current:
            if unit.target and not unit.fuzzy and unit.maker != MAKER:
                yield unit.source, unit.target


# ---------------------------------------------------------------- files


def _beside_sources(project: Project, locale: Locale) -> frozenset[str]:
    """Translated pages that lie in the content folder; each is worth a remark, for it counts as a page of its own."""
    suffix = f".{locale}.md"
    pages = {*project.discovery.pages}
    found = [path for path in pages if path.endswith(suffix) and path.removesuffix(suffix) + ".md" in pages]
    for path in sorted(found):
        shown = project.shown(project.content / path)
        project.remarks.append(f"{shown}: remove this file when it is adopted; until then it is a page of its own")
    return frozenset(found)


def _files(folder: Path, locale: Locale) -> Mapping[str, Path]:
    """The translated pages by the path of their source: ``page.de.md`` counts as ``page.md``, and for more."""
    found: dict[str, Path] = {}
    suffix = f".{locale}.md"
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        if not file.is_file() or any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        if path.endswith(suffix):
            found[path.removesuffix(suffix) + ".md"] = file
        else:
            found.setdefault(path, file)
    by_suffix = {path: file for path, file in found.items() if file.name.endswith(suffix)}
    return by_suffix or found  # beside sources, a page without the suffix is a source


def _pages(project: Project, source: Document, file: Path, locale: Locale) -> Iterator[_Page]:
    shown = project.shown(file)

    def read() -> Document:
        try:
            page = content.parse(file.read_bytes(), shown, project.settings.dialect)
        except OSError as error:
            raise MarkdownError(f"cannot read: {error.strerror}", Place(shown), "check the file's rights") from None
        return content.with_plurals(page) if source.path in project.templates else page

    translation = project.attempt(read)
    if translation is not None:
        yield _Page(source, translation, shown, f".{locale}")


# ---------------------------------------------------------------- one page


def _adopted(
    project: Project, locale: Locale, page: _Page, names: frozenset[str] | set[str], *, write: bool
) -> AdoptedPage:
    choices = choose(page.alignment, Labels.of(page.source, page.translation, page.infix), names)
    with project.writing(write=write):
        old = project.latest(locale, page.source.path) if write else project.catalog(locale, page.source.path)
        synced = locales.sync(page.source, old)
        new, taken = fill(synced, choices, today())
        changed = new != old and locales.dump(new) != locales.dump(old)
        if changed and write:
            project.save(new)
    before = {unit.key: unit for unit in synced.current}
    put = [unit for unit in new.current if unit.key in taken and before[unit.key].target != unit.target]
    return AdoptedPage(
        path=page.source.path,
        translation=page.file,
        units=len(new.current),
        adopted=sum(not unit.fuzzy for unit in put),
        fuzzy=sum(unit.fuzzy for unit in put),
        kept=sum(bool(unit.target) for unit in new.current) - len(put),
        mirrors=page.alignment.mirrors,
        changed=changed,
        lines=tuple(_lines(project, page, choices, (synced, new))),
    )


def _lines(project: Project, page: _Page, choices: Choices, catalogs: tuple[Catalog, Catalog]) -> Iterator[Line]:
    shown = project.shown(project.content / page.source.path)

    def line(why: str, source: Segment | None, translation: Segment | None) -> Line:
        return Line(
            why,
            Place(shown, source.line) if source else None,
            Place(page.file, translation.line) if translation else None,
            source.source if source else "",
            translation.source if translation else "",
        )

    before, after = ({unit.key: unit for unit in catalog.current} for catalog in catalogs)
    yield from (Line("code", Place(shown, here), Place(page.file, there)) for here, there in page.alignment.code)
    for key, choice in choices.targets.items():
        pair, unit = choice.pair, after[key]
        if unit.target == choice.target and unit.fuzzy and before[key].target != unit.target:
            yield line("fuzzy", pair.source, pair.translation)
        elif unit.target != choice.target:
            yield line("kept" if unit.target else "rejected", pair.source, pair.translation)
    for pair in choices.others:
        yield line("other wording", pair.source, pair.translation)
    for pair in choices.untranslated:
        if not after[pair.source.key].target:
            yield line("untranslated", pair.source, pair.translation)
    for group in page.alignment.joined:
        yield line("split", group.sources[0], group.translations[0])
    for segment in page.alignment.source_only:
        if not after[segment.key].target:
            yield line("no translation", segment, None)
    for segment in page.alignment.translation_only:
        yield line("no source", None, segment)
