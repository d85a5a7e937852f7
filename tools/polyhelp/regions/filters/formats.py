"""Values as a reader writes them: CLDR's conventions for one locale, in one region.

Money, numbers, dates and times follow the reader's language as it is written in the region where CLDR knows that pair
(``de`` in CH writes ``CHF 1’299.50``), else the reader's locale as it is. Names and words follow the language alone,
in the region's spelling.
In right-to-left text a value with Latin letters or digits stands between U+2068 and U+2069, so that it cannot turn
its surroundings around (Unicode Bidirectional Algorithm, UAX 9, explicit isolates).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from babel import Locale as CldrLocale

from polyhelp.errors import RegionError
from polyhelp.model import WEEKDAYS, Duration, Locale, Money
from polyhelp.regions.filters.amounts import is_number, written_money, written_number, written_percent
from polyhelp.regions.filters.calendars import STYLES, is_buddhist, runs, weekday_name, written_date
from polyhelp.regions.filters.clocks import written_clock, zone_name
from polyhelp.regions.filters.conventions import conventions, country, week_start
from polyhelp.regions.filters.lengths import written_duration
from polyhelp.regions.filters.lists import STYLES as LIST_STYLES
from polyhelp.regions.filters.lists import joined
from polyhelp.regions.filters.orthography import spelled
from polyhelp.regions.filters.phones import phone_uri, written_phone
from polyhelp.regions.filters.refusals import check_choice, checked_name, shown, unfit
from polyhelp.regions.filters.tongues import language_name
from polyhelp.regions.filters.words import FORM, PLAIN, WITHIN, Words, load_words
from polyhelp.regions.kinds import CLOCK_TIME, parse_duration, parse_money, region_mistake, zones

__all__ = ["FILTERS", "Formats", "shown"]

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_MAX_LIST = 100_000  # characters; lists of lists could double themselves line by line
_MAX_WORD = 100
_NEEDS_ISOLATE = re.compile(r"[A-Za-z0-9]")
_PHONE_FORMS = ("text", "uri")


@dataclass(frozen=True, slots=True)
class Formats:
    """The filters for one locale and one region (``""`` for none); each is a method of the same name.

    ``source`` is the locale that templates are written in, whose plurals hold for text without a translation.
    Every filter takes a value of its own type and raises RegionError, without a place, for any other.
    """

    locale: Locale
    region: str = ""
    words: Words = field(default_factory=load_words)
    source: Locale = Locale("en")  # noqa: RUF009 (frozen)

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """The filters by the names that templates use."""
        return {name: getattr(self, name) for name in FILTERS}

    def isolated(self, text: str) -> str:
        """``text``, fenced off where the text around it runs from right to left."""
        if not self.locale.right_to_left or FIRST_STRONG_ISOLATE in text or not _NEEDS_ISOLATE.search(text):
            return text
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"

    def money(self, value: object) -> str:
        """An amount with its currency. Whole amounts are printed without decimals when written without."""
        amount = parse_money(value) if isinstance(value, str) else value
        if not isinstance(amount, Money) or not is_number(amount.amount):
            raise unfit("money", "an amount such as '4.90 EUR'", value)
        return self.isolated(written_money(amount, self._conventions))

    def number(self, value: object) -> str:
        """A number with the locale's grouping and decimal mark."""
        if not isinstance(value, int | Decimal) or not is_number(value):
            raise unfit("number", "a number such as 1299", value)
        return self.isolated(written_number(value, self._conventions))

    def percent(self, value: object) -> str:
        """A percentage, given in percent: 25 is 25 %."""
        if not isinstance(value, int | Decimal) or not is_number(value):
            raise unfit("percent", "a number of percent such as 25", value)
        return self.isolated(written_percent(value, self._conventions))

    def date(self, value: object, style: str = "long") -> str:
        """A day; ``style`` is one of CLDR's lengths. Thai dates for Thailand count by the Buddhist Era."""
        if not isinstance(value, dt.date):
            raise unfit("date", "a date such as 2026-11-01", value)
        check_choice("date", style, STYLES)
        return self.isolated(written_date(value, style, self._conventions, is_buddhist(self.locale, self.region)))

    def time(self, value: object, zone: str = "") -> str:
        """A time of day, given as ``HH:MM`` up to 24:00, with the name of the time ``zone`` if one is given."""
        if not isinstance(value, str) or not CLOCK_TIME.fullmatch(value):
            raise unfit("time", "a time of day such as '09:00'", value)
        clock = written_clock(value, self._conventions)
        return self.isolated(self._beside(clock, self._zone("time", zone)) if zone else clock)

    def zone_name(self, value: object) -> str:
        """What a time zone is called all year round: ``Central European Time``."""
        return self.isolated(self._zone("zone_name", value))

    def duration(self, value: object, case: str = PLAIN) -> str:
        """A length of time in words; ``case`` asks for an inflected form, such as German ``dative``."""
        return self.isolated(self._duration("duration", value, case))

    def within(self, value: object) -> str:
        """How long something may take: ``within 14 days``."""
        phrase = self.words.phrase(WITHIN, self.locale)
        return self.isolated(FORM.sub(lambda form: self._duration("within", value, form[1]), phrase))

    def weekday(self, value: object) -> str:
        """The name of a weekday such as ``mon``."""
        if not isinstance(value, str) or value not in WEEKDAYS:
            raise unfit("weekday", f"one of {', '.join(WEEKDAYS)}", value)
        return self.isolated(weekday_name(value, self._language))

    def weekdays(self, value: object) -> str:
        """Days of a week, three or more in a row as a range: ``Monday–Friday and Sunday``."""
        if not isinstance(value, tuple | list) or not value:
            raise unfit("weekdays", "a list of days such as mon-fri", value)
        names = {day: self.weekday(day) for day in value}
        first = week_start(self.region) if self.region else WEEKDAYS[self._conventions.first_week_day]
        parts: list[str] = []
        for run in runs(names, first):
            if len(run) > 2:
                parts.append(self.words.phrase("days", self.locale, names[run[0]], names[run[-1]]))
            else:
                parts.extend(names[day] for day in run)
        return self.listed(parts)

    def first_weekday(self, value: object) -> str:
        """The name of the day on which the week starts in a region, given by its code."""
        if not isinstance(value, str) or region_mistake(value):
            raise unfit("first_weekday", "a region code such as 'DE'", value)
        return self.weekday(week_start(value))

    def phone(self, value: object, form: str = "text") -> str:
        """A phone number as it is dialed in the region; ``form="uri"`` gives the address of a link, ``tel:+46...``."""
        check_choice("phone", form, _PHONE_FORMS)
        text = value if isinstance(value, str) else ""
        number = phone_uri(text) if form == "uri" else written_phone(text, self.region)
        if not number:
            raise unfit("phone", "an international number such as '+46 19 555 0142'", value)
        return number if form == "uri" else self.isolated(number)

    def listed(self, value: object, kind: str = "and", of: str = "") -> str:
        """Texts as a list in a sentence: ``A, B and C``. ``of`` names the field when the items are records."""
        check_choice("listed", kind, tuple(LIST_STYLES))
        if not isinstance(value, tuple | list):
            raise unfit("listed", "a list of texts", value)
        name = checked_name("listed", of)
        texts = [item[name] if name and isinstance(item, Mapping) and name in item else item for item in value]
        for text in texts:
            if not isinstance(text, str):
                example = "a list of texts (for records, name the field: listed(of='brand'))"
                raise unfit("listed", example, text)
        if sum(map(len, texts)) > _MAX_LIST:
            raise RegionError("the list is too long to be printed", hint="use a loop")
        return joined([self.isolated(text) for text in texts], kind, self._language)

    def region_name(self, value: object) -> object:
        """A region's name from its code, or the names of a list of codes."""
        return self._each(value, self._region_name, "region_name", "a region code such as 'DE'")

    def language_name(self, value: object) -> object:
        """A language's name from its tag, or the names of a list of tags."""
        return self._each(value, self._language_name, "language_name", "a language tag such as 'pt-BR'")

    def label(self, value: object, of: str = "") -> object:
        """What a word of the region data (``express``) is called, or the names of a list of such words.

        ``of`` names the field that has the word, where a word means one thing in one field and another in others:
        ``none`` of ``duties``.
        """
        name = checked_name("label", of)

        def label(word: str) -> str:
            qualified = f"{name}.{word}"
            return self.words.label(qualified if qualified in self.words.labels else word, self.locale)

        return self._each(value, label, "label", "a word of the data such as 'express'")

    @property
    def _conventions(self) -> CldrLocale:
        return conventions(self.locale, self.region)

    @property
    def _language(self) -> CldrLocale:
        return conventions(self.locale)

    def _each(self, value: object, name: Callable[[str], str], what: str, example: str) -> object:
        if isinstance(value, tuple | list):
            return tuple(self._each(item, name, what, example) for item in value)
        if not isinstance(value, str) or len(value) > _MAX_WORD:
            raise unfit(what, example, value)
        return self.isolated(spelled(name(value), self.locale, self.region))

    def _region_name(self, code: str) -> str:
        named = self.words.named(code, self.locale)
        if named is not None:
            return named
        name: str | None = self._language.territories.get(country(code))
        if not name or region_mistake(code):
            raise unfit("region_name", "a region code such as 'DE'", code)
        return self._beside(name, code) if "-" in code else name  # CLDR's names of subdivisions are not in Babel

    def _language_name(self, tag: str) -> str:
        name = language_name(tag, self._language)
        if not name:
            raise unfit("language_name", "a language tag such as 'pt-BR'", tag)
        return name

    def _zone(self, name: str, value: object) -> str:
        found = zone_name(value, self._language) if isinstance(value, str) and value in zones() else ""
        if not found:
            raise unfit(name, "a time zone such as 'Europe/Berlin'", value)
        return spelled(found, self.locale, self.region)

    def _beside(self, text: str, aside: str) -> str:
        return self.words.phrase("aside", self.locale, text, aside)

    def _duration(self, name: str, value: object, form: str) -> str:
        length = parse_duration(value) if isinstance(value, str) else value
        if not isinstance(length, Duration) or not (is_number(length.amount) and is_number(length.at_least)):
            raise unfit(name, "a duration such as '30 calendar days'", value)
        spoken_form = checked_name(name, form) or PLAIN
        return written_duration(length, spoken_form, self.words, self.locale, self._conventions)


FILTERS = (
    "date", "duration", "first_weekday", "label", "language_name", "listed", "money", "number", "percent", "phone",
    "region_name", "time", "weekday", "weekdays", "within", "zone_name",
)  # fmt: skip
"""The names of all filters."""
