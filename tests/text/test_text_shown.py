import time

import pytest

from polyhelp.text.shown import THING, sentences, shown


def test_a_reader_sees_no_marks():
    assert shown(r"Use **`SAVE20`** in [our *shop*](https://a.example) \* 5 &amp; up :truck:[^1]") == (
        f"Use {THING} in our shop * 5 & up {THING}"
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Save it. Then go!", 2),
        ("Use version 3.10 or later.", 1),
        ("It takes 3. That is long.", 1),  # a number may be an ordinal: "am 3. Mai"
        ("E.g. boots, i.e. shoes, etc. and more. Done.", 2),
        ("これは靴です。それは傘です！", 2),
        ("「はい。」と言う。", 2),
        ("ส่งคืนฟรี", 1),
        ("Kostenlos? Ja! „Sofort.“ Danke", 4),
        ("… !", 0),
        ("", 0),
    ],
)
def test_sentences(text, count):
    assert len(sentences(text)) == count


def test_a_row_of_initials_takes_linear_time():
    times = []
    for size in (20_000, 80_000):
        text = "a. " * size
        began = time.process_time()
        sentences(text)
        times.append(time.process_time() - began)
    assert times[1] < 12 * max(times[0], 0.02)
