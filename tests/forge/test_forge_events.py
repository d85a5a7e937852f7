"""What strangers send is read with care."""

import json

import pytest
from payloads import payload

from polyhelp.errors import InputError
from polyhelp.forge.commands import MANY, Command, commands
from polyhelp.forge.events import LARGEST, Suggestion, parse

SHA = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"


def test_an_approving_review():
    event = parse("pull_request_review", payload("pull_request_review"), "event.json")
    assert (event.number, event.approved, event.when) == (2, SHA, "2026-11-22T15:20:38Z")
    assert event.who.name == "@anna-berg"
    assert event.who.address == "21031067+anna-berg@users.noreply.github.com"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("pull_request_review", {"review__state": "commented"}),
        ("pull_request_review", {"review__state": "changes_requested", "review__body": "no"}),
        ("pull_request_review", {"action": "dismissed"}),
        ("pull_request_review", {"action": "edited"}),
        ("pull_request_review", {"review__user__type": "Bot"}),
        ("pull_request_review", {"review__user__login": "github-actions[bot]"}),
        ("issue_comment", {"comment__body": "thanks!"}),
        ("issue_comment", {"issue__pull_request": None}),
        ("issue_comment", {"action": "edited"}),
        ("issue_comment", {"comment__body": "> /approve 0123456789"}),
        ("issue_comment", {"comment__body": "```\n/approve 0123456789\n```"}),
        ("issue_comment", {"comment__body": "~~~~text\n```\n/approve 0123456789\n~~~\n~~~~"}),
        ("pull_request_review_comment", {"comment__body": "why?"}),
        ("pull_request_review_comment", {"comment__side": "LEFT"}),
        ("pull_request_review_comment", {"comment__line": None}),
    ],
)
def test_what_decides_nothing(name, changes):
    assert parse(name, payload(name, **changes), "event.json") is None


def test_other_events_are_not_read_at_all():
    assert parse("push", b"no JSON", "event.json") is None


def test_commands_in_a_comment():
    body = "Fine:\r\n/approve 0123456789 `abcdef0123`\r\n/reject 00000000ff  wrong\ttone \u202e\r\nThanks!"
    event = parse("issue_comment", payload("issue_comment", comment__body=body), "event.json")
    assert event.commands == (
        Command(True, "0123456789"), Command(True, "abcdef0123"), Command(False, "00000000ff", "wrong tone"),
    )  # fmt: skip
    assert (event.approved, event.unread) == ("", ())


@pytest.mark.parametrize("line", ["/approve", "/approve all", "/approve 0123456789 nice", "/reject it", "/reject"])
def test_what_looks_like_a_command_is_told(line):
    assert commands(f"hello\n{line}\n") == ((), (line,))


def test_a_flood_of_commands_is_refused_as_a_whole():
    ordered, unread = commands("/approve 0123456789\n" * (MANY + 1))
    assert ordered == ()
    assert len(unread) == 1


def test_a_suggestion():
    body = 'One line less:\r\n````suggestion\r\nmsgstr ""\r\n"```"\r\n````\r\n'
    data = payload("pull_request_review_comment", comment__body=body, comment__start_line=8)
    event = parse("pull_request_review_comment", data, "event.json")
    assert event.suggestion == Suggestion("locales/de/contact.po", SHA, 8, 10, ('msgstr ""', '"```"'))


def test_an_empty_suggestion_takes_the_lines_away():
    body = "```suggestion\n```"
    event = parse("pull_request_review_comment", payload("pull_request_review_comment", comment__body=body), "e.json")
    assert event.suggestion.lines == ()


def test_two_suggestions_in_a_comment_are_none():
    body = "```suggestion\na\n```\n```suggestion\nb\n```"
    event = parse("pull_request_review_comment", payload("pull_request_review_comment", comment__body=body), "e.json")
    assert event.suggestion is None
    assert event.unread == ("more than one suggestion in a comment",)


@pytest.mark.parametrize(
    "changes",
    [
        {"review__commit_id": "--upload-pack=touch /tmp/x"},
        {"review__commit_id": "HEAD"},
        {"review__commit_id": SHA + "\n"},
        {"review__commit_id": None},
        {"review__user__login": "../../etc"},
        {"review__user__login": "a\nb"},
        {"review__user__id": "1"},
        {"review__user__id": True},
        {"review__user__id": -1},
        {"review__user": None},
        {"review__submitted_at": "yesterday"},
        {"review__submitted_at": "٢٠٢٦-11-22T15:20:38Z"},
        {"review__body": "x" * 80_000},
        {"review__body": ["/approve"]},
        {"review": []},
        {"pull_request": {"number": 2.5}},
        {"pull_request": None},
    ],
)
def test_a_payload_that_is_none_of_githubs(changes):
    with pytest.raises(InputError, match=r"event\.json: the event's payload is not as GitHub writes it"):
        parse("pull_request_review", payload("pull_request_review", **changes), "event.json")


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{", b"[" * 100_000, json.dumps("x").encode()])
def test_what_is_no_payload(data):
    with pytest.raises(InputError, match=r"event\.json: the event's payload is no JSON"):
        parse("issue_comment", data, "event.json")


def test_a_payload_that_is_too_large():
    with pytest.raises(InputError, match="larger than"):
        parse("issue_comment", b" " * (LARGEST + 1), "event.json")
