"""Work on each locale, side by side in processes that inherit what is known already."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_inherited: list[Callable[[Any], Any]] = []


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """The results of ``work`` for all ``items``, in their order; as many at a time as there are cores.

    ``work`` and all it refers to is inherited, not sent; items and results are sent. Where processes cannot inherit,
    or there is nothing to share out, the work is done here. However this process ends, the others end with it: who
    runs it again finds nobody who still writes.
    """
    processes = min(os.cpu_count() or 1, len(items))
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    _inherited.append(work)
    gc.freeze()  # what is there now stays: no collection needs to look at it in any process
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(processes, mp_context=fork, initializer=_end_with_parent) as pool:
            yield from pool.map(_call, items)
    finally:
        gc.unfreeze()
        _inherited.remove(work)


def _end_with_parent() -> None:
    """End this process when its parent is gone, in the middle of whatever it does."""
    if parent := multiprocessing.parent_process():
        Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _call(item: Any) -> Any:
    return _inherited[-1](item)
