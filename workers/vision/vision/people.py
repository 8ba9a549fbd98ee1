"""Finds people: OpenCV's HOG people detector, looking only where something moves or where somebody is expected."""

import cv2
import numpy as np

from vision.geometry import Box, covered, scaled, suppress
from vision.motion import Motion

# HOG knows people of 96 pixels and more, inside a window of 64x128: what it looks at is enlarged to about this height.
LOOK_AT_HEIGHT, MOST_ENLARGED = 120, 4
# It needs to see around a person. As shares of the person's height: how wide, and how far above and below.
LEAST_WIDTH, AROUND = 1.0, 0.25
WINDOW_WIDTH, WINDOW_HEIGHT = 64, 128
SIDES, ENDS = 0.18, 0.08
LEAST_WEIGHT = -0.2
MOST_COVERED = 0.6
# A moving shape that HOG does not know may still be somebody who was known before, when it is as slender as people are.
LEAST_SLENDER, MOST_SLENDER = 1.5, 4.2
SHAPE_SCORE = 0.3
# A shape less slender than this may be several people: it is looked at larger.
GROUP_BELOW, GROUP_ENLARGED = 1.7, 1.5


class PeopleDetector:
    """Of one camera, because it learns its background. Not safe to be used by several threads."""

    def __init__(self) -> None:
        self._motion = Motion()
        self._hog = cv2.HOGDescriptor()
        self._hog.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())

    def find(self, image: np.ndarray, expected: list[Box], now: float) -> list[tuple[Box, float]]:
        """People in a grey picture with their scores, in pixels. `expected`: where people are followed (0..1)."""
        height, width = image.shape
        in_motion = self._motion.find(image, now)
        if in_motion is None:
            return []
        moving = [scaled(box, width, height) for box in in_motion]
        followed = [scaled(box, width, height) for box in expected]
        places = moving + [box for box in followed if all(covered(box, other) < MOST_COVERED for other in moving)]
        seen = [person for place in places for person in self._look_at(image, place)]
        shapes = [(box, SHAPE_SCORE) for box in moving if LEAST_SLENDER <= box[3] / box[2] <= MOST_SLENDER]
        return suppress(seen + shapes, MOST_COVERED)

    def _look_at(self, image: np.ndarray, place: Box) -> list[tuple[Box, float]]:
        _, _, width, height = place
        enlarged = LOOK_AT_HEIGHT * (GROUP_ENLARGED if height < width * GROUP_BELOW else 1) / height
        factor = min(MOST_ENLARGED, enlarged)
        crop, left, top = cut(image, place)
        crop = cv2.resize(crop, None, fx=factor, fy=factor)
        boxes, weights = self._hog.detectMultiScale(padded(crop), hitThreshold=LEAST_WEIGHT, winStride=(8, 8), scale=1.1, groupThreshold=1)
        return [
            ((left + x / factor, top + y / factor, w / factor, h / factor), sigmoid(weight))
            for (x, y, w, h), weight in zip(map(tightened, boxes), np.ravel(weights), strict=True)
        ]


def cut(image: np.ndarray, place: Box) -> tuple[np.ndarray, int, int]:
    """The place with what stands around it, and its left and top; over the picture's edge its border is repeated."""
    x, y, width, height = place
    beside = max(width * 0.15, (LEAST_WIDTH * height - width) / 2)
    left, right = int(x - beside), int(x + width + beside) + 1
    top, bottom = int(y - height * AROUND), int(y + height * (1 + AROUND)) + 1
    inside = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    beyond = (max(0, -top), max(0, bottom - image.shape[0]), max(0, -left), max(0, right - image.shape[1]))
    return cv2.copyMakeBorder(inside, *beyond, cv2.BORDER_REPLICATE), left, top


def padded(crop: np.ndarray) -> np.ndarray:
    below, beside = max(0, WINDOW_HEIGHT - crop.shape[0]), max(0, WINDOW_WIDTH - crop.shape[1])
    return cv2.copyMakeBorder(crop, 0, below, 0, beside, cv2.BORDER_REPLICATE) if below or beside else crop


def tightened(box: np.ndarray) -> Box:
    """The person inside the detector's window, which has a margin around (32x96 pixels of 64x128)."""
    x, y, width, height = map(float, box)
    return (x + width * SIDES, y + height * ENDS, width * (1 - 2 * SIDES), height * (1 - 2 * ENDS))


def sigmoid(weight: float) -> float:
    """From the distance to the detector's dividing plane to a score: 0.5 at the plane."""
    return float(1 / (1 + np.exp(-2 * weight)))
