"""Who may accept what, and where it takes two: rules like those of CODEOWNERS.

    # pattern      conditions                 who
    *                                         @shop/translators
    *              locale=de,at               @anna "Bo Ek" carl@shop.example
    policies/      two                        @anna @lena
    policies/      region=US risk=legal two   @us-legal "Jo Law"
    "Anna Berg" =  @anna anna@shop.example

1. A pattern is read as in CODEOWNERS, from the content folder on: ``*`` is every article, ``policies/`` a folder,
   ``returns/*.md`` what is in one, ``refunds.md`` a name in any folder.
2. The last line that fits counts, alone. A line with conditions fits where all of them do. A locale and a region stand
   for their children too.
3. A text that several regions share is looked up for each of them: who accepts it must be one who may for all.
4. Where no line fits, and where the line that does names nobody, everybody may. ``two`` takes two different persons.
5. A login (``@anna``), a name and an e-mail address are three persons, unless a line with ``=`` says that they are one.
   A team (``@shop/translators``) is whoever the forge says: nobody, as long as it has not been asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from polyhelp.errors import ConfigError, Place
from polyhelp.model import Locale, folded, one_line
from polyhelp.review.rights_read import Risk, Rule, parsed
from polyhelp.text.similarity import instead


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody may accept or not: a text of the article ``path`` in ``locale``.

    ``regions`` are the codes of those that show it, none for a text that is not of any region.
    """

    locale: Locale
    path: str
    regions: Collection[str] = ()
    risks: Collection[Risk] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """The rules of the file ``shown``. Without any, everybody may accept everything.

    ``persons`` has the name in the record for each folded identity, ``teams`` the logins of a team by its folded name.
    """

    shown: str = ""
    rules: tuple[Rule, ...] = ()
    persons: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, text: str, shown: str) -> Rights:
        """The rules in ``text``, of the file ``shown``. Raises ConfigError with every mistake and its line."""
        rules, persons = parsed(text, shown)
        return cls(shown, rules, persons)

    @classmethod
    def read(cls, file: Path, shown: str) -> Rights:
        """The rules in ``file``; none where there is no file. Raises ConfigError, also for what cannot be read."""
        try:
            data = file.read_bytes()
            return cls.load(data.decode("utf-8"), shown)
        except FileNotFoundError:
            return cls()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ConfigError((f"byte {error.start} is not UTF-8",), Place(shown, line), "save it in UTF-8") from None
        except OSError as error:
            raise ConfigError((f"cannot read: {error.strerror}",), Place(shown)) from None

    def check(self, tags: Collection[str], regions: Collection[str]) -> None:
        """Raise ConfigError where a line names a locale or a region that there is not: it would never hold.

        ``tags`` are those of all locales and their parents, ``regions`` all codes.
        """
        told = []
        for rule in self.rules:
            unknown = [("locale", one.tag, tags) for one in rule.locales if one.tag not in tags]
            unknown += [
                ("region", one, regions)
                for one in rule.regions
                if not any(code == one or code.startswith(f"{one}-") for code in regions)
            ]
            told += [
                f"{self.shown}:{rule.line}: {name}={one} is none of this help center; {instead(one, sorted(known))}"
                for name, one, known in unknown
            ]
        if told:
            raise ConfigError(tuple(told), Place(self.shown))

    def idle(self, paths: Collection[str]) -> tuple[Rule, ...]:
        """The lines whose pattern fits none of ``paths``."""
        return tuple(rule for rule in self.rules if not any(map(rule.fits, paths)))

    def knowing(self, teams: Mapping[str, Iterable[str]]) -> Rights:
        """The same rules, where the forge has said who is in ``teams``: ``@org/team`` -> logins, with or without @."""
        known = {folded(name): frozenset(f"@{folded(one).lstrip('@')}" for one in who) for name, who in teams.items()}
        return replace(self, teams={**self.teams, **known})

    def supposing(self, who: str) -> Rights:
        """The same rules, with ``who`` in every team: where nobody can ask the forge, nobody is to be wronged."""
        return replace(self, teams={folded(team): frozenset({folded(who)}) for team in self.teams_named})

    @property
    def teams_named(self) -> tuple[str, ...]:
        """The teams that the rules name, for who can ask the forge."""
        return tuple(dict.fromkeys(one for rule in self.rules for one in rule.who if _is_team(one)))

    @property
    def has_two(self) -> bool:
        """Whether anything takes two persons."""
        return any(rule.two for rule in self.rules)

    @property
    def has_regions(self) -> bool:
        """Whether regions count anywhere."""
        return any(rule.regions for rule in self.rules)

    def person(self, who: str) -> str:
        """The name under which ``who`` (a login, a name, an e-mail address) stands in records."""
        return self.persons.get(folded(who), one_line(who))

    def why_not(self, who: str, matter: Matter) -> str:
        """Why ``who`` may not accept it, in words; ``""`` for one who may.

        Who comes from a forge must be given as the login, with its ``@``: the names and addresses of an account are its
        owner's to choose.
        """
        for rule in self._rules(matter):
            if rule.who and not self._among(who, rule.who):
                unknown = [one for one in rule.who if _is_team(one) and folded(one) not in self.teams]
                asked = f"; who is in {', '.join(unknown)} is for the forge to say" if unknown else ""
                return f"this is for {_listed(rule.who)} to decide ({self.shown}:{rule.line}){asked}"
        return ""

    def needs_two(self, matter: Matter) -> bool:
        """Whether two persons must have accepted it before customers see it."""
        return any(rule.two for rule in self._rules(matter))

    def two(self, people: Iterable[str]) -> bool:
        """Whether ``people`` are two different persons, at least."""
        return len({folded(self.person(one)) for one in people}) > 1

    def owners(self, matter: Matter) -> tuple[str, ...]:
        """Those whom the rules name for it, as they are written: to be asked for a review. Nobody where all may."""
        named = [rule.who for rule in self._rules(matter) if rule.who]
        return tuple(one for one in dict.fromkeys(named[0]) if all(one in who for who in named)) if named else ()

    def _rules(self, matter: Matter) -> Iterator[Rule]:
        """The line that counts, for each of its regions; each line once."""
        found = [
            rule
            for rule in reversed(self.rules)
            if rule.takes(matter.locale, matter.path) and (not rule.risks or set(rule.risks) & set(matter.risks))
        ]
        last = (next((rule for rule in found if rule.serves(code)), None) for code in matter.regions or ("",))
        yield from dict.fromkeys(rule for rule in last if rule)

    def _among(self, who: str, named: Sequence[str]) -> bool:
        """Whether ``who`` is one of ``named``, in person or in a team."""
        own = folded(self.person(who))
        if any(folded(self.person(one)) == own for one in named if not _is_team(one)):
            return True
        logins = {folded(who), *(one for one, name in self.persons.items() if folded(name) == own)}
        return any(logins & self.teams.get(folded(one), frozenset()) for one in named if _is_team(one))


def _is_team(who: str) -> bool:
    return who.startswith("@") and "/" in who


def _listed(who: Sequence[str]) -> str:
    return ", ".join(who[:-1]) + (" or " if len(who) > 1 else "") + who[-1]
