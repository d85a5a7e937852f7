"""What never leaves the machine: private data of customers, and keys."""

import json

import pytest
from deepl_stub import BROKEN, CUT, DROP_BILLED, KEY_REFUSED, MISSING, NO_QUOTA
from http_stub import CUT as HALF
from http_stub import LOST, says, status
from remote_shop import configure, files, only, units

EMAIL, PHONE, IBAN, CARD, ORDER = (
    "jane.doe@kestrel.example",
    "+49 30 901820",
    "DE89 3704 0044 0532 0130 00",
    "4111 1111 1111 1111",
    "KP-204117",
)
VALUES = (EMAIL, PHONE, IBAN, CARD, ORDER)
PRIVATE = f"""# Calls about {ORDER}

Write to {EMAIL} today.

## Order {ORDER} of {EMAIL}

Call {PHONE} before noon.

Pay to **{IBAN}** or with `card` {CARD} now.

Nothing about order {ORDER} is a secret.
"""
BLOCK = {"privacy": {"patterns": {"order number": "KP-\\d{6}"}}}
REMOTE = ("deepl", "google", "openai", "libretranslate")


@pytest.fixture
def services(deepl, google, openai, libretranslate):
    return {"deepl": deepl, "google": google, "openai": openai, "libretranslate": libretranslate}


@pytest.fixture
def private(shop, services):
    def made(block=BLOCK):
        model = {"openai": {"base_url": services["openai"].base_url, "model": "stub-1"}}
        configure(shop, {"engines": model, **block}, "de")
        shop.write("content/calls.md", PRIVATE)
        only(shop, "calls.md")
        shop.polyhelp("sync")
        return shop

    return made


def bodies(services, engine):
    """Everything that a service was sent."""
    stub = services[engine]
    sent = stub.bodies if engine in {"deepl", "libretranslate"} else [asked.body.decode() for asked in stub.asked]
    return json.dumps(sent, ensure_ascii=False)


@pytest.mark.parametrize("engine", REMOTE)
def test_nothing_private_is_sent_and_everything_comes_back(private, services, engine):
    shop = private()
    done = shop.polyhelp("translate", "--engine", engine)
    assert done.status == 0
    sent = bodies(services, engine)
    assert "before noon" in sent
    for value in (*VALUES, "jane.doe", "901820", "37040044", "4111111111111111", "204117"):
        assert value not in sent.replace("\\\\", "\\"), value
    found = units(shop, "de", "calls.md")
    assert len(found) == 6
    for unit in found:
        for value in VALUES:
            assert unit.target.count(value) == unit.source.count(value), unit
    kinds = "IBAN 1x, card number 1x, e-mail address 2x, order number 3x, phone number 1x"
    assert f"private data in 6 segments, none of it sent: {kinds}" in done.out


def test_what_was_masked_is_listed(private):
    shop = private()
    (line,) = shop.polyhelp("translate", "--engine", "deepl", "--dry-run", "--json").json["plan"]
    assert line["masked"] == 6
    told = shop.polyhelp("translate", "--engine", "deepl", "--json").json["masked"]
    listed = {one["source"]: one["kinds"] for one in told}
    assert listed[f"Call {PHONE} before noon."] == ["phone number"]
    assert listed[f"Order {ORDER} of {EMAIL}"] == ["e-mail address", "order number"]
    assert {(one["locale"], one["path"]) for one in told} == {("de", "calls.md")}


def test_reasons_for_a_model_hold_nothing_private(private, services):
    shop = private()
    services["openai"].always = "drop"  # a code is lost: it is asked again, with the reason
    shop.polyhelp("translate", "--engine", "openai")
    sent = bodies(services, "openai")
    assert "faults" in sent
    for value in VALUES:
        assert value not in sent


@pytest.mark.parametrize("engine", REMOTE)
def test_blocked_means_not_sent_at_all(private, services, engine):
    shop = private({"privacy": {"mode": "block", **BLOCK["privacy"]}})
    shop.write("content/calls.md", PRIVATE + "\nThis one may go.\n")
    shop.polyhelp("sync")
    done = shop.polyhelp("translate", "--engine", engine)
    assert done.status == 0
    sent = bodies(services, engine)
    assert "This one may go." in sent
    for value in VALUES:
        assert value not in sent
    assert {unit.source for unit in units(shop, "de", "calls.md") if unit.target} == {"This one may go."}
    assert done.out.count("left out: it holds private data") == 6
    assert "it holds private data (phone number), which is not sent" in done.out
    again = shop.polyhelp("translate", "--engine", engine, "--json").json
    assert len(again["failures"]) == 6


def test_what_stays_on_the_machine_may_see_everything(private):
    shop = private({"privacy": {"mode": "block", **BLOCK["privacy"]}})
    assert shop.polyhelp("translate", "--engine", "pseudo").status == 0
    assert all(unit.target for unit in units(shop, "de", "calls.md"))


# ---------------------------------------------------------------- keys


FAULTS = {
    "deepl": [KEY_REFUSED, NO_QUOTA, BROKEN, CUT, DROP_BILLED, MISSING],
    "other": [status(401, message="Incorrect key: {key}"), status(500), HALF, LOST, says("<html>{key}")],
    "libretranslate": [(403, "Invalid API key {key}", {}), (500, "{key}", {}), "short", "hang up"],
}


@pytest.mark.parametrize("engine", REMOTE)
def test_no_key_is_ever_shown_or_kept(private, services, engine, monkeypatch, hasty, caplog):  # noqa: ARG001
    caplog.set_level("DEBUG")
    shop = private()
    stub = services[engine]
    key = "k3y-0f-Th1s-Sh0p-9c2f41d7"
    faults = FAULTS.get(engine, FAULTS["other"])
    secrets = [key]
    shown = []
    if engine == "deepl":
        monkeypatch.setattr("deepl_stub.KEY", key)
        monkeypatch.setenv("DEEPL_AUTH_KEY", key)
    elif engine == "openai":
        stub.key = key
        monkeypatch.setenv("OPENAI_API_KEY", key)
    elif engine == "libretranslate":
        monkeypatch.setattr(stub, "answer", lambda body: (200, {"translatedText": [one.upper() for one in body["q"]]}))
        monkeypatch.setenv("LIBRETRANSLATE_API_KEY", key)
    else:
        private_key = json.loads(stub.credentials(shop.root.parent / "google.json").read_text())["private_key"]
        secrets = [private_key.splitlines()[3]]
    for fault in [*faults, None]:
        put(stub, engine, fault, key)
        for form in ([], ["--json"]):
            done = shop.polyhelp("translate", "--engine", engine, "-v", *form)
            shown.append(done.text)
            put(stub, engine, None, key)
    assert all(unit.target for unit in units(shop, "de", "calls.md"))
    shown += [shop.polyhelp("usage", "--json").out, caplog.text]
    if engine == "google":
        secrets += stub.tokens
    for secret in secrets:
        assert not [text for text in shown if secret in text]
        assert not [name for name, data in files(shop.root).items() if secret.encode() in data]


def put(stub, engine, fault, key):
    """Let the next requests fail; the service quotes the key where it likes to talk."""
    if engine == "deepl":
        stub.faults.clear()
        stub.faults.extend([fault] * 5 if fault else [])
    elif engine == "libretranslate":
        told = (fault[0], fault[1].format(key=key), fault[2]) if isinstance(fault, tuple) else fault
        stub.faults[:] = [told] * 5 if fault else []
    else:
        stub.script.clear()
        if fault:
            body = fault.body.replace(b"{key}", key.encode())
            stub.script.extend([None, *[type(fault)(**{**vars(fault), "body": body})] * 5])
