"""One picture of a camera, and what names it."""

from dataclasses import dataclass

import av


@dataclass(frozen=True)
class Frame:
    """`captured_at_us`: µs since 1970, by this machine's clock. `pts` counts in `clock_rate` (Hz)."""

    camera: str
    picture: av.VideoFrame
    key: str | None
    pts: int | None
    clock_rate: int
    sequence: int
    captured_at_us: int
