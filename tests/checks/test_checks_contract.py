"""What every registered check promises: it explains itself, it never crashes, and a long text is no trap for it.

For hostile texts, the processor time is held against the time for a text four times as long, up to 1 MB. In proportion
it is 4 times as much; a quadratic reading would take 16 times. Everything below 10 times passes, so that a busy
machine is no bug.
"""

import gc
import itertools
import signal
import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp import plugins
from polyhelp.checks.base import Finding, Setting
from polyhelp.glossary.match import TermBase
from polyhelp.model import (
    Avoided,
    Concept,
    Lengths,
    Locale,
    PartOfSpeech,
    Place,
    Severity,
    Style,
    TermTarget,
    Unit,
)

NAMES = plugins.names(plugins.CHECKS)
ITS = {  # https://www.w3.org/TR/its20/#lqissue-typevalues
    "terminology", "mistranslation", "omission", "untranslated", "addition", "duplication", "inconsistency", "grammar",
    "legal", "register", "locale-specific-content", "locale-violation", "style", "characters", "misspelling",
    "typographical", "formatting", "inconsistent-entities", "numbers", "markup", "pattern-problem", "whitespace",
    "internationalization", "length", "non-conformance", "uncategorized", "other",
}  # fmt: skip
TIMES = 4
MOST = 10  # times the time for a text TIMES as long
TINY = 0.03  # seconds that count for nothing
ENOUGH = 0.006  # seconds that can be compared
SHORTEST, LONGEST = 1_000, 250_000  # characters of the shorter text; the longer one has up to 1 MB
HOPELESS = 30  # seconds for one text

LOCALES = tuple(map(Locale, ("de", "fr", "ja", "zh-Hant", "th", "ar", "ru", "es")))
STYLE = Style(
    "formal", (), (Avoided(("blöd*", "a b"), "Unfriendly.", "klug", ("a b c",)),), Lengths(20, 40, 20, 10)
)  # fmt: skip
CONCEPTS = (
    Concept("name", "Tern", PartOfSpeech.NAME, do_not_translate=True, enforce=Severity.ERROR),
    Concept(
        "a",
        "a",
        excluded=("a a a",),
        targets={locale: TermTarget("b c", ("d",), ("e",), ("a", "中")) for locale in LOCALES},
    ),
    Concept("set up", "set up", PartOfSpeech.VERB, targets={locale: TermTarget("einrichten") for locale in LOCALES}),
)
TERMS = TermBase(CONCEPTS)


def setting(locale):
    find = TERMS.finder(locale, "a.md")
    return Setting(locale, Place(f"locales/{locale}/a.po"), find, "a.md", policy=True, style=STYLE)


SETTINGS = tuple(map(setting, LOCALES))


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def check(name):
    return plugins.load(plugins.CHECKS, name)


def look(check, units, settings=SETTINGS):
    """What a check finds in units, in every locale, alone and together."""
    found = []
    for where in settings:
        if check.look:
            found += [finding for unit in units for finding in check.look(unit, where)]
        if check.together:
            rows = [(unit, where) for unit in units]
            for at, finding in check.together(rows):
                assert at in range(len(rows))
                found.append(finding)
    return found


# ---------------------------------------------------------------- what it says about itself


def test_it_has_a_type_of_the_standard(check):
    assert check.its in ITS


def test_it_explains_itself(check, name):
    assert len(check.about) >= 200, "too short to help anybody"
    assert "\n\n" in check.about.strip(), "one paragraph is not an explanation"
    assert "waive" in check.about or f"{name}:" in check.about, "does not say how to silence it, or to have it"
    assert (check.look is None) != (check.together is None)


# ---------------------------------------------------------------- whatever stands there

PIECES = (
    "Tern a set up sets 1,000 10.5 5:30 p.m. ٣ 五 ２ `code` ``a`b`` **bold** [link](a.md) ![](a.png) <b> </b> <br> "
    "<script> {{ name }} {% if %} %s {0} https://a.example/?b=c&d javascript:x du Sie usted 您 です! ？ 。 … « » „ “ ' "
    "waive: ไทย العربية русский Ünïcode \u200b \u00a0 \u202f \ufeff \u202e | # - ~~ == ++ [^1] :smile: $x$ &amp; \\"
)
WORDS = st.sampled_from(PIECES.split(" "))
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS).map("".join))
UNITS = st.builds(
    Unit,
    source=TEXTS,
    target=TEXTS.filter(bool),
    context=st.sampled_from(["", "menu", "polyhelp search"]),
    fuzzy=st.booleans(),
    notes=st.sampled_from([(), ("title",), ("heading",), ("interface", "note: short"), ("paragraph",)]),
    comments=st.sampled_from([(), ("waive:",), ("waive: numbers it is a name",)]),
)


@given(units=st.lists(UNITS, min_size=1, max_size=4))
def test_no_unit_makes_a_check_crash(units):
    for name in NAMES:
        for finding in look(plugins.load(plugins.CHECKS, name), units):
            assert isinstance(finding, Finding)
            assert finding.severity in Severity
            assert finding.message.strip(), name


def test_the_source_itself_is_no_wrong_code_or_number(name, check):
    """What is as the source has it can only be untranslated."""
    text = "Send it within 14 days, see [our page](a.md) and `CODE`: {{ days }} <br> **now**."
    if name in {"markup", "links", "safety", "numbers", "waiver", "consistency"}:
        assert look(check, [Unit(text, text)]) == []


# ---------------------------------------------------------------- long texts

number = itertools.count()


