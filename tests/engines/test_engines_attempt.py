import re

import pytest
from engine_fakes import DE, TH, phrasebook
from engine_strategies import segments
from hypothesis import given, settings
from hypothesis import strategies as st

from polyhelp.engines.attempt import Answer, Manner, Outcome, asking, together
from polyhelp.engines.base import Ask, Markup
from polyhelp.engines.verify import shape
from polyhelp.model import Locale
from polyhelp.text.inline import has_prose

MARKUPS = list(Markup)
NAMES = frozenset({"Kestrel & Pine", "TrailCard"})


def run(text, say, markup=Markup.XML, target=DE, names=frozenset(), **more):
    """The answer to one text, and every text that the engine was asked for."""
    answer, asks = ask_for(text, lambda ask: say(ask.text), Manner(markup, target, pairs(names), **more))
    return answer, [ask.text for ask in asks]


def ask_for(text, say, manner):
    """The answer to one text, and everything that the engine was asked for."""
    asked = []
    steps = asking(text, manner)
    try:
        asks = next(steps)
        while True:
            asked.extend(asks)
            asks = steps.send(tuple(map(say, asks)))
    except StopIteration as stop:
        return stop.value, asked


def pairs(names):
    return tuple((name, name) for name in names)


def test_a_link_a_label_and_code_travel_as_numbers_and_come_back():
    say = phrasebook(
        {
            'Select <g id="1">Save</g> in <g id="2">your account</g> to use <x id="3">SAVE20</x>.': "Wählen Sie in "
            '<g id="2">Ihrem Konto</g> <g id="1">Speichern</g>, um <x id="3">SAVE20</x> zu nutzen.'
        }
    )
    answer, _ = run("Select **Save** in [your account](a.md#b) to use `SAVE20`.", say)
    assert answer.text == "Wählen Sie in [Ihrem Konto](a.md#b) **Speichern**, um `SAVE20` zu nutzen."


@settings(deadline=None)
@given(segments, st.sampled_from(MARKUPS), st.sampled_from([DE, TH]))
def test_an_engine_that_changes_nothing_changes_nothing(text, markup, target):
    answer, _ = run(text, lambda sent: sent, markup, target)
    assert answer.text == text or (markup is Markup.WORDS and answer.text is None)


@pytest.mark.parametrize(
    "text", ["", "   ", "`code`", "{count} / {total}", "5 %", "![](logo.svg)", "https://a.example"]
)
def test_nothing_to_translate_is_not_sent(text):
    assert run(text, lambda _: 1 / 0) == (Answer(text, outcome=Outcome.UNASKED), [])


def shout(match):
    return match[0] if match[0].startswith("<") else match[0].upper()


def test_space_around_a_text_stays_and_lines_stay_lines():
    answer, asked = run("  Save\n", lambda sent: f" {sent.upper()}\n ")
    assert answer.text == "  SAVE\n"
    answer, asked = run("One way<br>two *ways*  \nthree\nfour", lambda sent: re.sub("<[^>]*>|[a-z]+", shout, sent))
    assert answer.text == "ONE WAY<br>TWO *WAYS*  \nTHREE\nFOUR"
    assert asked == ["One way", 'two <g id="2">ways</g>', "three", "four"]


def test_an_engine_adds_no_lines():
    assert run("Save it now", lambda _: "Jetzt\n\nspeichern")[0].text == "Jetzt speichern"


def test_what_stands_at_the_edge_does_not_travel():
    answer, asked = run(":truck: **Free delivery**{ .x }[^1]", str.upper)
    assert asked == ["Free delivery"]
    assert answer.text == ":truck: **FREE DELIVERY**{ .x }[^1]"


def test_titles_and_image_texts_travel_apart():
    words = {
        "Our logo": "Unser Logo",
        "The shop": "Der Laden",
        '<g id="1">Shop</g> of <x id="2"/>': '<g id="1">Laden</g> von <x id="2"/>',
    }
    answer, _ = run(
        '[Shop](a.md "The shop") of ![Our logo](b.svg) now',
        lambda sent: words.get(sent.removesuffix(" now"), "?") + " jetzt" * sent.endswith("now"),
    )
    assert answer.text == '[Laden](a.md "Der Laden") von ![Unser Logo](b.svg) jetzt'


