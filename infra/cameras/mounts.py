"""The cameras of one server: which are there, who looks at each, and dropping them."""

from gi.repository import GstRtspServer


class Mounts:
    """Mount points with their clients; a dropped camera closes its connections and answers 404."""

    def __init__(self, server: GstRtspServer.RTSPServer) -> None:
        self._mounts = server.get_mount_points()
        self._factories: dict[str, GstRtspServer.RTSPMediaFactory] = {}
        self._clients: dict[GstRtspServer.RTSPClient, str] = {}
        server.connect("client-connected", self._on_client)

    def add(self, path: str, factory: GstRtspServer.RTSPMediaFactory) -> None:
        self._factories[path] = factory
        self._mounts.add_factory(path, factory)

    def paths(self) -> list[str]:
        return sorted(self._factories)

    def clients(self) -> dict[str, int]:
        """How many clients look at each camera now."""
        looking = list(self._clients.values())
        return {path: looking.count(path) for path in self.paths()}

    def drop(self, path: str) -> None:
        self._mounts.remove_factory(path)
        for client in [client for client, looked in self._clients.items() if looked == path]:
            client.close()

    def restore(self, path: str) -> None:
        self._mounts.add_factory(path, self._factories[path])

    def freeze(self, path: str, frozen: bool) -> None:
        self._factories[path].frozen = frozen

    def _on_client(self, _server: GstRtspServer.RTSPServer, client: GstRtspServer.RTSPClient) -> None:
        client.connect("play-request", self._on_play)
        client.connect("closed", lambda closed: self._clients.pop(closed, None))

    def _on_play(self, client: GstRtspServer.RTSPClient, context: GstRtspServer.RTSPContext) -> None:
        self._clients[client] = "/" + context.uri.abspath.split("/")[1]


def locked_factory(factory: GstRtspServer.RTSPMediaFactory) -> GstRtspServer.RTSPMediaFactory:
    """Opens a camera to whoever signs in, and to nobody else."""
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_role("viewer")
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    return factory


def lock(server: GstRtspServer.RTSPServer, user: str, password: str) -> None:
    """Asks every client of a server for user and password (RTSP basic authentication)."""
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)
