"""Somebody stops a run that costs money: it ends soon, and keeps what it has paid for."""

import signal
import time

import pytest
from deepl_stub import BUSY, slow
from remote_shop import configure, units, wait_for

SECONDS = 2.0
LOAD = 1.0
"""Seconds more, for a machine that has much else to do."""


@pytest.fixture
def shop(shop, deepl):  # noqa: ARG001 (its address)
    configure(shop, {"engine": "deepl"}, "de", "pt-BR")
    shop.polyhelp("sync")
    return shop


def stopped(process, *signals, pause=0.3):
    """Seconds until a process ends after the first signal."""
    begin = time.monotonic()
    for number, one in enumerate(signals):
        time.sleep(pause if number else 0)
        process.send_signal(one)
    process.wait(timeout=30)
    return time.monotonic() - begin


def translated(shop):
    return sum(bool(unit.target) for tag in ("de", "pt-BR") for unit in units(shop, tag))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_stop_ends_soon_and_keeps_what_was_paid_for(shop, deepl, started, number):
    deepl.faults.extend([slow(0.02)] * 8 + [slow(60)] * 50)
    process = started(shop, "translate")
    wait_for(lambda: len(deepl.bodies) >= 8)
    time.sleep(0.3)
    assert stopped(process, number) < SECONDS + LOAD
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "interrupted; what was finished is saved"
    paid = sum(deepl.billed.values())
    assert paid >= 8
    assert translated(shop) > 0
    deepl.faults.clear()
    assert shop.polyhelp("translate").status == 0
    assert max(deepl.billed.values()) == 2  # once for each locale
    assert all(unit.target for tag in ("de", "pt-BR") for unit in units(shop, tag))


def test_answers_that_are_nearly_there_are_waited_for(shop, deepl, started):
    deepl.faults.extend([slow(0.8)] * 4 + [slow(60)] * 50)
    process = started(shop, "translate")
    wait_for(lambda: deepl._at_once == 4)  # noqa: SLF001
    stopped(process, signal.SIGINT)
    assert translated(shop) >= 4
    spent = [one["unsure"] for one in shop.polyhelp("usage", "--json").json["usage"]]
    assert not any(spent)


def test_a_service_that_says_nothing_at_first_holds_up_nobody(shop, deepl, started):
    deepl.other_faults.append(slow(60))  # of the first question, which languages there are
    process = started(shop, "translate")
    wait_for(lambda: deepl.calls == 1)
    assert stopped(process, signal.SIGINT) < SECONDS + LOAD
    assert process.returncode == 130
    assert not deepl.billed


def test_who_stops_twice_does_not_wait(shop, deepl, started):
    deepl.faults.extend([slow(0.02)] * 8 + [slow(60)] * 50)
    process = started(shop, "translate")
    wait_for(lambda: len(deepl.bodies) >= 8)
    time.sleep(0.3)
    assert stopped(process, signal.SIGINT, signal.SIGINT) < 1.5 + LOAD
    _, err = process.communicate()
    assert (process.returncode, err.strip()) == (130, "interrupted; what was finished is saved")
    deepl.faults.clear()
    assert shop.polyhelp("translate").status == 0
    assert max(deepl.billed.values()) == 2


def test_a_pause_of_a_busy_service_ends_with_the_run(shop, deepl, started):
    deepl.faults.extend([BUSY.after(60)] * 50)
    process = started(shop, "translate")
    wait_for(lambda: deepl.calls >= 3)
    assert stopped(process, signal.SIGINT) < SECONDS + LOAD
    assert process.returncode == 130
