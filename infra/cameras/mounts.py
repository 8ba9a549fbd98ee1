"""The cameras of the simulator: which are there, who looks at each, and dropping them."""

from gi.repository import GstRtspServer

from log import say


class Mounts:
    """Mount points of one or more servers with their clients; a dropped camera closes its connections and answers 404."""

    def __init__(self) -> None:
        self._points: dict[str, GstRtspServer.RTSPMountPoints] = {}
        self._factories: dict[str, GstRtspServer.RTSPMediaFactory] = {}
        self._clients: dict[GstRtspServer.RTSPClient, str] = {}

    def watch(self, server: GstRtspServer.RTSPServer) -> None:
        server.connect("client-connected", self._on_client)

    def add(self, server: GstRtspServer.RTSPServer, path: str, factory: GstRtspServer.RTSPMediaFactory) -> None:
        self._factories[path] = factory
        self._points[path] = server.get_mount_points()
        self._points[path].add_factory(path, factory)

    def paths(self) -> list[str]:
        return sorted(self._factories)

    def clients(self) -> dict[str, int]:
        """How many clients look at each camera now."""
        looking = list(self._clients.values())
        return {path: looking.count(path) for path in self.paths()}

    def drop(self, path: str) -> None:
        self._points[path].remove_factory(path)
        for client in [client for client, looked in self._clients.items() if looked == path]:
            client.close()
        say("camera dropped", camera=path)

    def restore(self, path: str) -> None:
        self._points[path].add_factory(path, self._factories[path])
        say("camera is there", camera=path)

    def freeze(self, path: str) -> None:
        self._factories[path].frozen = True
        say("camera frozen", camera=path)

    def repeat(self, path: str) -> None:
        self._factories[path].repeating = True
        say("camera repeats one picture", camera=path)

    def thaw(self, path: str) -> None:
        self._factories[path].frozen = self._factories[path].repeating = False
        say("camera thawed", camera=path)

    def _on_client(self, _server: GstRtspServer.RTSPServer, client: GstRtspServer.RTSPClient) -> None:
        client.connect("play-request", self._on_play)
        client.connect("closed", self._on_closed)

    def _on_play(self, client: GstRtspServer.RTSPClient, context: GstRtspServer.RTSPContext) -> None:
        path = "/" + context.uri.abspath.split("/")[1]
        self._clients[client] = path
        say("client looks", camera=path, clients=self.clients().get(path, 0))

    def _on_closed(self, client: GstRtspServer.RTSPClient) -> None:
        path = self._clients.pop(client, None)
        if path:
            say("client gone", camera=path, clients=self.clients().get(path, 0))
