"""Who may accept what, as a file in the manner of CODEOWNERS says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyhelp.errors import ConfigError
from polyhelp.model import Locale
from polyhelp.review.rights import Matter, Rights
from polyhelp.review.rights_read import LARGEST, Risk

DE, AT, SV = Locale("de"), Locale("de-AT"), Locale("sv")
FILE = ".github/REVIEWERS"
RULES = """\
# who may accept what
*                                 @shop/translators
*             locale=de           @anna "Bo Ek" carl@shop.example   # three
policies/     two                 @anna @lena "Jo Law"
policies/     region=US risk=legal two  @us-legal "Jo Law"
payments/**   risk=payments
"Anna Berg" = @anna anna@shop.example
"""


@pytest.fixture(scope="module")
def rights():
    return Rights.load(RULES, FILE)


def may(rights, who, matter):
    return not rights.why_not(who, matter)


def mistakes(text):
    with pytest.raises(ConfigError) as caught:
        Rights.load(text, FILE)
    return caught.value.mistakes


@pytest.mark.parametrize(
    "who", ["@anna", "@Anna", "Anna Berg", "anna  BERG", "ANNA@shop.example", "bo ek", "carl@shop.example"]
)
def test_logins_names_and_addresses_in_any_spelling(rights, who):
    assert may(rights, who, Matter(DE, "returns/refunds.md"))
    assert may(rights, who, Matter(AT, "returns/refunds.md"))  # a locale stands for its children


@pytest.mark.parametrize("who", ["anna", "@bo", "Bo", "Carl", "@carl", "@mallory", "", "@shop/translators", '"Bo Ek"'])
def test_whoever_is_not_named_may_not(rights, who):
    assert rights.why_not(who, Matter(DE, "returns/refunds.md")) == (
        f"this is for @anna, Bo Ek or carl@shop.example to decide ({FILE}:3)"
    )


def test_a_team_is_who_the_forge_says(rights):
    matter = Matter(SV, "index.md")
    assert rights.why_not("@sven", matter).endswith("; who is in @shop/translators is for the forge to say")
    assert rights.teams_named == ("@shop/translators",)
    known = rights.knowing({"@Shop/Translators": ["Sven", "@anna"]})
    assert [who for who in ("@sven", "@anna", "Anna Berg", "@bo", "Sven") if may(known, who, matter)] == [
        "@sven", "@anna", "Anna Berg",
    ]  # fmt: skip
    assert rights.knowing({"@shop/translators": []}).why_not("@sven", matter).endswith(":2)")


def test_the_last_line_that_fits_counts_alone(rights):
    assert may(rights, "@lena", Matter(DE, "policies/returns.md"))
    assert not may(rights, "Bo Ek", Matter(DE, "policies/returns.md"))
    assert may(rights, "Bo Ek", Matter(DE, "contact.md"))


def test_a_text_of_several_regions_takes_one_who_may_for_all(rights):
    def who_may(*regions, risks=(Risk.LEGAL,)):
        matter = Matter(DE, "policies/returns.md", regions, risks)
        return [who for who in ("@anna", "@us-legal", "Jo Law") if may(rights, who, matter)]

    assert who_may("US") == who_may("US-CA") == ["@us-legal", "Jo Law"]
    assert who_may("DE") == who_may() == who_may("US", risks=()) == ["@anna", "Jo Law"]
    assert who_may("DE", "US") == ["Jo Law"]
    assert rights.owners(Matter(DE, "policies/returns.md", ("DE", "US"), (Risk.LEGAL,))) == ("Jo Law",)


def test_where_nobody_is_named_everybody_may(rights):
    paid = Matter(SV, "payments/cards.md", (), (Risk.PAYMENTS,))
    assert may(rights, "@mallory", paid)
    assert rights.owners(paid) == ()
    assert not may(rights, "@mallory", Matter(SV, "payments/cards.md"))  # the condition does not hold


def test_without_rules_everybody_may_everything(tmp_path):
    rights = Rights.read(tmp_path / "REVIEWERS", FILE)
    matter = Matter(DE, "policies/returns.md", ("DE",), (Risk.LEGAL,))
    assert rights == Rights.load("# nothing\n\n", FILE).__class__()
    assert may(rights, "anybody", matter)
    assert not rights.needs_two(matter)
    assert not rights.has_two


def test_two_persons_are_two_however_they_are_called(rights):
    assert rights.needs_two(Matter(DE, "policies/returns.md"))
    assert not rights.needs_two(Matter(DE, "returns/policies.md"))
    assert rights.two(("@anna", "@lena"))
    assert not rights.two(("@anna", "Anna Berg"))
    assert not rights.two(("anna@shop.example", "ANNA  berg"))
    assert not rights.two(("@lena",))
    assert rights.person("@ANNA") == "Anna Berg"
    assert rights.person(" Bo\n Ek") == "Bo Ek"


def test_a_line_for_one_region_makes_a_text_that_it_shares_take_two():
    rights = Rights.load("policies/\npolicies/ region=US two\n", FILE)
    assert rights.needs_two(Matter(DE, "policies/a.md", ("DE", "US")))
    assert not rights.needs_two(Matter(DE, "policies/a.md", ("DE",)))
    assert not rights.needs_two(Matter(DE, "policies/a.md"))


@pytest.mark.parametrize(
    ("pattern", "fits", "others"),
    [
        ("*", ["index.md", "a/b/c.md", "_site"], []),
        ("/", ["index.md", "a/b/c.md"], []),
        ("**", ["index.md", "a/b/c.md"], []),
        ("policies/", ["policies/a.md", "old/policies/b/c.md"], ["policies", "policies.md", "xpolicies/a.md"]),
        ("/policies/", ["policies/a.md"], ["old/policies/a.md"]),
        ("policies", ["policies/a.md", "policies"], ["policies.md"]),
        ("policies/**", ["policies/a.md", "policies/b/c.md"], ["old/policies/a.md"]),
        ("returns/*.md", ["returns/a.md"], ["returns/a/b.md", "old/returns/a.md"]),
        ("refunds.md", ["refunds.md", "a/b/refunds.md"], ["xrefunds.md"]),
        ("/refunds.md", ["refunds.md"], ["a/refunds.md"]),
        ("**/refunds.md", ["refunds.md", "a/b/refunds.md"], ["arefunds.md"]),
        ("*.md", ["a.md", "b/c.md"], ["_site"]),
        ('"my page.md"', ["my page.md", "a/my page.md"], ["my", "page.md"]),
    ],
)
def test_patterns_are_those_of_codeowners(pattern, fits, others):
    (rule,) = Rights.load(f"{pattern} @anna", FILE).rules
    assert [path for path in (*fits, *others) if rule.fits(path)] == fits


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("* anna", "'anna' is no login (@anna), team (@org/team) or e-mail address; a name stands in quotation marks"),
        (
            "* Two @anna @bo",
            "'Two' is no login (@anna), team (@org/team) or e-mail address; write two in small letters",
        ),
        ("* local=de @anna", "'local=' is no condition; did you mean 'locale='?"),
        ("* xyz=de @anna", "'xyz=' is no condition; there are locale=, region= and risk="),
        ("* locale= @anna", "locale= has no value; for all of them, leave it out"),
        ("* locale=de locale=sv @anna", "locale= stands here twice; write locale=ONE,OTHER"),
        ("* region=de @anna", "region=de: a region is a code such as DE or US-CA"),
        ("* risk=money @anna", "risk=money is unknown; there are legal and payments"),
        ("@anna @bo", "'@anna' is no pattern, with which a line begins; * is every article"),
        ("policies two @anna =", "'=' is no condition"),
        ('* "Anna', "'\"Anna' is not understood: a quotation mark opens and closes a whole name"),
        ('* "@anna"', '"@anna" is no name'),
        ('* ""', '"" is no name'),
        ("!policies/ @anna", "the pattern '!policies/' has a sign that patterns do not know: there are *, ** and ?"),
        ("[a-z].md @anna", "the pattern '[a-z].md' has a sign that patterns do not know: there are *, ** and ?"),
        ("policies/ two @anna", "it takes two, and @anna is the only one who may: name another person"),
        ('policies/ two "Anna" " anna "', "it takes two, and Anna is the only one who may: name another person"),
        ('"Anna Berg" =', "'Anna Berg' = says nothing: name the login or the e-mail address of the same person"),
        ('"Anna Berg" = @shop/team', "'@shop/team' is a team, and not a person"),
    ],
)
def test_a_mistake_is_told_with_its_line(line, told):
    (mistake,) = mistakes(f"# first\n\n{line}\n")
    assert mistake.startswith(f"{FILE}:3: {told}")


