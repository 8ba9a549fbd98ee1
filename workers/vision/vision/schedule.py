"""Shares the processor between cameras, so that one that costs much does not slow the others down."""

import math
from collections.abc import Iterable

REMEMBER_S = 2.0


class Schedule:
    """The camera that used least lately comes first: cheap ones run at their full rate, dear ones share what is left."""

    def __init__(self) -> None:
        self._used: dict[str, float] = {}
        self._at = 0.0

    def choose(self, ready: Iterable[str]) -> str | None:
        """Which of the cameras that have a new frame is to be analysed next."""
        return min(ready, key=lambda camera: self._used.get(camera, 0.0), default=None)

    def charge(self, camera: str, cost_s: float, now: float) -> None:
        """Notes what an analysis cost; what was used long ago is forgotten. `now`: s of any steady clock."""
        fade = math.exp(-max(0.0, now - self._at) / REMEMBER_S)
        self._used = {name: used * fade for name, used in self._used.items()}
        self._at = now
        self._used[camera] = self._used.get(camera, 0.0) + cost_s
