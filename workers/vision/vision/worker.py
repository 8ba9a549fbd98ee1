"""The worker's loop: the newest frame of the camera whose turn it is, found, tracked, written."""

import json
import logging
import threading
import time
import uuid
from dataclasses import replace

from vision.barcode import Target
from vision.budget import Budget
from vision.config import Config
from vision.detect import Detector, Found
from vision.frame import Frame
from vision.message import message
from vision.publish import Publisher
from vision.schedule import Schedule
from vision.source import Source
from vision.telemetry import Telemetry
from vision.thumbnail import BestMoments
from vision.track import Tracker

log = logging.getLogger(__name__)
REPORT_EVERY_S = 60
# How long to wait for a frame before looking whether the worker is to stop or to report.
WAIT_S = 1.0
LEAVE_WITHIN_S = 1.0


class Worker:
    def __init__(self, config: Config) -> None:
        self._identity = {"id": config.worker, "run": str(uuid.uuid4())}
        self._nameless = config.nameless
        self._came = threading.Event()
        self._sources = {camera.id: Source(camera.id, camera.url, self._came.set) for camera in config.cameras}
        self._read = {camera.id: camera.source for camera in config.cameras}
        self._targets = {camera.id: Target() for camera in config.cameras if camera.barcode}
        self._trackers = {camera.id: Tracker() for camera in config.cameras}
        self._detectors = {camera.id: Detector() for camera in config.cameras}
        self._moments = {camera.id: BestMoments() for camera in config.cameras if config.thumbnails and not camera.barcode}
        self._analysed = dict.fromkeys(self._sources, 0)
        self._publisher = Publisher(config.redis_url, config.delay_s)
        self._telemetry = Telemetry()
        self._budget = Budget(config.cpu_budget)
        self._schedule = Schedule()
        self._stopping = threading.Event()

    def stop(self) -> None:
        """May be called from a signal handler."""
        self._stopping.set()
        self._came.set()

    def run(self) -> None:
        """Works until it is stopped, then writes what is still held back."""
        for source in self._sources.values():
            source.start()
        log.info("watching", extra={"cameras": list(self._sources), **self._identity})
        report_at = time.monotonic() + REPORT_EVERY_S
        while not self._stopping.is_set():
            self._came.clear()
            if not self._step():
                self._came.wait(WAIT_S)
            if time.monotonic() >= report_at:
                report_at += REPORT_EVERY_S
                self._report()
        self._close()

    def _step(self) -> bool:
        """Analyses one frame, then rests as long as the budget says; False when there was none."""
        camera = self._schedule.choose([name for name, source in self._sources.items() if source.waits()])
        frame = self._sources[camera].take() if camera else None
        if camera is None or frame is None:
            return False
        before = time.thread_time()
        try:
            self._analyse(frame)
        except Exception:  # one frame that cannot be analysed must not end the others
            log.exception("frame not analysed", extra={"camera": camera})
        self._schedule.charge(camera, time.thread_time() - before, time.monotonic())
        self._stopping.wait(self._budget.rest_s())
        return True

    def _analyse(self, frame: Frame) -> None:
        with self._telemetry.span(frame.camera) as traceparent:
            target = self._targets.get(frame.camera)
            tracked, attributes = target.follow(frame.picture) if target else (self._follow(frame), None)
            told = replace(frame, key=None, pts=None) if self._nameless else frame
            text = message(told, tracked, self._identity, source=self._read[frame.camera], attributes=attributes)
            self._publisher.write(text, traceparent, self._thumbnails(frame, tracked))
            self._analysed[frame.camera] += 1

    def _thumbnails(self, frame: Frame, tracked: list[tuple[int, Found]]) -> str | None:
        moments = self._moments.get(frame.camera)
        taken = moments.take(frame.picture, tracked, frame.captured_at_us / 1e6) if moments else []
        return json.dumps(taken, separators=(",", ":")) if taken else None

    def _follow(self, frame: Frame) -> list[tuple[int, Found]]:
        tracker, now = self._trackers[frame.camera], frame.captured_at_us / 1e6
        found = self._detectors[frame.camera].find(frame.picture, tracker.expected(now), now)
        return tracker.update(found, now)

    def _report(self) -> None:
        frames = {name: {"read": source.frames, "analysed": self._analysed[name]} for name, source in self._sources.items()}
        log.info("so far", extra={"written": self._publisher.written, "lost": self._publisher.lost, "frames": frames})

    def _close(self) -> None:
        for source in self._sources.values():
            source.stop()
        leave_at = time.monotonic() + LEAVE_WITHIN_S
        for source in self._sources.values():
            source.join(max(0, leave_at - time.monotonic()))
        self._publisher.close()
        self._telemetry.close()
        self._report()
        log.info("stopped")
