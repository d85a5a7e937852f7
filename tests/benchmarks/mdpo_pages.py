"""Take pages apart and put them together with mdpo, all in one process.

    python mdpo_pages.py JOB FOLDER < list-of-pages

JOB must be "po": the page to a PO file, then page and PO file to a page, as md2po and po2md do. The target of every
message is its source. For each page one line: done or failed, the page, the reason; separated by tabs.
"""

import sys
from pathlib import Path

from mdpo.md2po import markdown_to_pofile
from mdpo.po2md import pofile_to_markdown


def through_po(page: Path, out: Path, po_file: Path) -> None:
    """``page`` to ``po_file``, then both to ``out``."""
    catalog = markdown_to_pofile(str(page), location=False)
    for entry in catalog:
        entry.msgstr = entry.msgid
    catalog.save(str(po_file))
    out.write_text(pofile_to_markdown(str(page), str(po_file)), encoding="utf-8")


def main() -> None:
    """Work through the list on standard input."""
    folder = Path(sys.argv[2])
    for count, line in enumerate(sys.stdin):
        page = line.rstrip("\n")
        po_file = folder / f"{count}.po"
        answer = ("done", page, "")
        try:
            through_po(Path(page), folder / f"{count}.md", po_file)
        except Exception as error:
            answer = ("failed", page, " ".join(f"{type(error).__name__}: {error}".split()))
        po_file.unlink(missing_ok=True)
        sys.stdout.write("\t".join(answer) + "\n")
        sys.stdout.flush()


main()
