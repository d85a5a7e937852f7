"""The desk on 127.0.0.1: what hostile pages and programs send, and two reviewers at once."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from chromium import browser, missing

from polyhelp.errors import OutsideError, UsageError
from polyhelp.model import Locale, State
from polyhelp.review.decision import Decision, Decisions, Verdict, dump, seen
from polyhelp.review.desk import TOKEN_HEADER, Desk, Handler
from polyhelp.review.queue import unit_id
from polyhelp.workflow.at_desk import AtDesk
from polyhelp.workflow.project import Project

DE = Locale("de")
TWO_DAYS = "We answer within two days."
ONE = Decision(DE, "contact.md", "b46cc13fb3", "0123456789abcdef", Verdict.ACCEPT)
BODY = dump(Decisions("Eve", "2026-11-20", (ONE,)))


class Noted:
    """Work that only notes what it is given."""

    pages = ("de", "pt-BR")

    def __init__(self):
        self.taken = []

    def page(self, name, token):
        return f"<p>{name} {token}"

    def take(self, decisions):
        if decisions.decisions and decisions.decisions[0].locale.tag == "fr":
            raise UsageError("no such locale")
        self.taken.append(decisions)
        return {"ok": True}


@contextmanager
def running(work):
    desk = Desk(work)
    thread = threading.Thread(target=desk.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield desk
    finally:
        desk.shutdown()
        thread.join()
        desk.server_close()


@pytest.fixture
def desk():
    with running(Noted()) as running_desk:
        yield running_desk


def send(desk, method="POST", path="/decisions", body=BODY, **changes):
    """Send what the desk's page sends, with other headers; None leaves one out. Status, headers and text."""
    host = f"127.0.0.1:{desk.server_port}"
    given = {"Host": host, "Origin": f"http://{host}", TOKEN_HEADER: desk.token, "Content-Type": "application/json"}
    if method == "GET":
        given, body = {"Host": host}, None
    given |= {name.replace("_", "-"): value for name, value in changes.items()}
    connection = http.client.HTTPConnection("127.0.0.1", desk.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    data = body.encode() if isinstance(body, str) else body or b""
    if method != "GET":
        given.setdefault("Content-Length", str(len(data)))
    for name, value in given.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(data)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def test_the_page_is_at_its_secret_address_and_decisions_are_taken(desk):
    path = desk.address("de").partition(f":{desk.server_port}")[2]
    status, headers, text = send(desk, "GET", path)
    assert (status, text) == (200, f"<p>de {desk.token}")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    for where in ("/decisions", f"/{desk.token}/decisions"):
        assert send(desk, path=where)[0] == 200
    assert [one.decisions for one in desk.work.taken] == [(ONE,), (ONE,)]


def test_nothing_lets_another_site_in(desk):
    for status, headers, text in (send(desk, "OPTIONS"), send(desk), send(desk, "GET", "/")):
        assert status
        assert not [name for name in headers if name.lower().startswith("access-control")]
        assert desk.token not in text
    assert send(desk, "OPTIONS")[0] == 501
    assert send(desk, "HEAD", "/")[0] == 501


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Host": "evil.example"}, 403),  # a name that was made to point to 127.0.0.1
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": None}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),  # another port of this machine
        ({TOKEN_HEADER: None}, 403),
        ({TOKEN_HEADER: ""}, 403),
        ({TOKEN_HEADER: "wrong"}, 403),
        ({TOKEN_HEADER: "\xe9"}, 403),
        ({"Content_Type": "text/plain"}, 415),  # what a form of another site can send
        ({"Content_Type": None}, 415),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "-1"}, 411),
        ({"Content_Length": "1e3"}, 411),
        ({"Content_Length": "9" * 30}, 413),
        ({"Content_Length": str(10**8)}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
        ({"path": "/decisions/../x"}, 404),
        ({"path": "/wrong/decisions"}, 404),
        ({"path": "http://evil.example/decisions"}, 404),
        ({"body": b"\xff\xfe"}, 400),
        ({"body": "{}"}, 400),
        ({"body": "[" * 100_000}, 400),
        ({"body": BODY.replace('"de"', '"fr"')}, 400),
    ],
    ids=str,
)
def test_what_is_not_from_the_page_is_refused_with_a_reason(desk, changes, status):
    got, _, text = send(desk, **changes)
    assert got == status
    answer = json.loads(text)
    assert answer["ok"] is False
    assert answer["message"]
    assert desk.token not in text
    assert desk.work.taken == []


@pytest.mark.parametrize(
    "path", ["/", "//", "/de", "/wrong/de", "/TOKEN", "/TOKEN/", "/TOKEN/fr", "/TOKEN/../../etc/passwd",
             "/TOKEN/de/../../mkdocs.yml", "/TOKEN/%2e%2e/mkdocs.yml", "/TOKEN/de?x", "/decisions"]
)  # fmt: skip
def test_an_address_leads_to_a_page_or_nowhere(desk, path):
    status, _, text = send(desk, "GET", path.replace("TOKEN", desk.token))
    assert (status, json.loads(text)["ok"]) == (404, False)


