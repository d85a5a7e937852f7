"""In which order units are shown."""

from polyhelp.model import Locale, Unit
from polyhelp.review.ranking import Cause, Reason, Waiting, complete, in_order, ranked

DE, SV = Locale("de"), Locale("sv")


def row(name, *causes, locale=DE, visits=0):
    reasons = tuple(Reason(cause, cause.value) for cause in causes)
    return Waiting(locale, "contact.md", name, Unit("Open.", "Öffnen."), reasons, 1, visits)


def names(rows, order=tuple(Cause), locales=(DE, SV)):
    return [one.id for one in ranked(rows, order, locales)]


def test_the_first_cause_of_a_unit_counts_then_visits_then_the_order_of_reading():
    rows = [
        row("a", Cause.MACHINE),
        row("b", Cause.MACHINE, visits=9),
        row("c", Cause.MACHINE, Cause.CHANGED_NUMBER),
        row("d", Cause.POLICY),
        row("e", Cause.MACHINE, Cause.POLICY, visits=1),
        row("f", Cause.MACHINE),
    ]
    assert names(rows) == ["e", "d", "c", "b", "a", "f"]


def test_the_configuration_says_what_comes_first():
    rows = [row("a", Cause.POLICY), row("b", Cause.SAMPLED), row("c", Cause.MACHINE)]
    assert names(rows, complete([Cause.SAMPLED, Cause.MACHINE])) == ["b", "c", "a"]


def test_locales_stand_apart_in_their_order():
    rows = [row("a", Cause.POLICY), row("b", Cause.MACHINE, locale=SV)]
    assert names(rows, locales=(SV, DE)) == ["b", "a"]


def test_a_cause_that_the_configuration_leaves_out_is_not_lost():
    order = complete([Cause.MACHINE, Cause.PAYMENT])
    assert order[:3] == (Cause.MACHINE, Cause.PAYMENT, Cause.POLICY)
    assert sorted(order) == sorted(Cause)


def test_the_reason_that_counts_most_is_told_first():
    told = in_order([Reason(Cause.MACHINE, "x"), Reason(Cause.POLICY, "y")], tuple(Cause))
    assert [str(reason) for reason in told] == ["y", "x"]


def test_a_unit_knows_its_causes():
    waiting = row("a", Cause.MACHINE, Cause.CHANGED_NUMBER)
    assert waiting.has(Cause.POLICY, Cause.MACHINE)
    assert not waiting.has(Cause.POLICY)
