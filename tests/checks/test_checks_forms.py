"""Checks on texts with plural forms: each form beside the form of the source that fits."""

from dataclasses import replace

import pytest

from polyhelp import plugins
from polyhelp.checks.base import Check, Finding, Setting
from polyhelp.checks.forms import by_form
from polyhelp.checks.run import run, run_together
from polyhelp.model import Locale, Origin, Place, Severity, Unit
from polyhelp.text.plural import Plural

N = "n=returns.window.amount"
SOURCE = ("You have one day to return it.", "You have {{ n }} days to return it.")


def plural(*forms, source=SOURCE):
    return Unit(str(Plural(N, source)), str(Plural(N, forms)))


def found(tag, unit, *names, policy=True):
    checks = {name: plugins.load(plugins.CHECKS, name) for name in names or plugins.names(plugins.CHECKS)}
    setting = Setting(Locale(tag), Place("locales/x.po", 7), policy=policy)
    return [(issue.check, issue.severity, issue.message) for issue in run(checks, unit, setting)]


GOOD = {
    "de": ("Sie haben einen Tag, um es zurückzugeben.", "Sie haben {{ n }} Tage, um es zurückzugeben."),
    "pl": ("Masz jeden dzień na zwrot.", "Masz {{ n }} dni na zwrot.", "Masz {{ n }} dni na zwrot."),
    "ru": ("У вас {{ n }} день на возврат.", "У вас {{ n }} дня на возврат.", "У вас {{ n }} дней на возврат."),
    "ja": ("返品は{{ n }}日以内です。",),
    "fr": ("Vous avez {{ n }} jour pour le renvoyer.", "Vous avez {{ n }} jours pour le renvoyer."),
    "ar": ("لا يوجد وقت لإرجاعه.", "لديك يوم واحد لإرجاعه.", "لديك يومان لإرجاعه.", "لديك {{ n }} أيام لإرجاعه.",
           "لديك {{ n }} يوم لإرجاعه.", "لديك {{ n }} يوما لإرجاعه."),
}  # fmt: skip


@pytest.mark.parametrize("tag", GOOD)
def test_good_translations_raise_no_error(tag):
    assert [row for row in found(tag, plural(*GOOD[tag])) if row[1] is Severity.ERROR] == []


@pytest.mark.parametrize("first", ["Sie haben {{ n }} Tag.", "Sie haben 1 Tag.", "Sie haben einen Tag."])
def test_a_form_for_one_number_may_say_it_in_every_way(first):
    one = plural(first, "Sie haben {{ n }} Tage.", source=("You have one day.", "You have {{ n }} days."))
    assert found("de", one, "markup", "numbers", "safety") == []
    both = plural(first, "Sie haben {{ n }} Tage.", source=("You have {{ n }} day.", "You have {{ n }} days."))
    assert found("de", both, "markup", "numbers", "safety") == []


@pytest.mark.parametrize(
    ("tag", "forms", "name", "said"),
    [
        ("de", ("Ein Tag.", "Tage."), "markup", "The placeholder '{{ n }}' is missing"),
        ("fr", ("Un jour.", "{{ n }} jours."), "markup", "The placeholder '{{ n }}' is missing"),
        ("pl", ("a", "b {{ n }}"), "markup", "needs 3 plural forms (for the numbers 1; 2, 3, 4; 0, 5, 6, and so"),
        ("ja", ("{{ n }}日", "{{ n }}日"), "markup", "This language needs one plural form, the translation has 2."),
        ("pl", ("a", "", "c {{ n }}"), "markup", "the translation has 2."),
        ("de", ("2 Tage.", "{{ n }} Tage."), "numbers", "has the number 2"),
        ("de", ("Ein Tag.", "{{ n }} Tage oder 3."), "numbers", "the number 3"),
        ("de", ("Ein Tag.", "{{ n }} Tage <b onclick=x>"), "safety", "tag"),
        ("de", ("Ein Tag.", "{{ n }} Tage {{ facts.x() }}"), "safety", "template code"),
        ("de", ("Ein Tag.", "{{ n }} Tage {% endtrans %} x {% if a %}"), "safety", "template code"),
        ("de", ("Ein Tag.", "You have {{ n }} days to return it."), "untranslated", "not been translated"),
        ("de", ("Ein Tag.", "{{ n }}  Tage."), "whitespace", "Two spaces"),
    ],
)  # fmt: skip
def test_a_fault_in_one_form_is_found(tag, forms, name, said):
    rows = found(tag, plural(*forms), name)
    assert any(said in message for _, _, message in rows), rows


def test_a_target_without_forms_or_with_another_count_is_told():
    unit = replace(plural("a", "b {{ n }}"), target="{{ n }} Tage")
    ((_, severity, message),) = found("de", unit, "markup")
    assert severity is Severity.ERROR
    assert message.endswith("the translation has none: this language needs 2 plural forms.")
    other = replace(unit, target=str(Plural("n=facts.secret", ("a", "b {{ n }}"))))
    assert [row[0] for row in found("de", other, "safety", "markup")] == ["safety"]


def test_a_machines_form_is_still_a_machines():
    unit = plural("Ein Tag.", "{{ n }} Tage.")
    unit = replace(unit, origin=Origin.of("mt/pseudo", "2026-11-01", unit.target))
    assert [form.maker for form in by_form(unit, Locale("de"))] == ["mt/pseudo", "mt/pseudo"]


def test_the_same_fault_in_two_forms_is_told_once_and_about_the_whole_unit():
    unit = plural("a", "b {{ n }}", "c {{ n }}")
    check = Check("style", "Says hello.", lambda unit, setting: [Finding(Severity.INFO, "Hello.")])  # noqa: ARG005
    (issue,) = run({"x": check}, unit, Setting(Locale("pl"), Place("x.po")))
    assert (issue.source, issue.target) == (unit.source, unit.target)


def test_omission_compares_each_form_and_forms_of_other_locales_do_not_count():
    long = ("You have one day to return it to our warehouse, and we refund you.",
            "You have {{ n }} days to return it to our warehouse. Then we refund all that you have paid.")  # fmt: skip
    setting = Setting(Locale("ar"), Place("x.po"))
    check = plugins.load(plugins.CHECKS, "omission")
    whole = plural(*(long[1],) * 6, source=long)
    assert list(run_together("omission", check, [(whole, setting)])) == []
    short = plural(*(long[1],) * 5, "{{ n }}.", source=long)
    assert [at for at, _ in run_together("omission", check, [(whole, setting), (short, setting)])] == [1]
    assert (
        list(run_together("omission", check, [(plural(long[1], source=long), replace(setting, locale=Locale("ja")))]))
        == []
    )


def test_wordings_of_forms_are_no_inconsistency():
    setting = Setting(Locale("pl"), Place("x.po"))
    check = plugins.load(plugins.CHECKS, "consistency-prose")
    assert list(run_together("consistency-prose", check, [(plural(*GOOD["pl"]), setting)])) == []
