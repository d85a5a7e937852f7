"""The `review` block: what is read, and what a person is told about every mistake in it."""

import pytest

from polyhelp import mkdocs_plugin
from polyhelp.config import FILE, load
from polyhelp.config.schema import Block
from polyhelp.errors import ConfigError
from polyhelp.review import Cause

CONFIG = """\
plugins:
  - polyhelp:
{block}
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: de, name: Deutsch}}
"""


@pytest.fixture
def read(tmp_path):
    def put(*lines):
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / FILE).write_text(CONFIG.format(block="\n".join(f"      {line}" for line in lines)))
        return load(tmp_path).review

    return put


def told(read, *lines):
    with pytest.raises(ConfigError) as caught:
        read(*lines)
    return list(caught.value.mistakes)


def test_every_key_has_a_default(read):
    found = read("review: {}")
    assert found == read("engine: none")
    assert found.order == tuple(Cause)
    assert (found.sample, found.most_words, found.owners) == (5, 2000, ".github/REVIEWERS")
    assert (found.visits, found.feedback) == ("", "")
    assert found.is_payment("payments/cards.md")
    assert not found.is_payment("policies/payments.md")  # nothing of it is published without review anyway


def test_every_key_is_read(read):
    found = read(
        "review:",
        "  order: [sampled, changed number]",
        "  sample: 0.5",
        "  visits: numbers/visits.csv",
        "  feedback: votes.csv",
        "  payments: [orders/pay-*.md, payments/**]",
        "  most_words: 500",
        "  owners: docs/REVIEWERS",
    )
    assert found.order[:3] == (Cause.SAMPLED, Cause.CHANGED_NUMBER, Cause.POLICY)
    assert len(found.order) == len(Cause)
    assert (found.sample, found.visits, found.feedback) == (0.5, "numbers/visits.csv", "votes.csv")
    assert (found.most_words, found.owners) == (500, "docs/REVIEWERS")
    assert found.is_payment("orders/pay-later.md")
    assert read("review: {payments: [], order: payment}").order[0] is Cause.PAYMENT
    assert not read("review: {payments: []}").is_payment("payments/cards.md")


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        (["sampel: 5"], "sampel (line 4): unknown key; did you mean 'sample'?"),
        (["sample: '5'"], "sample (line 4): input should be a valid number, not '5'"),
        (["sample: 101"], "sample (line 4): input should be less than or equal to 100, not 101"),
        (["sample: -1"], "sample (line 4): input should be greater than or equal to 0, not -1"),
        (["sample: .nan"], "sample (line 4): input should be a finite number, not nan"),
        (["most_words: 0"], "most_words (line 4): input should be greater than 0, not 0"),
        (["payments: {a: b}"], "payments (line 4): input should be a valid list, not {'a': 'b'}"),
        (["visits: /etc/passwd"], "visits (line 4): '/etc/passwd' leads out of the project"),
        (["feedback: ../votes.csv"], "feedback (line 4): '../votes.csv' leads out of the project"),
        (['owners: "C:\\\\REVIEWERS"'], "owners (line 4): 'C:\\REVIEWERS' leads out of the project"),
        (["owners: ''"], "owners (line 4): is empty: name a file in the project, such as .github/REVIEWERS"),
        (
            ["order:", "  - policy", "  - machine", "  - policy"],
            "order[2] (line 7): 'policy' is listed twice",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_key_and_line(read, lines, mistake):
    assert told(read, "review:", *(f"  {line}" for line in lines)) == [f"plugins.polyhelp.review.{mistake}"]


def test_a_cause_that_there_is_not_is_told_with_the_nearest(read):
    (mistake,) = told(read, "review:", "  order: [policy, changed numbers]")
    assert mistake.startswith("plugins.polyhelp.review.order[1] (line 4): 'changed numbers' must be ")
    assert mistake.endswith("; did you mean 'changed number'?")


@pytest.mark.parametrize("value", ["7", "[policy]", "yes", "reviewed"])
def test_a_block_is_a_mapping(read, value):
    (mistake,) = told(read, f"review: {value}")
    assert mistake.startswith("plugins.polyhelp.review (line 3): must be a mapping of settings, not ")


def test_every_mistake_is_told_at_once(read):
    assert len(told(read, "review:", "  sample: 200", "  most_words: -1", "  visit: a.csv")) == 3
    assert len(told(read, "review: {visits: ../a, feedback: /b, owners: '..'}")) == 3


def test_mkdocs_lets_every_key_through():
    assert {name for name, _ in mkdocs_plugin.PolyhelpPlugin.config_scheme} == set(Block.model_fields)
