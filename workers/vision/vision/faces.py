"""Finds faces with OpenCV's Haar cascade: the whole picture now and then, in between where a face is expected."""

import cv2
import numpy as np

from vision.geometry import Box, scaled, suppress

WHOLE_EVERY_S = 1.5
LEAST_PIXELS = 36
AROUND = 0.6
MOST_COVERED = 0.5


class FaceDetector:
    """Of one camera. A search of the whole picture costs as much as ten looks at expected faces."""

    def __init__(self) -> None:
        self._cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
        self._whole_at = float("-inf")

    def find(self, image: np.ndarray, expected: list[Box], now: float) -> list[tuple[Box, float]]:
        """Faces in a grey picture with their scores, in pixels. `now` is in s of any steady clock."""
        if not 0 <= now - self._whole_at < WHOLE_EVERY_S:
            self._whole_at = now
            return suppress(self._search(image, 0, 0, LEAST_PIXELS), MOST_COVERED)
        height, width = image.shape
        return suppress([face for box in expected for face in self._look_at(image, scaled(box, width, height))], MOST_COVERED)

    def _look_at(self, image: np.ndarray, place: Box) -> list[tuple[Box, float]]:
        x, y, width, height = place
        left, top = max(0, int(x - width * AROUND)), max(0, int(y - height * AROUND))
        crop = image[top : int(y + height * (1 + AROUND)) + 1, left : int(x + width * (1 + AROUND)) + 1]
        least = max(LEAST_PIXELS, int(height * 0.7))
        return self._search(crop, left, top, least) if min(crop.shape) >= least else []

    def _search(self, image: np.ndarray, left: int, top: int, least: int) -> list[tuple[Box, float]]:
        boxes, _, weights = self._cascade.detectMultiScale3(
            image, scaleFactor=1.15, minNeighbors=6, minSize=(least, least), outputRejectLevels=True
        )
        return [
            ((float(left + x), float(top + y), float(width), float(height)), score(weight))
            for (x, y, width, height), weight in zip(boxes, np.ravel(weights), strict=True)
        ]


def score(weight: float) -> float:
    """From the last stage's sum (about 1 to 8 for faces) to 0..1."""
    return float(1 / (1 + np.exp(-2 * weight / 3)))
