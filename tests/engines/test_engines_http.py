import datetime as dt
import pickle
import socket
import ssl
import threading
import time
import traceback
from contextlib import suppress
from email.utils import format_datetime

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from http_stub import CUT, DROP, LOST, HttpStub, redirect, says, stall, status

from polyhelp.engines.http import Meaning, RefusedError, Service, whole
from polyhelp.errors import EngineError

KEY = "sk-live-9d2e7c41b6"


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HttpStub() as stub:
        yield stub


@pytest.fixture
def service(stub):
    service = Service("Babel", stub.url, {"Authorization": f"Bearer {KEY}"}, (KEY,), answer_seconds=5)
    yield service
    service.close()


def failure(service, path="/translate"):
    with pytest.raises(EngineError) as caught:
        service.post(path, {"q": "Save"})
    return caught.value


def kind(error):
    return error.retry, error.smaller, error.unsure


FINAL, RETRY, SMALLER, UNSURE = (
    (False, False, False), (True, False, False), (False, True, False), (True, False, True)
)  # fmt: skip


def test_json_goes_and_comes(stub, service):
    assert service.post("/translate", {"q": "Straße"}) == {"method": "POST", "path": "/translate"}
    assert service.get("/languages?a=b") == {"method": "GET", "path": "/languages?a=b"}
    post, get = stub.asked
    assert post.json == {"q": "Straße"}
    assert post.headers["Content-Type"] == "application/json"
    assert post.headers["Authorization"] == f"Bearer {KEY}"
    assert post.headers["User-Agent"].startswith("polyhelp/")
    assert get.body == b""
    assert "Content-Type" not in get.headers


def test_headers_of_one_request(stub, service):
    service.get("/a", {"Authorization": "Bearer other", "X-Project": "kestrel"})
    assert stub.asked[0].headers["Authorization"] == "Bearer other"
    assert stub.asked[0].headers["X-Project"] == "kestrel"


def test_a_slash_at_the_end_of_the_address_is_no_other_address(stub):
    service = Service("Babel", f"{stub.url}/v1/")
    assert service.get("/models")["path"] == "/v1/models"
    service.close()


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (400, FINAL), (401, FINAL), (403, FINAL), (404, FINAL), (408, RETRY), (409, FINAL), (413, SMALLER),
        (422, FINAL), (429, RETRY), (456, FINAL), (500, RETRY), (501, RETRY), (502, UNSURE), (503, RETRY),
        (504, UNSURE), (529, RETRY),
    ],
)  # fmt: skip
def test_what_a_status_means(stub, service, code, what):
    stub.script.append(status(code))
    error = failure(service)
    assert kind(error) == what
    assert error.message == f"Babel (127.0.0.1) refuses with HTTP {code}: Out of order"
    assert error.status == code
    assert stub.calls == 1


def test_a_service_has_words_of_its_own_for_a_status(stub):
    meanings = {456: Meaning("the account is used up", "pay"), 429: Meaning("busy")}
    service = Service("Babel", stub.url, meanings=meanings)
    stub.script += [status(456), status(429)]
    assert str(failure(service)) == "the account is used up: Out of order\n  pay"
    assert str(failure(service)) == "busy: Out of order\n  try again later"
    service.close()


def test_a_service_that_means_another_status(stub):
    service = Service(
        "Babel", stub.url, meant=lambda code, said: 429 if (code, "rate" in said) == (403, True) else code
    )
    stub.script += [status(403, "7", "rate limit"), status(403, "7", "no")]
    limited, forbidden = failure(service), failure(service)
    assert kind(limited) == RETRY
    assert (limited.after, limited.status) == (7.0, 429)
    assert kind(forbidden) == FINAL
    service.close()


def in_seconds(seconds, **zone):
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds), **zone)


