"""Hostile templates and data are refused with one message, within bounded processor time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

sys.path.append(str(Path(__file__).parents[1] / "content"))
from content_oracle import EXTENSIONS, OPTIONS, Skeleton

CHILD = Path(__file__).with_name("hostile_child.py")
PAGE = "content/policies/returns.md"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of processes are POSIX's")


@pytest.fixture(scope="module")
def child():
    """Hands a job to a limited process and gives its answer."""
    with subprocess.Popen(
        [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:

        def ask(**job):
            run.stdin.write(json.dumps(job) + "\n")
            run.stdin.flush()
            return json.loads(run.stdout.readline())

        yield ask
        run.stdin.close()


def refused(answer):
    assert "refused" in answer, answer
    assert "Traceback" not in answer["refused"]
    return answer


TEMPLATES = {
    "class": "{{ ''.__class__ }}",
    "class by filter": "{{ x | attr('__class__') }}",
    "class by filter of a field": "{{ returns | attr('__class__') }}",
    "class by item": "{{ returns['__class__'] }}",
    "class of a filter's text": "{{ (returns.window | duration).__class__ }}",
    "class in a condition": "{% if returns.__class__ %}x{% endif %}",
    "class in a loop": "{% for x in returns.__class__.__mro__ %}{% endfor %}",
    "class in set": "{% set x = returns.__class__ %}{{ x }}",
    "class in a keyword": "{{ returns.window | duration(case=returns.__class__) }}",
    "globals": "{{ cycler.__init__.__globals__ }}",
    "self": "{{ self.__init__ }}",
    "format": "{{ '{0.__class__}'.format(returns) }}",
    "format map": "{{ '{x.__class__}'.format_map(returns) }}",
    "percent": "{{ '%s' % returns }}",
    "percent wide": "{{ '%999999999d' % 1 }}",
    "format filter": "{{ '%999999999d' | format(1) }}",
    "range": "{% for i in range(1000000000) %}x{% endfor %}",
    "range twice": "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    "nested loops": "{% for a in support.languages %}" * 40 + "x" + "{% endfor %}" * 40,
    "nested literal loops": ("{% for a in [" + "1," * 100 + "] %}") * 10 + "x" + "{% endfor %}" * 10,
    "loops side by side": ("{% for a in [" + "1," * 900 + "] %}x{% endfor %}\n") * 200,
    "loop in a loop's filter": "{% for a in support.languages if a in support.languages %}{{ b.c }}{% endfor %}",
    "recursive loop": "{% for a in support.languages recursive %}{{ loop(support.languages) }}{% endfor %}",
    "include itself": "{% include 'returns.md' %}",
    "include by value": "{% include support.email %}",
    "import": "{% import 'os' as os %}{{ os.system('id') }}",
    "extends": "{% extends 'returns.md' %}",
    "macro": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "call": "{% call a() %}{% endcall %}",
    "block": "{% block a %}{{ self.a() }}{% endblock %}",
    "repeat": "{{ 'a' * 10**9 }}",
    "repeat list": "{{ [1] * 10**9 }}",
    "power": "{{ 9**9**9 }}",
    "power in a condition": "{% if 9**9**9 %}{% endif %}",
    "shift by compare": "{{ 1 if 10**10**10 > 1 }}",
    "huge number": "{{ " + "9" * 100_000 + " }}",
    "huge number short": "{{ " + "9" * 3_900 + " | number }}",
    "huge exponent": "{{ 1e999999999 | number }}",
    "underscored number": "{{ " + "1_" * 1900 + "1 | number }}",
    "huge text": "{{ '" + "a" * 1_000_000 + "' }}",
    "long tag": "{{ a" + " or a" * 100_000 + " }}",
    "long tag of spaces": "{{" + " " * 900_000 + "}}",
    "many open tags": "{{ " * 300_000,
    "many open statements": "{% if a %}" * 90_000,
    "many open comments": "{# " * 300_000,
    "raw": "{% raw %}" * 100_000,
    "deep parentheses": "{{ " + "(" * 1900 + "1" + ")" * 1900 + " }}",
    "deep lists": "{{ " + "[" * 1900 + "]" * 1900 + " }}",
    "deep not": "{{ " + "not " * 900 + "1 }}",
    "deep dots": "{{ a" + ".b" * 1900 + " }}",
    "deep filters": "{{ a" + "|label" * 600 + " }}",
    "deep ifs": "{% if a %}" * 5_000 + "{% endif %}" * 5_000,
    "deep elifs": "{% if a %}" + "{% elif a %}" * 5_000 + "{% endif %}",
    "long condition": "{{ 1" + " < 1" * 900 + " }}",
    "doubled lists compared": "{% set a = [1] %}{% set b = [1] %}"
    + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60
    + "{% if a == b %}x{% endif %}",
    "doubled tuples compared": "{% set a = (1, 1) %}" + "{% set a = (a, a) %}" * 60 + "{{ 'x' if 2 in a }}",
    "empty prints": "{% for a in support.languages %}" * 14 + "{{ '' }}" * 900 + "{% endfor %}" * 14,
    "filters in conditions": "{% for a in support.languages %}" * 14
    + "{% if returns.window | duration == 'x' %}{% endif %}" * 90
    + "{% endfor %}" * 14,
    "doubling list": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a | listed }}",
    "doubling text": "{% set a = 'xxxxxxxxxxxxxxxx' %}" + "{% set a = [a, a] | listed %}" * 60 + "{{ a }}",
    "doubling loop": "{% for x in support.languages %}" * 16 + "{{ support.email }}" * 9 + "{% endfor %}" * 16,
    "trans without end": "{% trans n=returns.window.amount %}" * 5_000,
    "trans of a class": "{% trans n=returns.__class__ %}a{% pluralize %}b{% endtrans %}",
    "trans with a call": "{% trans n=range(9) %}a{% pluralize %}b{% endtrans %}",
    "trans doubling": "{% trans n=1, a=[" + "1," * 800 + "] %}" + "{{ a }}" * 19 + "{% pluralize %}b{% endtrans %}",
    "trans with many forms": "{% trans n=returns.window.amount %}a" + "{% pluralize %}a" * 5_000 + "{% endtrans %}",
    "do": "{% do returns.update() %}",
    "set a field": "{% set returns.window = 1 %}",
    "namespace": "{% set ns = namespace(a=1) %}{{ ns.a }}",
    "lipsum": "{{ lipsum(n=1000000) }}",
    "debug": "{% debug %}",
    "print": "{% print(range(9)) %}",
    "nul": "{{ \0 }}",
    "line separator": "{{ a\u2028b }}",
}


@pytest.mark.parametrize("text", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_a_hostile_template_is_refused_with_its_line(child, text):
    answer = refused(child(text=f"# Returns\n\n{text}"))
    assert answer["path"] == PAGE
    assert answer["line"] > 0 or "grows beyond" in answer["refused"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ returns.window | duration }}" * 30_000,
        "{# " + "x" * 900_000 + " #}",
        "{" * 900_000 + "{{ region.code }}",
        "{{ region.code }}" + "`" * 900_000,
        "{{ region.code }}" + "](" * 450_000 + "{{ region.code }}",
        "[" * 450_000 + "{{ region.code }}" + "]" * 450_000,
        "{{ region.code }}\n" + "> " * 400_000 + "{{ region.code }}",
        "---\n" + "a: b\n" * 100_000 + 'title: "{{ region.code }}"\n---\n',
        "{% if true %}" * 40 + "x" + "{% endif %}" * 40,
        "{% trans n=returns.window.amount %}{% pluralize %}" + " " * 900_000 + "{% endtrans %}",
    ],
    ids=lambda text: text[:30],
)
def test_large_templates_take_linear_time(child, text):
    answer = child(text=text)
    assert "died" not in answer


BREAKING_OUT = {
    "script": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)',
    "apostrophe": "' onmouseover='alert(1)",
    "entity": "&lt;script&gt;",
    "link": "](javascript:alert(1))",
    "image": "![x](http://evil.example/x.png)",
    "autolink": "<http://evil.example>",
    "front matter": '"\n---\n<script>x</script>',
    "lines": "x\n\n# Heading\n\n- item",
    "separators": "x\u2028# Heading\u2029\x85\x0b\x0cy",
    "attribute list": "x {: onclick=alert(1) }",
    "table": "a | b | c",
    "code": "``` `` `",
    "template": "{{ returns }}{% if 1 %}",
    "snippet": '--8<-- "/etc/passwd"',
    "block": "/// details | x",
    "emoji": ":material-account: x",
    "keys": "++ctrl++ ==m== ~~d~~ ^^i^^",
    "abbreviation": "*[HTML]: x",
    "footnote": "[^1]: x",
}
PLACES = (
    "Brand {{ facts.x }} end",
    "# {{ facts.x }} {: #heading }",
    "| a |\n| --- |\n| {{ facts.x }} |",
    "[{{ facts.x }}](https://shop.example/)",
    '<a title="{{ facts.x }}" href="https://shop.example/">a</a>',
    "<a title='{{ facts.x }}'>a</a>",
    "!!! note\n    {{ facts.x }}",
)


@pytest.mark.parametrize("value", BREAKING_OUT.values(), ids=BREAKING_OUT.keys())
@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
def test_a_value_stays_a_text(child, place, value):
    shown, plain = (child(text=place, facts={"x": text})["shown"] for text in (value, "plain"))
    assert elements(shown) == elements(plain)
    assert "<script" not in shown
    assert shown.count("\n") == plain.count("\n")


def elements(page):
    """The elements of a page; addresses that stand as plain text become links only where a site asks for it."""
    extensions = [name for name in EXTENSIONS if name != "pymdownx.magiclink"]
    options = {name: option for name, option in OPTIONS.items() if name in extensions}
    return Skeleton(markdown.markdown(page, extensions=extensions, extension_configs=options)).elements


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "\x01javascript:alert(1)", "vbscript:x"])
def test_a_value_makes_no_link_that_runs(child, value):
    answer = child(text="[a]({{ facts.x }})", facts={"x": value})
    assert "refused" in answer or answer["shown"].startswith("[a](%01"), answer  # no scheme begins with %


def folder(tmp_path, files):
    for name, text in files.items():
        file = tmp_path / "content" / "regions" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return str(tmp_path)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
)
DATA = {
    "aliases": (BOMB, 2, "aliases"),
    "alias to itself": ("facts: &f\n  a: *f\n", 2, "aliases"),
    "merge keys": ("returns: &r\n  fee: null\nshipping:\n  <<: *r\n", 4, "aliases"),
    "python object": ("facts:\n  x: !!python/object/apply:os.system ['id']\n", 2, "tag"),
    "python name": ("facts:\n  x: !!python/name:os.system\n", 2, "tag"),
    "own tag": ("facts:\n  x: !include /etc/passwd\n", 2, "tag"),
    "binary": ("facts:\n  x: !!binary aGVsbG8=\n", 2, "tag"),
    "deep flow": ("facts:\n  x: " + "[" * 9_000 + "\n", 2, "nested too deeply"),
    "deep braces": ("facts: " + "{a: " * 9_000 + "\n", 1, "nested too deeply"),
    "deep block": ("facts:\n" + "".join(" " * n + "a:\n" for n in range(1, 900)), 0, ""),
    "deep dashes": ("facts:\n  x: " + "- " * 400_000 + "\n", 0, ""),
    "deep questions": ("? " * 400_000 + "\n", 1, "nested too deeply"),
    "millions of keys": ("facts:\n" + "".join(f"  k{n}: 1\n" for n in range(70_000)), 0, "lines, commas"),
    "millions of items": ("facts:\n  x: [" + "1," * 400_000 + "]\n", 0, "lines, commas"),
    "many braces": ("facts: " + "{" * 900_000 + "\n", 0, "lines, commas"),
    "two documents": ("currency: EUR\n---\ncurrency: USD\n", 2, "another document"),
    "huge number": ("facts:\n  x: " + "9" * 500_000 + "\n", 2, "longer than"),
    "huge money": ("returns:\n  fee: " + "9" * 500_000 + " EUR\n", 2, "longer than"),
    "money in exponents": ("returns:\n  fee: 1e999999999 EUR\n", 2, "not an amount"),
    "huge duration": ("returns:\n  window: 99999999999999999999 calendar days\n", 2, "not a duration"),
    "huge percent": ("returns:\n  cancellation_percent: 1" + "0" * 300_000 + " %\n", 2, "longer than"),
    "percent in exponents": ("returns:\n  cancellation_percent: 1e999999999\n", 2, "not a percentage"),
    "percent of words": ("returns:\n  cancellation_percent: .inf\n", 2, "not a percentage"),
    "date of never": ("effective: 99999-01-01\n", 1, "not a date"),
    "nul": ("facts:\n  x: \"a\\0b\"\n", 2, "control characters"),
    "escape": ("facts:\n  x: \"a\\e[31mb\"\n", 2, "control characters"),
    "raw nul": ("facts:\n  x: a\0b\n", 0, "not YAML"),
    "not UTF-8": (b"facts:\n  x: \xff\xfe\n", 2, "not UTF-8"),
    "utf-16": ("currency: EUR\n".encode("utf-16"), 1, "not UTF-8"),
    "surrogate": ("facts:\n  x: \ud800\n", 2, "not UTF-8"),
    "bidi override": ("facts:\n  x: \"\u202eevil\"\n", 2, "control characters"),
    "long key": ("x" * 400_000 + ": 1\n", 0, ""),
    "percent signs": ("%" * 900_000, 1, "not YAML"),
    "many anchors": ("".join(f"k{n}: &a{n} x\n" for n in range(9_000)), 0, ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), DATA.values(), ids=DATA.keys())
def test_hostile_data_is_refused_with_its_line(child, tmp_path, text, line, message):
    answer = refused(child(folder=folder(tmp_path, {"DE.yml": text})))
    at = f"content/regions/DE.yml:{line}: " if line else "content/regions/DE.yml"
    assert any(at in one and message in one for one in answer["refused"].splitlines()), answer["refused"][:600]


def test_a_file_of_100_megabytes_is_not_read(child, tmp_path):
    where = folder(tmp_path, {"DE.yml": ""})
    with (tmp_path / "content" / "regions" / "DE.yml").open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 1 MB" in refused(child(folder=where))["refused"]


@pytest.mark.parametrize("aim", ["/dev/zero", "/etc/passwd", "/proc/self/environ", "nowhere.yml", "DE.yml"])
def test_a_link_out_of_the_project_is_not_read(child, tmp_path, aim):
    where = folder(tmp_path, {"_default.yml": "currency: EUR\n"})
    (tmp_path / "content" / "regions" / "DE.yml").symlink_to(aim)
    answer = refused(child(folder=where))["refused"]
    assert "content/regions/DE.yml: " in answer
    assert "root:" not in answer
    assert "PATH=" not in answer


def test_a_link_inside_the_project_is_read(child, tmp_path):
    where = folder(tmp_path, {"AT.yml": "currency: EUR\n"})
    (tmp_path / "content" / "regions" / "DE.yml").symlink_to("AT.yml")
    assert child(folder=where) == {"shown": "AT DE"}


@pytest.mark.parametrize("make", ["pipe", "folder"])
def test_what_is_no_file_is_refused_without_waiting(child, tmp_path, make):
    where = folder(tmp_path, {"_default.yml": "currency: EUR\n"})
    file = tmp_path / "content" / "regions" / "DE.yml"
    os.mkfifo(file) if make == "pipe" else file.mkdir()
    assert "content/regions/DE.yml: this is no file" in refused(child(folder=where))["refused"]


def test_a_circle_of_inheritance_is_refused(child, tmp_path):
    chain = {f"a{n}.yml": f"inherits: a{n + 1}\n" for n in range(200)}
    answer = refused(
        child(folder=folder(tmp_path, {**chain, "a200.yml": "inherits: a0\n", "DE.yml": "inherits: a0\n"}))
    )
    assert "in a circle" in answer["refused"]
