"""What is known of those who read the pages: the files of visits and votes that the configuration names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from polyhelp.errors import InputError, Place
from polyhelp.locales.layout import SITE
from polyhelp.model import Locale
from polyhelp.review import feedback, visits
from polyhelp.review.addresses import Addresses
from polyhelp.review.feedback import Votes
from polyhelp.review.visits import Visits
from polyhelp.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Readers:
    """Visits and votes of a help center; ``visits`` is None where nothing is known of them."""

    project: Project
    visits: Visits | None = None
    votes: Mapping[tuple[str, str], Votes] | None = None

    @classmethod
    def of(cls, project: Project) -> Readers:
        """What the configured files say. A file with a mistake is a noted problem, one that is missing a remark."""
        options = project.settings.review
        if not options.visits and not options.feedback:
            return cls(project)
        known = _addresses(project)
        visited = _text(project, "visits", options.visits)
        voted = _text(project, "feedback", options.feedback)
        found = project.attempt(lambda: visits.read(visited, options.visits, known)) if visited is not None else None
        if found is not None and not found.counts:
            _remark(project, f"{options.visits}: none of its pages is an article of this help center")
            found = None
        votes = project.attempt(lambda: feedback.read(voted, options.feedback, known)) if voted is not None else None
        return cls(project, found, votes)

    def visits_in(self, locale: Locale) -> Mapping[str, int] | None:
        """The visits of each article in a locale, where they are known.

        What an article takes in is read wherever that is, and the navigation on every page.
        """
        if self.visits is None:
            return None
        own = {path: self.visits.of(locale.tag, path) for path in self.project.documents}
        counts = dict(own)
        for part, hosts in self.project.hosts.items():
            counts[part] += sum(own[host] for host in hosts)
        counts[SITE] = sum(own.values())
        return counts

    def votes_in(self, locale: Locale) -> Mapping[str, Votes]:
        """The votes on each article in a locale; those on no article are left out."""
        return {path: votes for (tag, path), votes in (self.votes or {}).items() if tag == locale.tag}


def _addresses(project: Project) -> Addresses:
    settings = project.settings
    return Addresses(
        frozenset(project.documents),
        tuple(locale.tag for locale in (settings.source, *settings.targets)),
        frozenset(project.regions),
        settings.source.tag,
        urlsplit(settings.site_url).path or "/",
    )


def _text(project: Project, key: str, name: str) -> str | None:
    """The text of a file in the project; None where there is none to read."""
    return project.attempt(lambda: _read(project, key, project.root / name)) if name else None


def _read(project: Project, key: str, file: Path) -> str | None:
    shown = project.shown(file)
    if not file.resolve().is_relative_to(project.root.resolve()):
        raise InputError("leads out of the project", Place(shown), f"name a file in the project as review.{key}")
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        _remark(project, f"review.{key}: there is no file {shown}, so nothing is known of it")
        return None
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start} is not UTF-8", Place(shown), "export it in UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", Place(shown)) from None


def _remark(project: Project, text: str) -> None:
    """Note something once: a queue is asked for again and again at a desk."""
    if text not in project.remarks:
        project.remarks.append(text)
