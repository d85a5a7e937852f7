"""Languages that customers must be able to read the policies in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polyhelp.model import Fact
from polyhelp.regions.law.case import Case, Finding, Page

_KEY = "languages"
_SHOWN = 4  # pages that a message names


def language(case: Case) -> Iterator[Finding]:
    """Every policy is there in the languages that the law wants: translated in full, and up to date."""
    wanted: dict[str, Fact] = {}
    for fact in case.duties("language"):
        for tag in fact.value if isinstance(fact.value, tuple) else ():
            if tag not in wanted or (fact.strong and not wanted[tag].strong):
                wanted[str(tag)] = fact
    for tag, fact in wanted.items():
        yield from _language(case, fact, tag)


def _language(case: Case, fact: Fact, tag: str) -> Iterator[Finding]:
    listed = case.region.data.get(_KEY)
    if isinstance(listed, tuple) and not any(_speaks(one, tag) for one in listed):
        said = ", ".join(map(str, listed)) or "none"
        message = f"the policies are there in: {said}; the law wants them in '{tag}'"
        yield Finding(_KEY, fact, message, said, f"add '{tag}' to 'languages'")
        return
    pages = [page for page in case.context.pages if not page.shared]
    spoken = [page for page in pages if _speaks(page.locale.tag, tag)]
    if pages and not spoken:
        message = f"the help center has no locale in '{tag}', which the law wants the policies in"
        yield Finding(_KEY, fact, message, "none", f"add a locale of '{tag}' to mkdocs.yml")
    lacking = [page for page in spoken if page.original or page.partial]
    if lacking:
        locale = lacking[0].locale
        message = f"the law wants the policies in '{tag}', and {_told(lacking)}"
        hint = f"see 'polyhelp review list --locale {locale}' and 'polyhelp status --locale {locale}'"
        yield Finding(_KEY, fact, message, f"{len(spoken) - len(lacking)} of {len(spoken)} pages", hint)


def _told(pages: Sequence[Page]) -> str:
    names = [f"{page.path} ({page.locale})" for page in pages[:_SHOWN]]
    more = f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
    verb = "is" if len(pages) == 1 else "are"
    return f"{', '.join(names)}{more} {verb} not translated in full, or not accepted"


def _speaks(locale: object, tag: str) -> bool:
    return str(locale) == tag or str(locale).startswith(f"{tag}-")
