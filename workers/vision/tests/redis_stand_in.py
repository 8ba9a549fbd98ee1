"""A socket that speaks as much Redis as XADD needs; the real one stands in the project's real-stack tests."""

import socketserver
import threading


class RedisStandIn(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.entries: list[dict[str, str]] = []
        self.came = threading.Condition()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def wait_for(self, count: int) -> list[dict[str, str]]:
        with self.came:
            self.came.wait_for(lambda: len(self.entries) >= count, timeout=20)
            return list(self.entries)


class Handler(socketserver.StreamRequestHandler):
    server: RedisStandIn

    def handle(self) -> None:
        while (line := self.rfile.readline()).startswith(b"*"):
            words = [self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2].decode() for _ in range(int(line[1:]))]
            self.wfile.write(self._answer(words))

    def _answer(self, words: list[str]) -> bytes:
        if words[0].upper() == "HELLO":
            return b"%1\r\n+proto\r\n:3\r\n"
        if words[0].upper() == "XADD":
            with self.server.came:
                self.server.entries.append(dict(zip(words[3::2], words[4::2], strict=True)))
                self.server.came.notify_all()
            return b"$3\r\n1-1\r\n"
        return b"+OK\r\n"