def test_a_page_of_another_site_gets_nothing(desk):
    path = f"/{desk.token}/de"
    assert send(desk, "GET", path, Host="evil.example")[0] == 403
    assert send(desk, "GET", path, Sec_Fetch_Site="cross-site")[0] == 403


def test_every_start_has_its_own_secret(desk):
    with running(Noted()) as other:
        assert other.token != desk.token
        assert send(other, **{TOKEN_HEADER: desk.token})[0] == 403


def test_a_body_that_ends_too_early_is_not_half_taken(desk, monkeypatch):
    monkeypatch.setattr(Handler, "timeout", 0.2)
    status, _, text = send(desk, Content_Length=str(len(BODY) + 10))
    assert (status, desk.work.taken) == (400, [])
    assert "missing" in text


def test_whoever_says_nothing_holds_nobody_up(desk, monkeypatch):
    monkeypatch.setattr(Handler, "timeout", 0.2)
    with socket.create_connection(("127.0.0.1", desk.server_port)):
        assert send(desk)[0] == 200


def test_the_end_does_not_wait_for_who_has_not_asked(desk):
    with socket.create_connection(("127.0.0.1", desk.server_port)) as idle:
        assert send(desk)[0] == 200
        desk.shutdown()
        begun = time.monotonic()
        desk.server_close()
        assert time.monotonic() - begun < 5
        assert idle.recv(1) == b""


def test_only_this_machine_is_listened_to(desk):
    assert desk.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told(desk):
    with pytest.raises(OutsideError, match=f"cannot listen on port {desk.server_port}"):
        Desk(Noted(), desk.server_port)


# ---------------------------------------------------------------- with catalogs


@pytest.fixture
def shop(shop):
    assert shop.polyhelp("sync", "--locale", "de").status == 0
    assert shop.polyhelp("translate", "--engine", "pseudo", "--locale", "de").status == 0
    return shop


def at_desk(shop, who, *, commit=False):
    return AtDesk(lambda: Project.open(shop.root), (DE,), who, commit)


def body(shop, path, verdict="accept", **more):
    """Decisions on all units of an article, as the page would send them now."""
    project = Project.open(shop.root)
    units = project.catalog(DE, path).current
    found = (Decision(DE, path, unit_id(DE, path, unit), seen(unit, project.data_digest(unit.source)),
                      Verdict(verdict), **more) for unit in units)  # fmt: skip
    return dump(Decisions("Somebody Else", "1999-01-01", tuple(found)))


def test_the_reviewer_is_who_started_the_desk(shop):
    with running(at_desk(shop, "Anna Berg")) as desk:
        assert json.loads(send(desk, body=body(shop, "contact.md"))[2])["ok"]
    reviews = {(unit.review.who, unit.review.date > "2000") for unit in shop.catalog("de", "contact.md").current}
    assert reviews == {("Anna Berg", True)}


def test_the_page_is_that_of_now(shop):
    with running(at_desk(shop, "Anna Berg")) as desk:
        status, _, before = send(desk, "GET", f"/{desk.token}/de")
        assert status == 200
        first = unit_id(DE, "contact.md", shop.unit("de", "contact.md", "By phone"))
        assert first in before
        send(desk, body=body(shop, "contact.md"))
        assert first not in send(desk, "GET", f"/{desk.token}/de")[2]


def test_other_locales_are_none_of_this_desk(shop):
    with running(at_desk(shop, "Anna Berg")) as desk:
        status, _, text = send(desk, body=body(shop, "contact.md").replace('"de"', '"ar"'))
        assert (status, "this desk is for other locales" in text) == (400, True)


def test_of_two_who_correct_the_same_unit_one_is_told(shop):
    same = json.loads(body(shop, "contact.md"))["decisions"][:1]
    bodies = []
    for text in ("Kontakt eins", "Kontakt zwei"):
        edit = [{**one, "verdict": "edit", "target": text} for one in same]
        bodies.append(
            json.dumps({"format": "polyhelp decisions 1", "reviewer": "x", "made": "2026-11-20", "decisions": edit})
        )
    with running(at_desk(shop, "Anna")) as anna, running(at_desk(shop, "Bo")) as bo, ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(send, desk, body=text) for desk, text in zip((anna, bo), bodies, strict=True)]
        answers = [json.loads(one.result()[2]) for one in sent]
    assert sorted(len(one["edited"]) for one in answers) == [0, 1]
    refused = next(one["refused"] for one in answers if one["refused"])
    assert "it has changed since it was shown" in refused[0]["why"]
    targets = {unit.target for unit in shop.catalog("de", "contact.md").current}
    winner = next(at for at, one in enumerate(answers) if one["edited"])
    assert ("Kontakt eins", "Kontakt zwei")[winner] in targets


