"""Recorded footage, replayed for ever without being encoded again."""

from gi.repository import Gst, GstRtspServer

from footage import Footage
from pacing import pace


class ReplayFactory(GstRtspServer.RTSPMediaFactory):
    """Pushes one access unit a frame time, the same to every client; times go on over the end of the footage.

    While `frozen`, connections stay and nothing comes: a hung encoder. While `repeating`, the first picture of the footage
    comes over and over: a hung sensor.
    """

    def __init__(self, footage: Footage) -> None:
        super().__init__()
        self.set_shared(True)
        self.frozen = self.repeating = False
        self._footage = footage
        self.set_launch(
            f"( appsrc name=source is-live=true format=time caps={footage.caps} "
            f"! {footage.codec}parse ! rtp{footage.codec}pay name=pay0 pt=96 config-interval=1 )"
        )

    def do_configure(self, media: GstRtspServer.RTSPMedia) -> None:
        # Without this the media is not shared, and every client gets footage of its own.
        GstRtspServer.RTSPMediaFactory.do_configure(self, media)
        element = media.get_element()
        source = element.get_child_by_name("source")
        state = {"frame": 0, "began": None}

        def push(missed: int) -> None:
            clock = element.get_clock()
            if clock is None:
                return
            if state["began"] is None:
                state["began"] = clock.get_time() - element.get_base_time()
            state["frame"] += missed
            if not self.frozen:
                source.emit("push-buffer", self._buffer(state["frame"], state["began"]))
            state["frame"] += 1

        pace(media, self._footage.duration / Gst.SECOND, push)

    def _buffer(self, frame: int, began: int) -> Gst.Buffer:
        unit = self._footage.units[0 if self.repeating else frame % len(self._footage.units)]
        buffer = Gst.Buffer.new_wrapped(unit.data)
        buffer.dts = began + frame * self._footage.duration
        buffer.pts = buffer.dts + unit.delay
        buffer.duration = self._footage.duration
        return buffer