@pytest.mark.parametrize(
    ("given", "least", "most"),
    [
        ("3", 3, 3), ("0", 0, 0), (" 2 ", 2, 2), ("1.5", 1.5, 1.5), ("600", 600, 600), ("", 0, 0), ("soon", 0, 0),
        ("-5", 0, 0), ("٣", 0, 0), ("nan", 0, 0), ("1e3", 0, 0), ("Mon, 99 Foo 2026 00:00:00 GMT", 0, 0),
        (lambda: in_seconds(-60), 0, 0), (lambda: in_seconds(300), 240, 300),
        (lambda: in_seconds(300, usegmt=True), 240, 300),
        (lambda: in_seconds(300).replace("+0000", "-0000"), 240, 300),
        ("Mon, 01 Jan 2001 00:00:00 +9999999999999", 0, 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", [429, 503])
def test_when_to_come_back(stub, service, code, given, least, most):
    given = given() if callable(given) else given
    stub.script.append(status(code, given.encode().decode("latin-1")))
    error = failure(service)
    assert error.retry
    assert least <= error.after <= most


@pytest.mark.parametrize(("given", "minutes"), [("601", 11), ("86400", 1440), ("999999999", 16666667)])
def test_who_asks_for_too_long_a_wait_is_not_waited_for(stub, service, given, minutes):
    stub.script.append(status(429, given))
    error = failure(service)
    assert kind(error) == FINAL
    assert error.hint == f"it asks to come back in {minutes} minutes"


@pytest.mark.parametrize("fault", [DROP, LOST])
def test_hanging_up_leaves_open_whether_it_was_billed(stub, service, fault):
    stub.script.append(fault)
    error = failure(service)
    assert kind(error) == UNSURE
    assert error.message == "Babel (127.0.0.1) hung up before it had answered"


def test_half_an_answer_leaves_open_whether_it_was_billed(stub, service):
    stub.script.append(CUT)
    assert kind(failure(service)) == UNSURE


@pytest.mark.parametrize("body", ["", "{", '{"a": ', "nothing", b"\xff\xfe\xfa", '"' + "[" * 9, "[" * 100_000])
def test_what_is_no_json_leaves_open_whether_it_was_billed(stub, service, body):
    stub.script.append(says(body))
    error = failure(service)
    assert kind(error) == UNSURE
    assert error.message == "the answer of Babel (127.0.0.1) is cut short or is no JSON"


def test_a_web_page_is_another_address(stub, service):
    stub.script.append(says("\n<!doctype html><title>Welcome to the hotel</title>"))
    error = failure(service)
    assert kind(error) == FINAL
    assert error.message == "Babel (127.0.0.1) answers with a web page"


def test_silence_leaves_open_whether_it_was_billed(stub):
    service = Service("Babel", stub.url, answer_seconds=0.1)
    stub.script.append(stall(5))
    error = failure(service)
    assert kind(error) == UNSURE
    assert error.message == "Babel (127.0.0.1) gave no answer within 0.1 seconds"
    service.close()


def test_nobody_there_was_not_billed():
    with socket.socket() as taken:  # bound, so that nobody else gets the port, and not listening
        taken.bind(("127.0.0.1", 0))
        error = failure(Service("Babel", f"http://127.0.0.1:{taken.getsockname()[1]}"))
    assert kind(error) == RETRY
    assert error.message == "Babel (127.0.0.1) cannot be reached"


def test_a_host_that_nobody_knows_was_not_billed(monkeypatch):
    def unknown(*args, **more):  # noqa: ARG001
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = failure(Service("Babel", "http://translate.invalid"))
    assert kind(error) == RETRY
    assert error.message == "Babel (translate.invalid) cannot be reached"


def test_a_proxy_that_is_down_was_not_billed(monkeypatch):
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://user:geheim@127.0.0.1:1")
    error = failure(Service("Babel", "http://translate.invalid"))
    assert kind(error) == RETRY
    assert error.message == "the proxy does not let through to Babel (translate.invalid)"
    assert "geheim" not in everything_shown(error)


def test_plain_talk_where_a_secure_connection_is_wanted(stub):
    error = failure(Service("Babel", stub.url.replace("http:", "https:")))
    assert error.retry
    assert "secure connection" in error.message


@pytest.fixture
def impostor(tmp_path):
    """A server with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    (tmp_path / "impostor.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + builder.sign(key, SHA256()).public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "impostor.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept():
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                context.wrap_socket(connection, server_side=True).close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def test_a_certificate_that_nobody_vouches_for(impostor):
    error = failure(Service("Babel", impostor))
    assert kind(error) == FINAL
    assert error.message == "Babel (127.0.0.1) has no valid certificate"


@pytest.mark.parametrize(
    ("raised", "what", "told"),
    [
        (requests.ConnectTimeout(), RETRY, "cannot be reached: it does not answer"),
        (requests.exceptions.ContentDecodingError("bad gzip"), UNSURE, "cannot be read"),
    ],
)
def test_failures_that_no_server_here_can_make(stub, service, monkeypatch, raised, what, told):
    def request(*args, **more):  # noqa: ARG001
        raise raised

    monkeypatch.setattr(requests.Session, "request", request)
    error = failure(service)
    assert kind(error) == what
    assert told in error.message
    assert stub.calls == 0


@pytest.mark.parametrize(
    "address", ["", "babel", "babel/v1", "ftp://babel.example", "http://", "http://[::1", "http://user:geheim@[::1"]
)
def test_what_is_no_address(address):
    service = Service("Babel", address)
    error = failure(service)
    assert kind(error) == FINAL
    assert "geheim" not in repr(service)
    assert error.message == "the address of Babel is none"
    assert "geheim" not in everything_shown(error)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_the_key_never_follows_a_redirect(stub, service, code):
    with HttpStub() as elsewhere:
        stub.script.append(redirect(f"{elsewhere.url}/steal", code))
        error = failure(service)
        assert elsewhere.calls == 0
    assert kind(error) == FINAL
    assert error.message == "Babel (127.0.0.1) sends on to another address"


@pytest.mark.parametrize("headers", [{"Authorization": f"Bearer {KEY}"}, {}])
def test_netrc_is_not_asked(stub, tmp_path, monkeypatch, headers):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    service = Service("Babel", stub.url, headers)
    service.get("/languages")
    assert stub.asked[0].headers["Authorization"] == headers.get("Authorization")
    service.close()


def everything_shown(error):
    return "".join(traceback.format_exception(error)) + str(error) + repr(error) + repr(vars(error))


@pytest.mark.parametrize(
    "said",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Bad header: 'Bearer {KEY}'",
        "Incorrect API key provided: sk-live-********c41b6. Find yours at https://babel.example",
    ],
)
@pytest.mark.parametrize("code", [401, 429, 503])
def test_a_key_that_the_service_quotes_is_not_shown(stub, service, code, said):
    stub.script.append(status(code, message=said))
    error = failure(service)
    assert "sk-l" not in everything_shown(error)
    assert "c41b6" not in everything_shown(error)
    assert error.message.startswith(f"Babel (127.0.0.1) refuses with HTTP {code}: ")


def test_a_short_key_is_not_shown_either(stub):
    service = Service("Babel", stub.url, secrets=("", "ollama"))
    stub.script.append(status(401, "", "No such key: ollama, says Olaf"))
    assert failure(service).message.endswith(": No such key: …, says Olaf")
    service.close()


@pytest.mark.parametrize("fault", [DROP, CUT, status(500), redirect("http://x.invalid"), says("x"), status(413)])
def test_the_key_is_in_nothing_that_a_failure_shows(stub, service, fault):
    stub.script.append(fault)
    error = failure(service)
    assert KEY not in everything_shown(error)
    seen = [error]
    while seen[-1].__cause__ or seen[-1].__context__:
        seen.append(seen[-1].__cause__ or seen[-1].__context__)
    assert not [one for one in seen if hasattr(one, "request")], "an error of the library holds the whole request"
    assert KEY not in repr(service)


@pytest.mark.parametrize("key", ["sk-live\n9d2e7c41b6", "sk-live-…", "sk\x00live", "ключ-9d2e7c41b6"])
def test_a_key_that_no_header_can_hold_is_told_without_it(stub, key):
    error = failure(Service("Babel", stub.url, {"Authorization": f"Bearer {key}"}, (key,)))
    assert error.message == "the key for Babel has characters that no key has"
    assert not error.retry
    assert stub.calls == 0
    assert key not in everything_shown(error)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"message": "No."}', ": No."), ('{"error": "No."}', ": No."), ('{"error": {"message": "No."}}', ": No."),
        ('{"error": {"message": 5}}', ""), ('["No."]', ""), ("<h1>No.</h1>", ""), ("", ""), ("null", ""),
        ('{"message": " a\\n\\tb  "}', ": a b"), ('{"message": "' + "x" * 999 + '"}', ": " + "x" * 300),
    ],
)  # fmt: skip
def test_what_a_service_says_about_a_refusal(stub, service, body, told):
    stub.script.append(says(body, 418))
    assert failure(service).message == f"Babel (127.0.0.1) refuses with HTTP 418{told}"


def test_threads_have_connections_of_their_own_that_are_kept_and_closed(stub, service):
    everybody = threading.Barrier(4)

    def ask():
        everybody.wait()
        for _ in range(5):
            service.get("/languages")
        everybody.wait()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (stub.calls, stub.connections) == (20, 4)
    service.close()
    service.get("/languages")
    assert stub.connections == 5


def test_a_kept_connection_costs_little(service):
    service.get("/languages")
    rounds = []
    for _ in range(5):  # the best of some: a busy machine is no bug
        start = time.perf_counter()
        for _ in range(20):
            service.get("/languages")
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 0.4, "head and body that wait for each other cost 40 ms each time"


def test_a_refusal_survives_a_process_pool(stub, service):
    stub.script.append(status(429, "3"))
    again = pickle.loads(pickle.dumps(failure(service)))  # noqa: S301 (our own)
    assert isinstance(again, RefusedError)
    assert (again.status, again.retry, again.after) == (429, True, 3.0)


@pytest.mark.parametrize(("text", "taken"), [("é 🏕", "é 🏕"), ("", ""), ("\ud83c", None), (None, None), (5, None)])
def test_a_text_that_no_file_can_hold_is_none(text, taken):
    assert whole(text) == taken