def row(piece, size):
    return piece * (size // len(piece) + 1)


def pairs(opening, closing, size):
    count = size // len(opening + closing) + 1
    return f"{opening * count}x{closing * count}"


def different(piece, size):
    """``piece`` again and again, with another word for ``{}`` each time."""
    count = size // (len(piece) + 2) + 1
    return "".join(piece.replace("{}", "".join(chr(97 + int(digit)) for digit in str(n))) for n in range(count))


ROWS = (
    " ", "\n", "\u00a0", "a", "a ", "A", "aA", "Ab1 ", "ab.", ". ", ".", "...", "!", "?! ", "¿", "¡ ", ",", ", ", ":",
    " :", " ;", "'", '"', '" ', "„", "“ ", "« ", " »", "(", ")", "( ", "-", "– ", "_", "*", "**", "**a ", "`", "`a ",
    "``", "[", "]", "](", "[a](", "[a](b) ", "![", "<", "<a ", "<a href='", "<b>", "</b>", "<!--", "&", "&amp;", "&#",
    "{", "{{ ", "}}", "{% ", "{a} ", "%s ", "%", "$", "#", "|", "~", "=", "\\", "/", "//", "http://", "http://a.b/ ",
    "javascript:", "java\tscript: ", "on=", "1", "1 ", "1,", "1.1", "1:1 ", "1 000 ", "10万", "千", "十", "٣", "one ",
    "twenty-", "Tern ", "set up ", "set a up ", "sets", "a-", "a'", "a’b ", "中", "中 ", "中a", "あ", "ア", "です。",
    "ค", "ๆ ", "ع", "ـ", "، ", "д", "дa", "é", "e\u0301", "\u200b", "\u200d", "\u00ad", "\u202e", "\ufe0f", "😀",
    "du ", "Sie ", "vous ", "usted ", "the ", "The next one. ", "and the ", "waive: ", "x\t", "a a ", "ab ab ",
)  # fmt: skip
PAIRS = (
    ("(", ")"), ("[", "](a)"), ("<b>", "</b>"), ("{", "}"), ("„", "“"), ("« ", " »"), ("**", "**"), ("a ", " a"),
)  # fmt: skip
MANY = (
    "{} ", "`{}` ", "[{}]({}.md) ", "<{}> ", "{}. ", "{{ {} }} ", "https://{}.example/ ", "{}: {}! ", "**{}** ",
)  # fmt: skip
HOSTILE = (
    *(partial(row, piece) for piece in ROWS),
    *(partial(pairs, *marks) for marks in PAIRS),
    *(partial(different, piece) for piece in MANY),
)
TOGETHER = 4  # of them in one text: what is slow for one of them is slow for all


def texts():
    """Hostile texts of any size."""
    for at in range(0, len(HOSTILE), TOGETHER):
        kinds = HOSTILE[at : at + TOGETHER]
        yield lambda size, kinds=kinds: "\n".join(kind(size // TOGETHER) for kind in kinds)


class TooLongError(Exception):
    """A text takes longer than any text may."""


@pytest.fixture
def _alarm():
    """An endless search is an error after a while: the alarm counts processor time and reaches regular expressions."""

    def stop(*_):
        raise TooLongError

    old = signal.signal(signal.SIGPROF, stop)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, old)
    gc.enable()


def seconds(work, text):
    """Processor seconds for ``text``. It begins with a number of its own, so that nothing remembered helps."""
    text = f"{next(number)} {text}"
    signal.setitimer(signal.ITIMER_PROF, HOPELESS)
    gc.disable()
    start = time.process_time()
    try:
        work(text)
    except TooLongError:
        pytest.fail(f"{len(text):,} characters take more than {HOPELESS} seconds: {text[:40]!r}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.enable()
    return time.process_time() - start


def is_in_proportion(work, text):
    size = SHORTEST
    short = seconds(work, text(size))
    while True:
        long = seconds(work, text(size * TIMES))
        for _ in range(3):
            if long <= MOST * short + TINY:
                break
            short = min(short, seconds(work, text(size)))
            long = min(long, seconds(work, text(size * TIMES)))
        else:
            pytest.fail(f"{text(80)!r}: {size:,} characters take {short:.3f} s, {TIMES} times as many {long:.3f} s")
        if short >= ENOUGH or size * TIMES > LONGEST:
            return
        size, short = size * TIMES, long


@pytest.mark.usefixtures("_alarm")
def test_a_hostile_text_takes_time_in_proportion_to_its_length(check):
    look(check, [Unit("Warm up.", "Aufwärmen.")])  # what is read once in the life of a program
    for at, hostile in enumerate(texts()):
        settings = SETTINGS[at % 4 :: 4]
        is_in_proportion(lambda text, where=settings: look(check, [Unit(text, text[::-1])], where), hostile)


@pytest.mark.usefixtures("_alarm")
def test_1_mb_of_everything_at_once(check):
    target = "".join(text(10_000) for text in HOSTILE)
    source = "".join(text(10_000) for text in reversed(HOSTILE))
    assert len(target) >= 1_000_000
    took = seconds(lambda text: look(check, [Unit(source, text)], SETTINGS[:3]), target)
    assert took < HOPELESS


@pytest.mark.usefixtures("_alarm")
def test_many_units_take_time_in_proportion_to_their_number(check):
    def work(text):
        look(check, [Unit(f"{text[:8]} {n % 97} of them", f"{n} {text[8:16]}") for n in range(len(text) // 20)])

    is_in_proportion(work, partial(row, "a "))
