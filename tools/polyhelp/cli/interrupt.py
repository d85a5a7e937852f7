"""Ctrl-C while work is under way that costs money: first finish what is paid for, then stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Yields an event that is set when the user interrupts the process, or somebody ends it.

    The block should then end by itself; KeyboardInterrupt is raised at its end. A second interruption is raised at
    once.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # only there may signals be handled
        yield stop
        return

    def handle(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if stop.is_set():
        raise KeyboardInterrupt
