"""What two similar sources share: the features by which the index finds candidates.

A feature is a word (its first five letters, so that inflected forms meet), or two or three words in a row; both edges
of the text count as words, so do numbers (all alike) in a row. In scripts without spaces each character is a word.
A feature is kept as one of 2**19 numbers; two features that fall on the same number only bring a candidate more,
which the comparison of the texts sends away again.
"""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 19
_STEM = 5
_SPACELESS = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W\d_{_SPACELESS}]+|\d+")
_NUMBER = -1


class _Stems(dict[str, int]):
    """Stem -> its number, worked out once."""

    def __missing__(self, stem: str) -> int:
        number = _NUMBER if stem.isdigit() else crc32(stem.encode("utf-8", "surrogatepass")) % BUCKETS
        if len(self) < 1 << 18:
            self[stem] = number
        return number


_STEMS = _Stems()
_EDGE = crc32(b"\0edge") % BUCKETS


def features(form: str) -> set[int]:
    """The features of a source's form, each below :data:`BUCKETS`."""
    stems = _STEMS
    words = [stems[word[:_STEM]] for word in _WORD.findall(form.lower())]
    if not words:
        return set()
    found = set(words)
    row = [_EDGE, *words, _EDGE]
    twos = [one * 31 + other for one, other in pairwise(row)]
    found.update([two % BUCKETS for two in twos])
    found.update([(two * 31 + word) % BUCKETS for two, word in zip(twos, row[2:], strict=False)])
    found.discard(_NUMBER)
    return found
