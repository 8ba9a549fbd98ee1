"""What tests ask of the simulator, over HTTP on loopback: POST /drop/clock, /restore/clock, /freeze/clock, /repeat/clock, /thaw/clock; GET /clients."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from gi.repository import GLib

from mounts import Mounts


def serve_control(mounts: Mounts, port: int) -> None:
    """Answers in a thread of its own; what changes a camera runs in the main loop."""
    verbs = {
        "drop": mounts.drop,
        "restore": mounts.restore,
        "freeze": mounts.freeze,
        "repeat": mounts.repeat,
        "thaw": mounts.thaw,
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/clients":
                self._answer(200, _in_main_loop(mounts.clients))
            else:
                self._answer(404, {"error": "expected GET /clients"})

        def do_POST(self) -> None:
            verb, *rest = self.path.removeprefix("/").split("/")
            path = "/" + "/".join(rest)
            if verb not in verbs or path not in mounts.paths():
                self._answer(404, {"error": f"expected POST /{'|'.join(verbs)}/<camera>, cameras: {mounts.paths()}"})
                return
            _in_main_loop(lambda: verbs[verb](path))
            self._answer(200, {"done": verb, "camera": path})

        def _answer(self, status: int, body: object) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            pass

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError:
        sys.exit(f"camera-simulator: port {port} is taken; choose another one")
    threading.Thread(target=server.serve_forever, daemon=True).start()


def _in_main_loop(work):
    """Runs `work` in GLib's main loop, where all of GStreamer's server lives, and waits for its result."""
    done = threading.Event()
    result = []

    def run() -> bool:
        result.append(work())
        done.set()
        return False

    GLib.idle_add(run)
    done.wait(5)
    return result[0] if result else None
