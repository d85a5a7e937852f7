"""What a locale does not say comes from the next of its lineage, each field by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.model import Concept, Locale, TermTarget

SPAIN = TermTarget("ordenador", ("equipo",), ("máquina",), ("computadora",), "Usual in Spain.")


def computer(**targets):
    return Concept("c", "computer", targets={Locale(tag.replace("_", "-")): one for tag, one in targets.items()})


def test_a_locale_without_words_has_its_parents():
    concept = computer(es=SPAIN)
    assert concept.target(Locale("es-MX")) == SPAIN
    assert concept.target(Locale("de")) is None


@pytest.mark.parametrize("field", ["preferred", "admitted", "deprecated", "forbidden", "note"])
def test_each_field_comes_by_itself(field):
    own = {"preferred": "compu", "note": "Casual."}.get(field, ("compu",))
    merged = computer(es=SPAIN, es_MX=TermTarget(**{field: own})).target(Locale("es-MX"))
    for name in ("preferred", "admitted", "deprecated", "forbidden", "note"):
        assert getattr(merged, name) == (own if name == field else getattr(SPAIN, name))


def test_the_way_goes_over_every_ancestor():
    concept = computer(es=SPAIN, es_419=TermTarget(preferred="computadora"), es_MX=TermTarget(admitted=("compu",)))
    merged = concept.target(Locale("es-MX"))
    assert merged.allowed == ("computadora", "compu")
    assert (merged.deprecated, merged.note) == (("máquina",), "Usual in Spain.")
    assert concept.target(Locale("es-AR")).allowed == ("computadora", "equipo")
    assert concept.target(Locale("es-ES")) == SPAIN


def test_what_spain_forbids_is_not_forbidden_where_it_is_preferred():
    merged = computer(es=SPAIN, es_419=TermTarget(preferred="Computadora")).target(Locale("es-MX"))
    assert (merged.preferred, merged.forbidden) == ("Computadora", ())


def test_what_a_region_forbids_is_not_admitted_from_above():
    merged = computer(es=SPAIN, es_MX=TermTarget(forbidden=("equipo",))).target(Locale("es-MX"))
    assert (merged.allowed, merged.forbidden) == (("ordenador",), ("equipo",))


def test_an_empty_list_says_that_there_is_none():
    concept = computer(es=SPAIN, es_419=TermTarget(cleared=frozenset({"admitted", "forbidden", "note"})))
    assert concept.target(Locale("es-MX")) == TermTarget("ordenador", (), ("máquina",))
    back = computer(es=SPAIN, es_419=TermTarget(cleared=frozenset({"admitted"})), es_MX=TermTarget(admitted=("compu",)))
    assert back.target(Locale("es-MX")).admitted == ("compu",)


def test_a_kept_name_is_itself_in_every_locale():
    kept = Concept("t", "TrailCard", do_not_translate=True, targets={Locale("de"): TermTarget("TrailCard", note="x")})
    assert kept.target(Locale("ja")) == TermTarget("TrailCard")
    assert kept.target(Locale("de-AT")).note == "x"


def test_traditional_chinese_takes_nothing_from_simplified():
    concept = computer(zh=TermTarget("电脑"))
    assert concept.target(Locale("zh-CN")).preferred == "电脑"
    assert concept.target(Locale("zh-TW")) is None


forms = st.lists(st.sampled_from("abcdefgh"), unique=True).map(tuple)
said = st.builds(TermTarget, st.sampled_from(["", *"abc"]), forms, forms, forms, st.sampled_from(["", "n"]))


@given(said, said, said)
def test_the_merged_words_are_complete_and_the_nearest_win(top, middle, here):
    merged = computer(es=top, es_419=middle, es_MX=here).target(Locale("es-MX"))
    if merged is None:
        assert {one.preferred for one in (top, middle, here)} == {""}
        return
    assert merged.preferred == (here.preferred or middle.preferred or top.preferred)
    assert not merged.cleared
    for name in ("admitted", "deprecated", "forbidden"):
        if getattr(here, name):
            assert getattr(merged, name) == getattr(here, name)
        everywhere = {form for one in (top, middle, here) for form in getattr(one, name)}
        assert set(getattr(merged, name)) <= everywhere
