"""The worker's loop: the newest frame of each camera in turn, found, tracked, written."""

import logging
import threading
import time
import uuid
from collections import deque

from vision import barcode
from vision.budget import Budget
from vision.config import Config
from vision.detect import Detector
from vision.frame import Frame
from vision.message import message
from vision.publish import Publisher
from vision.source import Source
from vision.telemetry import Telemetry
from vision.track import Tracker

log = logging.getLogger(__name__)
IDLE_S = 0.01
REPORT_EVERY_S = 60


class Worker:
    def __init__(self, config: Config) -> None:
        self._config = config
        self._sources = [Source(camera.id, camera.url) for camera in config.cameras]
        self._barcodes = {camera.id for camera in config.cameras if camera.barcode}
        self._trackers = {camera.id: Tracker() for camera in config.cameras}
        self._identity = {"id": config.worker, "run": str(uuid.uuid4())}
        self._detectors = {camera.id: Detector() for camera in config.cameras}
        self._publisher = Publisher(config.redis_url)
        self._telemetry = Telemetry()
        self._budget = Budget(config.cpu_budget)
        self._late: deque[tuple[float, str, str]] = deque()
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """Works until it is stopped, then writes what is still held back."""
        for source in self._sources:
            source.start()
        log.info("watching", extra={"cameras": [source.camera for source in self._sources], **self._identity})
        report_at = time.monotonic() + REPORT_EVERY_S
        while not self._stopping.is_set():
            busy = self._round()
            self._send_late(time.monotonic())
            self._stopping.wait(max(self._budget.rest_s() if busy else 0, 0 if busy else IDLE_S))
            if time.monotonic() > report_at:
                report_at += REPORT_EVERY_S
                log.info("so far", extra={"written": self._publisher.written, "lost": self._publisher.lost})
        for source in self._sources:
            source.stop()
        self._send_late(float("inf"))
        self._telemetry.close()

    def _round(self) -> bool:
        """Analyses one frame of each camera that has a new one; rests in between, so that none goes hungry."""
        busy = False
        for source in self._sources:
            frame = source.take()
            if frame is None or self._stopping.is_set():
                continue
            busy = True
            self._analyse(frame)
            self._stopping.wait(self._budget.rest_s())
        return busy

    def _analyse(self, frame: Frame) -> None:
        with self._telemetry.span(frame.camera) as traceparent:
            attributes, now = None, frame.captured_at_us / 1e6
            if frame.camera in self._barcodes:
                shown_ms, target = barcode.read(frame.picture)
                found, attributes = ([target] if target else []), {"barcode": shown_ms}
            else:
                found = self._detectors[frame.camera].find(frame.picture, self._trackers[frame.camera].expected(now), now)
            tracked = self._trackers[frame.camera].update(found, now)
            data = message(frame, tracked, self._identity, attributes)
            if not self._config.delay_s:
                self._publisher.write(data, traceparent)
                return
            self._late.append((time.monotonic() + self._config.delay_s, data, traceparent))

    def _send_late(self, now: float) -> None:
        while self._late and self._late[0][0] <= now:
            _, data, traceparent = self._late.popleft()
            self._publisher.write(data, traceparent)
