"""``{% trans %}`` in templates: the right form for every number and locale, and nothing more than a template may do."""

import time
from decimal import Decimal

import pytest

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale, Region
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.plural import chooser
from polyhelp.regions.references import references
from polyhelp.regions.render import region_values, render

PAGE = "content/policies/returns.md"
SOURCE = "You have {% trans n=facts.n %}one day{% pluralize %}{{ n }} days{% endtrans %} to go.\n"


def show(text, value, locale="en", **facts):
    region = Region("DE", {"facts": {"n": value, **facts}, "returns": {"window": Duration(14, "calendar days")}})
    formats = Formats(Locale(locale))
    return render(text, PAGE, region_values(region, formats), formats)


def translated(*forms):
    return f"{{% translated n=facts.n %}}{'{% pluralize %}'.join(forms)}{{% endtrans %}}\n"


@pytest.mark.parametrize(("value", "said"), [(0, "0 days"), (1, "one day"), (2, "2 days"), (1500, "1,500 days")])
def test_a_source_page_has_two_forms_and_numbers_of_its_locale(value, said):
    assert show(SOURCE, value) == f"You have {said} to go.\n"


@pytest.mark.parametrize(
    ("locale", "forms", "said"),
    [
        ("pl", ("dzień", "dni a", "dni b"), {1: "dzień", 2: "dni a", 5: "dni b", 12: "dni b", 22: "dni a", 0: "dni b"}),
        ("ja", ("{{ n }}日",), {0: "0日", 1: "1日", 7: "7日"}),
        ("fr", ("a", "b"), {0: "a", 1: "a", 2: "b"}),
        ("ru", ("a", "b", "c"), {1: "a", 21: "a", 3: "b", 11: "c"}),
        ("ar", tuple("abcdef"), {0: "a", 1: "b", 2: "c", 3: "d", 11: "f", 100: "e"}),
    ],
)  # fmt: skip
def test_a_target_has_the_forms_of_its_locale(locale, forms, said):
    assert {number: show(translated(*forms), number, locale).strip() for number in said} == said


def test_the_number_is_written_as_its_reader_writes_it():
    assert show(translated("a", "In {{ n }} Tagen"), 1500, "de") == "In 1.500 Tagen\n"
    assert show(translated("a", "In {{ n | number }} Tagen"), 1500, "de") == "In 1.500 Tagen\n"


def test_other_variables_and_fields_may_stand_in_it():
    more = "{{ n }} {{ what }} {{ facts.x }}"
    text = f"{{% trans n=facts.n, what=facts.x %}}one{{% pluralize %}}{more}{{% endtrans %}}\n"
    assert show(text, 3, x="box") == "3 box box\n"
    assert show("{% trans a=facts.x, n=facts.n %}{{ a }}{% pluralize n %}more{% endtrans %}\n", 1, x="box") == "box\n"


def test_an_existing_name_counts():
    text = "{% for n in facts.some %}{% trans n %}one{% pluralize %}{{ n }} more{% endtrans %}, {% endfor %}\n"
    assert show(text, 0, some=(1, 2)) == "one, 2 more, "
    assert show("{% trans count=facts.n %}one{% pluralize count %}{{ count }} more{% endtrans %}\n", 2) == "2 more\n"


def test_spaces_line_ends_and_indentation_around_the_tags_stay():
    text = "- a\n\n    {% trans n=facts.n %}one{% pluralize %}more{% endtrans %}\n\nNext.\n"
    assert show(text, 1) == "- a\n\n    one\n\nNext.\n"
    text = "Have {% trans n=facts.n %}one{% pluralize %}more{% endtrans %}\nleft.\n"
    assert show(text, 2) == "Have more\nleft.\n"
    text = "{% trans n=facts.n %}\nOne.\n{% pluralize %}\nMore.\n{% endtrans %}\n\nNext.\n"
    assert show(text, 2) == "More.\n\nNext.\n"


