"""A camera behind user and password."""

from gi.repository import GstRtsp, GstRtspServer

ROLE = "viewer"


def locked_factory(factory: GstRtspServer.RTSPMediaFactory) -> GstRtspServer.RTSPMediaFactory:
    """Opens a camera to whoever signs in, and to nobody else."""
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_role(ROLE)
    for what in ("media.factory.access", "media.factory.construct"):
        permissions.add_permission_for_role(ROLE, what, True)
    factory.set_permissions(permissions)
    return factory


def lock(server: GstRtspServer.RTSPServer, user: str, password: str) -> None:
    """Asks every client of a server for user and password, by RTSP basic or digest authentication."""
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", ROLE)
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(user, password, token)
    server.set_auth(auth)
