import datetime as dt
import time
from decimal import Decimal

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale, Money, Region
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.render import overview_values, region_values, render
from polyhelp.regions.sandbox import is_template

PAGE = "content/policies/returns.md"
FSI, PDI = "\u2068", "\u2069"
DATA = {
    "currency": "EUR",
    "effective": dt.date(2026, 11, 1),
    "returns": {
        "window": Duration(30, "calendar days"),
        "legal_window": None,
        "fee": Money(Decimal("4.90"), "EUR"),
        "exceptions": ("personalised", "hygiene"),
        "withdrawal_function": True,
    },
    "payments": {"methods": ({"brand": "Visa", "credit": False}, {"brand": "Klarna", "credit": True})},
    "support": {"email": "help@shop.example", "opens": "09:00", "languages": ("de", "en"), "phone": None},
}


def show(text, locale="de", code="DE", **facts):
    formats = Formats(Locale(locale), code)
    region = Region(code, {**DATA, "facts": facts})
    return render(text, PAGE, region_values(region, formats), formats)


def refusal(text, **facts):
    start = time.process_time()
    with pytest.raises(RegionError) as caught:
        show(text, **facts)
    assert time.process_time() - start < 5
    assert "Traceback" not in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.path == PAGE
    return caught.value


def test_a_page_with_values_branches_and_loops():
    page = (
        "---\n"
        'title: "Returns in {{ region.name }}"\n'
        "---\n\n"
        "Within {{ returns.window | duration(case='dative') }} for {{ returns.fee | money }}, "
        "from {{ effective | date }}.\n"
        "{% if returns.legal_window %}\n"
        "By law {{ returns.legal_window | duration }}.\n"
        "{% endif %}\n"
        "{% for method in payments.methods if not method.credit %}\n"
        "- {{ loop.index }}: {{ method.brand }}\n"
        "{% endfor %}\n"
        "{# for writers only #}\n"
        "{% set amount = returns.fee %}{{ amount.currency }} {{ returns.window.amount }} {{ returns.exceptions[1] }}\n"
        "[{{ support.email }}](mailto:{{ support.email }}) {{ support.languages | language_name | listed }}\n"
        "{{ payments.methods | listed(of='brand') }}\n"
    )
    assert show(page) == (
        "---\n"
        'title: "Returns in Deutschland"\n'
        "---\n\n"
        "Within 30 Tagen for 4,90\u00a0€, from 1. November 2026.\n"
        "- 1: Visa\n"
        "EUR 30 hygiene\n"
        "[help@shop.example](mailto:help@shop.example) Deutsch und Englisch\n"
        "Visa und Klarna\n"
    )


@pytest.mark.parametrize(
    "text", ["", "plain\n", "\ufeffa\r\nb\r\n", "no end", "## Title {#id}\n", "a {#b} c {: .d }\n\n\n", "{ }}"]
)
def test_text_without_expressions_stays_as_it_is(text):
    assert show(text) == text


def test_line_ends_and_marks_are_kept():
    assert show("\ufeff{{ region.code }}\r\n{% if true %}\r\nx\r\n{% endif %}\r\n") == "\ufeffDE\r\nx\r\n"


def test_which_texts_are_templates():
    assert is_template("{{ a }}")
    assert is_template("{% if a %}")
    assert is_template("{# note #}")
    assert not is_template("## Title {#id}")
    assert not is_template("{: .class } and { }")


def test_a_page_for_all_regions():
    formats = Formats(Locale("sv"))
    regions = [Region("DE", DATA), Region("US", {**DATA, "returns": {"window": Duration(60, "calendar days")}})]
    row = "- [{{ region.name }}]({{ region.path }}/) {{ region.returns.window | duration }}\n"
    text = f"{{% for region in regions %}}\n{row}{{% endfor %}}\n"
    shown = render(text, PAGE, overview_values(regions, formats), formats)
    assert shown == "- [Tyskland](de/) 30 dagar\n- [USA](us/) 60 dagar\n"


