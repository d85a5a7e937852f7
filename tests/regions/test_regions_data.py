import datetime as dt
import time
from decimal import Decimal
from pathlib import Path

import pytest

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Money
from polyhelp.regions.data import load
from polyhelp.regions.schema import SCHEMA, SECTIONS


@pytest.fixture
def shop(tmp_path):
    """A folder of region files: call it with name=text."""

    def write(**files):
        folder = tmp_path / "content" / "regions"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return folder

    return write


def mistakes(folder):
    with pytest.raises(RegionError) as caught:
        load(folder, folder.parent.parent)
    return caught.value.message.split("\n  ")[1:]


def test_no_folder_means_no_regions(tmp_path):
    assert load(tmp_path / "nowhere", tmp_path) == {}


def test_regions_come_sorted_by_code_and_abstract_files_are_none(shop):
    folder = shop(_default="currency: EUR", eu="currency: EUR", SE="inherits: eu", DE="inherits: eu")
    assert list(load(folder, folder)) == ["DE", "SE"]


def test_fields_are_inherited_one_by_one_and_lists_as_a_whole(shop):
    folder = shop(
        _default="currency: EUR\nreturns:\n  window: 30 calendar days\n  fee: null\n  exceptions: [a, b]\n"
        "facts:\n  x: 1\n  y: 2",
        eu="inherits: _default\nreturns:\n  fee: 4.90 EUR\n  legal_window: 14 calendar days",
        SE="inherits: eu\ncurrency: SEK\nreturns:\n  fee: 49.00 SEK\n  exceptions: []\nfacts:\n  y: 3",
        US="returns:\n  window: 60 calendar days",
    )
    regions = load(folder, folder)
    assert regions["SE"].data["currency"] == "SEK"
    assert regions["SE"].data["returns"] == {
        "exceptions": (),
        "fee": Money(Decimal("49.00"), "SEK"),
        "legal_window": Duration(14, "calendar days"),
        "window": Duration(30, "calendar days"),
    }
    assert regions["SE"].data["facts"] == {"x": 1, "y": 3}
    assert regions["US"].data["returns"] == {
        "exceptions": ("a", "b"),
        "fee": None,
        "window": Duration(60, "calendar days"),
    }


def test_a_region_may_inherit_a_region(shop):
    folder = shop(US="currency: USD", **{"US-CA": "inherits: US\nprivacy:\n  law: CCPA"})
    assert load(folder, folder)["US-CA"].data == {"currency": "USD", "privacy": {"law": "CCPA"}}


@pytest.mark.parametrize("head", ["", "%YAML 1.1\n---\n"])
def test_norway_is_not_false(shop, head):
    text = "shipping:\n  ships_from: NO\nfacts:\n  origin: NO\n  places: [NO, on]\n  opens: 09:30"
    region = load(shop(NO=head + text), Path())["NO"]
    assert region.code == "NO"
    assert region.data["shipping"] == {"ships_from": "NO"}
    assert region.data["facts"] == {"origin": "NO", "places": ("NO", "on"), "opens": "09:30"}


def test_records_and_dates(shop):
    folder = shop(
        SE="effective: 2026-11-01\npayments:\n  methods:\n    - {brand: Swish, credit: false}\n"
        "shipping:\n  options:\n    - {service: express, carrier: DHL, price: 129 SEK, time: 1-2 business days}\n"
    )
    data = load(folder, folder)["SE"].data
    assert data["effective"] == dt.date(2026, 11, 1)
    assert data["payments"] == {"methods": ({"brand": "Swish", "credit": False},)}
    option = data["shipping"]["options"][0]
    assert option["time"] == Duration(2, "business days", 1)
    assert option["price"] == Money(Decimal(129), "SEK")


