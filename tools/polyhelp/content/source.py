"""Bytes to text: only UTF-8 without NULs is a page, and everything in it is kept."""

from __future__ import annotations

from polyhelp.errors import MarkdownError, Place

_WIDE = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
LARGEST = 16 * 1024 * 1024
"""Bytes. A larger file is not read: no article is that long, and somebody put a wrong file there."""


def decode(data: bytes, path: str) -> str:
    """The text of a page. Byte order mark and line ends stay as they are.

    Raises MarkdownError, naming line and byte offset, when the data is not UTF-8, is binary, or is too large.
    """
    if len(data) > LARGEST:
        raise MarkdownError(
            f"the page has {len(data) / 1e6:.0f} MB; the limit is {LARGEST // 1024 // 1024} MB",
            Place(path),
            "split the page, or move the file out of the content folder",
        )
    wide = next((name for mark, name in _WIDE.items() if data.startswith(mark)), "")
    if wide:
        raise MarkdownError(
            f"the file is in {wide}: byte 0 is that encoding's byte order mark",
            Place(path, 1),
            f"save the file in UTF-8 (`iconv -f {wide.lower()} -t utf-8`)",
        )
    nul = data.find(b"\0")
    if nul >= 0:
        raise MarkdownError(
            f"byte {nul} is a NUL: this is not a text file",
            Place(path, _line(data, nul)),
            "give a binary file its own file name ending, or remove it",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MarkdownError(
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8",
            Place(path, _line(data, error.start)),
            "save the file in UTF-8; it may be in Latin-1 (`iconv -f latin1 -t utf-8`)",
        ) from None


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
