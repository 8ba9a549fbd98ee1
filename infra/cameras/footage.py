"""Recorded footage, coded: read once, kept in memory."""

from collections.abc import Callable
from dataclasses import dataclass

from gi.repository import Gst

LONGEST_S = 20


@dataclass(frozen=True)
class AccessUnit:
    """One coded picture: its bytes, and how long after its decoding time it is presented (ns)."""

    data: bytes
    delay: int


@dataclass(frozen=True)
class Footage:
    """Access units in order of decoding, how long one lasts (ns), and `h264` or `h265`."""

    units: list[AccessUnit]
    duration: int
    codec: str

    @property
    def caps(self) -> str:
        return f"video/x-{self.codec},stream-format=byte-stream,alignment=au"


def read(path: str, codec: str) -> Footage:
    """The access units of a Matroska file; FootageError says what is wrong with it."""
    pipeline = Gst.parse_launch(
        f"filesrc name=file ! matroskademux ! {codec}parse ! "
        f"video/x-{codec},stream-format=byte-stream,alignment=au ! appsink name=sink sync=false"
    )
    pipeline.get_by_name("file").set_property("location", path)
    samples = samples_of(pipeline)
    if len(samples) < 2:
        raise FootageError(f"{path} holds no {codec.upper()} footage; delete it and run npm run tools")
    return footage_of(samples, codec)


def samples_of(pipeline: Gst.Pipeline, feed: Callable[[], None] = lambda: None) -> list[tuple[bytes, int]]:
    """Access units with their times (ns), as they come to the pipeline's `sink`; `feed` is called once it plays."""
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    feed()
    samples = []
    while sample := sink.emit("try-pull-sample", LONGEST_S * Gst.SECOND):
        buffer = sample.get_buffer()
        samples.append((buffer.extract_dup(0, buffer.get_size()), buffer.pts))
    pipeline.set_state(Gst.State.NULL)
    return samples


def footage_of(samples: list[tuple[bytes, int]], codec: str) -> Footage:
    shown = sorted(pts for _, pts in samples)
    duration = (shown[-1] - shown[0]) // (len(shown) - 1)
    delays = [pts - shown[0] - index * duration for index, (_, pts) in enumerate(samples)]
    least = min(delays)
    units = [AccessUnit(data, delay - least) for (data, _), delay in zip(samples, delays, strict=True)]
    return Footage(units, duration, codec)


class FootageError(Exception):
    pass
