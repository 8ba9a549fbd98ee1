"""Tells when frames were captured, from when they arrived."""

from collections import deque

WINDOW_US = 10_000_000
# A camera whose clock jumped by more than this is measured anew.
JUMP_US = 2_000_000
GAPS_KEPT = 8


class CaptureClock:
    """The least delayed frame of the last seconds sets the clock: others were held up on the way, not captured later.

    FFmpeg hands a frame on when the next one begins, so the time between two frames is taken off.
    """

    def __init__(self) -> None:
        self._delays: deque[tuple[int, int]] = deque()
        self._recent: deque[int] = deque(maxlen=GAPS_KEPT)

    def captured_us(self, presented_us: int, arrived_us: int) -> int:
        """`presented_us`: the frame's own time stamp. `arrived_us` and the answer: µs since 1970."""
        delay = arrived_us - presented_us
        if self._delays and abs(delay - self._delays[0][1]) > JUMP_US:
            self._delays.clear()
            self._recent.clear()
        while self._delays and self._delays[-1][1] >= delay:
            self._delays.pop()
        self._delays.append((arrived_us, delay))
        while self._delays[0][0] < arrived_us - WINDOW_US:
            self._delays.popleft()
        self._recent.append(presented_us)
        return min(arrived_us, presented_us + self._delays[0][1] - self._frame_us())

    def _frame_us(self) -> int:
        shown = sorted(self._recent)
        return min((later - earlier for earlier, later in zip(shown, shown[1:]) if later > earlier), default=0)
