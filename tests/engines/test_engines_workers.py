import threading
import time

from polyhelp.engines.workers import Workers


def test_work_comes_back_with_its_outcome_or_its_error():
    with Workers(2, lambda number: 10 // number) as workers:
        for number in (1, 2, 0):
            workers.put(number)
        found = dict(workers.get(threading.Event()) for _ in range(3))
    assert found[1] == 10
    assert found[2] == 5
    assert isinstance(found[0], ZeroDivisionError)


def test_as_many_threads_as_there_is_work_for():
    names = set()

    def note(_):
        names.add(threading.current_thread().name)
        time.sleep(0.01)

    with Workers(4, note) as workers:
        for _ in range(3):
            workers.put(1)
            workers.get(threading.Event())
    assert len(names) == 1
    assert not any(thread.name.startswith("engine-") for thread in threading.enumerate())


def test_idle_and_busy():
    hold = threading.Event()
    with Workers(2, lambda _: hold.wait(5)) as workers:
        assert workers.idle == 2
        workers.put(1)
        workers.put(2)
        assert (workers.idle, workers.busy) == (0, 2)
        hold.set()
        workers.get(threading.Event())
        assert workers.idle == 1
        workers.get(threading.Event())
