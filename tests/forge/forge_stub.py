"""GitHub as far as polyhelp asks it: the REST API on 127.0.0.1, and a program ``gh`` that talks to it.

Answers have the shape and the refusals of GitHub's documentation (docs.github.com/rest); branches and commits are those
of a bare repository.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

REPOSITORY = {"id": 186853002, "full_name": "shop/help", "fork": False}
_GH = """#!{python} -IS
# Many tests ask often: a socket is there four times as soon as Python's own clients.
import os, re, socket, sys
words = sys.argv[1:]
assert words[:2] == ["api", "--method"], words
method, path, rest = words[2], words[3], words[4:]
assert rest in ([], ["--input", "-"]), rest
path = path.replace("{{owner}}", "shop").replace("{{repo}}", "help")
data = sys.stdin.buffer.read() if rest else b""
host, port = re.fullmatch("http://(.+):(.+)", os.environ["FORGE_STUB_URL"]).groups()
try:
    forge = socket.create_connection((host, int(port)))
except OSError as error:
    sys.exit(f"error connecting to {{host}}: {{error}}")
head = f"{{method}} /{{path.lstrip('/')}} HTTP/1.0\\r\\nHost: {{host}}\\r\\nContent-Length: {{len(data)}}\\r\\n\\r\\n"
with forge, forge.makefile("rb") as answer:
    forge.sendall(head.encode() + data)
    status = int(answer.readline().split()[1])
    while answer.readline().strip():
        pass
    text = answer.read()
sys.stdout.buffer.write(text)
if status >= 400:
    import json
    sys.exit(f"gh: {{json.loads(text)['message']}} (HTTP {{status}})")