def test_every_mistake_is_told_at_once():
    found = mistakes('* anna\n* risk=x @bo\n"A" = @x\n"B" = @X\n')
    assert [one.split(" ")[0] for one in found] == [f"{FILE}:1:", f"{FILE}:2:", f"{FILE}:4:"]
    assert found[2].endswith("'@X' is A in a line above")


def test_one_person_under_two_names_does_not_make_two():
    assert mistakes('policies/ two @anna "Anna Berg"\n"Anna Berg" = @anna\n') == (
        f"{FILE}:1: it takes two, and @anna is the only one who may: name another person",
    )


def test_a_locale_or_a_region_that_there_is_not_is_a_mistake():
    rights = Rights.load("* locale=de,dee @anna\n* region=US,ZZ @anna\n", FILE)
    with pytest.raises(ConfigError) as caught:
        rights.check({"de", "sv"}, {"US-CA", "DE"})
    assert caught.value.mistakes == (
        f"{FILE}:1: locale=dee is none of this help center; did you mean 'de'?",
        f"{FILE}:2: region=ZZ is none of this help center; there are: DE, US-CA",
    )
    assert [rule.line for rule in rights.idle(["index.md"])] == []
    assert [rule.said for rule in Rights.load("content/policies/ two", FILE).idle(["policies/a.md"])] == [
        "content/policies/"
    ]


@pytest.mark.parametrize("data", [b"* \xff", b"* " + b"@a " * LARGEST])
def test_a_file_that_cannot_be_read_is_told(tmp_path, data):
    file = tmp_path / "REVIEWERS"
    file.write_bytes(data)
    with pytest.raises(ConfigError, match="REVIEWERS"):
        Rights.read(file, FILE)
    with pytest.raises(ConfigError, match="cannot read"):
        Rights.read(tmp_path, FILE)


@given(st.text(st.sampled_from('*/@"=#\\ \n\t\u2028,.abtwo[]!-'), max_size=60))
def test_any_text_is_rules_or_mistakes(text):
    try:
        rights = Rights.load(text, FILE)
    except ConfigError as error:
        places = [one.partition(" ")[0] for one in error.mistakes]
    else:
        places = [f"{FILE}:{rule.line}:" for rule in rights.rules]
    lines = text.count("\n") + 1
    assert set(places) <= {f"{FILE}:{line}:" for line in range(1, lines + 1)}


def test_many_rules_and_signs_take_no_time():
    rights = Rights.load("".join(f"{'**/' * 9}a/**/{number}.md @anna\n" for number in range(500)), FILE)
    assert may(rights, "@bo", Matter(DE, "a/" * 60 + "x.md"))
    assert mistakes('* "' + '" "' * 50_000)
    assert "more than 3 times" in mistakes("**/a/" * 8 + "a.md @anna")[0]
