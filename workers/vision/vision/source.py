"""Reads one camera by RTSP for ever, and holds its newest frame."""

import logging
import random
import threading
import time
from collections.abc import Callable

import av

from vision.frame import Frame
from vision.stream import Stream

log = logging.getLogger(__name__)
OPTIONS = {"rtsp_transport": "tcp", "fflags": "nobuffer", "analyzeduration": "500000"}
OPEN_TIMEOUT_S, READ_TIMEOUT_S = 5, 5
FIRST_PAUSE_S, LONGEST_PAUSE_S, HEALTHY_AFTER_S = 0.5, 1.5, 10
# Cameras lock out who tries a wrong password too often.
REFUSED_PAUSE_S = 30
REFUSED = (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)


class Source:
    """A thread that decodes every frame and keeps only the newest: a slow analysis never builds up a backlog."""

    def __init__(self, camera: str, url: str, on_frame: Callable[[], None] = lambda: None) -> None:
        self.camera = camera
        self.frames = 0
        self._url = url
        self._on_frame = on_frame
        self._newest: Frame | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._told: str | None = None
        self._thread = threading.Thread(target=self._run, name=f"source-{camera}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def join(self, within_s: float) -> None:
        """Waits for the connection to be closed; a camera that is silent may take longer than that."""
        self._thread.join(within_s)

    def waits(self) -> bool:
        """Whether there is a frame that was not taken yet."""
        return self._newest is not None

    def take(self) -> Frame | None:
        """The newest frame that was not taken yet."""
        with self._lock:
            frame, self._newest = self._newest, None
            return frame

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            started = time.monotonic()
            why, refused = self._attempt()
            pause = FIRST_PAUSE_S if time.monotonic() - started > HEALTHY_AFTER_S else min(pause * 2, LONGEST_PAUSE_S)
            if not self._stopping.is_set():
                self._tell(why)
            self._stopping.wait(REFUSED_PAUSE_S if refused else pause * random.uniform(0.5, 1))

    def _attempt(self) -> tuple[str, bool]:
        """Reads until the stream ends; why it did, and whether the camera refuses us. Never the URL: it may hold a password."""
        try:
            self._read()
            return "the camera ended the stream", False
        except REFUSED as error:
            return f"the camera refuses user or password ({type(error).__name__})", True
        except (av.FFmpegError, OSError) as error:
            return error.strerror or type(error).__name__, False
        except Exception as error:  # a thread that dies would leave its camera unseen for ever
            return f"cannot be read ({type(error).__name__})", False

    def _read(self) -> None:
        with av.open(self._url, options=OPTIONS, timeout=(OPEN_TIMEOUT_S, READ_TIMEOUT_S)) as container:
            if not container.streams.video:
                raise OSError(0, "the camera sends no video")
            stream = Stream(self.camera, container.streams.video[0])
            for packet in container.demux(container.streams.video[0]):
                if self._stopping.is_set():
                    return
                for frame in stream.frames_of(packet, time.time_ns() // 1000):
                    self._keep(frame)

    def _keep(self, frame: Frame) -> None:
        if self._told is not None or self.frames == 0:
            log.info("reading", extra={"camera": self.camera, "width": frame.picture.width, "height": frame.picture.height})
            self._told = None
        self.frames += 1
        with self._lock:
            self._newest = frame
        self._on_frame()

    def _tell(self, why: str) -> None:
        """A reason is told once, not at every attempt."""
        if why != self._told:
            log.warning("not reading, will try again", extra={"camera": self.camera, "reason": why})
        self._told = why
