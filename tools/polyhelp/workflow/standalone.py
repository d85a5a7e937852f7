"""Work on any Markdown, without a help center: its segments, and its pseudo-translation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from polyhelp import content
from polyhelp.engines.pseudo import pseudo
from polyhelp.errors import MarkdownError, Place, PolyhelpError, UsageError, WriteError
from polyhelp.locales import files
from polyhelp.model import Document, Segment


@dataclass(frozen=True, slots=True)
class Found:
    """A segment and the file it stands in."""

    path: str
    segment: Segment


def segments(places: Iterable[Path], problems: list[PolyhelpError]) -> Iterator[Found]:
    """The segments of Markdown files and folders. What cannot be read is added to ``problems``."""
    for place in places:
        for file in _markdown(place, problems):
            document = _read(file, problems)
            if document is not None:
                yield from (Found(str(file), segment) for segment in document.segments)


def translate_tree(source: Path, out: Path, problems: list[PolyhelpError], *, identity: bool = False) -> Iterator[Path]:
    """Pseudo-translate (``identity``: render with target = source) every page of ``source`` into ``out``.

    Yields each file written; what cannot be read or written is added to ``problems``. Raises UsageError when ``out``
    is inside ``source`` or the same.
    """
    if out.resolve() == source.resolve() or out.resolve().is_relative_to(source.resolve()):
        raise UsageError(f"{out} lies in {source}", hint="write to a folder outside the source")
    if source.is_file() and out.is_dir():
        raise UsageError(f"{out} is a folder", hint=f"name the file to write: {out / source.name}")
    change: Callable[[str], str] = (lambda text: text) if identity else pseudo
    for file in _markdown(source, problems):
        document = _read(file, problems)
        if document is None:
            continue
        target = out / file.relative_to(source) if source.is_dir() else out
        targets = {segment.key: change(segment.source) for segment in document.segments}
        titles = {} if identity else {name: pseudo(content.printed_title(name)) for name in document.default_titles}
        try:
            files.write(target, content.render(document, targets, content.Custom(titles)), str(target))
        except WriteError as error:
            problems.append(error)
        else:
            yield target


def _markdown(place: Path, problems: list[PolyhelpError]) -> Iterator[Path]:
    """The Markdown files at ``place``. Other files of a folder are left out."""
    if place.is_dir():
        for file in sorted(place.rglob("*.md")):
            if file.is_file():
                yield file
            elif file.is_symlink() and not file.exists():
                problems.append(MarkdownError("the symbolic link leads nowhere", Place(str(file)), content.LINK_HINT))
    elif place.is_file():
        yield place
    elif place.is_symlink():
        problems.append(MarkdownError("the symbolic link leads nowhere", Place(str(place)), content.LINK_HINT))
    else:
        what = "is neither a file nor a folder" if place.exists() else "does not exist"
        problems.append(MarkdownError(what, Place(str(place)), "name a Markdown file, or a folder that holds some"))


def _read(file: Path, problems: list[PolyhelpError]) -> Document | None:
    try:
        return content.parse(file.read_bytes(), str(file))
    except OSError as error:
        message = f"cannot read: {error.strerror}"
        problems.append(MarkdownError(message, Place(str(file)), "check the file's rights"))
    except MarkdownError as error:
        problems.append(error)
    return None
