"""A small client of Jari's own HTTP API."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

from .console import Problem

_TIMEOUT = 30.0


class Refused(Exception):
    """An answer that is not a success."""

    def __init__(self, call: str, status: int, problem: Any) -> None:
        super().__init__(f"{call} answered {status}: {json.dumps(problem, ensure_ascii=False)}")
        self.status = status
        self.code = problem.get("code", "")


class Api:
    """Calls below ``<base>/api/v1``, as somebody or as nobody."""

    def __init__(self, base: str, token: str | None = None) -> None:
        self._base = base
        self._token = token

    def logged_in(self, email: str, password: str) -> Api:
        """The same API as this person."""
        session = self.post("/auth/login", {"email": email, "password": password})
        return Api(self._base, session["accessToken"])

    def get(self, path: str) -> Any:
        """Reads; raises Refused."""
        return self._call("GET", path, None)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Writes, under an Idempotency-Key of its own; raises Refused."""
        return self._call("POST", path, body or {})

    def put(self, path: str, body: dict[str, Any]) -> Any:
        """Sets; raises Refused."""
        return self._call("PUT", path, body)

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """Changes; raises Refused."""
        return self._call("PATCH", path, body)

    def upload(self, form: dict[str, Any], content: bytes) -> None:
        """Sends a file with a signed form, as a browser would; raises Refused."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form["fields"].items()
        ]
        # S3 takes whatever follows the file for no field of the form.
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n\r\n'.encode())
        body = b"".join([*parts, content, f"\r\n--{boundary}--\r\n".encode()])
        self._send("POST", form["url"], body, {"content-type": f"multipart/form-data; boundary={boundary}"})

    def items(self, path: str) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        separator, cursor = "&" if "?" in path else "?", ""
        while cursor is not None:
            page = self.get(f"{path}{separator}limit=100{f'&cursor={cursor}' if cursor else ''}")
            yield from page["items"]
            cursor = page.get("nextCursor")

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        return _json(self._send(method, f"{self._base}/api/v1{path}", data, headers))

    def _send(self, method: str, url: str, data: bytes | None, headers: dict[str, str]) -> bytes:
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {url.removeprefix(self._base)}", error.code, _json(error.read())) from error
        except OSError as error:
            raise Problem(f"{url} does not answer.", "`make status` says what runs; `make dev` starts it.") from error


def _json(text: bytes) -> Any:
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return {"detail": text.decode(errors="replace")}
