"""Work side by side: the results come in order, and what goes wrong comes back as what it is."""

import os
import subprocess
import sys
import time

import pytest

from polyhelp.errors import OutsideError, Place
from polyhelp.workflow.processes import side_by_side


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_the_results_are_in_the_order_of_the_items_whoever_is_first():
    known = {"a": 1, "b": 2, "c": 3}
    found = list(side_by_side(lambda name: (known[name], os.getpid()), ["c", "a", "b"]))
    assert [number for number, _ in found] == [3, 1, 2]
    assert os.getpid() not in {process for _, process in found}


@pytest.mark.parametrize("items", [[], ["one"]])
def test_where_there_is_nothing_to_share_no_process_is_started(items):
    assert list(side_by_side(lambda _: os.getpid(), items)) == [os.getpid()] * len(items)


def test_where_processes_cannot_inherit_the_work_is_done_here(monkeypatch):
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert list(side_by_side(lambda _: os.getpid(), [1, 2])) == [os.getpid()] * 2


def test_an_error_arrives_as_it_was_raised_and_the_next_work_can_begin():
    def failing(number):
        if number == 2:
            raise OutsideError("two fails", Place("two.md", 7), "try three")
        return number

    with pytest.raises(OutsideError, match="two fails") as caught:
        list(side_by_side(failing, [1, 2, 3]))
    assert (caught.value.place, caught.value.hint) == (Place("two.md", 7), "try three")
    assert list(side_by_side(lambda number: number + 1, [1, 2])) == [2, 3]


def test_work_inside_of_work_is_its_own():
    def outer(number):
        return list(side_by_side(lambda other: (number, other), [1, 2]))

    assert list(side_by_side(outer, ["a", "b"])) == [[("a", 1), ("a", 2)], [("b", 1), ("b", 2)]]


ENDLESS = """
import os, sys, time
from polyhelp.workflow.processes import side_by_side
os.cpu_count = lambda: 2
def work(number):
    os.mkdir(f"{sys.argv[1]}/{number}")
    time.sleep(600)
list(side_by_side(work, [1, 2]))
"""


def test_nobody_works_on_when_the_process_is_killed(tmp_path):
    """The output stands open as long as anybody of them is there."""
    with subprocess.Popen([sys.executable, "-c", ENDLESS, tmp_path], stdout=subprocess.PIPE) as process:
        try:
            while len([*tmp_path.iterdir()]) < 2:
                assert process.poll() is None
                time.sleep(0.05)
        finally:
            process.kill()
        process.communicate(timeout=60)