def test_a_page_for_all_regions_that_asks_for_one():
    formats = Formats(Locale("sv"))
    with pytest.raises(RegionError) as caught:
        render("\n{{ returns.window | duration }}", PAGE, overview_values([Region("DE", DATA)], formats), formats)
    assert str(caught.value.place) == f"{PAGE}:2"
    assert "for region in regions" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            "a\n\n{{ returns.windw | duration }}",
            3,
            "region DE has no field 'returns.windw'",
            "did you mean 'returns.window'?",
        ),
        ("{{ retruns.window }}", 1, "region DE has no field 'retruns'", "did you mean 'returns'?"),
        ("\n{{ shipping.free_from }}", 2, "region DE has no field 'shipping'", "set it in the region's file"),
        (
            "{% if returns.legal_windo %}\n{% endif %}",
            1,
            "region DE has no field 'returns.legal_windo'",
            "did you mean 'returns.legal_window'?",
        ),
        (
            "{% for m in payments.methods %}\n{{ m.brnd }}\n{% endfor %}",
            2,
            "no field 'payments.methods.brnd'",
            "did you mean 'payments.methods.brand'?",
        ),
        ("{% for m in payments.method %}\n{% endfor %}", 1, "no field 'payments.method'", "'payments.methods'?"),
        (
            "\n{% for m in returns.window %}{% endfor %}",
            2,
            "'returns.window' is '30 calendar days', not a list",
            "loop over a list",
        ),
        ("{% for c in 'abc' %}{% endfor %}", 1, "not a list", "loop over a list"),
        (
            "x\n{{ returns.legal_window | duration }}",
            2,
            "region DE: duration needs a duration such as '30 calendar days', got null",
            "",
        ),
        ("{{ support.phone }}", 1, "'support.phone' is null", "{% if support.phone %}"),
        ("{{ returns.fee }}", 1, "'returns.fee' is '4.90 EUR', which is not a text", "{{ returns.fee | money }}"),
        ("{{ returns.window }}", 1, "'returns.window' is '30 calendar days'", "| duration }}"),
        ("{{ effective }}", 1, "'effective' is '2026-11-01'", "| date }}"),
        ("{{ returns.withdrawal_function }}", 1, "is true", "{% else %}"),
        ("{{ returns.fee.amount }}", 1, "is '4.90'", "| number }}"),
        ("{{ returns }}", 1, "'returns' is a section", "name one of its fields"),
        ("{{ support.languages }}", 1, "'support.languages' is a list", "| listed }}"),
        ("{{ returns.fee.value }}", 1, "no field 'value'", ""),
        ("{{ returns.exceptions[9] }}", 1, "no such item", ""),
        ("{{ returns.window > returns.fee }}", 1, "cannot be worked out", ""),
        ("{{ returns.window | duration(cas='x') }}", 1, "cannot be worked out", ""),
        ("{{ 'x' if false }}", 1, "", ""),
        ("a\n{{ returns.fee | mony }}", 2, "there is no filter 'mony'", "did you mean 'money'?"),
        ("a\n{% if a is even %}{% endif %}", 2, "there is no test 'even'", "defined"),
        ("a\nb {% if %}", 2, "the template has a mistake", ""),
        ("a\n{% for x in y %}\n", 2, "the template has a mistake", ""),
        ("a\n{{ b", 2, "the template has a mistake", ""),
    ],
)
def test_mistakes_name_line_field_and_way_out(text, line, message, hint):
    error = refusal(text)
    assert error.place.line == line
    assert message in error.message
    assert hint in error.hint


def test_a_field_may_be_asked_for():
    text = "{% if facts.wrap is defined %}{{ facts.wrap | money }}{% else %}none{% endif %}"
    text += "{% if 'x' in facts %}x{% endif %}"
    assert show(text) == "none"
    assert show(text, wrap="3 EUR", x=1) == "3\u00a0€x"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ returns['__class__'] }}",
        "{{ returns._fields }}",
        "{{ returns.items }}",
        "{{ returns.keys() }}",
        "{{ returns.fee.__class__ }}",
        "{{ returns.fee.amount.__init__ }}",
        "{{ 'x'.upper }}",
        "{{ 'x'.format }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ '%s' % 1 }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ loop }}",
        "{% for x in support.languages %}{{ loop._iterator }}{% endfor %}",
        "{% for x in support.languages %}{{ loop.cycle('a') }}{% endfor %}",
        "{% for x in support.languages recursive %}{% endfor %}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ namespace }}",
        "{{ dict(a=1) }}",
        "{{ {'a': 1} }}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% from 'a' import b %}",
        "{% extends 'a' %}",
        "{% block a %}{% endblock %}",
        "{% macro a() %}{% endmacro %}",
        "{% call a() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% set a %}x{% endset %}",
        "{% set a.b = 1 %}",
        "{% with a = 1 %}{% endwith %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% do a %}",
        "{{ [1] * 10**9 }}",
        "{{ 'x' * 10**9 }}",
        "{{ 9 ** 999999 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ 1 + 1 }}",
        "{{ -1 }}",
        "{{ 'abc'[1:] }}",
        "{{ 'x' | attr('__class__') }}",
        "{{ 'x' | map('upper') }}",
        "{{ 'x' | safe }}",
        "{{ 'x' | length }}",
        "{{ 'x' is callable }}",
        "{{ returns | printed }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "not " * 5000 + "1 }}",
        "{{ a" + ".b" * 50_000 + " }}",
        "{{ a" + " or a" * 50_000 + " }}",
        "{% if a %}" * 500 + "{% endif %}" * 500,
        "{% for a in support.languages %}" * 30 + "{% endfor %}" * 30,
        "{% for a in support.languages %}" * 18 + "x" + "{% endfor %}" * 18,
        "{{ " + "9" * 5000 + " }}",
        "{{ a }}" + "x" * 1_000_001,
    ],
)
def test_hostile_templates_are_refused(text):
    assert refusal(text).message


