import pytest

from polyhelp.engines.mend import has_spaces, mended, spread
from polyhelp.engines.nodes import grow, markdown
from polyhelp.engines.wire_tags import from_xml
from polyhelp.model import Locale
from polyhelp.text.inline import tokenize

DE, FR, JA = Locale("de"), Locale("fr"), Locale("ja")


def mend(source, answer, target=DE):
    tree = grow(tokenize(source))
    return markdown(mended(from_xml(answer, tree), tree, target))


@pytest.mark.parametrize(
    ("source", "answer", "target"),
    [
        ("**Return items** now", '<g id="1">Artikel</g> jetzt <g id="1">zurück</g>', "**Artikel jetzt zurück**"),
        ("**Return items** now", 'Jetzt <g id="1">Artikel</g><g id="1"></g>', "Jetzt **Artikel**"),
        ("See **this** now", 'Siehe<g id="1"> das </g>jetzt', "Siehe **das** jetzt"),
        ("Use `A` now", 'Nutze<x id="1"/>jetzt', "Nutze `A` jetzt"),
        ("Use `A`, now", 'Nutze<x id="1"/>, jetzt', "Nutze `A`, jetzt"),
        ("Use (`A`) now", 'Nutze (<x id="1"/>) jetzt', "Nutze (`A`) jetzt"),
        ("`A` and `B`", '<x id="2"/><x id="1"/> und', "`B` `A` und"),
        ("Pay {sum} now", '<x id="1"/>Jetzt zahlen', "{sum} Jetzt zahlen"),
        ("See **this**.", 'Siehe <g id="1">das</g> .', "Siehe **das**."),
        ("See **this**!", 'Siehe <g id="1">das</g> !', "Siehe **das**!"),
        ("30&nbsp;days", '30 <x id="1"/> Tage', "30&nbsp;Tage"),
        ("A `B` C", 'A <x id="1"/>\nC', "A `B` C"),
        ("[a **b** c](d.md)", '<g id="1">a <g id="2">x</g> und <g id="2">y</g> c</g>', "[a **x und y** c](d.md)"),
    ],
)
def test_repairs(source, answer, target):
    assert mend(source, answer) == target


def test_pieces_far_apart_stay_apart():
    far = '<g id="1">a</g> eins zwei drei vier <g id="1">b</g>'
    assert mend("**a b**", far).count("**") == 4


def test_french_keeps_its_space_before_double_signs():
    assert mend("**Note**: read", '<g id="1">Remarque</g> : lisez', FR) == "**Remarque** : lisez"
    assert mend("See **this**.", 'Voyez <g id="1">ceci</g> .', FR) == "Voyez **ceci**."


def test_languages_without_spaces_get_none_beside_their_letters():
    assert mend("Use `A` now", '今<x id="1"/>を使う', JA) == "今`A`を使う"
    assert mend("Use `A` now", 'now<x id="1"/>を', JA) == "now `A`を"
    assert mend("See https://a.example/b now", '見る<x id="1"/>を', JA) == "見る https://a.example/b を"
    assert not has_spaces(Locale("zh-TW"))
    assert has_spaces(Locale("ko"))


def test_spread_puts_spaces_around_emphasis_inside_words():
    assert markdown(spread(grow(tokenize("a**b**c `d`e")))) == "a **b** c `d`e"
