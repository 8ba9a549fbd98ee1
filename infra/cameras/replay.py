"""Recorded footage, replayed for ever without being encoded again."""

from gi.repository import GLib, Gst, GstRtspServer


class AccessUnit:
    """One coded picture: its bytes and its presentation time after its decoding time (ns)."""

    def __init__(self, data: bytes, delay: int) -> None:
        self.data = data
        self.delay = delay


def read(path: str) -> tuple[list[AccessUnit], int]:
    """The access units of a Matroska file in order of decoding, and how long one lasts (ns)."""
    pipeline = Gst.parse_launch(
        f'filesrc location="{path}" ! matroskademux ! h264parse ! '
        "video/x-h264,stream-format=byte-stream,alignment=au ! appsink name=sink sync=false"
    )
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    samples = []
    while sample := sink.emit("pull-sample"):
        buffer = sample.get_buffer()
        samples.append((buffer.extract_dup(0, buffer.get_size()), buffer.pts))
    pipeline.set_state(Gst.State.NULL)
    if not samples:
        raise RuntimeError(f"{path} holds no H.264 footage")
    shown = sorted(pts for _, pts in samples)
    duration = (shown[-1] - shown[0]) // max(1, len(shown) - 1)
    units = [AccessUnit(data, pts - shown[0] - index * duration) for index, (data, pts) in enumerate(samples)]
    late = -min(0, min(unit.delay for unit in units))
    return [AccessUnit(unit.data, unit.delay + late) for unit in units], duration


class ReplayFactory(GstRtspServer.RTSPMediaFactory):
    """Pushes one access unit a frame time, the same to every client; times go on over the end of the footage."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.set_shared(True)
        self.frozen = False
        self._units, self._duration = read(path)
        self.set_launch(
            "( appsrc name=source is-live=true format=time caps=video/x-h264,stream-format=byte-stream,alignment=au "
            "! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )"
        )

    def do_configure(self, media: GstRtspServer.RTSPMedia) -> None:
        GstRtspServer.RTSPMediaFactory.do_configure(self, media)
        element = media.get_element()
        source = element.get_child_by_name("source")
        state = {"sent": 0, "base": None}

        def push() -> bool:
            if self.frozen:
                return True
            clock = element.get_clock()
            if clock is None:
                return True
            now = clock.get_time() - element.get_base_time()
            if state["base"] is None:
                state["base"] = now
            while state["base"] + state["sent"] * self._duration <= now:
                if not self._push_next(source, state):
                    return False
            return True

        GLib.timeout_add(max(5, self._duration // Gst.MSECOND // 2), push)

    def _push_next(self, source: Gst.Element, state: dict) -> bool:
        unit = self._units[state["sent"] % len(self._units)]
        buffer = Gst.Buffer.new_wrapped(unit.data)
        buffer.dts = state["base"] + state["sent"] * self._duration
        buffer.pts = buffer.dts + unit.delay
        buffer.duration = self._duration
        state["sent"] += 1
        return source.emit("push-buffer", buffer) == Gst.FlowReturn.OK
