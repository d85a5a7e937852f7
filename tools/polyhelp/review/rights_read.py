"""The file that says who may accept what: read line by line, every mistake told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from polyhelp.errors import ConfigError, Place
from polyhelp.model import Locale, folded, one_line
from polyhelp.text.paths import matches
from polyhelp.text.similarity import closest

LARGEST = 500_000
"""Characters of a file."""
LONGEST = 100
"""Characters of a name: what a review page takes, too."""
LONGEST_PATTERN = 500
DEEPEST = 3
"""How often ``**`` may stand in a pattern: each more takes the time of matching a long path to another power."""
TWO = "two"
CONDITIONS = ("locale", "region", "risk")

_TOKEN = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))(?=\s|$)')
_REPEATED = re.compile(r"(?:\*\*/)+")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_QUOTED = re.compile(r'"[^"]*"')
_LOGIN = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?(?:\[bot\])?")
_TEAM = re.compile(r"@[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_MAIL = re.compile(r"[^@\s/]+@[^@\s/]+")
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


class Risk(StrEnum):
    """What an article can do harm with."""

    LEGAL = "legal"
    PAYMENTS = "payments"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line. Empty conditions hold everywhere; empty ``who`` is everybody. ``patterns`` say the same as ``said``."""

    line: int
    said: str
    patterns: tuple[str, ...]
    locales: tuple[Locale, ...] = ()
    regions: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()
    two: bool = False
    who: tuple[str, ...] = ()

    def fits(self, path: str) -> bool:
        """Whether the pattern has the article ``path``."""
        return any(matches(path, one) for one in self.patterns)

    def takes(self, locale: Locale, path: str) -> bool:
        """Whether it holds for the article ``path`` in ``locale``, as far as region and risk do not count."""
        return self.fits(path) and (not self.locales or any(one in self.locales for one in locale.lineage))

    def serves(self, region: str) -> bool:
        """Whether it holds for a region's code; ``""`` is no region."""
        return not self.regions or any(region == one or region.startswith(f"{one}-") for one in self.regions)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    quoted: bool


