"""Apertium's programs for one language pair, started once and fed text after text.

1. A mode file holds the pair's programs as the text of a shell pipe. ``apertium-wblank-mode -z`` prints it with null
   flushing and word-bound blanks: each text ends with a NUL and comes back ending with a NUL. (``apertium -z`` holds
   the last text back and so waits for ever.) That text comes from the package; nothing of what is translated is ever
   part of a command line.
2. Many texts are on the way at once: writing and reading go side by side, so that no buffer fills up and blocks.
3. A pipe that dies or is silent too long is ended with everything in it and started once more, for the texts that have
   no answer yet.
4. What Apertium's stream format gives a meaning (https://wiki.apertium.org/wiki/Apertium_stream_format) is escaped
   here, but for escapes and word-bound blanks that are there already: no text whatever can break the pipe.
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import shutil
import signal
import subprocess  # the programs come from the package manager, and get fixed arguments
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

from polyhelp.errors import EngineError

PROGRAM = "apertium"
SILENT_SECONDS = 30.0
"""How long the pipe may say nothing while texts are on the way: the slowest pair's start takes less than one."""

BLANK = re.compile(r"\[\[t:g:\d{1,6}(?:; ?t:g:\d{1,6})*\]\]|\[\[/\]\]")
"""A word-bound blank around the words of pairs, or its end."""

_END = b"[][\n]\0"  # what Apertium's own text reader puts at the end of a text
_ANSWER_END = "[][\n]"
_SPECIAL = re.compile(rf"({BLANK.pattern}|\\[\\\[\]{{}}$/@<>])|[\\\[\]{{}}$/@<>]")
# The last program eats every "~", and another waits for ever after some "\^": characters for private use pass through.
_THERE = str.maketrans({"\0": " ", "~": "\ue07e", "^": "\ue05e"})
_BACK = str.maketrans({"\ue07e": "~", "\ue05e": "^"})
_CHUNK = 65_536
_SHELL = "exec 8<&0 0</dev/null; <&8 {pipe} & exec 8<&- 1>&-; wait"
"""The shell lets go of both ends, so that the pipe's end is seen as soon as any program in it dies."""

_NO_MARKS = "-n"  # of the generator: no signs before words that it does not know; Markdown would read them


def modes() -> Path | None:
    """The folder with the installed pairs' mode files; None when Apertium is not installed."""
    program = shutil.which(PROGRAM)
    if not program or not shutil.which("apertium-wblank-mode"):
        return None
    return Path(program).resolve().parent.parent / "share" / "apertium" / "modes"


def escaped(text: str) -> str:
    """Text as Apertium's stream format has it; escapes and word-bound blanks in it stay, a NUL becomes a space."""
    safe = text.translate(_THERE)
    return _SPECIAL.sub(lambda match: match[1] or f"\\{match[0]}", safe)


class Pipeline:
    """One pair's programs. Started when first used, and again after :meth:`close`; any thread may call it."""

    def __init__(self, mode: Path) -> None:
        self._mode = mode
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = lambda: None

    def translate(self, texts: Sequence[str]) -> list[str]:
        """The answers to texts in Apertium's stream format, in the same format. Raises EngineError."""
        with self._lock:
            answers: list[str] = []
            for last_try in (False, True):
                try:
                    self._exchange(texts[len(answers) :], answers)
                    break
                except _Silence as error:
                    self._stop()
                    if last_try:
                        raise self._failed(error, len(texts) - len(answers)) from None
                except BaseException:  # an interruption leaves answers in the pipe that nobody waits for
                    self._stop()
                    raise
            return answers

    def close(self) -> None:
        """End the programs."""
        with self._lock:
            self._stop()

    def _exchange(self, texts: Sequence[str], answers: list[str]) -> None:
        """Write all texts and read all answers, in turn as the pipe is ready. Raises _Silence."""
        process = self._started()
        unsent = memoryview(b"".join(escaped(text).encode("utf-8", "replace") + _END for text in texts))
        wanted, received = len(answers) + len(texts), b""
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)  # type: ignore[arg-type]  # it is a pipe
            ready.register(process.stdin, selectors.EVENT_WRITE)  # type: ignore[arg-type]
            while len(answers) < wanted:
                events = ready.select(SILENT_SECONDS)
                if not events:
                    raise _Silence(f"is silent for {SILENT_SECONDS:.0f} seconds")
                for key, event in events:
                    if event == selectors.EVENT_READ:
                        *complete, received = (received + _read(key.fd)).split(b"\0")
                        for answer in complete:
                            answers.append(_answer(answer))  # noqa: PERF401 (those before a broken one count)
                    else:
                        unsent = unsent[_write(key.fd, unsent) :]
                        if not unsent:
                            ready.unregister(key.fileobj)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            try:
                self._process = _start(self._mode)
            except (OSError, subprocess.SubprocessError) as error:
                raise EngineError(f"Apertium's pair {self._mode.stem} does not start: {error}") from error
            self._end = weakref.finalize(self, _end, self._process)  # also when the program exits
        return self._process

    def _stop(self) -> None:
        self._process = None
        self._end()

    def _failed(self, error: _Silence, left: int) -> EngineError:
        failed = EngineError.passing(f"Apertium's pair {self._mode.stem} {error}, twice", "install the pair again")
        failed.smaller = left > 1
        return failed


class _Silence(Exception):  # noqa: N818 (no error of the caller's: it is tried again)
    """No answer came."""


def _answer(line: bytes) -> str:
    """The text of an answer. When a program dies, those after it end what they had with a NUL as well."""
    text = line.decode("utf-8", "replace")
    if not text.endswith(_ANSWER_END):
        raise _Silence("has ended")
    return text.removesuffix(_ANSWER_END).translate(_BACK)


def _read(pipe: int) -> bytes:
    if chunk := os.read(pipe, _CHUNK):
        return chunk
    raise _Silence("has ended")


def _write(pipe: int, data: memoryview) -> int:
    try:
        return os.write(pipe, data[:_CHUNK])
    except OSError:
        raise _Silence("has ended") from None


def _start(mode: Path) -> subprocess.Popen[bytes]:
    """Start the pipe in a session of its own, so that Ctrl-C is ours and all of it can be ended at once."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    listing = ["apertium-wblank-mode", "-z", str(mode)]
    pipe = subprocess.run(listing, capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603
    process = subprocess.Popen(  # noqa: S603 (the pipe is the package's text, the arguments are fixed)
        ["bash", "-c", _SHELL.format(pipe=pipe.strip()), PROGRAM, _NO_MARKS, ""],  # noqa: S607 (bash as the user has it)
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=environment,
        start_new_session=True,
    )
    if process.stdin:
        os.set_blocking(process.stdin.fileno(), False)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    """End all programs of a pipe, and close it."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            with contextlib.suppress(OSError):
                stream.close()
