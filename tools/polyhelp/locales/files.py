"""Files that are whole at every moment: written beside the old one, then renamed over it."""

from __future__ import annotations

import os
import tempfile
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
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
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


def _umask() -> int:
    mask = os.umask(0o077)  # there is no way to look without setting it; what others write meanwhile is not open to all
    os.umask(mask)
    return mask
