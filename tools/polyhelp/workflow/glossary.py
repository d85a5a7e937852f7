"""The term base of a help center: looked at, added to, exchanged with other tools, and drawn from the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from polyhelp.errors import InputError, Place, TermBaseError, UsageError
from polyhelp.glossary import deepl_table, extract, table, tbx_read, tbx_write
from polyhelp.glossary.advice import Advice, advice
from polyhelp.glossary.extract import Candidate, Text
from polyhelp.glossary.incoming import Delivery, new_id
from polyhelp.glossary.merge import Merge, merged
from polyhelp.glossary.read import parse, read_placed
from polyhelp.glossary.write import edited
from polyhelp.locales.files import write
from polyhelp.locales.layout import SITE
from polyhelp.model import Concept, Locale, PartOfSpeech
from polyhelp.text.similarity import closest, instead
from polyhelp.workflow.project import Project

FOLDER = "glossary"
_LARGEST = 50_000_000

Placed = tuple[Concept, Place]


class Exchange(StrEnum):
    """The formats of other tools."""

    TBX = "tbx"
    CSV = "csv"
    DEEPL = "deepl"


def placed(project: Project) -> tuple[Placed, ...]:
    """The concepts with their places. Raises TermBaseError with every mistake."""
    return read_placed(project.root / FOLDER, project.root)


def remarks(project: Project, concepts: Sequence[Placed] | None = None) -> tuple[Advice, ...]:
    """What makes entries work badly. Raises TermBaseError."""
    return advice(placed(project) if concepts is None else concepts, project.settings.source)


# ---------------------------------------------------------------- looking


@dataclass(frozen=True, slots=True)
class Row:
    """A concept in the list: the target locales that have a name for it, and those that lack one."""

    concept: Concept
    place: Place
    has: tuple[Locale, ...]
    lacks: tuple[Locale, ...]


def listed(project: Project, targets: Sequence[Locale], *, domain: str = "", missing: bool = False) -> tuple[Row, ...]:
    """The concepts, as ``targets`` know them; of one ``domain``, or with a name ``missing``, where that is asked for.

    Raises TermBaseError; UsageError for a domain that no concept is of.
    """
    concepts = placed(project)
    domains = {concept.domain for concept, _ in concepts if concept.domain}
    if domain and domain not in domains:
        hint = instead(domain, sorted(domains))
        raise UsageError(f"no concept is of the domain '{domain}'", hint=hint)
    rows = (_row(concept, place, targets) for concept, place in concepts if domain in {"", concept.domain})
    return tuple(row for row in rows if row.lacks or not missing)


def _row(concept: Concept, place: Place, targets: Sequence[Locale]) -> Row:
    has = tuple(locale for locale in targets if concept.target(locale) is not None)
    return Row(concept, place, has, tuple(locale for locale in targets if locale not in has))


@dataclass(frozen=True, slots=True)
class Shown:
    """A concept with everything: where it is used (hits by article), and remarks on it."""

    row: Row
    uses: Mapping[str, int]
    remarks: tuple[Advice, ...]


def show(project: Project, name: str, targets: Sequence[Locale]) -> tuple[Shown, ...]:
    """The concepts whose id, source or variant is ``name``. Raises UsageError when there is none; TermBaseError."""
    concepts = placed(project)
    wanted = name.casefold()
    found = [(c, place) for c, place in concepts if c.id == name]
    found = found or [(c, p) for c, p in concepts if wanted in map(str.casefold, (c.id, c.source, *c.variants))]
    if not found:
        near = closest(wanted, [one for concept, _ in concepts for one in (concept.id, concept.source)])
        hint = f"did you mean '{near}'?" if near else "see the list: polyhelp glossary list"
        raise UsageError(f"the term base has no concept '{name}'", hint=hint)
    uses = _uses(project)
    told = remarks(project, concepts)
    return tuple(
        Shown(
            _row(concept, place, targets),
            dict(sorted(uses.get(concept.id, {}).items())),
            tuple(one for one in told if one.concept == concept.id),
        )
        for concept, place in found
    )


def _uses(project: Project) -> Mapping[str, Counter[str]]:
    """How often each concept stands in each article's source."""
    uses: dict[str, Counter[str]] = {}
    for text in _texts(project):
        for hit in project.terms.hits(text.text, text.path):
            uses.setdefault(hit.concept.id, Counter())[text.path] += 1
    return uses


