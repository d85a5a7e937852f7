"""The real programs, with the pair English to Spanish."""

import contextlib
import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from help_center_sentences import SENTENCES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyhelp.engines import apertium_pipeline
from polyhelp.engines.apertium import ApertiumEngine, ApertiumOptions
from polyhelp.engines.base import Ask, Request
from polyhelp.engines.mend import mended
from polyhelp.engines.nodes import grow, markdown
from polyhelp.engines.verify import fault
from polyhelp.engines.wire import Damage
from polyhelp.engines.wire_blanks import from_blanks, to_blanks
from polyhelp.engines.wire_words import CodeWords
from polyhelp.errors import EngineError
from polyhelp.model import Locale
from polyhelp.text.inline import tokenize

EN, ES = Locale("en"), Locale("es")
TO_SPANISH = Request(EN, ES)
SIGNS = "~*#{}^$/@<>\\[]"

pytestmark = pytest.mark.skipif(
    bool(ApertiumEngine(ApertiumOptions()).obstacle(EN, ES)), reason="needs: apt-get install apertium apertium-eng-spa"
)


@pytest.fixture(scope="module")
def engine():
    made = ApertiumEngine(ApertiumOptions())
    yield made
    made.close()


def spanish(engine, sentences):
    """Each sentence's Markdown with its codes mended; or what was wrong."""
    words = [CodeWords.for_text(sentence) for sentence in sentences]
    trees = [grow(tokenize(sentence)) for sentence in sentences]
    asks = [Ask(to_blanks(tree, word)) for tree, word in zip(trees, words, strict=True)]
    out = []
    for reply, tree, word in zip(engine.translate(asks, TO_SPANISH), trees, words, strict=True):
        found = from_blanks(reply.text, tree, word)
        target = found if isinstance(found, Damage) else mended(found, tree, ES)
        out.append(target.reason if isinstance(target, Damage) else fault(target, tree) or markdown(target))
    return out


def test_real_sentences_become_spanish_with_their_markup(engine):
    assert spanish(
        engine,
        [
            "Payment methods",
            "Read our [refund policy](../policies/returns.md) before you send the parcel.",
            "We do **not** charge a fee for the first exchange.",
            "You have {count} items in your cart.",
            "If the order has the status **Received**, you can [cancel it](cancel.md#cancel) and order again.",
            "Boots: [women's sizes](#women), [men's sizes](#men), [sizes](#children).",
            "Select [**Start a return**](../returns/start.md) to begin.",
            "The amount is $5 < $7 @ 24/7 [see {a}] ~ 3 ^ 2.",
        ],
    ) == [
        "Métodos de pago",
        "Leído nuestra [póliza de reembolso](../policies/returns.md) antes de que envías el paquete.",
        "**No** cobramos un coste para el primer cambio.",
        "Tienes {count} elementos en vuestro carro.",
        "Si el orden tiene el estado **Recibió**, [lo puedes anular](cancel.md#cancel) y orden otra vez.",
        "Botas: [las medidas de las mujeres](#women), [las medidas de los hombres](#men), [medidas](#children).",
        "Selecciona [**Inicio un regreso**](../returns/start.md) para empezar.",
        "La cantidad es $5 < $7 @ 24/7 [ve {a}] ~ 3 ^ 2.",
    ]


def test_all_codes_of_a_help_center_come_back(engine):
    targets = spanish(engine, SENTENCES)
    for sentence, target in zip(SENTENCES, targets, strict=True):
        assert sorted(code.text for code in tokenize(target) if not isinstance(code, str)) == sorted(
            code.text for code in tokenize(sentence) if not isinstance(code, str)
        )
    assert sum(target != sentence for sentence, target in zip(SENTENCES, targets, strict=True)) > 50


def test_words_that_it_does_not_know_get_no_signs(engine):
    (target,) = spanish(engine, ["The xyzzy of Frobnicate is a plugh."])
    assert target == "El xyzzy de Frobnicate es un plugh."


