"""Which articles go with an article: those its front matter names, else those that speak of the same things.

What articles speak of are the terms of the term base in their source text. A term that few articles have says more
than one that most have, and a long article that has many terms is not near to all others: two articles are compared
by the cosine of their terms, each weighted by how rare it is among articles (inverse document frequency).
"""

from __future__ import annotations

import math
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from polyhelp import content
from polyhelp.errors import MarkdownError, Place
from polyhelp.locales.layout import SITE
from polyhelp.text.similarity import closest
from polyhelp.workflow.project import Project

MOST = 4
_INDEX = "index.md"


def related(project: Project) -> Mapping[str, tuple[str, ...]]:
    """By article, the paths of the articles that go with it, the nearest first.

    A name in ``related`` that is no article is a noted problem. Home pages and those of sections go with nothing
    unless they are named.
    """
    named = {path: _named(project, path) for path in project.documents if path != SITE}
    wanted = [path for path in named if posixpath.basename(path) != _INDEX]
    weights = _weights({path: _terms(project, path) for path in wanted})
    near = _near(weights)
    return {path: named[path] or near.get(path, ()) for path in named}


def front_list(project: Project, path: str, key: str) -> tuple[tuple[str, ...], Place]:
    """The names that an article's front matter gives under ``key``, and the line where it does.

    Raises MarkdownError when it gives anything else.
    """
    text = content.render(project.documents[path], {})
    before, found, _ = text.partition(f"\n{key}:")
    place = Place(project.shown(project.content / path), before.count("\n") + 2)
    value = content.metadata(text).get(key) if found else None
    names = [value] if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise MarkdownError(f"{key}: must be a list of names", place, f"write {key}: [returns/refunds.md]")
    return tuple(dict.fromkeys(names)), place


def _named(project: Project, path: str) -> tuple[str, ...]:
    given = project.attempt(lambda: front_list(project, path, "related"))
    found = []
    for name in given[0] if given else ():
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        goal = next((one for one in (name.removeprefix("/"), beside) if one in project.documents and one != SITE), "")
        if goal and goal != path:
            found.append(goal)
        elif given:
            near = closest(name, [one for one in project.documents if one != SITE])
            what = "is this article itself" if goal else "is no article"
            hint = "leave it out" if goal or not near else f"did you mean '{near}'?"
            project.note(MarkdownError(f"related: '{name}' {what}", given[1], hint))
    return tuple(dict.fromkeys(found))


def _terms(project: Project, path: str) -> frozenset[str]:
    """The concepts that an article names."""
    sources = dict.fromkeys(segment.source for segment in project.documents[path].segments)
    return frozenset(hit.concept.id for source in sources for hit in project.terms.hits(source, path))


def _weights(terms: Mapping[str, Iterable[str]]) -> Mapping[str, Mapping[str, float]]:
    """By article, its terms, each with its weight; the squares of an article's weights add up to one."""
    counts = Counter(term for found in terms.values() for term in found)
    rare = {term: math.log(len(terms) / count) for term, count in counts.items()}
    weights = {}
    for path, found in terms.items():
        length = math.sqrt(sum(rare[term] ** 2 for term in sorted(found)))
        weights[path] = {term: rare[term] / length for term in sorted(found) if rare[term]}
    return weights


def _near(weights: Mapping[str, Mapping[str, float]]) -> Mapping[str, tuple[str, ...]]:
    """By article, those with which it shares a term, the nearest first, at most :data:`MOST`."""
    having: dict[str, list[str]] = {}
    for path, terms in weights.items():
        for term in terms:
            having.setdefault(term, []).append(path)
    near = {}
    for path, terms in weights.items():
        scores: defaultdict[str, float] = defaultdict(float)
        for term, weight in terms.items():
            for other in having[term]:
                scores[other] += weight * weights[other][term]
        scores.pop(path, None)
        near[path] = tuple(sorted(scores, key=lambda other: (-round(scores[other], 9), other))[:MOST])
    return near
