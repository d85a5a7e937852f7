"""Work on any Markdown, without a help center: its segments, and its pseudo-translation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from polyhelp import content
from polyhelp.engines.pseudo import pseudo
from polyhelp.errors import MarkdownError, Place, PolyhelpError, UsageError
from polyhelp.locales import files
from polyhelp.model import Document, Segment


@dataclass(frozen=True, slots=True)
class Found:
    """A segment and the file it stands in."""

    path: str
    segment: Segment


def segments(places: Iterable[Path], problems: list[PolyhelpError]) -> Iterator[Found]:
    """The segments of Markdown files and folders. Unreadable files are added to ``problems``."""
    for place in places:
        for file in _markdown(place):
            document = _read(file, problems)
            if document is not None:
                yield from (Found(str(file), segment) for segment in document.segments)


def translate_tree(source: Path, out: Path, problems: list[PolyhelpError], *, identity: bool = False) -> Iterator[Path]:
    """Pseudo-translate (``identity``: render with target = source) every page of ``source`` into ``out``.

    Yields each file written. Raises UsageError when ``out`` is inside ``source`` or the same.
    """
    if out.resolve() == source.resolve() or out.resolve().is_relative_to(source.resolve()):
        raise UsageError(f"{out} lies in {source}", hint="write to a folder outside the source")
    change: Callable[[str], str] = (lambda text: text) if identity else pseudo
    for file in _markdown(source):
        document = _read(file, problems)
        if document is None:
            continue
        target = out / file.relative_to(source) if source.is_dir() else out
        targets = {segment.key: change(segment.source) for segment in document.segments}
        titles = {} if identity else {name: pseudo(content.printed_title(name)) for name in document.default_titles}
        text = content.render(document, targets, titles)
        files.write(target, text, str(target))
        yield target


def _markdown(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(file for file in place.rglob("*.md") if file.is_file())
    elif place.is_file():
        yield place
    else:
        raise UsageError(f"there is no file or folder {place}")


def _read(file: Path, problems: list[PolyhelpError]) -> Document | None:
    try:
        return content.parse(file.read_bytes(), str(file))
    except OSError as error:
        problems.append(MarkdownError(f"cannot read: {error.strerror}", Place(str(file))))
    except MarkdownError as error:
        problems.append(error)
    return None