@pytest.mark.parametrize("value", [Decimal("1.5"), "3", None, True, -1, Duration(3, "months")])
def test_a_count_that_is_no_whole_number_is_told_with_its_line(value):
    with pytest.raises(RegionError) as caught:
        show(f"x\n\n{SOURCE}", value)
    assert "'facts.n' is" in caught.value.message
    assert "no whole number" in caught.value.message
    assert (caught.value.place.path, caught.value.place.line) == (PAGE, 3)
    assert "{% trans n=returns.window.amount %}" in caught.value.hint


def test_a_whole_decimal_counts():
    assert show(SOURCE, Decimal(2)) == "You have 2 days to go.\n"


def test_a_missing_field_is_told_as_anywhere():
    with pytest.raises(RegionError, match=r"did you mean 'returns.window'"):
        show("{% trans n=returns.windw %}one{% pluralize %}more{% endtrans %}\n", 1)


@pytest.mark.parametrize(
    "text",
    [
        "{% trans n=facts.n %}a{% if facts.n %}b{% endif %}{% pluralize %}c{% endtrans %}",
        "{% trans n=facts.n %}a{% endtrans %}",
        "{% trans n=facts.n %}a{% pluralize %}b",
        "{% trans %}a{% pluralize %}b{% endtrans %}",
        "{% trans n=facts.n %}a{% pluralize m %}b{% endtrans %}",
        "{% trans n=facts.n.__class__() %}a{% pluralize %}b{% endtrans %}",
        "{% trans n=facts.n + 1 %}a{% pluralize %}b{% endtrans %}",
        "{% trans n=facts.n %}a{% trans m=facts.n %}b{% pluralize %}c{% endtrans %}{% pluralize %}d{% endtrans %}",
        "{% trans n=facts.n %}" + "a{% pluralize %}" * 50 + "{% endtrans %}",
        "{% trans n=facts.n %}" + "{{ n }} " * 50 + "{% pluralize %}b{% endtrans %}",
        "{% trans n=[" + "facts.n, " * 100 + "] %}a{% pluralize %}b{% endtrans %}",
        "{% pluralize %}", "{% endtrans %}", "{{ 1 | form }}", "{{ facts.n | ' form' }}",
    ],
)  # fmt: skip
def test_what_a_template_may_not_do_it_may_not_do_here(text):
    with pytest.raises(RegionError) as caught:
        show(text, 1)
    assert caught.value.place.line == 1


def test_python_objects_stay_out_of_reach():
    with pytest.raises(RegionError):
        show("{% trans n=facts.n.__class__ %}a{% pluralize %}b{% endtrans %}", 1)


def test_the_fields_that_a_plural_reads_are_known():
    forms = "{{ fee | money }}{% pluralize %}{{ n }} {{ warranty.x }}"
    text = f"{{% trans n=returns.window.amount, fee=returns.fee %}}{forms}{{% endtrans %}}"
    assert references(text) == {"returns.window.amount", "returns.fee", "warranty.x"}
    assert references("{% translated n=returns.window.amount %}a{% endtrans %}") == {"returns.window.amount"}


@pytest.mark.parametrize(
    ("source", "said"), [("en", [1, 0, 1]), ("fr", [0, 0, 1]), ("pt-BR", [0, 0, 1]), ("xx", [1, 0, 1])]
)
def test_the_source_has_its_own_rule_in_pages_of_all_locales(source, said):
    choose = chooser(Locale("ru"), Locale(source))
    assert [choose(number, "n", 2, False) for number in (0, 1, 21)] == said


def test_many_tags_and_long_lines_take_no_time():
    text = "{% trans n=facts.n %}a{% pluralize %}b{% endtrans %} " * 500
    assert show(text, 1) == "a " * 500
    start = time.process_time()
    with pytest.raises(RegionError):
        show("{% trans n=a {% " * 50_000, 1)
    assert time.process_time() - start < 5


def test_a_page_in_one_language_with_too_few_forms_takes_the_last():
    assert chooser(Locale("ar"))(3, "n", 2, True) == 1