def test_two_desks_at_once_lose_nothing_and_commit_under_their_own_names(shop):
    shop.write(".gitignore", "/.polyhelp/\n")
    shop.commit_first()
    for name, value in (("user.name", "M"), ("user.email", "m@shop.example"), ("commit.gpgsign", "false")):
        shop.git("config", name, value)
    rows = json.loads(body(shop, "contact.md"))
    parts = [json.dumps({**rows, "decisions": rows["decisions"][at::2]}) for at in (0, 1)]
    with (
        running(at_desk(shop, "Anna", commit=True)) as anna,
        running(at_desk(shop, "Bo", commit=True)) as bo,
        ThreadPoolExecutor(2) as pool,
    ):
        sent = [pool.submit(send, desk, body=text) for desk, text in zip((anna, bo), parts, strict=True)]
        answers = [json.loads(one.result()[2]) for one in sent]
    assert [(one["ok"], one["not_committed"]) for one in answers] == [(True, [])] * 2
    units = shop.catalog("de", "contact.md").current
    assert {unit.state() for unit in units} == {State.REVIEWED}
    assert sorted(shop.git("log", "-2", "--format=%an").split()) == ["Anna", "Bo"]
    for name in ("Anna", "Bo"):
        diff = shop.git("log", "-1", f"--author={name}", "-p", "--format=", "--unified=0")
        assert set(re.findall(r"^\+# reviewed: (\w+) ", diff, re.MULTILINE)) == {name}
    assert shop.git("status", "--porcelain") == ""


def start(shop, *options):
    command = [sys.executable, "-c", "from polyhelp.cli.main import main; main()", "review", "serve", "--port", "0",
               "--locale", "de", "--as", "Anna", *options]  # fmt: skip
    return subprocess.Popen(
        command, cwd=shop.root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_cleanly(shop, number):
    with start(shop) as process:
        try:
            line = process.stdout.readline()
            port, token = re.match(r"de: http://127\.0\.0\.1:(\d+)/([\w-]{40,})/de$", line).groups()
            connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
            connection.request("GET", f"/{token}/de")
            answer = connection.getresponse()
            assert (answer.status, b"contact.md" in answer.read()) == (200, True)
            process.send_signal(number)
            _, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "Traceback" not in err
    assert token not in err


def test_ctrl_c_while_something_is_written_lets_it_be_written(desk, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def take(decisions):
        begun.set()
        assert go_on.wait(10)
        desk.work.taken.append(decisions)
        return {"ok": True}

    monkeypatch.setattr(desk.work, "take", take)
    with ThreadPoolExecutor(2) as pool:
        answer = pool.submit(send, desk)
        assert begun.wait(10)
        desk.shutdown()
        closed = pool.submit(desk.server_close)
        go_on.set()
        closed.result(10)
        assert (answer.result()[0], len(desk.work.taken)) == (200, 1)


def test_from_the_page_in_a_browser_to_the_commit(shop):
    """Accepted, corrected, and changed by somebody else since the page was opened."""
    if missing():
        pytest.skip(missing())
    shop.commit_first()
    phone, mail, days = (shop.unit("de", "contact.md", text) for text in ("By phone", "By email", TWO_DAYS))
    ids = {unit: unit_id(DE, "contact.md", unit) for unit in (phone, mail, days)}
    with running(at_desk(shop, "Anna Berg", commit=True)) as desk, browser() as chromium:
        page = chromium.new_page()
        page.goto(desk.address("de"))
        page.locator("html[data-ready]").wait_for(state="attached")
        page.locator(f"#u-{ids[phone]}").get_by_role("button", name="Accept").click()
        page.locator(f"#u-{ids[mail]}").get_by_role("button", name="Accept").click()
        page.locator(f"#u-{ids[days]}").get_by_role("button", name="Edit").click()
        page.locator("textarea").first.fill("Wir antworten binnen zwei Tagen.")
        page.get_by_role("button", name="Keep this translation").click()
        file = shop.file("locales/de/contact.po")
        file.write_text(file.read_text().replace(f'msgstr "{mail.target}"', 'msgstr "Per E-Mail"'))
        shop.git("commit", "--quiet", "--all", "--message", "Bo's word")
        page.click("#send")
        page.locator("#told", has_text="2 written, 1 refused").wait_for()
        assert page.locator(f"#u-{ids[mail]} .said").inner_text().startswith("not written: it has changed")
    assert shop.unit("de", "contact.md", "By phone").review.who == "Anna Berg"
    assert shop.unit("de", "contact.md", "By email").target == "Per E-Mail"
    corrected = shop.unit("de", "contact.md", TWO_DAYS)
    assert (corrected.target, corrected.maker, corrected.state()) == (
        "Wir antworten binnen zwei Tagen.", "human", State.REVIEWED,
    )  # fmt: skip
    assert shop.git("log", "-1", "--format=%an: %s") == "Anna Berg: Review of de by Anna Berg: 1 accepted, 1 edited"
    assert shop.git("status", "--porcelain", "--untracked-files=no") == ""
