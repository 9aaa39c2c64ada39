"""
The YAML language server, driven as an editor drives it: JSON-RPC over standard input and output.
"""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 60  # seconds; nothing is timed, this only ends a server that hangs


class LanguageServer:
    """
    One running server with one open folder.

    Args:
        program: the server's script, run with node.
        folder: the folder opened in the editor.
        settings: what stands in its ``.vscode/settings.json`` below ``yaml.``.
    """

    def __init__(self, program: Path, folder: Path, settings: dict[str, Any]) -> None:
        self._folder = folder
        self._settings = settings
        self._numbers = itertools.count(1)
        self._heard: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._answers: dict[int, Any] = {}
        self._faults: dict[str, list[dict[str, Any]]] = {}
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        """Open the folder."""
        uri = self._folder.as_uri()
        folders = [{"uri": uri, "name": self._folder.name}]
        able = {"workspace": {"configuration": True}, "textDocument": {"completion": {}, "hover": {}}}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": uri, "workspaceFolders": folders, "capabilities": able},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._settings}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the server as editors do."""
        if self._process.poll() is None:
            self._ask("shutdown", None)
            self._tell("exit", None)
        self._process.wait(PATIENCE)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._listener.join(PATIENCE)
        self._process.stdout.close()

    def open(self, name: str, text: str) -> str:
        """Open a file with a text in the editor, saved or not, and return its address."""
        uri = (self._folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def offered(self, uri: str, line: int, column: int) -> list[dict[str, Any]]:
        """Return what is offered at a place, counted from 0."""
        answer = self._ask("textDocument/completion", _place(uri, line, column))
        return list(answer["items"] if isinstance(answer, dict) else answer or [])

    def told(self, uri: str, line: int, column: int) -> str:
        """Return the text that hovers at a place, counted from 0."""
        answer = self._ask("textDocument/hover", _place(uri, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def underlined(self, uri: str) -> list[dict[str, Any]]:
        """Return what is underlined in a file."""
        while uri not in self._faults:
            self._hear()
        return self._faults[uri]

    def _ask(self, method: str, parameters: Any) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        while number not in self._answers:
            self._hear()
        return self._answers.pop(number)

    def _tell(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = 0
            while header.strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
                header = stream.readline()
            self._heard.put(json.loads(stream.read(length)))
        self._heard.put(None)

    def _hear(self) -> None:
        """Take in one message, and answer what the server asks."""
        message = self._heard.get(timeout=PATIENCE)
        if message is None:
            raise AssertionError("the language server ended")
        match message:
            case {"method": "workspace/configuration", "id": number, "params": {"items": items}}:
                wanted = [self._settings if item.get("section") == "yaml" else None for item in items]
                self._send({"id": number, "result": wanted})
            case {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": found}}:
                self._faults[uri] = found
            case {"method": _, "id": number}:
                self._send({"id": number, "result": None})
            case {"id": number, **rest}:
                self._answers[number] = rest.get("result")


def _place(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
