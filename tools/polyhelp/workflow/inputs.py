"""What the site of a locale is made from, as a digest: the same digest, the same site."""

from __future__ import annotations

from collections.abc import Iterator

from polyhelp.model import Locale
from polyhelp.site.builder import Prepared
from polyhelp.workflow import fingerprints
from polyhelp.workflow.finishing import Finishing
from polyhelp.workflow.project import Project
from polyhelp.workflow.staging import STAGED, RenderResult


def digests(project: Project, rendered: RenderResult, prepared: Prepared, finishing: Finishing) -> dict[Locale, str]:
    """A digest for every locale over its staged pages and all that other pages of the site have a say in.

    That is: the configuration, folders of themes, hooks and snippets, the programs with their versions, all addresses
    with what kind of page stands there (for links between locales), words, titles and support hours.
    """
    duty = repr(sorted(prepared.duty.items()))
    common = (fingerprints.programs(), *fingerprints.surroundings(project), *_addresses(prepared), duty)
    lent = fingerprints.files(project.root / STAGED / prepared.source.tag, lambda file: file.suffix != ".md")
    whole = fingerprints.digest((*common, *lent))
    return {
        locale: fingerprints.digest((whole, rendered.trees[locale], finishing.digest(locale), *_own(locale, prepared)))
        for locale in prepared.words
    }


def _own(locale: Locale, prepared: Prepared) -> Iterator[str]:
    yield repr(sorted(prepared.words[locale].items()))
    yield repr(sorted(prepared.titles[locale].items()))
    yield from sorted(repr(page) for (one, _), page in prepared.pages.items() if one == locale)


def _addresses(prepared: Prepared) -> Iterator[str]:
    for (locale, path), page in sorted(prepared.pages.items()):
        yield f"{locale} {path} {page.own}"