def test_a_damaged_answer_is_asked_for_once_more():
    answers = iter(["Nutze das", 'Nutze <x id="1"/>'])
    answer, asked = run("Use `A`", lambda _: next(answers))
    assert answer == Answer("Nutze `A`", outcome=Outcome.AGAIN)
    assert asked == ['Use <x id="1">A</x>'] * 2


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        ("Nutze das **jetzt**", "the engine lost the code `A`"),
        ('Nutze <x id="1"/> **jetzt**', "the engine made the bold text **…** that the source does not have"),
        ('Nutze <x id="1"/> &lt;script&gt;', "the engine made the HTML <script> that the source does not have"),
        ('Nutze <x id="1"/> <b>', "the engine's answer has tags that do not belong together"),
        (
            'Nutze <x id="1"/> auf www.evil.example',
            "the engine made the address www.evil.example that the source does not have",
        ),
        ("", "the engine lost the code `A`"),
    ],
)
def test_twice_damaged_is_no_answer_but_a_reason(damaged, reason):
    answer, asked = run("Use `A` now", lambda _: damaged)
    assert answer == Answer(None, reason, Outcome.KEPT_OUT)
    assert asked == ['Use <x id="1">A</x> now'] * 2 + ["Use", "now"]


def test_twice_damaged_is_put_together_from_its_pieces():
    book = {"Use": "Nutze", "now, please": "jetzt, bitte"}
    answer, asked = run("Use `A` now, please", lambda sent: book.get(sent, "Nutze das"))
    assert answer == Answer("Nutze `A` jetzt, bitte", "the engine lost the code `A`", Outcome.IN_PIECES)
    assert asked[2:] == ["Use", "now, please"]


def test_pieces_keep_pairs_names_and_the_space_around_them():
    book = {"See": "Siehe", "our page": "unsere Seite", "or use": "oder nutze", "today.": "heute."}
    answer, _ = run("See [our page](a.md) or use TrailCard today.", lambda sent: book.get(sent, "?"), names=NAMES)
    assert answer.text == "Siehe [unsere Seite](a.md) oder nutze TrailCard heute."
    assert answer.outcome is Outcome.IN_PIECES


def test_text_without_codes_has_no_pieces():
    answer, asked = run("Save it now", lambda _: "www.evil.example")
    assert answer.outcome is Outcome.KEPT_OUT
    assert asked == ["Save it now"] * 2


# ---------------------------------------------------------------- asked again, with a reason


def told(text, say, **how):
    return ask_for(text, say, Manner(Markup.XML, DE, hears=True, **how))


def test_an_engine_that_hears_is_told_what_was_wrong():
    answer, asked = told("Use `A`", lambda ask: 'Nutze <x id="1"/>' if ask.reason else "Nutze das")
    assert answer == Answer("Nutze `A`", outcome=Outcome.AGAIN)
    assert [(ask.reason, ask.turn) for ask in asked] == [("", 0), ("the engine lost the code `A`", 1)]


def test_an_engine_that_does_not_hear_is_asked_anew():
    _, asked = ask_for("Use `A`", lambda _: "Nutze das", Manner(Markup.XML, DE))
    assert [(ask.reason, ask.turn) for ask in asked[:2]] == [("", 0), ("", 1)]


def test_words_that_break_the_term_base_are_asked_for_once_more():
    def examine(target):
        return "" if "Rückerstattung" in target else "'refund' must be 'Rückerstattung'"

    def say(ask):
        return "Deine Rückerstattung" if ask.reason else "Dein Geld"

    answer, asked = told("Your refund", say, examine=examine)
    assert answer == Answer("Deine Rückerstattung", outcome=Outcome.AGAIN)
    assert asked[1].reason == "'refund' must be 'Rückerstattung'"
    assert told("Your refund", lambda _: "Dein Geld", examine=examine)[0].text == "Dein Geld"  # flagged, not lost
    assert ask_for("Your refund", say, Manner(Markup.XML, DE, examine=examine))[0].text == "Dein Geld"


def test_a_worse_second_answer_does_not_replace_a_sound_one():
    def say(ask):
        return "<b>" if ask.reason else 'Dein Geld <x id="1"/>'

    assert told("Your refund `A`", say, examine=lambda _: "wrong term")[0].text == "Dein Geld `A`"


