"""A container engine that speaks the engines' real protocol over a real socket, and remembers what it was asked for.

It runs nothing: it is there for what no engine of the test machine can show, such as GPUs, and Podman's dialect.
"""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

DOCKER = {"Version": "28.3.0", "ApiVersion": "1.51", "MinAPIVersion": "1.24", "Components": [{"Name": "Engine"}]}
PODMAN = {"Version": "5.4.1", "ApiVersion": "1.41", "MinAPIVersion": "1.24", "Components": [{"Name": "Podman Engine"}]}


@dataclass
class FakeDaemon:
    """What it answers, and what it was asked."""

    version: dict[str, Any] = field(default_factory=lambda: dict(DOCKER))
    info: dict[str, Any] = field(default_factory=dict)
    containers: list[dict[str, Any]] = field(default_factory=list)
    images: list[dict[str, Any]] = field(default_factory=list)
    created: list[dict[str, Any]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    silent: bool = False
    refuses_to_start: str = ""

    @contextmanager
    def listening(self, path: Path) -> Iterator[None]:
        """Answer on the socket `path` until the block ends."""
        daemon = self
        path.unlink(missing_ok=True)

        class Handler(_Handler):
            fake = daemon

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True
            block_on_close = False

        with Server(str(path), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status and body. Paths come without the protocol's version."""
        match method, [part for part in path.split("/") if part]:
            case "GET", ["version"]:
                return 200, self.version
            case "GET", ["info"]:
                return 200, self.info
            case "GET", ["containers", "json"]:
                return 200, [{"Id": c["Id"]} for c in self.containers]
            case "GET", ["images", "json"]:
                return 200, [{"Id": image["Id"]} for image in self.images]
            case "GET", ["images", name, "json"]:
                held = [i for i in self.images if name in {i["Id"], *i["RepoTags"]}]
                return (200, held[0]) if held else (404, {"message": f"No such image: {name}"})
            case "POST", ["images", "create"]:
                return 500, {"message": "no route to the registry"}
            case "POST", ["containers", "create"]:
                self.created.append(body)
                self.containers.append({"Id": "new", "Name": "/new", "Config": body, "State": {"Pid": 0}})
                return 201, {"Id": "new", "Warnings": []}
            case "POST", ["containers", _, "start"]:
                return (500, {"message": self.refuses_to_start}) if self.refuses_to_start else (204, None)
            case "GET", ["containers", name, "json"]:
                found = [c for c in self.containers if c["Id"] == name]
                return (200, found[0]) if found else (404, {"message": f"No such container: {name}"})
            case "DELETE", ["containers", name]:
                known = any(c["Id"] == name for c in self.containers)
                self.containers = [c for c in self.containers if c["Id"] != name]
                self.removed.append(name)
                return (204, None) if known else (404, {"message": f"No such container: {name}"})
        return 404, {"message": f"page not found: {method} {path}"}


class _Handler(BaseHTTPRequestHandler):
    fake: FakeDaemon
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        if self.fake.silent:
            self.connection.recv(1)  # until the client loses patience
            return
        path = self.path.partition("?")[0]
        if path.startswith("/v1."):
            path = "/" + path.split("/", 2)[2]
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, answer = self.fake.answer(self.command, path, json.loads(sent) if sent else {})
        payload = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_DELETE = do_HEAD = _serve  # noqa: N815

    def address_string(self) -> str:
        return "a unix socket"  # which has no host to tell

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
