import unittest
from fractions import Fraction

import av
import numpy as np

from vision.frame import Frame
from vision.framekey import frame_key
from vision.stream import Stream

FPS = 10
BASE_US = 1_700_000_000_000_000


def encoded(frames: int, b_frames: int) -> tuple[av.VideoStream, list[av.Packet], av.container.OutputContainer]:
    """Grey pictures, coded with H.264: 90 kHz time stamps as RTP has them."""
    container = av.open("/dev/null", "w", format="h264")
    video = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "bf": str(b_frames), "g": "10", "b-adapt": "0"})
    video.width, video.height, video.pix_fmt = 320, 240, "yuv420p"
    video.codec_context.time_base = Fraction(1, 90_000)
    packets = []
    for number in range(frames):
        picture = av.VideoFrame.from_ndarray(np.full((240, 320), 40 + number * 5, np.uint8), format="gray").reformat(format="yuv420p")
        picture.pts, picture.time_base = number * 90_000 // FPS, Fraction(1, 90_000)
        packets += video.encode(picture)
    return video, packets + video.encode(None), container


class Opened:
    """As much of a stream as Stream needs: a decoder and the unit of its time stamps."""

    def __init__(self) -> None:
        self.codec_context = av.CodecContext.create("h264", "r")
        self.time_base = Fraction(1, 90_000)


class StreamTest(unittest.TestCase):
    def setUp(self):
        av.logging.set_level(None)

    def read(self, packets: list[av.Packet]) -> list[Frame]:
        stream = Stream("gate", Opened())
        frames = []
        for index, packet in enumerate(packets):
            frames += stream.frames_of(packet, BASE_US + index * 1_000_000 // FPS)
        return frames

    def test_every_frame_has_the_key_of_its_own_packet_also_with_b_frames(self):
        for b_frames in (0, 2):
            _, packets, container = encoded(30, b_frames)
            keys = {packet.pts: frame_key(bytes(packet)) for packet in packets}
            frames = self.read(packets)
            container.close()
            self.assertGreater(len(frames), 20)
            self.assertEqual([frame.key for frame in frames], [keys[frame.pts] for frame in frames])
            self.assertEqual([frame.pts for frame in frames], sorted(frame.pts for frame in frames))

    def test_frames_are_captured_as_far_apart_as_they_are_shown(self):
        _, packets, container = encoded(30, 2)
        captured = [frame.captured_at_us for frame in self.read(packets)][12:]
        container.close()
        self.assertEqual({later - earlier for earlier, later in zip(captured, captured[1:], strict=False)}, {1_000_000 // FPS})

    def test_a_packet_that_is_not_video_is_left_out(self):
        _, packets, container = encoded(30, 0)
        rubbish = av.Packet(b"\0\0\1\x65rubbish")
        rubbish.pts = 7
        frames = self.read([*packets[:10], rubbish, *packets[10:]])
        container.close()
        self.assertGreaterEqual(len(frames), 28)