"""


class ForgeStub:
    """A forge with one repository. Use it as a context; ``url`` is where it listens."""

    def __init__(self, bare: Path) -> None:
        self.bare = bare
        self.pulls: dict[int, dict] = {}
        self.issues: dict[int, dict] = {}
        self.comments: list[tuple[int, str]] = []
        self.permissions = {"anna-berg": "write", "bo-ek": "write"}
        self.teams: dict[str, list[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.unwilling = {"stranger"}
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer()

            do_POST = do_PATCH = do_GET  # noqa: N815 (http.server's names)

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else {}
                address = urlsplit(self.path)
                stub.asked.append((self.command, self.path))
                status, data = stub.respond(self.command, address.path, parse_qs(address.query), body)
                text = json.dumps(data).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_): ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    # ------------------------------------------------------------ what it knows

    def head(self, branch: str) -> str:
        words = ["git", "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}"]
        return subprocess.run(words, cwd=self.bare, capture_output=True, text=True, check=False).stdout.strip()

    def pull(self, number: int) -> dict:
        known = self.pulls[number]
        if known["state"] == "open":
            known["head"]["sha"] = self.head(known["head"]["ref"]) or known["head"]["sha"]
        return known

    def add_pull(self, branch: str, base: str = "main", **more: object) -> dict:
        number = len(self.pulls) + len(self.issues) + 1
        self.pulls[number] = {
            "number": number, "state": "open", "title": "", "body": "", "labels": [],
            "html_url": f"https://github.com/shop/help/pull/{number}", "user": {"login": "github-actions[bot]"},
            "head": {"ref": branch, "sha": self.head(branch), "repo": dict(REPOSITORY)},
            "base": {"ref": base, "sha": self.head(base), "repo": dict(REPOSITORY)},
            "requested_reviewers": [], "requested_teams": [], **more,
        }  # fmt: skip
        return self.pulls[number]

    # ------------------------------------------------------------ the API

    def respond(self, method: str, path: str, query: dict, body: dict) -> tuple[int, object]:
        routes = (
            ("GET", r"/repos/shop/help/pulls", lambda _: self.list_pulls(query)),
            ("POST", r"/repos/shop/help/pulls", lambda _: self.open_pull(body)),
            ("GET", r"/repos/shop/help/pulls/(\d+)", self.get_pull),
            ("PATCH", r"/repos/shop/help/pulls/(\d+)", lambda found: self.change(self.pulls, int(found[1]), body)),
            ("POST", r"/repos/shop/help/pulls/(\d+)/requested_reviewers", lambda found: self.ask(int(found[1]), body)),
            ("POST", r"/repos/shop/help/issues/(\d+)/labels", lambda found: self.label(int(found[1]), body)),
            ("POST", r"/repos/shop/help/issues/(\d+)/comments", lambda found: self.say(int(found[1]), body)),
            ("GET", r"/repos/shop/help/collaborators/([^/]+)/permission", self.permission),
            ("GET", r"/orgs/shop/teams/([^/]+)/members", self.members),
            ("GET", r"/repos/shop/help/issues", lambda _: self.list_issues(query)),
            ("POST", r"/repos/shop/help/issues", lambda _: self.open_issue(body)),
            ("PATCH", r"/repos/shop/help/issues/(\d+)", lambda found: self.change(self.issues, int(found[1]), body)),
        )
        for verb, pattern, answer in routes:
            found = re.fullmatch(pattern, path)
            if verb == method and found:
                return answer(found)
        return 404, {"message": "Not Found"}

    def list_pulls(self, query):
        owner, _, branch = query["head"][0].partition(":")
        assert owner == "shop"
        rows = [self.pull(n) for n in sorted(self.pulls, reverse=True)]
        return 200, [row for row in rows if row["head"]["ref"] == branch and row["base"]["ref"] == query["base"][0]]

    def get_pull(self, found):
        return (200, self.pull(int(found[1]))) if int(found[1]) in self.pulls else (404, {"message": "Not Found"})

    def open_pull(self, body):
        if not self.head(body["head"]):
            return 422, {"message": "Validation Failed"}
        own = [
            row["head"]["ref"]
            for row in self.pulls.values()
            if row["state"] == "open" and row["head"]["repo"] == REPOSITORY
        ]
        if body["head"] in own:
            return 422, {"message": f"A pull request already exists for shop:{body['head']}."}
        row = self.add_pull(body["head"], body["base"])
        row.update(title=body["title"], body=body["body"])
        return 201, row

    def change(self, rows, number, body):
        if any(len(str(value)) > 65_536 for value in body.values()):
            return 422, {"message": "body is too long (maximum is 65536 characters)"}
        rows[number].update(body)
        return 200, rows[number]

    def ask(self, number, body):
        if self.unwilling & {*body["reviewers"]}:
            return 422, {"message": "Reviews may only be requested from collaborators."}
        row = self.pulls[number]
        row["requested_reviewers"] += [{"login": one} for one in body["reviewers"]]
        row["requested_teams"] += [{"slug": one} for one in body["team_reviewers"]]
        return 201, row

    def label(self, number, body):
        self.pulls[number]["labels"] += body["labels"]
        return 200, body["labels"]

    def say(self, number, body):
        self.comments.append((number, body["body"]))
        return 201, {"id": len(self.comments)}

    def permission(self, found):
        return 200, {"permission": self.permissions.get(found[1], "read")}  # on a public repository everybody reads

    def members(self, found):
        if found[1] not in self.teams:
            return 403, {"message": "Resource not accessible by integration"}
        return 200, [{"login": one} for one in self.teams[found[1]]]

    def list_issues(self, query):
        wanted = query["labels"][0]
        return 200, [row for row in self.issues.values() if wanted in row["labels"] and row["state"] == "open"]

    def open_issue(self, body):
        number = len(self.pulls) + len(self.issues) + 1
        url = f"https://github.com/shop/help/issues/{number}"
        self.issues[number] = {"number": number, "state": "open", "html_url": url, **body}
        return 201, self.issues[number]


def write_gh(folder: Path) -> None:
    """Put a program ``gh`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "gh"
    file.write_text(_GH.format(python=sys.executable), encoding="utf-8")
    file.chmod(0o755)
