"""Files that are whole at every moment: written beside the old one, then renamed over it.

The data is not forced to the disk (fsync): a killed process leaves the old file or the new one, and for a machine that
loses its power there is git; thousands of catalogs would wait minutes for it.
"""

from __future__ import annotations

import os
from pathlib import Path

from polyhelp.errors import Place, WriteError


def write(file: Path, text: str, shown: str) -> bool:
    """Write ``text`` to ``file`` unless it is there already; whether anything changed.

    Raises WriteError when the folder or the file may not be written, the disk is full, or the text is no text (half a
    surrogate pair, as some services answer). The old file stays then.
    """
    try:
        data = text.encode("utf-8")
        if file.exists() and file.read_bytes() == data:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(data)
            if file.exists():
                temporary.chmod(file.stat().st_mode & 0o777)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise WriteError(
            "cannot write: half a surrogate pair is no text", Place(shown, line), "the old file is untouched"
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(
            f"cannot write: {reason}", Place(shown), "the old file is untouched; check rights and free space"
        ) from error
    return True