def test_a_text_is_translated_the_same_whatever_was_before_it(engine):
    together = spanish(engine, SENTENCES)
    assert [spanish(engine, [sentence])[0] for sentence in reversed(SENTENCES)] == together[::-1]


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet="ab C.;?!~_*#+|=%&'\"()-19\\[]{}^$/@<>ñ中\n\t\0😀", max_size=30), max_size=4))
def test_no_text_blocks_or_breaks_the_pipe(engine, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apertium_pipeline, "SILENT_SECONDS", 5.0)
        answers = engine.translate([Ask(to_blanks((text,), CodeWords("XQ"))) for text in texts], TO_SPANISH)
    assert len(answers) == len(texts)
    for text, answer in zip(texts, answers, strict=True):
        target = markdown(from_blanks(answer.text, (), CodeWords("XQ")))
        assert Counter(filter(SIGNS.__contains__, target)) == Counter(filter(SIGNS.__contains__, text))


def test_bare_text_with_signs_cannot_break_it_either(engine):
    replies = engine.translate([Ask("a < b / ^c$ [d] {e} \\ @"), Ask(""), Ask("Payment methods")], TO_SPANISH)
    assert replies[1].text == ""
    assert replies[2].text == "Métodos de pago"


def processes_of(group):
    """The ids of a group's processes, from /proc."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(place.name))
    return found


def none_left(*groups):
    """Whether all processes of groups end within two seconds."""
    for _ in range(40):
        if not any(processes_of(group) for group in groups):
            return True
        time.sleep(0.05)
    return False


def leader(engine):
    (pipeline,) = engine._pipelines.values()  # noqa: SLF001
    return pipeline._process.pid  # noqa: SLF001


@pytest.fixture
def fresh():
    made = ApertiumEngine(ApertiumOptions())
    made.translate([Ask("Payment methods")], TO_SPANISH)
    yield made
    made.close()


@pytest.mark.parametrize("which", [1, 5, -1])
def test_a_killed_program_is_started_again_in_the_middle_of_a_batch(fresh, which):
    asks = [Ask(f"The item {number} is red.") for number in range(3000)]
    group = leader(fresh)
    timer = threading.Timer(0.3, lambda: os.kill(sorted(processes_of(group))[which], signal.SIGKILL))
    timer.start()
    replies = fresh.translate(asks, TO_SPANISH)
    timer.join()
    assert [reply.text for reply in replies] == [f"El elemento {number} es rojo." for number in range(3000)]
    assert fresh.translate([Ask("Payment methods")], TO_SPANISH)[0].text == "Métodos de pago"
    assert leader(fresh) != group
    assert none_left(group)


def test_a_program_that_hangs_is_ended_and_a_second_time_is_an_error(fresh, monkeypatch):
    monkeypatch.setattr(apertium_pipeline, "SILENT_SECONDS", 0.4)
    groups = []

    def hanging(mode):
        process = start(mode)
        os.killpg(process.pid, signal.SIGSTOP)
        groups.append(process.pid)
        return process

    start = apertium_pipeline._start  # noqa: SLF001
    monkeypatch.setattr(apertium_pipeline, "_start", hanging)
    fresh.close()
    with pytest.raises(EngineError, match="eng-spa is silent for 0 seconds, twice") as caught:
        fresh.translate([Ask("Save"), Ask("Send")], TO_SPANISH)
    assert caught.value.retry
    assert caught.value.smaller
    assert len(groups) == 2
    assert none_left(*groups)


def test_close_leaves_no_process_and_it_starts_again(fresh):
    group = leader(fresh)
    assert len(processes_of(group)) > 5
    fresh.close()
    assert none_left(group)
    fresh.close()
    assert fresh.translate([Ask("Payment methods")], TO_SPANISH)[0].text == "Métodos de pago"


def test_an_engine_that_nobody_closed_leaves_no_process():
    engine = ApertiumEngine(ApertiumOptions())
    engine.translate([Ask("Payment methods")], TO_SPANISH)
    group = leader(engine)
    del engine
    assert none_left(group)


def test_threads_get_their_own_answers(engine):
    results = {}

    def work(number):
        asks = [Ask(f"The item {number}{at:02} is red.") for at in range(50)]
        results[number] = [reply.text for reply in engine.translate(asks, TO_SPANISH)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: [f"El elemento {n}{at:02} es rojo." for at in range(50)] for n in range(4)}


def test_speed(engine):
    asks = [Ask(to_blanks(grow(tokenize(text)), CodeWords("XQ"))) for text in SENTENCES] * 10
    start = time.perf_counter()
    engine.translate(asks, TO_SPANISH)
    print(f"Apertium: {len(asks) / (time.perf_counter() - start):.0f} segments/s")  # noqa: T201