def _texts(project: Project) -> Iterable[Text]:
    for path, document in project.documents.items():
        if path != SITE:
            yield from (Text(path, segment.line, segment.source) for segment in document.segments)


# ---------------------------------------------------------------- changing


@dataclass(frozen=True, slots=True)
class Written:
    """The files of the term base that were changed, or would be, and what is to be said of the concepts put there."""

    files: tuple[str, ...]
    remarks: tuple[Advice, ...] = ()


def put(project: Project, concepts: Sequence[Concept], *, dry: bool = False) -> Written:
    """Write new and changed concepts: each where it stands, a new one to the file of its domain, or ``terms.yml``.

    The whole term base is read again with the changes before anything is written. Raises TermBaseError when it would
    not be sound; WriteError.
    """
    where = {concept.id: place.path for concept, place in placed(project)}
    texts = _files(project)
    by_file: dict[str, list[Concept]] = {}
    for concept in concepts:
        by_file.setdefault(where.get(concept.id) or _file_for(concept, texts), []).append(concept)
    changed = {path: edited(texts.get(path, ""), some, path=path) for path, some in by_file.items()}
    changed = {path: text for path, text in changed.items() if text != texts.get(path)}
    try:
        whole = parse({path: text.removeprefix("\ufeff") for path, text in (texts | changed).items()})
    except TermBaseError as error:
        hint = "nothing was written; the lines are those that the files would have"
        raise TermBaseError(f"with this {error.message}", hint=hint) from None
    new = {concept.id: concept for concept, _ in whole}
    for concept in concepts:
        if new.get(concept.id) != concept:
            raise TermBaseError(
                f"'{concept.id}' cannot be written so that it is read as it should",
                Place(where.get(concept.id) or _file_for(concept, texts)),
                "nothing was changed; write this one by hand",
            )
    if not dry:
        for path, text in changed.items():
            write(project.root / path, text, path)
    ids = {concept.id for concept in concepts}
    return Written(tuple(changed), tuple(one for one in remarks(project, whole) if one.concept in ids))


def _files(project: Project) -> dict[str, str]:
    """The texts of the term base's files by path, line ends as they are."""
    files = sorted((project.root / FOLDER).glob("*.yml"))
    return {project.shown(file): file.read_bytes().decode() for file in files}


def _file_for(concept: Concept, texts: Collection[str]) -> str:
    own = f"{FOLDER}/{concept.domain}.yml"
    return own if own in texts else f"{FOLDER}/terms.yml"


def add(project: Project, concept: Concept, *, dry: bool = False) -> tuple[Concept, Written]:
    """Add a concept; without an id it gets one made from its source. Raises UsageError when it is there already.

    Raises TermBaseError when it is no sound concept; WriteError.
    """
    concepts = placed(project)
    ids = {one.id: place for one, place in concepts}
    if concept.id in ids:
        raise UsageError(f"the id '{concept.id}' is already used at {ids[concept.id]}", hint="give another with --id")
    twin = next((
        (one, place) for one, place in concepts
        if (one.source.casefold(), one.part) == (concept.source.casefold(), concept.part)
        and (not concept.scope or not one.scope or set(concept.scope) & set(one.scope))
    ), None)  # fmt: skip
    if twin:
        raise UsageError(
            f"'{concept.source}' is already there: '{twin[0].id}' at {twin[1]}",
            hint="change it in that file, or give the new one another --pos or --scope",
        )
    if not concept.id:
        concept = replace(concept, id=new_id(concept.source, ids))
    return concept, put(project, [concept], dry=dry)


