"""Cuts the best moment of each track out of the very frame that its box belongs to."""

import base64
from dataclasses import dataclass

import av
import cv2
import numpy as np

from vision.detect import Found
from vision.geometry import Box, clip

# What is cut: the box with this share of its size around it; the longest side (pixels) and the most bytes of a picture.
AROUND, LONGEST, MOST_BYTES = 0.1, 320, 16_000
# Scale and JPEG quality, the finest first.
TRIES = ((1, 80), (1, 60), (1, 40), (0.5, 40))
# The next picture of a track has to be better by this factor, and comes no sooner than this.
BETTER, PAUSE_S = 1.4, 2.0
MOST_A_FRAME, FORGET_AFTER_S = 4, 10.0
# Touching the edge of the picture an object is cut off; variance of the Laplacian at which a picture is half sharp.
EDGE, AT_EDGE = 0.005, 0.3
HALF_SHARP = 100.0


@dataclass
class Best:
    quality: float
    at: float
    seen_at: float


class BestMoments:
    """Of one camera. Not safe to be used by several threads."""

    def __init__(self) -> None:
        self._best: dict[int, Best] = {}

    def take(self, picture: av.VideoFrame, tracked: list[tuple[int, Found]], now: float) -> list[dict]:
        """Pictures of those tracks that are seen clearly better than before, as contracts/worker.ts has them. `now` in s."""
        self._best = {number: best for number, best in self._best.items() if abs(now - best.seen_at) < FORGET_AFTER_S}
        for number, _ in tracked:
            if number in self._best:
                self._best[number].seen_at = now
        wanted = [(number, found) for number, found in tracked if self._wants(number, size(found), now)]
        if not wanted:
            return []
        image = picture.to_ndarray(format="bgr24")
        taken = (self._take(image, number, found, now) for number, found in wanted[:MOST_A_FRAME])
        return [each for each in taken if each]

    def _wants(self, number: int, quality: float, now: float) -> bool:
        best = self._best.get(number)
        return best is None or (quality >= best.quality * BETTER and abs(now - best.at) >= PAUSE_S)

    def _take(self, image: np.ndarray, number: int, found: Found, now: float) -> dict | None:
        cut = crop(image, found.box)
        quality = size(found) * sharpness(cut)
        if not self._wants(number, quality, now) or (jpeg := encoded(cut)) is None:
            return None
        self._best[number] = Best(quality, now, now)
        return {"track": str(number), "quality": round(quality, 6), "jpeg": base64.b64encode(jpeg).decode()}


def size(found: Found) -> float:
    """Score × area (shares), less for what the edge of the picture cuts off: the most that a moment can be worth."""
    x, y, width, height = found.box
    inside = min(x, y, 1 - x - width, 1 - y - height) > EDGE
    return found.score * width * height * (1 if inside else AT_EDGE)


def sharpness(image: np.ndarray) -> float:
    variance = float(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())
    return variance / (variance + HALF_SHARP)


def crop(image: np.ndarray, box: Box) -> np.ndarray:
    """The box with a little around it, no larger than LONGEST."""
    height, width = image.shape[:2]
    x, y, across, down = box
    x, y, across, down = clip((x - across * AROUND, y - down * AROUND, across * (1 + 2 * AROUND), down * (1 + 2 * AROUND)))
    left, top = min(int(x * width), width - 1), min(int(y * height), height - 1)
    cut = image[top : max(top + 1, round((y + down) * height)), left : max(left + 1, round((x + across) * width))]
    scale = LONGEST / max(cut.shape[:2])
    return cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else cut


def encoded(image: np.ndarray) -> bytes | None:
    """As a JPEG of at most MOST_BYTES, coarser if it must be, then smaller; None if even that is too large."""
    for scale, quality in TRIES:
        picture = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
        done, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if done and jpeg.size <= MOST_BYTES:
            return jpeg.tobytes()
    return None