def test_all_mistakes_of_all_files_come_out_at_once_in_order(shop):
    folder = shop(
        DE="currency: EUR\nreturns:\n  windw: 30 calendar days\n  fee: 4,90 EUR\n  window: 30\n",
        FR="inherits: ue\nsuport: {}\npayments:\n  methods:\n    - {brand: Visa, credt: no}\n",
        eu="currency: EUR",
    )
    assert mistakes(folder) == [
        "content/regions/DE.yml:3: returns.windw: there is no such key; did you mean 'returns.window'?",
        "content/regions/DE.yml:4: returns.fee: '4,90 EUR' is not an amount of money; write '4.90 EUR'",
        "content/regions/DE.yml:5: returns.window: '30' is not a duration; write '30 calendar days'",
        "content/regions/FR.yml:1: inherits: there is no file 'ue.yml' here; there are: DE, eu",
        "content/regions/FR.yml:2: suport: there is no such key; did you mean 'support'?",
        "content/regions/FR.yml:5: payments.methods[1]: 'credit' is missing; write 'credit: ' and true or false",
        "content/regions/FR.yml:5: payments.methods[1].credt: there is no such key; did you mean 'credit'?",
    ]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("currency: [EUR", 1, "this is not YAML"),
        ("currency: EUR\n\treturns: 1", 2, "indent with spaces"),
        ("currency: EUR\ncurrency: SEK", 2, "a second time, first in line 1"),
        ("returns:\n  fee: null\n  fee: 1 EUR", 3, "returns.fee: the key stands here a second time"),
        ("a: &a [1]\nfacts:\n  x: *a", 3, "aliases"),
        ("currency: !!python/object/apply:os.system [id]", 1, "tag"),
        ("currency: !evil EUR", 1, "tag '!evil' is not allowed"),
        ("- EUR", 1, "keys and values"),
        ("? [a, b]\n: c", 1, "a key must be a word"),
        ("returns: 30", 1, "this is a section"),
        ("returns:\n  exceptions: hygiene", 2, "this must be a list"),
        ("payments:\n  methods: [Visa]", 2, "this must have keys"),
        ("returns:\n  fee: [1 EUR]", 2, "this must be a single value"),
        ("window: 30 calendar days", 1, "did you mean 'returns.window'?"),
        ("gift_wrapping: 3", 1, "'facts:'"),
        ("facts:\n  a: {b: c}", 2, "a fact is a text"),
        ("facts:\n  a: [1]", 2, "a fact is a text"),
        ("facts:\n  Gift Box: x", 2, "small letters"),
        ("inherits: [eu]", 1, "not the name of a file"),
        ("--- \na: 1\n--- \nb: 2", 3, "another document"),
        ("currency: EUR\x00", 0, "not YAML"),
    ],
)  # fmt: skip
def test_broken_files_name_file_and_line(shop, text, line, part):
    found = mistakes(shop(DE=text))
    where = f"content/regions/DE.yml:{line}:" if line else "content/regions/DE.yml:"
    assert any(one.startswith(where) and part in one for one in found), found


def test_files_that_cannot_be_read(shop):
    folder = shop(DE="# " + "x" * 1_000_001)
    (folder / "FR.yml").write_bytes(b"currency: EUR\nprivacy:\n  law: \xe9\n")
    (folder / "SE.yml").write_text("[" * 5000, encoding="utf-8")
    found = mistakes(folder)
    assert [one.split(": ")[0] for one in found] == [
        "content/regions/DE.yml",
        "content/regions/FR.yml:3",
        "content/regions/SE.yml:1",
    ]


def test_a_bomb_of_aliases_is_refused_at_once(shop):
    rows = ["facts:", "  a0: &a0 [x, x]"]
    rows += [f"  a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    start = time.process_time()
    assert any("aliases" in one for one in mistakes(shop(DE="\n".join(rows))))
    assert time.process_time() - start < 2


def test_circles_are_named_once(shop):
    circle = "a -> b -> c -> a; remove one of them"
    assert mistakes(shop(a="inherits: b", b="inherits: c", c="inherits: a", DE="inherits: a")) == [
        f"content/regions/a.yml:1: inherits: the files inherit from each other in a circle: {circle}"
    ]


def test_names_of_files(shop):
    folder = shop(UK="currency: GBP", fr="currency: EUR", De="currency: EUR", eu="currency: EUR")
    (folder / "SE.yaml").write_text("currency: SEK", encoding="utf-8")
    (folder / "README.md").write_text("not ours", encoding="utf-8")
    found = "\n".join(mistakes(folder))
    assert "UK.yml: 'UK' is not a region code (ISO 3166); did you mean 'GB'?" in found
    assert "fr.yml: nothing inherits this file; a region's file is called FR.yml" in found
    assert "De.yml: 'De' is not a region code" in found
    assert "SE.yaml: region files end in .yml; rename it to SE.yml" in found
    assert "README" not in found
    assert "eu.yml" not in found


def test_an_empty_file_takes_everything_from_the_default(shop):
    folder = shop(_default="currency: EUR", DE="", SE="# nothing yet\n", FR="\ufeffreturns:\n")
    assert {region.data["currency"] for region in load(folder, folder).values()} == {"EUR"}


def test_the_schema_has_two_levels_at_most():
    assert all(path.count(".") <= 1 for path in SCHEMA)
    assert not SECTIONS & SCHEMA.keys()


def test_the_demo_shop_keeps_its_prices_in_each_regions_currency():
    folder = Path(__file__).parents[2] / "content" / "regions"
    regions = load(folder, folder.parents[1])
    assert len(regions) >= 20
    assert {"US", "US-CA", "CA-QC", "NO", "CH", "JP"} <= regions.keys()
    for region in regions.values():
        prices = [region.at("returns.fee"), *(option["price"] for option in region.at("shipping.options"))]
        assert {price.currency for price in prices if price} == {region.at("currency")}, region.code