def test_an_answer_that_was_rejected_is_asked_for_under_another_turn():
    _, asked = ask_for("Save", lambda _: "Speichern", Manner(Markup.XML, DE, turn=2))
    assert asked == [Ask("Save", turn=2)]


def test_terms_and_headings_travel_with_every_question():
    terms = (("refund", "Rückerstattung"),)
    _, asked = ask_for("Your refund", lambda ask: ask.text, Manner(Markup.XML, DE, terms, ("Returns", "Money")))
    assert asked == [Ask("Your refund", terms, ("Returns", "Money"))]


# ---------------------------------------------------------------- private data


def hide(text):
    return [match.span() for match in re.finditer(r"KP-\d+|\S+@\S+\w", text)]


@pytest.mark.parametrize("markup", [Markup.XML, Markup.WORDS, Markup.PLAIN])
def test_private_data_is_never_sent_and_comes_back(markup):
    text = 'Order KP-77 of `me@a.example`: write to **me@a.example** or [KP-78](https://x.example/KP-78 "KP-79").'
    answer, asked = run(text, lambda sent: sent.replace("Order", "Bestellung"), markup, private=hide)
    assert answer.text == text.replace("Order", "Bestellung")
    assert not any(hide(sent) for sent in asked)
    assert asked


def test_private_data_that_gets_lost_is_not_printed():
    answer, _ = run("Call KP-77 now", lambda _: "Ruf an", private=hide)
    assert answer.reason == "the engine lost a private value"


def test_a_damaged_title_keeps_the_whole_text_out():
    answer, _ = run('[Shop](a.md "The shop")', lambda sent: "www.evil.example" if sent == "The shop" else sent)
    assert answer.text is None
    assert "www.evil.example" in answer.reason


def test_emphasis_inside_a_word_gets_spaces():
    answer, _ = run("Select _Save_ now", lambda _: '请点<g id="1">保存</g>按钮', target=Locale("zh-CN"))
    assert answer.text == "请点 _保存_ 按钮"


def test_terms_that_stay_travel_as_codes():
    answer, asked = run("Your TrailCard from Kestrel & Pine", str.upper, names=NAMES)
    assert asked[0] == 'Your <x id="1">TrailCard</x> from <x id="2">Kestrel &amp; Pine</x>'
    answer, asked = run("Your TrailCard", lambda sent: sent.replace("Your", "Ihre"), names=NAMES)
    assert answer.text == "Ihre TrailCard"
    assert run("Kestrel & Pine AB", lambda _: 1 / 0, names=NAMES)[0].text == "Kestrel & Pine AB"


# ---------------------------------------------------------------- code words


def words(text, book, target=DE, names=frozenset()):
    return run(text, lambda sent: book[sent], Markup.WORDS, target, names)[0].text


def test_a_pair_is_found_again_in_a_text_translated_without_it():
    book = {"Read our refund policy.": "Lies unsere Rückgaberegeln.", "refund policy": "Rückgaberegeln."}
    assert words("Read our [refund policy](r.md).", book) == "Lies unsere [Rückgaberegeln](r.md)."


def test_a_label_keeps_its_capital_and_a_pair_its_colon():
    book = {"Select Save.": "Tryck på spara.", "Save": "spara", "Note: read it.": "Obs: läs det.", "Note:": "Obs:"}
    assert words("Select **Save**.", book, Locale("sv")) == "Tryck på **Spara**."
    assert words("*Note:* read it.", book, Locale("sv")) == "*Obs:* läs det."


def test_pairs_in_pairs_and_codes_in_pairs():
    book = {
        "See the new page XQ3X here.": "Siehe hier die neue Seite XQ3X.",
        "the new page XQ3X": "Die neue Seite XQ3X",
        "new": "neue",
    }
    assert words("See [the *new* page `A`](a.md) here.", book) == "Siehe hier [die *neue* Seite `A`](a.md)."


def test_twins_keep_their_order():
    book = {"Open this or this.": "Öffne das oder das.", "this": "das"}
    assert words("Open [this](a.md) or [this](b.md).", book) == "Öffne [das](a.md) oder [das](b.md)."


