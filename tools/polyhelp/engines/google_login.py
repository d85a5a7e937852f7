"""Google's application-default credentials, and the tokens that they are exchanged for.

The credentials are found as all of Google's programs find them: the file that ``GOOGLE_APPLICATION_CREDENTIALS`` names
(a service account's key, or a workload's federated identity as in CI), what ``gcloud auth application-default login``
left, or the machine's own on Google's cloud. Source: https://cloud.google.com/docs/authentication
"""

from __future__ import annotations

from importlib.util import find_spec
from threading import Lock
from typing import Any

import requests

from polyhelp.errors import EngineError

CREDENTIALS_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
SCOPE = "https://www.googleapis.com/auth/cloud-translation"
_WAY_OUT = f"run `gcloud auth application-default login`, or name a key file in {CREDENTIALS_VARIABLE}"


def has_library() -> bool:
    """Whether ``google-auth`` is installed."""
    try:
        return find_spec("google.auth") is not None
    except ModuleNotFoundError:
        return False


class Login:
    """The credentials, once somebody needs them. Several threads may ask at once; one at a time gets a token.

    ``project`` is the one that the credentials belong to, ``""`` where they belong to none. ``secrets`` holds the
    token, for those who must not show it.
    """

    def __init__(self) -> None:
        self.project = ""
        self.secrets: list[str] = []
        self._credentials: Any = None
        self._session: requests.Session | None = None
        self._lock = Lock()

    def headers(self) -> dict[str, str]:
        """Headers that let a request in, with a token that is valid for some minutes at least. Raises EngineError."""
        if not has_library():
            raise EngineError("the library for Google's credentials is missing", hint="pip install polyhelp[google]")
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415 (an extra, and slow to import)

        with self._lock:
            failure, headers = None, dict[str, str]()
            try:
                self._refresh()
                self._credentials.apply(headers)
            except (GoogleAuthError, OSError, ValueError, AttributeError, TypeError) as error:  # of a broken file
                failure = _explained(error)
        if failure:
            raise failure  # not where it was caught: the library's error quotes what the server said
        return headers

    def close(self) -> None:
        """Close the connection to the server that gives out tokens."""
        if self._session is not None:
            self._session.close()

    def _refresh(self) -> None:
        import google.auth  # noqa: PLC0415
        from google.auth.transport.requests import Request  # noqa: PLC0415

        if self._session is None:
            self._session = requests.Session()
        request = Request(self._session)
        if self._credentials is None:
            self._credentials, project = google.auth.default(scopes=[SCOPE], request=request)
            self.project = project or ""
        if not self._credentials.valid:
            self._credentials.refresh(request)
            self.secrets[:] = [self._credentials.token or ""]


def _explained(error: Exception) -> EngineError:
    from google.auth import exceptions  # noqa: PLC0415

    if isinstance(error, exceptions.TransportError) or getattr(error, "retryable", False):
        return EngineError.passing("Google's login server cannot be reached", "check the network connection")
    if isinstance(error, exceptions.RefreshError):
        return EngineError("Google does not accept the credentials", hint=_WAY_OUT)
    return EngineError("there are no usable credentials for Google", hint=_WAY_OUT)
