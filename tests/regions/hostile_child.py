"""Runs one hostile template or folder of region data after the other, each in a process of its own with hard limits.

Reads a JSON object per line: ``{"text": ..., "facts": {...}}``, or ``{"folder": ...}``; writes one with ``refused``
(message, path, line, hint), ``shown`` or ``died`` (a signal's number). A process has two seconds of processor time and
512 MiB of memory more than an idle one.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from polyhelp.errors import RegionError
from polyhelp.model import Duration, Locale, Region
from polyhelp.regions.data import load
from polyhelp.regions.filters.formats import Formats
from polyhelp.regions.render import region_values, render

SECONDS, MEMORY = 2, 512 * 2**20
SHOWN = 5_000  # characters of an answer; a pipe holds 64 KiB
PAGE = "content/policies/returns.md"


def limited() -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(job: dict[str, object]) -> str:
    if "folder" in job:
        folder = Path(str(job["folder"]))
        return " ".join(load(folder / "content" / "regions", folder))
    tag = str(job.get("locale", "de"))
    data = {
        "returns": {"window": Duration(30, "calendar days")},
        "support": {"languages": ("de", "en"), "email": "help@shop.example"},
        "facts": job.get("facts", {}),
    }
    formats = Formats(Locale(tag), "DE")
    return render(str(job["text"]), PAGE, region_values(Region("DE", data), formats), formats)


def answer(job: dict[str, object]) -> dict[str, object]:
    limited()
    try:
        return {"shown": work(job)[:SHOWN]}
    except RegionError as error:
        place = error.place
        return {
            "refused": error.message[:SHOWN],
            "hint": error.hint,
            "path": place and place.path,
            "line": place and place.line,
        }


def main() -> None:
    render("{{ region.name }}", PAGE, region_values(Region("DE", {}), Formats(Locale("de"))), Formats(Locale("de")))
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.write(writing, json.dumps(answer(json.loads(line))).encode())
            os._exit(0)
        os.close(writing)
        said = os.read(reading, 65_536)
        os.close(reading)
        _, status = os.waitpid(child, 0)
        sys.stdout.write((said.decode() if status == 0 else json.dumps({"died": status})) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