def test_nested_loops_end():
    items = "[" + "1, " * 20 + "]"
    text = f"{{% for a in {items} %}}" * 10 + "{% endfor %}" * 10
    assert "more than 100000 rounds" in refusal(text).message
    assert "line" not in refusal("\n\n" + text).hint


def test_pages_do_not_grow_without_bound():
    items = "[" + "1, " * 40 + "]"
    loops = f"{{% for a in {items} %}}{{% for b in {items} %}}"
    ends = "{% endfor %}" * 2
    assert "grows beyond" in refusal(f"{loops}{{{{ facts.long }}}}{ends}", long="y" * 10_000).message
    assert "grows beyond" in refusal(f"{loops}{'x' * 1000}{ends}").message
    doubling = "{% set a = 'xxxxxxxxxx' %}" + "{% set a = [a, a] | listed %}" * 60
    assert "too long" in refusal(doubling + "{{ a }}").message


def test_many_values_on_one_long_line_take_linear_time():
    items = "[" + "1, " * 200 + "]"
    text = f"{{% for a in {items} %}}{{% for b in {items} %}}{{{{ facts.x }}}}{{% endfor %}}{{% endfor %}}"
    start = time.process_time()
    assert len(show(text, x="<")) == 4 * 200 * 200
    assert time.process_time() - start < 8


HOSTILE = [
    "AT&T",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "a | b",
    "*bold* __bold__ _em_ `code`",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/a.png)",
    "a\n\n# heading",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "=== tab",
    ": definition",
    "a \\",
    "~~x~~ ^^y^^",
    "{: .c }",
    "&lt;b&gt;",
    "{{ returns }}",
    '" onload="x',
]