# ---------------------------------------------------------------- other tools


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do. ``unused`` are locales that no target locale looks at."""

    merge: Merge
    remarks: tuple[str, ...]
    unused: tuple[Locale, ...]
    written: Written = field(default_factory=lambda: Written(()))


@dataclass(frozen=True, slots=True)
class Manner:
    """How to import: the format, locales renamed, whether to take differences over, and whether to write at all."""

    exchange: Exchange
    renamed: Mapping[Locale, Locale] = field(default_factory=dict)
    locale: Locale | None = None
    update: bool = False
    dry: bool = False


def import_(project: Project, file: Path, manner: Manner) -> Imported:
    """Take over the concepts of a file. Raises InputError, TermBaseError, UsageError, WriteError."""
    delivery = _delivered(project, file, manner)
    merge = merged([concept for concept, _ in placed(project)], delivery.concepts)
    wanted = (*merge.added, *(merge.updated if manner.update else ()))
    written = put(project, wanted, dry=manner.dry) if wanted else Written(())
    known = {parent for locale in project.settings.targets for parent in locale.lineage}
    found = {locale for one in delivery.concepts for locale in one.concept.targets}
    return Imported(merge, delivery.remarks, tuple(sorted(found - known)), written)


def _delivered(project: Project, file: Path, manner: Manner) -> Delivery:
    try:
        size = file.stat().st_size
        if size > _LARGEST:
            raise InputError(f"the file has {size:,} bytes; {_LARGEST:,} is the limit", Place(str(file)), "split it")
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", Place(str(file)), "give the path of a file") from None
    if manner.exchange is Exchange.TBX:
        return tbx_read.read(data, str(file), project.settings.source, manner.renamed)
    if manner.exchange is Exchange.CSV:
        return table.read(data, str(file))
    if manner.locale is None:
        raise UsageError(
            "a DeepL glossary does not say which locale it is for", hint="say it: --locale TAG, one of the targets"
        )
    return deepl_table.read(data, str(file), manner.locale)


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that an export wrote, how many concepts are in them, and what is not (sources or ids)."""

    files: tuple[Path, ...]
    concepts: int
    left_out: tuple[str, ...] = ()


def export(project: Project, file: Path, exchange: Exchange, targets: Sequence[Locale]) -> Exported:
    """Write the term base for another tool; for DeepL one file for each of ``targets``.

    For the others no ``targets`` mean all that the term base has. Raises TermBaseError, WriteError.
    """
    concepts = [concept for concept, _ in placed(project)]
    if exchange is Exchange.CSV:
        write(file, "\ufeff" + table.dump(concepts, tuple(targets)), str(file))  # the mark tells spreadsheets UTF-8
        return Exported((file,), len(concepts))
    if exchange is Exchange.TBX:
        write(file, tbx_write.dump(concepts, project.settings.source, project.settings.site_name, targets), str(file))
        return Exported((file,), len(concepts), tuple(one.id for one in concepts if tbx_write.lost(one)))
    files, left_out, count = [], [], 0
    for locale in targets:
        pairs = project.terms.pairs(locale)
        text, refused = deepl_table.dump(pairs, tabs=file.suffix == ".tsv")
        name = file if len(targets) == 1 else file.with_name(f"{file.stem}.{locale}{file.suffix}")
        write(name, text, str(name))
        files.append(name)
        left_out += [f"{locale}: {source}" for source in refused]
        count = max(count, len(pairs) - len(refused))
    return Exported(tuple(files), count, tuple(left_out))


# ---------------------------------------------------------------- the articles


def propose(project: Project, minimum: int = 3) -> tuple[Candidate, ...]:
    """Terms that the articles use and the term base lacks, best first. Raises TermBaseError."""
    placed(project)  # a broken term base would propose all that it holds
    return extract.candidates(_texts(project), project.terms, project.settings.source, minimum)


def proposal(project: Project, candidates: Iterable[Candidate]) -> str:
    """Candidates as entries of the term base, ready to be pasted and completed."""
    ids = {concept.id for concept in project.terms.concepts}
    concepts = []
    for one in candidates:
        id_ = new_id(one.term, ids)
        ids.add(id_)
        name = one.part is PartOfSpeech.NAME
        concepts.append(Concept(id_, one.term, one.part, do_not_translate=name, case_sensitive=name))
    return edited("", concepts)
