"""Who may accept what in this help center: the rules, held against its articles, regions and risks.

1. A text is of the regions whose pages show it in its locale; an article without region data is of none.
2. What is below ``policies/`` is legal, and so is what nobody sees without review, unless it is about payments. Pages
   about payments are those that ``review.payments`` names. A page can be both.
3. What takes two persons is published with the yes of both, whatever ``publish`` says of it.
4. A page that another takes in takes two where that one does.

Who stands in a catalog is not looked up again: whoever may no longer accept has still accepted.
"""

from __future__ import annotations

from collections.abc import Collection

from polyhelp.model import Catalog, Enough, Level, Locale, Unit, digest
from polyhelp.review.rights import Matter, Rights
from polyhelp.review.rights_read import Risk
from polyhelp.workflow.project import POLICIES, Project
from polyhelp.workflow.serving import per_region, served


def matter(project: Project, locale: Locale, path: str) -> Matter:
    """What the rules look at: an article in a locale, with its regions and its risks."""
    return Matter(locale, path, _regions(project, locale, path), _risks(project, path))


def _regions(project: Project, locale: Locale, path: str) -> tuple[str, ...]:
    if not project.rights.has_regions or path not in per_region(project):
        return ()
    return tuple(code for code, region in project.regions.items() if served(project, region, locale) == locale)


def _risks(project: Project, path: str) -> Collection[Risk]:
    payment = project.settings.review.is_payment(path)
    legal = path.startswith(POLICIES) or (project.settings.level(path) is Level.REVIEWED and not payment)
    return (*((Risk.LEGAL,) if legal else ()), *((Risk.PAYMENTS,) if payment else ()))


def may_accept(project: Project, rights: Rights, who: str, catalog: Catalog) -> str:
    """Why ``who`` may not accept, edit or reject texts of ``catalog``; ``""`` for one who may."""
    return rights.why_not(who, matter(project, catalog.locale, catalog.path))


def owners(project: Project, rights: Rights, locale: Locale, path: str) -> tuple[str, ...]:
    """Those whom the rules name for an article: whom to ask for a review. Nobody where everybody may accept it."""
    return rights.owners(matter(project, locale, path))


def takes_two(project: Project, rights: Rights, locale: Locale, path: str) -> bool:
    """Whether two persons must accept each text of an article before customers see any."""
    if not rights.has_two:
        return False
    pages = (path, *project.hosts.get(path, ()))
    return any(rights.needs_two(matter(project, locale, page)) for page in pages)


def wants_second(project: Project, rights: Rights, catalog: Catalog, unit: Unit) -> bool:
    """Whether somebody has accepted ``unit`` as it stands, and another person must, too."""
    people = unit.review and unit.accepted_by(project.data_digest(unit.source, unit.seen))
    return bool(people) and not _enough(project, rights, catalog.locale, catalog.path)(people or ())


def enough(project: Project, locale: Locale, path: str) -> Enough:
    """Whether those who have accepted a text of an article are as many different persons as it takes."""
    return _enough(project, project.rights, locale, path)


def _enough(project: Project, rights: Rights, locale: Locale, path: str) -> Enough:
    return rights.two if takes_two(project, rights, locale, path) else bool


def mark(project: Project, locale: Locale, path: str) -> str:
    """What must stand in the name of a count of accepted texts, so that other rules give another name.

    It is ``""`` for an article that takes one person.
    """
    two = takes_two(project, project.rights, locale, path)
    return f" two {digest(repr(sorted(project.rights.persons.items())))}" if two else ""


def level(project: Project, locale: Locale, path: str) -> Level:
    """What an article needs before customers see it in ``locale``: what takes two persons is reviewed in any case."""
    return Level.REVIEWED if takes_two(project, project.rights, locale, path) else project.settings.level(path)


def accepted(project: Project, catalog: Catalog, unit: Unit, who: str, date: str) -> Unit:
    """``unit`` after the yes of ``who``: the first to its text as it stands, or the second where it takes two.

    It is the same unit where that yes adds nothing: it is accepted, or ``who`` is the one who has accepted it.
    """
    rights, data = project.rights, project.data_digest(unit.source, unit.seen)
    people, name = unit.accepted_by(data), rights.person(who)
    if not people:
        return unit.accepted(name, date, project.data_digest(unit.source), tuple(project.regions))
    if not wants_second(project, rights, catalog, unit) or not rights.two((*people, name)):
        return unit
    return unit.seconded(name, date, data) or unit