@dataclass(slots=True)
class _Reader:
    """Collects rules and persons, and what is wrong with either."""

    rules: list[Rule] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)
    mistakes: list[tuple[int, str]] = field(default_factory=list)
    line: int = 0

    def wrong(self, text: str) -> None:
        self.mistakes.append((self.line, text))

    # ------------------------------------------------------------ lines

    def take(self, line: str) -> None:
        """Read one line without its comment."""
        tokens, rest = _tokens(line)
        if rest:
            self.wrong(f"'{_short(rest)}' is not understood: a quotation mark opens and closes a whole name")
        elif len(tokens) > 1 and tokens[1] == _Token("=", quoted=False):
            self._person(tokens[0], tokens[2:])
        elif tokens:
            self._rule(tokens[0], tokens[1:])

    def _person(self, name: _Token, others: list[_Token]) -> None:
        """Note that all of these are one person."""
        if not others:
            self.wrong(f"'{_short(name.text)}' = says nothing: name the login or the e-mail address of the same person")
        for one in (name, *others):
            who = self._who(one)
            if not who:
                continue
            if _TEAM.fullmatch(who) and not one.quoted:
                self.wrong(f"'{who}' is a team, and not a person")
            elif self.persons.setdefault(folded(who), one_line(name.text)) != one_line(name.text):
                self.wrong(f"'{who}' is {self.persons[folded(who)]} in a line above")

    def _rule(self, pattern: _Token, tokens: Iterable[_Token]) -> None:
        before = len(self.mistakes)
        conditions: dict[str, tuple[str, ...]] = {}
        who: list[str] = []
        two = False
        for one in tokens:
            name, sign, value = one.text.partition("=")
            if not one.quoted and one.text == TWO:
                two = True
            elif not one.quoted and sign and "@" not in name:
                self._condition(name, value, conditions)
            elif found := self._who(one):
                who.append(found)
        patterns = self._patterns(pattern.text)
        locales = tuple(self._locale(one) for one in conditions.get("locale", ()))
        risks = tuple(self._risk(one) for one in conditions.get("risk", ()))
        for code in conditions.get("region", ()):
            if not _REGION.fullmatch(code):
                self.wrong(f"region={_short(code)}: a region is a code such as DE or US-CA")
        if len(self.mistakes) == before:
            regions = conditions.get("region", ())
            known = tuple(one for one in locales if one), tuple(one for one in risks if one)
            rule = Rule(self.line, pattern.text, patterns, known[0], regions, known[1], two, tuple(dict.fromkeys(who)))
            self.rules.append(rule)

    # ------------------------------------------------------------ words of a line

    def _condition(self, name: str, value: str, conditions: dict[str, tuple[str, ...]]) -> None:
        values = tuple(one for one in value.split(",") if one)
        if name not in CONDITIONS:
            near = closest(name, CONDITIONS)
            self.wrong(
                f"'{_short(name)}=' is no condition; "
                + (f"did you mean '{near}='?" if near else "there are locale=, region= and risk=")
            )
        elif name in conditions:
            self.wrong(f"{name}= stands here twice; write {name}=ONE,OTHER")
        elif not values:
            self.wrong(f"{name}= has no value; for all of them, leave it out")
        else:
            conditions[name] = values

    def _locale(self, tag: str) -> Locale | None:
        try:
            return Locale.parse(tag)
        except ValueError as error:
            self.wrong(f"locale={_short(tag)}: {error}")
            return None

    def _risk(self, word: str) -> Risk | None:
        if word in set(Risk):
            return Risk(word)
        self.wrong(f"risk={_short(word)} is unknown; there are {' and '.join(Risk)}")
        return None

    def _who(self, token: _Token) -> str:
        """An identity as it is written; ``""`` after noting what is wrong with it."""
        text = one_line(token.text)
        if token.quoted:
            if not text or len(text) > LONGEST or text.startswith("@"):
                self.wrong(f'"{_short(text)}" is no name')
                return ""
            return text
        if any(one.fullmatch(text) for one in (_LOGIN, _TEAM, _MAIL)) and len(text) <= LONGEST:
            return text
        hint = "write two in small letters" if text.lower() == TWO else "a name stands in quotation marks"
        self.wrong(f"'{_short(text)}' is no login (@anna), team (@org/team) or e-mail address; {hint}")
        return ""

    def _patterns(self, text: str) -> tuple[str, ...]:
        """Patterns of :func:`matches` that mean what ``text`` means in CODEOWNERS."""
        bare = _REPEATED.sub("**/", text.strip("/"))
        if text.startswith("!") or any(sign in text for sign in "[]\\"):
            self.wrong(f"the pattern '{_short(text)}' has a sign that patterns do not know: there are *, ** and ?")
        if text.startswith("@") or "=" in text or (not bare and text != "/"):
            self.wrong(f"'{_short(text)}' is no pattern, with which a line begins; * is every article")
        if bare.count("**") > DEEPEST or len(text) > LONGEST_PATTERN:
            self.wrong(f"the pattern '{_short(text)}' is too long, or has ** more than {DEEPEST} times")
        if text == "/":
            return ("**",)
        anywhere = "" if "/" in text.rstrip("/") or bare.startswith("**") else "**/"
        whole = f"{anywhere}{bare}/**"
        return (whole,) if text.endswith("/") else (f"{anywhere}{bare}", whole)


def parsed(text: str, shown: str) -> tuple[tuple[Rule, ...], Mapping[str, str]]:
    """The rules in ``text``, and the name in the record for each folded identity.

    Raises ConfigError with every mistake and its line in the file ``shown``.
    """
    if len(text) > LARGEST:
        raise ConfigError((f"the file has more than {LARGEST:,} characters",), Place(shown))
    reader = _Reader()
    for reader.line, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        reader.take(_without_comment(line))
    for rule in reader.rules:
        people = {reader.persons.get(folded(one), folded(one)) for one in rule.who}
        if rule.two and len(people) == 1 and not any(_TEAM.fullmatch(one) for one in rule.who):
            reader.line = rule.line
            reader.wrong(f"it takes two, and {rule.who[0]} is the only one who may: name another person")
    if reader.mistakes:
        told = tuple(f"{shown}:{line}: {mistake}" for line, mistake in sorted(reader.mistakes))
        raise ConfigError(told, Place(shown, min(line for line, _ in reader.mistakes)))
    return tuple(reader.rules), reader.persons


def _without_comment(line: str) -> str:
    """``line`` without what follows a # that stands at the beginning or after a space, and in no name."""
    hidden = _QUOTED.sub(lambda match: "\0" * len(match[0]), line)
    found = _COMMENT.search(hidden)
    return line[: found.start()] if found else line


def _tokens(line: str) -> tuple[list[_Token], str]:
    """The words and quoted names of a line, and what is left from where it cannot be understood."""
    found: list[_Token] = []
    at = 0
    while match := _TOKEN.match(line, at):
        quoted = match["quoted"] is not None
        found.append(_Token(match["quoted"] if quoted else match["plain"], quoted))
        at = match.end()
    return found, line[at:].strip()


def _short(text: str) -> str:
    return f"{text[:40]}…" if len(text) > 40 else text
