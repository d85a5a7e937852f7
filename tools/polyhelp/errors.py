"""The one exception tree.

An exception means that the work cannot go on. Wrong *text* is never an exception: it is a
:class:`~polyhelp.model.QualityIssue`.

    PolyhelpError                 a message for a person; carries the place and the way out
    ├── UsageError                the command line asks for what is not there        exit 2
    ├── ConfigError               mkdocs.yml is wrong; holds every mistake at once   exit 2
    ├── InputError                a file of the repository cannot be read            exit 2
    │   ├── MarkdownError         an article or a template
    │   ├── CatalogError          a PO file
    │   ├── TermBaseError         glossary/*.yml
    │   └── RegionError           content/regions/*.yml, or a template that asks for a missing field
    └── OutsideError              the world outside failed                           exit 3
        ├── EngineError           machine translation; knows whether to retry
        │   └── LimitError        a limit of characters is reached                   exit 1
        ├── GitError              git failed
        ├── ForgeError            the forge (GitHub) refused, or its program is missing
        └── WriteError            a file or folder cannot be written

Below the command line nobody prints and nobody exits: an error travels up as one of these.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a path as the user knows it (relative to the project), a line from 1, or 0 for none."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class PolyhelpError(Exception):
    """The root: a message meant for a person.

    ``message`` says what is wrong in one sentence, ``place`` says where, ``hint`` says what to do about it.
    """

    exit_status = 2

    def __init__(self, message: str, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}" + (f"\n  {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[type[PolyhelpError], tuple[object, ...], dict[str, object]]:
        return type(self), (self.message, self.place, self.hint), dict(self.__dict__)  # survives a process pool


class UsageError(PolyhelpError):
    """The command line asks for something that is not there."""


class ConfigError(PolyhelpError):
    """The configuration is wrong; ``mistakes`` holds every mistake, one line each."""

    def __init__(self, mistakes: tuple[str, ...], place: Place | None = None, hint: str = "") -> None:
        count = len(mistakes)
        title = "the configuration has a mistake" if count == 1 else f"the configuration has {count} mistakes"
        super().__init__("\n  ".join([f"{title}:", *mistakes]), place, hint)
        self.mistakes = mistakes

    def __reduce__(self) -> tuple[type[PolyhelpError], tuple[object, ...], dict[str, object]]:
        return type(self), (self.mistakes, self.place, self.hint), dict(self.__dict__)


class InputError(PolyhelpError):
    """A file of the repository cannot be read as what it should be."""


class MarkdownError(InputError):
    """An article or a template is not readable Markdown (encoding, size, binary data)."""


class CatalogError(InputError):
    """A PO file has a syntax error."""


class TermBaseError(InputError):
    """A file of the term base is malformed."""


class RegionError(InputError):
    """Region data is malformed, or a policy template asks for what a region does not have."""


class OutsideError(PolyhelpError):
    """The world outside failed: network, engine, git, disk."""

    exit_status = 3


class EngineError(OutsideError):
    """A machine-translation engine failed.

    ``retry``: trying again can help, not before ``after`` seconds. ``smaller``: a request with fewer texts can.
    ``unsure``: no answer came, and the request may have been billed all the same.
    """

    retry: bool = False
    after: float = 0.0
    smaller: bool = False
    unsure: bool = False

    @classmethod
    def passing(cls, message: str, hint: str = "", *, after: float = 0.0, unsure: bool = False) -> EngineError:
        """An error that may be gone when it is tried again."""
        error = cls(message, hint=hint)
        error.retry, error.after, error.unsure = True, after, unsure
        return error

    @classmethod
    def too_large(cls, message: str) -> EngineError:
        """An error that a request with fewer texts may not have."""
        error = cls(message)
        error.smaller = True
        return error


class LimitError(EngineError):
    """A request would pass a limit of characters (``max_characters``), and was not sent.

    ``locale`` is the tag of the locale whose limit it is, ``""`` for one that holds for all.
    """

    exit_status = 1
    locale: str = ""


class GitError(OutsideError):
    """Git is missing, or refused."""


class ForgeError(OutsideError):
    """The forge refused, or did not answer. ``status`` is HTTP's, 0 where there was no answer."""

    status: int = 0


class WriteError(OutsideError):
    """A file or a folder cannot be written: read-only, full, or not ours."""
