"""What polyhelp asks of a forge. Another one joins by a class with these methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody at the forge. ``address`` is what their commits may be signed with: no private one."""

    login: str
    address: str
    bot: bool = False

    @property
    def name(self) -> str:
        """How catalogs and files of rights call them."""
        return f"@{self.login}"


@dataclass(frozen=True, slots=True)
class Request:
    """A pull request. ``head`` is the last commit of its branch.

    ``own`` says that the branch lies in this repository, so that only people who may write to it can have made it.
    """

    number: int
    branch: str
    base: str
    head: str
    open: bool
    own: bool
    url: str = ""
    author: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A pull request to be made."""

    branch: str
    base: str
    title: str
    body: str


class Forge(Protocol):
    """A forge, seen from one repository. Every method raises ForgeError where the forge does not answer or refuses."""

    def request_of(self, branch: str, base: str) -> Request | None:
        """The latest pull request of a branch of this repository, open or not."""

    def request(self, number: int) -> Request | None:
        """The pull request ``number``; None where it is none."""

    def open(self, draft: Draft) -> Request:
        """Make a pull request."""

    def describe(self, number: int, body: str) -> None:
        """Put ``body`` in the place of the description of a pull request."""

    def label(self, number: int, labels: tuple[str, ...]) -> None:
        """Add labels to a pull request; those that there are not are made."""

    def ask(self, number: int, logins: tuple[str, ...]) -> tuple[str, ...]:
        """Ask accounts and teams (``org/team``) to review; those that the forge cannot ask."""

    def comment(self, number: int, text: str) -> None:
        """Comment on a pull request."""

    def may_write(self, login: str) -> bool:
        """Whether an account may write to the repository."""

    def members(self, team: str) -> tuple[str, ...]:
        """The logins in a team (``org/team``); none where the forge does not show them."""

    def issue(self, label: str, marker: str) -> int:
        """The number of the open issue with this label and with ``marker`` in its text; 0 where there is none."""

    def write_issue(self, number: int, title: str, body: str, labels: tuple[str, ...]) -> str:
        """Write the issue ``number``, a new one where it is 0; its address."""
