"""Keeps the worker within its share of a processor."""

import time
from collections.abc import Callable

SAVED_S = 0.5
# Reading alone may cost more than the share: a frame is analysed at least this often all the same.
LONGEST_REST_S = 1.0


class Budget:
    """A token bucket of processor time: filled at `cores` seconds a second, emptied by what this process uses."""

    def __init__(
        self,
        cores: float,
        used: Callable[[], float] = time.process_time,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cores, self._used, self._now = cores, used, now
        self._at, self._before = now(), used()
        self._left = 0.0

    def rest_s(self) -> float:
        """How long to rest now so that the share is kept."""
        now, used = self._now(), self._used()
        gained = self._cores * (now - self._at) - (used - self._before)
        self._left = max(-self._cores * LONGEST_REST_S, min(self._cores * SAVED_S, self._left + gained))
        self._at, self._before = now, used
        return max(0.0, -self._left / self._cores)
