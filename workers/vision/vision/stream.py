"""From the packets of one session to frames with their names and times."""

from collections.abc import Iterator

import av

from vision.arrival import CaptureClock
from vision.frame import Frame
from vision.framekey import frame_key

KEYS_KEPT = 64


class Stream:
    """Decodes every packet. A packet that cannot be decoded is left out; the stream goes on with the next key frame."""

    def __init__(self, camera: str, video: av.VideoStream) -> None:
        self._camera = camera
        self._context = video.codec_context
        # More threads would hand a frame on later, and frames apart from their packets.
        self._context.thread_type = "NONE"
        self._rate = round(1 / video.time_base) if video.time_base else 90_000
        self._named = self._context.name == "h264"
        self._clock = CaptureClock()
        self._pending: dict[int | None, tuple[str | None, int]] = {}
        self._sequence = 0

    def frames_of(self, packet: av.Packet, arrived_us: int) -> Iterator[Frame]:
        """The frames that a packet completes: with B-frames not its own one. `arrived_us`: µs since 1970."""
        if packet.size == 0:
            return
        self._pending[packet.pts] = (frame_key(bytes(packet)) if self._named else None, self._captured_us(packet, arrived_us))
        while len(self._pending) > KEYS_KEPT:
            self._pending.pop(next(iter(self._pending)))
        try:
            pictures = self._context.decode(packet)
        except av.error.InvalidDataError:
            return
        for picture in pictures:
            self._sequence += 1
            key, captured_us = self._pending.pop(picture.pts, (None, arrived_us))
            yield Frame(self._camera, picture, key, picture.pts, self._rate, self._sequence, captured_us)

    def _captured_us(self, packet: av.Packet, arrived_us: int) -> int:
        if packet.pts is None:
            return arrived_us
        return self._clock.captured_us(packet.pts * 1_000_000 // self._rate, arrived_us)