def html(text):
    return markdown.markdown(text, extensions=["tables", "attr_list", "def_list", "pymdownx.tilde", "pymdownx.caret"])


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "template",
    [
        "Brand {{ facts.x }} end",
        "{{ facts.x }}",
        "- {{ facts.x }}",
        "| a | b |\n| --- | --- |\n| {{ facts.x }} | c |",
        '<span title="{{ facts.x }}">a</span>',
        "**{{ facts.x }}**",
    ],
)
def test_values_cannot_break_the_page(value, template):
    def tags(page):
        return [part.split(">")[0].split(" ")[0] for part in page.split("<")[1:]]

    shown = html(show(template, x=value))
    assert tags(shown) == tags(html(show(template, x="plain")))
    if not template.startswith("<"):
        one_line = " ".join(value.split())
        plain = shown.replace("&amp;", "\0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        for character in "*_`[]|\\~^{}'\"":
            plain = plain.replace(f"&#{ord(character)};", character)
        for character in "#-.>=:":
            plain = plain.replace(f"&#{ord(character)};", character)
        assert one_line in " ".join(plain.replace("\0", "&").split())


@given(st.text(max_size=30))
def test_no_value_brings_in_an_element(value):
    if not value.strip():
        return
    shown = html(show("Brand x{{ facts.x }}x end", x=value))
    assert shown.startswith("<p>Brand x")
    assert shown.count("<") == 2


def test_underscores_inside_words_stay_readable():
    assert show("{{ facts.x }}", x="America/Los_Angeles") == "America/Los_Angeles"


@pytest.mark.parametrize("template", ["`{{ facts.x }}`", "```\n{{ facts.x }}\n```\n", "> ~~~ text\n> {{ facts.x }}\n"])
def test_code_shows_values_as_they_are(template):
    assert show(template, x="a & <b>|*") == template.replace("{{ facts.x }}", "a & <b>|*")
    assert "``" not in show("`{{ facts.x }}`", x="`")


def test_after_code_values_are_escaped_again():
    assert show("```\nx\n```\n`y` {{ facts.x }}", x="<") == "```\nx\n```\n`y` &lt;"


@pytest.mark.parametrize(
    ("template", "value", "shown"),
    [
        ("[a]({{ facts.x }})", "https://a.example/b c)d?e=f&g", "[a](https://a.example/b%20c%29d?e=f&g)"),
        ("[a](/x/{{ facts.x }}/y)", "a_b*c", "[a](/x/a_b%2Ac/y)"),
        ('<a href="{{ facts.x }}">a</a>', 'x" y', '<a href="x%22%20y">a</a>'),
        ("<{{ facts.x }}>", "help@shop.example", "<help@shop.example>"),
        ("[a]: {{ facts.x }}", "https://a.example/ä", "[a]: https://a.example/%C3%A4"),
    ],
)
def test_values_in_links_are_url_encoded(template, value, shown):
    assert show(template, x=value) == shown
    assert show(template, locale="ar", x=value) == shown


@pytest.mark.parametrize("template", ["[a]({{ facts.x }})", '<a href="{{ facts.x }}">a</a>', "[a]: {{ facts.x }}"])
@pytest.mark.parametrize("value", ["javascript:alert(1)", "JavaScript:x", " data:text/html,x", "vbscript:x"])
def test_links_that_run_scripts_are_refused(template, value):
    assert "no safe link" in refusal(template, x=value).message


@pytest.mark.parametrize("value", ['Say "yes"', "back\\slash", "it's: #1 - {x}", "a\nb", "Åland & co"])
@pytest.mark.parametrize("line", ['title: "In {{ facts.x }}"', "title: 'In {{ facts.x }}'"])
def test_front_matter_stays_yaml(line, value):
    shown = show(f"---\n{line}\n---\n# {{{{ facts.x }}}}\n", x=value)
    front = YAML(typ="safe", pure=True).load(shown.split("---\n")[1])
    assert front == {"title": f"In {value}".replace("\n", " ")}


def test_front_matter_without_quotes_takes_only_harmless_values():
    assert show("---\ntitle: In {{ region.name }}\n---\n") == "---\ntitle: In Deutschland\n---\n"
    error = refusal("---\na: b\ntitle: {{ facts.x }}\n---\n", x="a: b")
    assert error.place.line == 3
    assert "in quotes" in error.hint


def test_right_to_left_pages_fence_values_off_but_not_in_links():
    shown = show(
        "{{ facts.x }} [{{ support.email }}](mailto:{{ support.email }}) {{ returns.fee | money }}",
        "ar",
        "SA",
        x="Visa",
    )
    assert shown.startswith(f"{FSI}Visa{PDI} [{FSI}help@shop.example{PDI}](mailto:help@shop.example) {FSI}")
    assert shown.count(FSI) == shown.count(PDI) == 3
    assert show("{{ region.name }}", "ar", "SA") == "المملكة العربية السعودية"


PIECES = (
    "{{ ", " }}", "{% ", " %}", "for m in payments.methods", "endfor", "if ", "else", "endif", "set a = ", "m.brand",
    "-", "|", "returns.fee", "returns", " | money", " | listed", "(", ")", "[", "]", "'", "x", ".", " and ", " == ",
    "{# ", " #}", "\n", "---\n", "`", "\\", "loop.index", "__class__", "*", "~", "**", "1", "range", "raw", "endraw",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_text_is_rendered_or_refused_with_a_place(text):
    error = None
    try:
        assert isinstance(show(text), str)
    except RegionError as caught:
        error = caught
    assert error is None or (error.message and error.place and error.place.line)


def test_what_scripts_read_has_no_invisible_marks():
    text = '<div class="ph-hours" data-region="{{ region.code }}" title="{{ region.code }}"></div>'
    assert show(text, "ar", "DE") == f'<div class="ph-hours" data-region="DE" title="{FSI}DE{PDI}"></div>'
