"""Calls a camera frame for frame while somebody looks at it."""

import time
from collections.abc import Callable

from gi.repository import GLib, GstRtspServer

LATEST_S = 1.0


def pace(media: GstRtspServer.RTSPMedia, frame_s: float, push: Callable[[], None]) -> None:
    """Calls `push` once a frame time until the last client is gone. A computer that was busy catches up, up to a second."""
    state = {"next": time.monotonic(), "gone": False}
    media.connect("unprepared", lambda _media: state.update(gone=True))

    def tick() -> bool:
        if state["gone"]:
            return GLib.SOURCE_REMOVE
        now = time.monotonic()
        state["next"] = max(state["next"], now - LATEST_S)
        while state["next"] <= now:
            push()
            state["next"] += frame_s
        GLib.timeout_add(max(1, int((state["next"] - now) * 1000)), tick)
        return GLib.SOURCE_REMOVE

    tick()
