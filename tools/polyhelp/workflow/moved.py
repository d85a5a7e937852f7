"""Which values of region data have moved since a unit was accepted.

The unit keeps a digest of what it was accepted with, and the regions; git keeps the values. The commit whose data
gives that digest is the one that the reviewer saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from polyhelp import git
from polyhelp.errors import GitError, UsageError
from polyhelp.model import Region, Unit, digest
from polyhelp.regions import Digests, references
from polyhelp.regions.changelog.differences import differences
from polyhelp.regions.changelog.telling import Telling
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.references import in_region, meets
from polyhelp.workflow.changes import together
from polyhelp.workflow.past_regions import Past, past
from polyhelp.workflow.project import Project
from polyhelp.workflow.revision import files_of

MOST = 50
"""How many commits of the region data are looked at, the latest first."""
MANY = 6
"""How many regions are named where all of them changed in the same way."""


class Moved:
    """Tells of a unit whose review has expired which values it was not accepted with. Reads git when first asked."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: dict[str, tuple[Past, Digests]] = {}
        self._telling = Telling(Formats(project.settings.source), {})

    def told(self, unit: Unit) -> tuple[str, ...]:
        """Lines such as ``DE: Return window: 14 days → 30 days``; none where git does not know the values."""
        fields = frozenset(map(in_region, references(unit.source, self._project.template_names)))
        if not unit.review or not fields:
            return ()
        for then, digest_of in self._states():
            if unit.review.hash == digest(unit.source, unit.target, digest_of(unit.source, unit.seen)):
                return tuple(dict.fromkeys(self._changes(then.regions, unit, fields)))
        return ()

    def _changes(self, then: Mapping[str, Region], unit: Unit, fields: frozenset[str]) -> Iterator[str]:
        project = self._project
        old = {code: region for code, region in then.items() if code in unit.seen}
        new = {code: region for code, region in project.regions.items() if code in unit.seen}
        found = [
            change
            for change in differences(old, new, project.day)
            if not change.field or any(meets(change.field, one) for one in fields)
        ]
        for change, codes in together(found):
            more = f" and {len(codes) - MANY} more" if len(codes) > MANY else ""
            yield f"{', '.join(codes[:MANY])}{more}: {self._telling.sentence(change)}"

    def _states(self) -> Iterator[tuple[Past, Digests]]:
        for commit in self._commits[:MOST]:
            if commit.id not in self._read:
                folder = (self._project.settings.content / "regions").as_posix()
                then = past(files_of(self._project.root, commit.id, folder), folder, self._project.day)
                self._read[commit.id] = then, Digests(then.regions, self._project.template_names)
            yield self._read[commit.id]

    @cached_property
    def _commits(self) -> tuple[git.Commit, ...]:
        folder = (self._project.settings.content / "regions").as_posix()
        try:
            return git.commits(self._project.root, folder)
        except (GitError, UsageError):
            return ()
