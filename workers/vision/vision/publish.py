"""Writes detections to Redis. A Redis that is away holds nobody up: newest wins, what is left out is counted."""

import logging
import threading
import time
from collections import deque

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
STREAM = "detections"
TIMEOUT_S, PAUSE_S = 2.0, 0.5
MOST_WAITING, OLDEST_S = 512, 2.0


class Publisher:
    """A thread of its own that writes in order, each entry `delay_s` after it was handed over."""

    def __init__(self, url: str, delay_s: float = 0) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 0))
        self._delay_s = delay_s
        self._waiting: deque[tuple[float, dict[str, str]]] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._away = False
        self.written = 0
        self.lost = 0
        self._thread = threading.Thread(target=self._run, name="publisher", daemon=True)
        self._thread.start()

    def write(self, data: str, traceparent: str | None, thumbnails: str | None = None) -> None:
        """Hands over one entry and returns at once."""
        beside = {"traceparent": traceparent, "thumbnails": thumbnails}
        fields = {"data": data} | {name: value for name, value in beside.items() if value}
        with self._changed:
            self._waiting.append((time.monotonic() + self._delay_s, fields))
            # With a delay on purpose, what waits for its time is not a backlog.
            if self._delay_s == 0 and len(self._waiting) > MOST_WAITING:
                self._waiting.popleft()
                self.lost += 1
            self._changed.notify()

    def close(self, within_s: float = 3) -> None:
        """Writes what still waits, as far as Redis takes it in that time."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(within_s)
        if not self._thread.is_alive():
            self._redis.close()

    def _run(self) -> None:
        while (entry := self._next()) is not None:
            due, fields = entry
            if time.monotonic() - due > OLDEST_S or not self._try(fields):
                self.lost += 1

    def _next(self) -> tuple[float, dict[str, str]] | None:
        """The next entry when its time has come; None when there will be no more."""
        with self._changed:
            while True:
                if not self._waiting:
                    if self._closing:
                        return None
                    self._changed.wait()
                elif self._closing or (left := self._waiting[0][0] - time.monotonic()) <= 0:
                    return self._waiting.popleft()
                else:
                    self._changed.wait(left)

    def _try(self, fields: dict[str, str]) -> bool:
        try:
            self._redis.xadd(STREAM, fields)
        except redis.RedisError as error:
            self._tell_away(type(error).__name__)
            if not self._closing:
                time.sleep(PAUSE_S)
            return False
        if self._away:
            log.info("redis is back", extra={"lost": self.lost})
        self._away = False
        self.written += 1
        return True

    def _tell_away(self, error: str) -> None:
        if not self._away:
            log.warning("redis does not take detections, will go on trying", extra={"error": error})
        self._away = True
