"""Tells when frames were captured, from when they arrived."""

from collections import deque

WINDOW_US = 10_000_000
# A camera whose clock jumped by more than this is measured anew.
JUMP_US = 2_000_000


class CaptureClock:
    """The least delayed frame of the last seconds sets the clock: others were held up on the way, not captured later.

    FFmpeg hands a frame on when the next one begins: the moment belongs to the next one.
    """

    def __init__(self) -> None:
        self._delays: deque[tuple[int, int]] = deque()
        self._began_us: int | None = None

    def captured_us(self, presented_us: int, arrived_us: int) -> int:
        """`presented_us`: the frame's own time stamp. `arrived_us` and the answer: µs since 1970."""
        began_us, self._began_us = self._began_us, arrived_us
        if began_us is None:
            return arrived_us
        self._note(began_us, began_us - presented_us)
        return min(arrived_us, presented_us + self._delays[0][1])

    def _note(self, now_us: int, delay: int) -> None:
        """Keeps the delays that may be the least of the window: older and greater ones never will be."""
        if self._delays and abs(delay - self._delays[0][1]) > JUMP_US:
            self._delays.clear()
        while self._delays and self._delays[-1][1] >= delay:
            self._delays.pop()
        self._delays.append((now_us, delay))
        while self._delays[0][0] < now_us - WINDOW_US:
            self._delays.popleft()
