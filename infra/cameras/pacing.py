"""Calls a camera frame for frame while somebody looks at it."""

import time
from collections.abc import Callable

from gi.repository import GLib, GstRtspServer

LATEST_S = 1.0


def pace(media: GstRtspServer.RTSPMedia, frame_s: float, push: Callable[[int], None]) -> None:
    """Calls `push` once a frame time until the last client is gone.

    A computer that was busy catches up, up to a second; `push` is told how many frames before that are left out.
    """
    state = {"next": time.monotonic(), "gone": False}
    media.connect("unprepared", lambda _media: state.update(gone=True))

    def tick() -> bool:
        if state["gone"]:
            return GLib.SOURCE_REMOVE
        now = time.monotonic()
        missed = max(0, int((now - LATEST_S - state["next"]) / frame_s))
        state["next"] += missed * frame_s
        while state["next"] <= now:
            push(missed)
            missed = 0
            state["next"] += frame_s
        GLib.timeout_add(max(1, int((state["next"] - now) * 1000)), tick)
        return GLib.SOURCE_REMOVE

    tick()
