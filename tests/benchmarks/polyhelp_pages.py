"""Take pages apart and put them together with polyhelp, all in one process.

    python polyhelp_pages.py JOB FOLDER < list-of-pages

JOB "memory": parse, and render with every source as its own target. JOB "po": the page to a PO file, then page and PO
file to a page, each parsed anew. For each page one line: done or failed, the page, the reason; separated by tabs.
"""

import sys
from dataclasses import replace
from pathlib import Path

from polyhelp.content import parse, render
from polyhelp.errors import PolyhelpError
from polyhelp.locales import dump, read, sync
from polyhelp.model import Catalog, Locale

GERMAN = Locale("de")


def in_memory(page: Path, out: Path) -> None:
    """``page`` to ``out``."""
    document = parse(page.read_bytes(), page.name)
    out.write_bytes(render(document, {segment.key: segment.source for segment in document.segments}).encode())


def through_po(page: Path, out: Path, po_file: Path) -> None:
    """``page`` to ``po_file``, then both to ``out``."""
    catalog = sync(parse(page.read_bytes(), page.name), Catalog(GERMAN, page.name))
    units = tuple(replace(unit, target=unit.source) for unit in catalog.units)
    po_file.write_bytes(dump(replace(catalog, units=units)).encode())
    catalog = read(po_file, GERMAN, page.name, po_file.name)
    targets = {unit.key: unit.target for unit in catalog.current}
    out.write_bytes(render(parse(page.read_bytes(), page.name), targets).encode())


def main() -> None:
    """Work through the list on standard input."""
    job, folder = sys.argv[1], Path(sys.argv[2])
    for count, line in enumerate(sys.stdin):
        page = Path(line.rstrip("\n"))
        out = folder / f"{count}.md"
        po_file = folder / f"{count}.po"
        answer = ("done", str(page), "")
        try:
            if job == "po":
                through_po(page, out, po_file)
            else:
                in_memory(page, out)
        except (PolyhelpError, OSError) as error:
            answer = ("failed", str(page), " ".join(str(error).split()))
        po_file.unlink(missing_ok=True)
        sys.stdout.write("\t".join(answer) + "\n")
        sys.stdout.flush()


main()
