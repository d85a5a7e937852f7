from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Duration, Money, Region
from polyhelp.regions.data import load
from polyhelp.regions.references import EVERYTHING, fingerprint, references

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("plain text {#id}", set()),
        ("{{ returns.window | duration }}", {"returns.window"}),
        ("{{ returns['window'] | duration(case='dative') }}", {"returns.window"}),
        ("{{ returns.fee.amount }}", {"returns.fee.amount"}),
        ("{{ currency }} {{ region.name }}", {"currency", "region.name"}),
        ("{% if returns.right == 'statutory' and not returns.fee %}x{% endif %}", {"returns.right", "returns.fee"}),
        ("{{ 'x' if facts.a else facts.b }}", {"facts.a", "facts.b"}),
        ("{{ '2026' }}{# returns.window #}", set()),
        ("{{ 'express' | label }}", set()),
        (
            "{% for m in payments.methods if not m.credit %}{{ m.brand }}{{ loop.index }}{% endfor %}",
            {"payments.methods", "payments.methods.brand", "payments.methods.credit"},
        ),
        (
            "{% for r in regions %}{% for m in r.payments.methods %}{{ m.brand }}{% endfor %}{% endfor %}",
            {"regions", "regions.payments.methods", "regions.payments.methods.brand"},
        ),
        ("{{ m.brand }}", {"m.brand"}),
        ("{% set w = returns.window %}{{ w | duration }}{{ w.amount }}", {"returns.window", "returns.window.amount"}),
        ("{% for x in ['a', facts.b] %}{{ x }}{% endfor %}", {"facts.b"}),
        ("{{ payments.methods[0].brand }}", {"payments.methods.brand"}),
        ("{{ returns[facts.name] }}", {"returns", "facts.name"}),
        ("{% if x %}half", {EVERYTHING}),
        ("{{ broken", {EVERYTHING}),
        ("{{ f() }}", {EVERYTHING}),
    ],
)
def test_what_a_text_reads(text, paths):
    assert references(text) == paths


def regions(**changes):
    data = {
        "currency": "EUR",
        "returns": {"window": Duration(30, "calendar days"), "fee": Money(Decimal("4.90"), "EUR")},
        "payments": {"methods": ({"brand": "Visa", "credit": False},)},
    }
    return {"DE": Region("DE", {**data, **changes}), "US": Region("US", data)}


def test_a_fingerprint_changes_with_what_it_covers_and_only_then():
    before = fingerprint(["returns.window"], regions())
    longer = {"window": Duration(60, "calendar days"), "fee": Money(Decimal("4.90"), "EUR")}
    other_fee = {"window": Duration(30, "calendar days"), "fee": Money(Decimal("5.90"), "EUR")}
    assert fingerprint(["returns.window"], regions(returns=longer)) != before
    assert fingerprint(["returns.window"], regions(returns=other_fee)) == before
    assert fingerprint(["returns.window.amount"], regions(returns=longer)) != before
    assert fingerprint(["returns.window"], regions(returns={})) != before
    assert fingerprint(["returns"], regions(returns=other_fee)) != fingerprint(["returns"], regions())


def test_nothing_read_means_no_fingerprint():
    assert fingerprint([], regions()) == ""
    assert fingerprint(references("plain"), regions()) == ""


@pytest.mark.parametrize("path", ["m.brand", EVERYTHING, "loop.index"])
def test_unknown_names_count_as_everything(path):
    assert fingerprint([path], regions()) != fingerprint([path], regions(currency="SEK"))


def test_lists_are_covered_field_by_field():
    credit = {"methods": ({"brand": "Visa", "credit": True},)}
    more = {"methods": ({"brand": "Visa", "credit": False}, {"brand": "Pix", "credit": False})}
    brands = ["payments.methods.brand"]
    assert fingerprint(brands, regions(payments=credit)) == fingerprint(brands, regions())
    assert fingerprint(brands, regions(payments=more)) != fingerprint(brands, regions())


def test_regions_and_their_identity():
    assert fingerprint(["regions.returns.window"], regions()) == fingerprint(["returns.window"], regions())
    names = fingerprint(["region.name"], regions())
    assert names == fingerprint(["region.code", "regions"], regions(currency="SEK"))
    assert names != fingerprint(["region.name"], {"DE": regions()["DE"]})


def test_texts_and_values_of_other_types_differ():
    assert fingerprint(["facts.a"], regions(facts={"a": "1"})) != fingerprint(["facts.a"], regions(facts={"a": 1}))
    assert fingerprint(["facts.a"], regions(facts={"a": "a,b"})) != fingerprint(
        ["facts.a"], regions(facts={"a": ("a", "b")})
    )


@given(st.permutations(["returns.window", "currency", "payments.methods.brand", "x.y"]))
def test_order_does_not_matter(paths):
    shuffled = dict(reversed(regions().items()))
    expected = fingerprint(["currency", "payments.methods.brand", "returns.window", "x.y"], regions())
    assert fingerprint(paths, shuffled) == expected


@given(st.text(alphabet="{}%# ifforset=.|'abc()*\n", max_size=60))
def test_no_text_is_too_strange(text):
    assert isinstance(references(text), frozenset)


def test_the_demo_policies_read_only_known_fields():
    data = load(ROOT / "content" / "regions", ROOT)
    for file in (ROOT / "content" / "policies").glob("*.md"):
        paths = references(file.read_text(encoding="utf-8"))
        assert EVERYTHING not in paths
        assert fingerprint(paths, data)
