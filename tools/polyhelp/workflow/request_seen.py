"""What the author of an event had before their eyes, and what they decide about it, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from polyhelp import locales, review
from polyhelp.errors import CatalogError
from polyhelp.forge.bench import Bench
from polyhelp.forge.branches import FOLDER, Clone
from polyhelp.forge.events import Event, Suggestion
from polyhelp.forge.names import Branch
from polyhelp.locales.layout import article_of
from polyhelp.locales.merge import theirs_of
from polyhelp.model import Catalog, Unit
from polyhelp.review.decision import Decision, Verdict, seen
from polyhelp.workflow.project import Project
from polyhelp.workflow.request_fetch import at_bench
from polyhelp.workflow.since import changed_since


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look: the help center as it is checked out, its clone, a bench, and the branch in question."""

    project: Project
    clone: Clone
    bench: Bench
    branch: Branch


class Seen:
    """What the author of an event has seen, and decides about it. ``unread`` grows by what cannot be understood."""

    def __init__(self, look: Look, event: Event, tip: str) -> None:
        self._look = look
        self._event = event
        self._tip = tip
        self.unread: list[str] = []

    def decisions(self) -> Iterator[Decision]:
        """The decisions, one for each unit: a command counts for more than the approval of everything."""
        found: dict[tuple[str, str], Decision] = {}
        event = self._event
        if event.approved:
            found.update(((one.path, one.id), one) for one in self._all())
        if event.commands:
            found.update(((one.path, one.id), one) for one in self._commanded())
        if event.suggestion:
            found.update(((one.path, one.id), one) for one in self._suggested(event.suggestion))
        yield from found.values()

    # -------------------------------------------------------- what was seen

    @cached_property
    def _units(self) -> Mapping[str, Decision]:
        """By id, the acceptance of each unit that the pull request changed, as it was when it was looked at."""
        look = self._look
        at = self._event.approved or look.clone.before(self._tip, self._event.when)
        if not at or not look.clone.contains(self._tip, at):
            self.unread.append("what was looked at is not on the branch any more")
            return {}
        there = self._project(at)
        changed = changed_since(there, look.clone.meeting(look.clone.head, at), (look.branch.locale,))
        return {
            one.id: one
            for catalog in there.catalogs(look.branch.locale)
            for unit in catalog.current
            if unit.key in changed(catalog) and (one := self._accept(there, catalog, unit))
        }

    def _accept(self, there: Project, catalog: Catalog, unit: Unit) -> Decision | None:
        if not unit.target:
            return None
        print_ = seen(unit, there.data_digest(unit.source))
        id_ = review.unit_id(catalog.locale, catalog.path, unit)
        reason = "two versions" if theirs_of(unit) else ""
        return Decision(catalog.locale, catalog.path, id_, print_, Verdict.ACCEPT, reason=reason)

    def _project(self, commit: str) -> Project:
        return at_bench(self._look.project, self._look.bench, commit)

    # -------------------------------------------------------- what is decided

    def _all(self) -> Iterator[Decision]:
        for one in self._units.values():
            if one.reason:
                self.unread.append(f"{one.id} has two versions: choose one first")
            else:
                yield one

    def _commanded(self) -> Iterator[Decision]:
        for command in self._event.commands:
            one = self._units.get(command.id)
            if one is None:
                self.unread.append(f"{command.id}: this pull request changes no such unit")
            elif command.accept:
                yield replace(one, reason="")
            else:
                yield replace(one, verdict=Verdict.REJECT, reason=command.reason)

    def _suggested(self, asked: Suggestion) -> Iterator[Decision]:
        """The edits of a suggestion, whose file is read as it would be with the lines in place."""
        look = self._look
        prefix = f"{look.clone.prefix}{FOLDER}/{look.branch.locale.tag}/"
        rest = asked.path.removeprefix(prefix)
        sound = asked.path.startswith(prefix) and rest.endswith(".po") and ".." not in PurePosixPath(rest).parts
        text = look.clone.file(asked.commit, asked.path) if sound and self._holds(asked.commit) else None
        if text is None:
            self.unread.append("the suggestion is not on a catalog of this pull request")
            return
        lines = text.split("\n")
        new = "\n".join((*lines[: asked.first - 1], *asked.lines, *lines[asked.last :]))
        try:
            old, other = (self._read(one, article_of(rest), asked.path) for one in (text, new))
        except CatalogError as error:
            self.unread.append(f"the suggestion makes no sound catalog: {error.message}")
            return
        if [unit.key for unit in old.units] != [unit.key for unit in other.units]:
            self.unread.append("the suggestion changes more than translations")
            return
        yield from self._edits(self._project(asked.commit), old, other)

    def _holds(self, commit: str) -> bool:
        return self._look.clone.contains(self._tip, commit)

    def _edits(self, there: Project, old: Catalog, new: Catalog) -> Iterator[Decision]:
        for before, after in zip(old.current, new.current, strict=True):
            if (before.target, before.fuzzy) == (after.target, after.fuzzy):
                continue
            id_ = review.unit_id(old.locale, old.path, before)
            if not after.target.strip():
                self.unread.append(f"{id_}: an empty suggestion; say /reject {id_} and why")
                continue
            print_ = seen(before, there.data_digest(before.source))
            verdict = Verdict.EDIT if after.target != before.target else Verdict.ACCEPT
            target = after.target if verdict is Verdict.EDIT else ""
            yield Decision(old.locale, old.path, id_, print_, verdict, target)

    def _read(self, text: str, article: str, shown: str) -> Catalog:
        return locales.parse(text.encode("utf-8", "surrogateescape"), self._look.branch.locale, article, shown)
