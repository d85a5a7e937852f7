from decimal import Decimal

import pytest

from polyhelp.engines.base import Price
from polyhelp.engines.price import price_of


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("25 USD", "25", "USD"), (" 0.5 eur ", "0.5", "EUR"), ("20EUR", "20", "EUR"), ("0 USD", "0", "USD")],
)
def test_a_price_is_an_amount_and_a_currency(text, amount, currency):
    assert price_of(text) == Price(Decimal(amount), currency)


def test_a_price_is_exact():
    assert price_of("0.1 USD").of(3_000_000) == Decimal("0.3")


@pytest.mark.parametrize("text", ["", "25", "USD", "-1 USD", "NaN USD", "1e9 USD", "25 dollars", "25,00 EUR", "٢٥ USD"])
def test_nonsense_is_no_price(text):
    with pytest.raises(ValueError, match="is not a price such as '25 USD'"):
        price_of(text)
