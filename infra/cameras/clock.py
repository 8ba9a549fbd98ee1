"""A camera whose picture carries the wall clock (ms) as a barcode, and a block that moves in a known way."""

import time

from gi.repository import Gst, GstRtspServer

from pacing import pace

WIDTH, HEIGHT, FPS = 1280, 720, 15
BITS, BIT_WIDTH, BIT_HEIGHT = 32, 20, 40
BLOCK, BLOCK_TOP, BLOCK_STEP = 80, 300, 8
DARK, BRIGHT, GREY = b"\x10", b"\xeb", b"\x5a"
NO_COLOUR = b"\x80" * (WIDTH * HEIGHT // 2)

# Without look-ahead, with several slices a frame.
ENCODER = "x264enc tune=zerolatency speed-preset=ultrafast bitrate=1500 key-int-max=30 ! video/x-h264,profile=baseline"
CAPS = f"video/x-raw,format=I420,width={WIDTH},height={HEIGHT},framerate={FPS}/1"


class ClockFactory(GstRtspServer.RTSPMediaFactory):
    """Encodes once however many clients look.

    While `frozen`, connections stay and nothing comes: a hung encoder. While `repeating`, the same picture comes over and
    over: a hung sensor.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set_shared(True)
        self.frozen = self.repeating = False
        self.set_launch(
            f"( appsrc name=source is-live=true do-timestamp=true format=time caps={CAPS} "
            f"! {ENCODER} ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )"
        )

    def do_configure(self, media: GstRtspServer.RTSPMedia) -> None:
        # Without this the media is not shared, and every client gets an encoder and frames of its own.
        GstRtspServer.RTSPMediaFactory.do_configure(self, media)
        source = media.get_element().get_child_by_name("source")
        state = {"frame": 0, "picture": b""}

        def push(_missed: int) -> None:
            if not self.frozen:
                if not (self.repeating and state["picture"]):
                    state["picture"] = picture(int(time.time() * 1000), state["frame"])
                source.emit("push-buffer", Gst.Buffer.new_wrapped(state["picture"]))
            state["frame"] += 1

        pace(media, 1 / FPS, push)


def picture(milliseconds: int, frame: int) -> bytes:
    """One grey frame: the low 32 bits of the time, most significant first, above a block that moves right 8 px a frame."""
    bits = milliseconds & 0xFFFFFFFF
    bars = b"".join((BRIGHT if bits >> (BITS - 1 - i) & 1 else DARK) * BIT_WIDTH for i in range(BITS))
    barcode = (bars + GREY * (WIDTH - len(bars))) * BIT_HEIGHT
    left = frame * BLOCK_STEP % (WIDTH - BLOCK)
    moving = (GREY * left + BRIGHT * BLOCK + GREY * (WIDTH - BLOCK - left)) * BLOCK
    above = GREY * (WIDTH * (BLOCK_TOP - BIT_HEIGHT))
    below = GREY * (WIDTH * (HEIGHT - BLOCK_TOP - BLOCK))
    return b"".join((barcode, above, moving, below, NO_COLOUR))