def test_words_that_stand_twice_are_no_place_for_a_link():
    book = {
        "Send the item as one item.": "Sende den Artikel als einen Artikel.",
        "item": "Artikel",
        "Send the XQ1A item XQ1B as one item.": "Sende den XQ1A Artikel XQ1B als einen Artikel.",
    }
    answer, _ = run("Send the [item](a.md) as one item.", lambda sent: book[sent], Markup.WORDS)
    assert answer == Answer("Sende den [Artikel](a.md) als einen Artikel.", outcome=Outcome.AGAIN)


def test_marks_show_which_words_are_meant():
    book = {
        "Tap Sign in now.": "Tippe jetzt auf Anmelden.",
        "Sign in": "Einloggen",
        "Tap XQ1A Sign in XQ1B now.": "Tippe auf XQ1A anmelden XQ1B.",
    }
    assert words("Tap **Sign in** now.", book) == "Tippe jetzt auf **Anmelden**."


def test_else_the_pair_travels_apart():
    book = {
        "Tap Sign in now.": "Tippe jetzt.",
        "Sign in": "Einloggen",
        "Tap XQ1A Sign in XQ1B now.": "Tippe XQ1A XQ1B.",
        "Tap XQ1X now.": "Tippe jetzt auf XQ1X.",
    }
    assert words("Tap **Sign in** now.", book) == "Tippe jetzt auf **Einloggen**."


def test_other_code_words_are_tried_when_one_is_lost():
    book = {"Use XQ1X now.": "Nutze jetzt.", "Use ZQX1X now.": "Nutze jetzt ZQX1X."}
    assert words("Use `A` now.", book) == "Nutze jetzt `A`."


def test_no_code_word_ever_stays():
    answer, _ = run("Use `A` now.", lambda _: "Nutze XQ 1 jetzt.", Markup.WORDS)
    assert answer.text is None
    assert "XQ" not in answer.reason


def test_terms_travel_as_they_are_until_they_are_lost():
    book = {"Use TrailCard now.": "Nutze TrailCard jetzt."}
    assert words("Use TrailCard now.", book, names=NAMES) == "Nutze TrailCard jetzt."
    book = {"Use TrailCard now.": "Nutze die Wegkarte jetzt.", "Use ZQX1X now.": "Nutze ZQX1X jetzt."}
    assert words("Use TrailCard now.", book, names=NAMES) == "Nutze TrailCard jetzt."


def test_code_words_that_got_lost_are_asked_for_twice_and_so_is_a_text_without_any():
    book = {"Use XQ1X now.": "Nutze es jetzt.", "Use ZQX1X now.": "Nutze ZQX1X jetzt."}
    answer, _ = run("Use `A` now.", lambda sent: book[sent], Markup.WORDS)
    assert answer == Answer("Nutze `A` jetzt.", outcome=Outcome.AGAIN)
    answers = iter(["Zahlungsarten **neu**", "Zahlungsarten"])
    answer, asked = ask_for("Payment methods", lambda _: next(answers), Manner(Markup.WORDS, DE))
    assert answer == Answer("Zahlungsarten", outcome=Outcome.AGAIN)
    assert [ask.turn for ask in asked] == [0, 1]  # a kept answer must not serve again


def test_a_bracket_left_open_is_not_taken():
    book = {"Payment methods": "Zahlungsarten (", "Save": "Speichern"}
    answer, _ = run("Payment methods", lambda sent: book[sent], Markup.WORDS)
    assert answer == Answer(None, "the engine left a bracket open", Outcome.KEPT_OUT)


def test_thai_words_need_no_spaces_around_them():
    book = {"Tap Save now.": "แตะบันทึกตอนนี้", "Save": "บันทึก"}
    assert words("Tap **Save** now.", book, TH) == "แตะ**บันทึก**ตอนนี้"


# ---------------------------------------------------------------- whatever an engine does


MUTATIONS = st.lists(
    st.tuples(st.sampled_from(["drop", "double", "swap", "void", "word", "markup"]), st.integers(0, 30)), max_size=4
)
JUNK = ["**", "](", "<b>", "{x}", "`", "https://x.example", "\n\n", '<x id="1"/>', "</g>", "&lt;i&gt;", "XQ1X", "# "]


