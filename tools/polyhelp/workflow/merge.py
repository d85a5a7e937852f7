"""Git's merge driver for catalogs: two branches have translated the same article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from polyhelp import git, locales
from polyhelp.errors import CatalogError, Place, UsageError
from polyhelp.locales import files
from polyhelp.locales.layout import article_of
from polyhelp.locales.merge import merge
from polyhelp.model import Locale, Unit

ATTRIBUTES = ".gitattributes"
ATTRIBUTE = "locales/**/*.po merge=polyhelp"
COMMENT = "# each clone, once: polyhelp merge-driver --install"
SETTINGS = (  # in this order: git refuses to merge with a driver that has a name and no command
    ("merge.polyhelp.driver", "polyhelp merge-driver %O %A %B %P"),
    ("merge.polyhelp.name", "polyhelp: translations merged unit by unit"),
)

_LANGUAGE = re.compile(r'^"Language: ([^"\\]+)\\n"', re.MULTILINE)
_REFERENCE = re.compile(r"^#: \u2068?([^\u2069\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """How a merge ended. ``conflicts`` wait for a person; ``problem`` is why git merged the lines instead."""

    shown: str
    conflicts: tuple[Unit, ...] = ()
    problem: CatalogError | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing is left to do."""
        return not self.conflicts and self.problem is None


def merge_files(base: Path, ours: Path, theirs: Path, name: str = "") -> Result:
    """Merge the catalogs ``ours`` and ``theirs`` over ``base`` and write the result to ``ours``.

    ``name`` is the catalog's path in the repository (git's ``%P``); without it, the file itself says what it is. Where
    one of the three is no catalog, git merges the lines and leaves its marks. Raises WriteError, and GitError without
    git.
    """
    shown = name or str(ours)
    try:
        locale, path = _identity(name, ours)
        catalogs = []
        for file, side in ((base, "the common base"), (ours, "our side"), (theirs, "their side")):
            try:
                catalogs.append(locales.read(file, locale, path, shown))
            except CatalogError as error:
                message = f"{side} is no sound catalog: {error.message}"
                raise CatalogError(message, error.place, _BY_LINES) from None
    except CatalogError as error:
        git.merge_lines(ours, base, theirs)
        return Result(shown, problem=error)
    merged = merge(*catalogs)
    files.write(ours, locales.dump(merged.catalog), shown)
    return Result(shown, merged.conflicts)


_BY_LINES = "git has merged it line by line: look at its marks, mend the file, then git add it"


def _identity(name: str, ours: Path) -> tuple[Locale, str]:
    """A catalog's locale and article: by its place below ``locales/``, else by what stands in it."""
    _, _, place = PurePosixPath("/", name).as_posix().rpartition("/locales/")
    tag, _, rest = place.partition("/")
    try:
        if rest:
            return Locale.parse(tag), article_of(rest)
        text = ours.read_text(encoding="utf-8", errors="replace")
        language, reference = _LANGUAGE.search(text), _REFERENCE.search(text)
        if language and reference:
            return Locale.parse(language[1].strip()), reference[1].strip()
    except ValueError as error:
        raise CatalogError(str(error), Place(name or str(ours)), _BY_LINES) from None
    raise CatalogError("the file does not say of which locale and article it is", Place(name or str(ours)), _BY_LINES)


def install(folder: Path) -> bool:
    """Tell git in ``folder`` to merge catalogs with this driver; whether there is a repository to tell.

    The line in ``.gitattributes`` is for everybody, the driver's command for this clone only: git takes no commands
    from a repository. Raises WriteError and GitError.
    """
    declare(folder)
    if not git.is_repository(folder):
        return False
    git.configure(folder, SETTINGS)
    return True


def declare(folder: Path) -> bool:
    """Put the line for catalogs into ``.gitattributes``; whether it was missing. Raises WriteError, UsageError."""
    file = folder / ATTRIBUTES
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}", hint=f"add the line '{ATTRIBUTE}' by hand") from None
    if any(line.split() == ATTRIBUTE.split() for line in text.splitlines()):
        return False
    separator = "" if not text or text.endswith("\n") else "\n"
    return files.write(file, f"{text}{separator}{COMMENT}\n{ATTRIBUTE}\n", str(file))


def check_files(names: tuple[Path, ...]) -> None:
    """Raise UsageError unless the three files are there."""
    for file in names:
        if not file.is_file():
            raise UsageError(f"{file} is not there", hint="git calls this with %O %A %B %P")


def conflict_lines(result: Result) -> list[str]:
    """What a person is told about conflicts."""
    number = len(result.conflicts)
    what = "1 unit is" if number == 1 else f"{number} units are"
    return [
        f"{result.shown}: {what} translated differently on both sides",
        *(f"    {unit.source}" for unit in result.conflicts),
        '  ours stands as fuzzy, theirs is in a comment "# theirs:"; choose, delete the comment, then git add the file',
    ]
