"""A browser without a screen, spoken to by its own debugging pipe: what it shows and asks for."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Self

_SECONDS = 60


class Browser:
    """Chromium with one empty tab and a profile of its own; everything it asks for is noted."""

    def __init__(self, profile: Path) -> None:
        program = shutil.which("chromium") or shutil.which("google-chrome") or ""
        assert program, "Chromium is not installed"
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        self._number, self._rest = 0, b""
        self.asked: list[str] = []
        # The browser reads from 3 and writes to 4; only bash knows pipes of more than one digit.
        line = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
        command = ["bash", "-c", line, program, *options, f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(
            command, pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        os.set_blocking(self._read, False)
        target = self._say("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = {"targetId": target, "flatten": True}
        self._tab = self._say("Target.attachToTarget", attached)["sessionId"]
        for part in ("Network", "Page", "Runtime"):
            self.tab(f"{part}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._write)
        os.close(self._read)
        self._process.terminate()
        self._process.wait(_SECONDS)

    def tab(self, method: str, **told: Any) -> dict[str, Any]:
        """Ask something of the tab."""
        return self._say(method, told, self._tab)

    def open(self, path: Path) -> None:
        """Open a file by its address and wait until it is shown."""
        self.tab("Page.navigate", url=path.as_uri())
        end = time.monotonic() + _SECONDS
        while self.value("document.readyState") != "complete" or self.value("location.href") == (
            "about:blank"
        ):
            assert time.monotonic() < end, "the page did not load"

    def value(self, script: str) -> Any:
        """What a script makes of the page."""
        told = self.tab("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def type(self, text: str) -> None:
        """Type into what has the cursor."""
        self.tab("Input.insertText", text=text)

    def _say(self, method: str, told: dict[str, Any], tab: str = "") -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": told}
        if tab:
            message["sessionId"] = tab
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("method") == "Network.requestWillBeSent":
                self.asked.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer.get("result", {})

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + _SECONDS
        while b"\0" not in self._rest:
            assert time.monotonic() < end, "the browser says nothing"
            try:
                self._rest += os.read(self._read, 1 << 16)
            except BlockingIOError:
                time.sleep(0.01)
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)
