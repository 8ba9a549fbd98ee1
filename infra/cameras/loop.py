"""A few seconds of the clock camera, coded once: replayed, the very same frames come again and again."""

from gi.repository import Gst

from clock import CAPS, ENCODER, FPS, picture
from footage import Footage, footage_of, samples_of

FRAMES = 3 * FPS


def clock_loop() -> Footage:
    """Its clock begins at 0 with every turn: a picture tells its place in the footage, not the time."""
    pipeline = Gst.parse_launch(
        f"appsrc name=source format=time caps={CAPS} ! {ENCODER} "
        "! h264parse ! video/x-h264,stream-format=byte-stream,alignment=au ! appsink name=sink sync=false"
    )

    def feed() -> None:
        source = pipeline.get_by_name("source")
        for frame in range(FRAMES):
            buffer = Gst.Buffer.new_wrapped(picture(frame * 1000 // FPS, frame))
            buffer.pts = frame * Gst.SECOND // FPS
            source.emit("push-buffer", buffer)
        source.emit("end-of-stream")

    return footage_of(samples_of(pipeline, feed), "h264")
