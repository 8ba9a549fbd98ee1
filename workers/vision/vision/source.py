"""Reads one camera by RTSP for ever, and holds its newest frame."""

import logging
import random
import threading
import time

import av

from vision.frame import Frame
from vision.framekey import frame_key

log = logging.getLogger(__name__)
OPTIONS = {"rtsp_transport": "tcp", "fflags": "nobuffer", "analyzeduration": "500000"}
OPEN_TIMEOUT_S, READ_TIMEOUT_S = 5, 5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 5
KEYS_KEPT = 64


class Source:
    """A thread that decodes every frame and keeps only the newest: a slow analysis never builds up a backlog."""

    def __init__(self, camera: str, url: str) -> None:
        self.camera = camera
        self._url = url
        self._newest: Frame | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"source-{camera}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def take(self) -> Frame | None:
        """The newest frame that was not taken yet."""
        with self._lock:
            frame, self._newest = self._newest, None
            return frame

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._read()
                log.info("stream ended", extra={"camera": self.camera})
            except (av.FFmpegError, OSError, IndexError) as error:
                log.warning("stream lost", extra={"camera": self.camera, "error": type(error).__name__})
            pause = FIRST_PAUSE_S if time.monotonic() - started > 10 else min(pause * 2, LONGEST_PAUSE_S)
            self._stopping.wait(pause * random.uniform(0.5, 1))

    def _read(self) -> None:
        with av.open(self._url, options=OPTIONS, timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_type = "NONE"
            rate = int(1 / stream.time_base) if stream.time_base else 90_000
            keys: dict[int | None, str | None] = {}
            sequence = 0
            for packet in container.demux(stream):
                if self._stopping.is_set():
                    return
                if packet.size == 0:
                    continue
                arrived = time.time_ns() // 1000
                keys[packet.pts] = frame_key(bytes(packet))
                for picture in packet.decode():
                    sequence += 1
                    self._keep(Frame(self.camera, picture, keys.pop(picture.pts, None), picture.pts, rate, sequence, arrived))
                while len(keys) > KEYS_KEPT:
                    keys.pop(next(iter(keys)))

    def _keep(self, frame: Frame) -> None:
        with self._lock:
            self._newest = frame
