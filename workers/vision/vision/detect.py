"""Finds people and faces with what OpenCV carries: motion and HOG with its people detector, and a Haar cascade."""

from dataclasses import dataclass

import av
import cv2
import numpy as np

from vision.motion import Motion

MODEL = {"name": "opencv-motion-hog-haar", "version": cv2.__version__}
PEOPLE_HEIGHT, FACES_HEIGHT = 576, 360
LEAST_OVERLAP = 0.45
# HOG looks for people of 96 pixels and more: what moves is enlarged to about this height before it looks.
LOOK_AT_HEIGHT, MOST_ENLARGED = 140, 3
MARGIN = 0.3
# A moving shape that HOG does not know is still called a person when it is as much higher than wide as people are.
# Looking for faces costs most; where none was seen, only every so many frames are looked at.
FACES_EVERY = 4
LEAST_SLENDER, MOST_SLENDER, SHAPE_SCORE = 1.5, 4.2, 0.5


Pixels = tuple[float, float, float, float]


@dataclass(frozen=True)
class Found:
    """`box`: left, top, width, height as shares of the picture."""

    kind: str
    score: float
    box: tuple[float, float, float, float]


class Detector:
    """Of one camera: it learns its background. Not safe to be used by several threads."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._motion = Motion()
        self._people = cv2.HOGDescriptor()
        self._people.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())
        self._faces = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
        self._faceless = FACES_EVERY

    def find(self, picture: av.VideoFrame) -> list[Found]:
        people = self.people(grey(picture, PEOPLE_HEIGHT))
        if 0 < self._faceless < FACES_EVERY:
            self._faceless += 1
            return people
        faces = self.faces(grey(picture, FACES_HEIGHT))
        self._faceless = 0 if faces else 1
        return people + faces

    def people(self, image: np.ndarray) -> list[Found]:
        height, width = image.shape
        moving = [(x * width, y * height, w * width, h * height) for x, y, w, h in self._motion.find(image)]
        found = [person for box in moving for person in self._look_at(image, box)]
        return [share(image, "person", box, score) for box, score in suppress(found)]

    def _look_at(self, image: np.ndarray, moving: Pixels) -> list[tuple[Pixels, float]]:
        x, y, width, height = moving
        factor = min(MOST_ENLARGED, max(1.0, LOOK_AT_HEIGHT / height))
        left, top = max(0, int(x - width * MARGIN)), max(0, int(y - height * MARGIN))
        right, bottom = int(x + width * (1 + MARGIN)) + 1, int(y + height * (1 + MARGIN)) + 1
        crop = cv2.resize(image[top:bottom, left:right], None, fx=factor, fy=factor)
        if crop.shape[0] < 128 or crop.shape[1] < 64:
            missing = max(0, 128 - crop.shape[0]), max(0, 64 - crop.shape[1])
            crop = cv2.copyMakeBorder(crop, 0, missing[0], 0, missing[1], cv2.BORDER_REPLICATE)
        boxes, weights = self._people.detectMultiScale(crop, winStride=(8, 8), scale=1.1)
        people = [
            ((left + bx / factor, top + by / factor, bw / factor, bh / factor), sigmoid(weight))
            # The detector's window has a margin around the person (64×128 for 32×96 pixels of person).
            for (bx, by, bw, bh), weight in zip((tighten(box, 0.18, 0.08) for box in boxes), np.ravel(weights), strict=True)
        ]
        if people:
            return people
        return [(moving, SHAPE_SCORE)] if LEAST_SLENDER <= height / width <= MOST_SLENDER else []

    def faces(self, image: np.ndarray) -> list[Found]:
        boxes, _, weights = self._faces.detectMultiScale3(
            image, scaleFactor=1.15, minNeighbors=6, minSize=(36, 36), outputRejectLevels=True
        )
        found = [(tuple(map(float, box)), sigmoid(weight / 3)) for box, weight in zip(boxes, np.ravel(weights), strict=True)]
        return [share(image, "face", box, score) for box, score in suppress(found)]



def grey(picture: av.VideoFrame, height: int) -> np.ndarray:
    """The picture in grey, no higher than `height`, its sides in proportion."""
    scale = min(1, height / picture.height)
    size = {"width": round(picture.width * scale) & ~1, "height": round(picture.height * scale) & ~1}
    return picture.reformat(format="gray", **size).to_ndarray()


def tighten(box, sides: float, ends: float) -> Pixels:
    x, y, width, height = map(float, box)
    return (x + width * sides, y + height * ends, width * (1 - 2 * sides), height * (1 - 2 * ends))


def suppress(found: list[tuple[Pixels, float]]) -> list[tuple[Pixels, float]]:
    """Of boxes that overlap much, the best one (non-maximum suppression)."""
    kept: list[tuple[Pixels, float]] = []
    for box, score in sorted(found, key=lambda each: -each[1]):
        if all(overlap(box, other) < LEAST_OVERLAP for other, _ in kept):
            kept.append((box, score))
    return kept


def overlap(a: Pixels, b: Pixels) -> float:
    """Intersection over union."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    return common / (a[2] * a[3] + b[2] * b[3] - common)


def sigmoid(weight: float) -> float:
    return float(1 / (1 + np.exp(-2 * weight)))


def share(image: np.ndarray, kind: str, box: Pixels, score: float) -> Found:
    height, width = image.shape[:2]
    left, top = max(0.0, box[0] / width), max(0.0, box[1] / height)
    right, bottom = min(1.0, (box[0] + box[2]) / width), min(1.0, (box[1] + box[3]) / height)
    return Found(kind, round(min(1.0, score), 3), (left, top, max(0.0, right - left), max(0.0, bottom - top)))
