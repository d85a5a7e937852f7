import string
import unicodedata

import pytest
from engine_strategies import segments
from help_center_sentences import SENTENCES
from hypothesis import given, settings

from polyhelp.engines.base import Ask, Markup, Options, Reply, Request
from polyhelp.engines.pseudo import LETTERS, PseudoEngine, pseudo
from polyhelp.engines.verify import shape
from polyhelp.model import Locale
from polyhelp.text.inline import masked


def test_every_letter_has_one_look_alike_of_its_own():
    images = [letter.translate(LETTERS) for letter in string.ascii_letters]
    assert len(set(images)) == 52
    for letter, image in zip(string.ascii_letters, images, strict=True):
        assert len(image) == 1
        assert not image.isascii()
        assert image.isalpha()
        assert image.isupper() == letter.isupper()
        assert unicodedata.normalize("NFC", image) == image
        assert unicodedata.normalize("NFKC", image) == image


def test_codes_stay_and_the_prose_inside_them_does_not():
    text = 'Use `SAVE20` in [the **shop**](https://a.example/b "Our shop") for {count} <kbd>Ctrl</kbd> &amp; :truck:'
    assert pseudo(text) == (
        'Ûšé `SAVE20` îñ [ťĥé **šĥôṗ**](https://a.example/b "Ôûŕ šĥôṗ") ḟôŕ {count} <kbd>Ctrl</kbd> &amp; :truck:'
    )


@settings(deadline=None)
@given(segments)
def test_no_ascii_letter_is_left_and_twice_is_once(text):
    made = pseudo(text)
    assert shape(made) == shape(text)
    assert not any(character.isascii() and character.isalpha() for character in masked(made))
    assert pseudo(made) == made


def test_the_engine_needs_nothing():
    engine = PseudoEngine(Options())
    en, de = Locale("en"), Locale("de")
    assert engine.obstacle(en, de) == ""
    engine.learn()
    assert engine.ability(en, de).markup is Markup.PLAIN
    assert engine.translate([Ask("Save"), Ask("")], Request(en, de)) == [Reply("Šàṽé"), Reply("")]
    traits = engine.traits
    assert (traits.remote, traits.draft, traits.price.amount, traits.requests) == (False, False, 0, 1)
    engine.close()


def test_real_sentences_keep_their_markup():
    for sentence in SENTENCES:
        assert shape(pseudo(sentence)) == shape(sentence)


COMMIT = "bd6066cb349a9b3a1b0d87b146ddaee06db31d10"


@pytest.mark.parametrize("sign", ["4th", "21st", "112th", "(c)", "(tm)", "c/o", COMMIT])
def test_what_is_read_as_a_sign_stays(sign):
    assert pseudo(f"On {sign} day") == f"Ôñ {sign} đàý"
