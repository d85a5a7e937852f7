"""GitHub, through its own program ``gh``: it knows the repository and how to log in, here and in a workflow."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from polyhelp.errors import ForgeError
from polyhelp.forge.base import Draft, Request

_REPOSITORY = "repos/{owner}/{repo}"  # gh puts the repository of its folder here, or GH_REPO
_PATIENCE = 60  # seconds
_STATUS = re.compile(r"\(HTTP (\d{3})\)")
_LOCKED = frozenset({0, 401, 403, 404})  # what a token lacks; GitHub hides what it may not see
_WRITERS = frozenset({"admin", "maintain", "write"})
_LARGEST = 65_000
"""Characters of a text; GitHub takes 65,536."""
_CUT = "\n\n(cut here: GitHub takes no longer texts)\n"


class GitHub:
    """The repository whose clone ``root`` is in."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def request_of(self, branch: str, base: str) -> Request | None:
        """The latest pull request of a branch of this repository, open or not."""
        head = f"head={{owner}}:{quote(branch, safe='')}&base={quote(base, safe='')}"
        rows = self._call("GET", f"pulls?state=all&sort=created&direction=desc&per_page=30&{head}")
        found = (_request(row) for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()
        return next((one for one in found if one.own and one.branch == branch), None)

    def request(self, number: int) -> Request | None:
        """The pull request ``number``; None where it is none."""
        try:
            return _request(self._call("GET", f"pulls/{number}"))
        except ForgeError as error:
            if error.status == 404:
                return None
            raise

    def open(self, draft: Draft) -> Request:
        """Make a pull request."""
        asked = {"head": draft.branch, "base": draft.base, "title": draft.title, "body": _short(draft.body)}
        return _request(self._call("POST", "pulls", asked))

    def describe(self, number: int, body: str) -> None:
        """Put ``body`` in the place of the description of a pull request."""
        self._call("PATCH", f"pulls/{number}", {"body": _short(body)})

    def label(self, number: int, labels: tuple[str, ...]) -> None:
        """Add labels to a pull request; those that there are not are made."""
        self._call("POST", f"issues/{number}/labels", {"labels": list(labels)})

    def ask(self, number: int, logins: tuple[str, ...]) -> tuple[str, ...]:
        """Ask accounts and teams (``org/team``) to review; those that GitHub refuses.

        It refuses all of them for one that is no collaborator, so that each is asked alone then.
        """
        try:
            self._ask(number, logins)
        except ForgeError as error:
            if error.status != 422:
                raise
            return logins if len(logins) == 1 else tuple(one for login in logins for one in self.ask(number, (login,)))
        return ()

    def _ask(self, number: int, logins: Sequence[str]) -> None:
        teams = [login.partition("/")[2] for login in logins if "/" in login]
        people = [login for login in logins if "/" not in login]
        self._call("POST", f"pulls/{number}/requested_reviewers", {"reviewers": people, "team_reviewers": teams})

    def comment(self, number: int, text: str) -> None:
        """Comment on a pull request."""
        self._call("POST", f"issues/{number}/comments", {"body": _short(text)})

    def may_write(self, login: str) -> bool:
        """Whether an account may write to the repository."""
        try:
            answer = self._call("GET", f"collaborators/{quote(login, safe='')}/permission")
        except ForgeError as error:
            if error.status == 404:
                return False
            raise
        return isinstance(answer, Mapping) and answer.get("permission") in _WRITERS

    def members(self, team: str) -> tuple[str, ...]:
        """The logins in a team (``org/team``); none where GitHub does not show them, as to a workflow's own token."""
        organization, _, slug = (quote(part, safe="") for part in team.partition("/"))
        try:
            rows = self._call("GET", f"/orgs/{organization}/teams/{slug}/members?per_page=100")
        except ForgeError as error:
            if error.status in {403, 404}:
                return ()
            raise
        return tuple(str(row["login"]) for row in rows if isinstance(row, Mapping) and "login" in row)

    def issue(self, label: str, marker: str) -> int:
        """The number of the open issue with this label and with ``marker`` in its text; 0 where there is none."""
        rows = self._call("GET", f"issues?state=open&sort=created&direction=asc&labels={quote(label, safe='')}")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping) and "pull_request" not in row and marker in str(row.get("body") or ""):
                return int(row["number"])
        return 0

    def write_issue(self, number: int, title: str, body: str, labels: tuple[str, ...]) -> str:
        """Write the issue ``number``, a new one where it is 0; its address."""
        asked: dict[str, object] = {"title": title, "body": _short(body)}
        if number:
            answer = self._call("PATCH", f"issues/{number}", asked)
        else:
            answer = self._call("POST", "issues", {**asked, "labels": list(labels)})
        return str(answer.get("html_url", "")) if isinstance(answer, Mapping) else ""

    def _call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """GitHub's answer. Raises ForgeError; its ``status`` is HTTP's where there was an answer."""
        words = ["gh", "api", "--method", method, path if path.startswith("/") else f"{_REPOSITORY}/{path}"]
        if body is not None:
            words += ["--input", "-"]
        try:
            done = subprocess.run(  # noqa: S603 (our own words, no shell; what comes from people goes in as JSON)
                words,
                cwd=self._root,
                input="" if body is None else json.dumps(body),
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            hint = "install GitHub's program gh: https://cli.github.com"
            raise ForgeError(f"gh does not run: {error}", hint=hint) from None
        if done.returncode:
            raise _refused(method, path, done.stderr)
        try:
            return json.loads(done.stdout or "null")
        except ValueError:
            raise ForgeError(f"GitHub's answer to {method} {path.partition('?')[0]} is no JSON") from None


def _refused(method: str, path: str, said: str) -> ForgeError:
    lines = said.strip().splitlines() or ["no reason given"]
    status = int(found[1]) if (found := _STATUS.search(said)) else 0
    hint = "is GH_TOKEN set, and may it do this? See the permissions of the workflow" if status in _LOCKED else ""
    error = ForgeError(f"GitHub refused {method} {path.partition('?')[0]}: {lines[-1].removeprefix('gh: ')}", hint=hint)
    error.status = status
    return error


def _request(row: Any) -> Request:
    """A pull request as GitHub describes it. Raises ForgeError when it is none."""
    try:
        head, base = row["head"], row["base"]
        own = (head["repo"] or {}).get("id") == base["repo"]["id"]  # the fork may be gone
        asked = [*(one["login"] for one in row.get("requested_reviewers") or ())]
        asked += [str(one["slug"]) for one in row.get("requested_teams") or ()]
        return Request(
            int(row["number"]), str(head["ref"]), str(base["ref"]), str(head["sha"]), row["state"] == "open", own,
            str(row.get("html_url", "")), str((row.get("user") or {}).get("login", "")), tuple(asked),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ForgeError("GitHub's answer describes no pull request") from None


def _short(text: str) -> str:
    return text if len(text) <= _LARGEST else text[: _LARGEST - len(_CUT)].rpartition("\n")[0] + _CUT
