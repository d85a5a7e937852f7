import datetime as dt
import signal
import sqlite3
import subprocess
import sys
import threading
from decimal import Decimal

import pytest

from polyhelp.engines.base import Price, Reply
from polyhelp.engines.journal import FILE, Entry, Journal, Spent, key_of
from polyhelp.errors import OutsideError, WriteError

USD = Price(Decimal(25), "USD")


class Clock:
    def __init__(self):
        self.now = dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def journal(tmp_path, clock):
    journal = Journal(tmp_path, now=clock)
    yield journal
    journal.close()


def entry(engine="deepl", locale="de", texts=2, characters=10, price=USD):
    return Entry(engine, locale, texts, characters, price)


def pay(journal, what=None, replies=None, characters=None):
    what = what or entry()
    number = journal.sending(what)
    journal.paid(number, what.characters if characters is None else characters, replies or {})


def test_replies_are_there_in_the_next_run(journal, tmp_path):
    pay(journal, replies={"a": Reply("Speichern"), "b": Reply("“Größe” \0 \ud83d".replace("\ud83d", "📦"))})
    journal.close()
    again = Journal(tmp_path)
    assert again.known(["a", "b", "c"]) == {"a": "Speichern", "b": "“Größe” \0 📦"}
    again.close()


def test_thousands_of_keys_are_looked_up_at_once(journal):
    pay(journal, replies={str(number): Reply(f"text {number}") for number in range(3_000)})
    assert len(journal.known(str(number) for number in range(5_000))) == 3_000
    assert journal.known([]) == {}


def test_the_ledger_adds_up_by_month_engine_and_locale(journal, clock):
    pay(journal)
    pay(journal, entry(characters=30), characters=33)
    pay(journal, entry("google", "th", 1, 5, Price(Decimal("0.5"), "EUR")))
    clock.now += dt.timedelta(minutes=2)
    pay(journal, entry(characters=1_000_000))
    assert journal.spent() == (
        Spent("2026-11", "deepl", "de", 2, 4, 43, 0, Decimal("0.001075"), "USD"),
        Spent("2026-11", "google", "th", 1, 1, 5, 0, Decimal("0.0000025"), "EUR"),
        Spent("2026-12", "deepl", "de", 1, 2, 1_000_000, 0, Decimal(25), "USD"),
    )
    assert [one.month for one in journal.spent("2026-12")] == ["2026-12"]
    assert journal.this_month() == {"de": 1_000_000}


def test_a_price_that_changes_within_a_month_counts_as_it_was(journal):
    pay(journal, entry(characters=1_000_000))
    pay(journal, entry(characters=1_000_000, price=Price(Decimal(30), "USD")))
    pay(journal, entry(characters=7, price=None))
    assert [(one.cost, one.currency) for one in journal.spent()] == [(None, ""), (Decimal(55), "USD")]


def test_requests_without_an_answer_count_as_billed(journal):
    journal.sending(entry())  # and nothing more: the process was killed
    journal.failed(journal.sending(entry(characters=20)), unsure=True)
    journal.failed(journal.sending(entry(characters=40)), unsure=False)
    assert journal.this_month() == {"de": 30}
    assert (journal.spent()[0].characters, journal.spent()[0].unsure) == (30, 30)


def test_a_reply_that_cannot_be_written_leaves_the_request_open(journal):
    number = journal.sending(entry())
    with pytest.raises((WriteError, AttributeError)):
        journal.paid(number, 10, {"a": Reply("fine"), "b": Reply(None)})
    assert journal.known(["a"]) == {}
    assert journal.spent()[0].unsure == 10


def test_one_process_at_a_time(tmp_path, journal):
    journal.lock()
    code = (
        "from pathlib import Path; from polyhelp.engines.journal import Journal;"
        f"journal = Journal(Path({str(tmp_path)!r})); journal.lock()"
    )
    second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "another polyhelp is translating in this folder" in second.stderr
    with pytest.raises(OutsideError):
        Journal(tmp_path).lock()
    journal.close()
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).returncode == 0


def test_a_process_that_is_killed_leaves_no_lock_and_loses_no_reply(tmp_path):
    code = (
        "import os, signal; from pathlib import Path; from polyhelp.engines.base import Reply;"
        "from polyhelp.engines.journal import Journal, Entry;"
        f"journal = Journal(Path({str(tmp_path)!r})); journal.lock();"
        "number = journal.sending(Entry('deepl', 'de', 1, 4));"
        "journal.paid(number, 4, {'a': Reply('Hallo')}); journal.sending(Entry('deepl', 'de', 1, 6));"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    journal = Journal(tmp_path)
    journal.lock()
    assert journal.known(["a"]) == {"a": "Hallo"}
    assert (journal.spent()[0].characters, journal.spent()[0].unsure) == (10, 6)
    journal.close()


def test_threads_may_write_side_by_side(journal):
    def work(name):
        for number in range(20):
            pay(journal, entry(locale=name), {f"{name} {number}": Reply("x")})

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.this_month() == dict.fromkeys("abcd", 200)


def test_a_broken_file_is_named_with_the_way_out(tmp_path):
    (tmp_path / FILE).write_bytes(b"rubbish" * 1_000)
    with pytest.raises(WriteError) as caught:
        Journal(tmp_path)
    assert caught.value.place.path.endswith(FILE)
    assert "delete it" in caught.value.hint


def test_the_file_of_a_newer_polyhelp_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("PRAGMA user_version=99")
    with pytest.raises(WriteError, match="newer polyhelp"):
        Journal(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match="cannot write"):
        Journal(tmp_path / "file" / "folder")


def test_keys_differ_where_texts_are_cut_differently():
    assert key_of("ab", "c") != key_of("a", "bc")
    assert len(key_of("\ud800")) == 32