def mutated(text, mutations):
    pieces = re.split(r"(<[^<>]*>|XQ\d+[XAB]|\s+)", text)
    for kind, number in mutations:
        at = number % len(pieces)
        other = (number * 7 + 3) % len(pieces)
        if kind == "drop":
            pieces[at] = ""
        elif kind == "double":
            pieces[at] *= 2
        elif kind == "swap":
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif kind == "void":
            pieces = [piece for piece in pieces if not piece.startswith("<x")]
        elif kind == "word":
            pieces.insert(at, " wort ")
        else:
            pieces.insert(at, JUNK[number % len(JUNK)])
        pieces = pieces or [""]
    return "".join(pieces)


@settings(deadline=None)
@given(segments, MUTATIONS, st.sampled_from(MARKUPS))
def test_nothing_damaged_comes_out(text, mutations, markup):
    answer, _ = run(text, lambda sent: mutated(sent, mutations), markup)
    if answer.text is None:
        assert answer.reason
    else:
        assert shape(answer.text) == shape(text)
        assert answer.text.count("\n") <= text.count("\n")
        assert has_prose(answer.text) == has_prose(text)


def test_askings_run_side_by_side():
    def ask(*rounds):
        got = []
        for texts in rounds:
            got.extend((yield tuple(map(Ask, texts))))
        return got

    steps = together([ask(("a", "b"), ("c",)), ask(), ask(("d",))])
    assert next(steps) == (Ask("a"), Ask("b"), Ask("d"))
    assert steps.send(("A", "B", "D")) == (Ask("c"),)
    with pytest.raises(StopIteration) as stop:
        steps.send(("C",))
    assert stop.value.value == [["A", "B", "C"], [], ["D"]]


def test_only_terms_that_are_equal_in_both_languages_are_names():
    manner = Manner(Markup.XML, TH, (("TrailCard", "TrailCard"), ("refund", "เงินคืน"), ("", "")))
    assert manner.names == {"TrailCard"}


@pytest.mark.parametrize("markup", MARKUPS)
def test_markup_nested_without_end_is_no_crash(markup):
    deep = "<b>" * 3_000 + "Save" + "</b>" * 3_000
    reason = "the markup of this text is nested too deeply"
    assert run(deep, str.upper, markup)[0] == Answer(None, reason, Outcome.KEPT_OUT)
    assert run("Save **it**", lambda _: deep.replace("<b>", '<g id="1">'), markup)[0].text is None
    assert run("Save **it**", lambda _: deep.replace("<", "&lt;"), markup)[0].text is None
    assert run("Save it", lambda _: deep, markup)[0].text is None


@pytest.mark.parametrize(
    ("markup", "sent"),
    [
        (Markup.XML, "boots &amp; tents &lt; 5"),
        (Markup.HTML, "boots &amp; tents &lt; 5"),
        (Markup.BLANKS, r"boots & tents \< 5"),
        (Markup.WORDS, "boots & tents < 5"),
    ],
)
def test_pieces_are_written_as_the_engine_reads(markup, sent):
    answer, _ = run("Use `A` boots & tents < 5", lambda text: text if text in {sent, "Use"} else "lost", markup)
    assert answer == Answer("Use `A` boots & tents < 5", "the engine lost the code `A`", Outcome.IN_PIECES)


def test_a_piece_without_words_is_no_piece():
    answer, _ = run("Use `A` now", lambda text: "Nutze" if text == "Use" else "")
    assert answer.outcome is Outcome.KEPT_OUT


def test_what_is_safe_to_put_right_is_put_right_before_anybody_asks_again():
    def polish(target):
        return target.replace("Trailcard", "TrailCard")

    def examine(target):
        return "" if "TrailCard" in target else "the name is lost"

    answer, asked = told("Your TrailCard", lambda _: "Ihre Trailcard", polish=polish, examine=examine)
    assert answer == Answer("Ihre TrailCard", outcome=Outcome.REPAIRED)
    assert len(asked) == 1


def test_a_polish_that_breaks_markup_is_not_taken():
    answer, _ = run("Use `A` now", lambda text: text, polish=lambda target: target.replace("`A`", "**A**"))
    assert answer.text == "Use `A` now"
