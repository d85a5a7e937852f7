"""Against a real LibreTranslate server, which tests/libretranslate/run.sh starts."""

import os

import pytest
from help_center_sentences import SENTENCES

from polyhelp.engines.base import Ask, Reply, Request
from polyhelp.engines.libretranslate import LibreTranslateEngine, LibreTranslateOptions
from polyhelp.errors import EngineError
from polyhelp.model import Locale

URL = os.environ.get("POLYHELP_LIBRETRANSLATE_URL", "")
EN, PT_BR = Locale("en"), Locale("pt-BR")
TO_BRAZIL = Request(EN, PT_BR)

pytestmark = pytest.mark.skipif(not URL, reason="needs the real server: make test-libretranslate")


@pytest.fixture(scope="module")
def engine():
    made = LibreTranslateEngine(LibreTranslateOptions(url=URL))
    made.learn()
    yield made
    made.close()


def test_the_server_says_what_it_can(engine):
    assert engine.ability(EN, PT_BR).code == "pt-BR"
    assert engine.ability(Locale("en-GB"), PT_BR).code == "pt-BR"
    assert engine.traits.limits.characters == 0
    with pytest.raises(EngineError, match="does not translate from en to de"):
        engine.ability(EN, Locale("de"))


def test_real_sentences_become_portuguese(engine):
    asks = [
        Ask("Payment methods"),
        Ask("Refunds are issued to the original payment method."),
        Ask("Enter the promo code XQ1X at checkout to get 20% off."),
        Ask("You have XQ1X items in your cart."),
    ]
    assert engine.translate(asks, TO_BRAZIL) == [
        Reply("Métodos de pagamento"),
        Reply("Os reembolsos são emitidos para o método de pagamento original."),
        Reply("Digite o código promocional XQ1X no checkout para obter 20% de desconto."),
        Reply("Você tem itens XQ1X no seu carrinho."),
    ]


def test_a_whole_batch_comes_back_in_order(engine):
    asks = [Ask(sentence) for sentence in SENTENCES[:50]]
    together = engine.translate(asks, TO_BRAZIL)
    assert [engine.translate([ask], TO_BRAZIL)[0] for ask in asks[::10]] == together[::10]
    assert all(reply and reply.text for reply in together)


def test_what_the_server_refuses_is_told(engine):
    with pytest.raises(EngineError, match="LibreTranslate cannot translate this"):
        engine.translate([], TO_BRAZIL)
