"""Finds people and faces in one picture, with what OpenCV carries."""

from dataclasses import dataclass

import av
import cv2
import numpy as np

from vision.faces import FaceDetector
from vision.geometry import Box, clip, scaled
from vision.people import PeopleDetector

MODEL = {"name": "opencv-motion-hog-haar", "version": cv2.__version__}
PEOPLE_HEIGHT, FACES_HEIGHT = 576, 360


@dataclass(frozen=True)
class Found:
    """`box`: left, top, width, height as shares of the picture."""

    kind: str
    score: float
    box: Box


class Detector:
    """Of one camera. Not safe to be used by several threads."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._people = PeopleDetector()
        self._faces = FaceDetector()

    def find(self, picture: av.VideoFrame, expected: list[Found], now: float) -> list[Found]:
        """What is in the picture. `expected`: what is followed, where it should be `now` (s of any steady clock)."""
        people, faces = grey(picture, PEOPLE_HEIGHT), grey(picture, FACES_HEIGHT)
        return [
            *shares("person", people, self._people.find(people, boxes_of("person", expected), now)),
            *shares("face", faces, self._faces.find(faces, boxes_of("face", expected), now)),
        ]


def grey(picture: av.VideoFrame, height: int) -> np.ndarray:
    """The picture in grey, no higher than `height`, its sides in proportion."""
    scale = min(1, height / picture.height)
    size = {"width": max(2, round(picture.width * scale) & ~1), "height": max(2, round(picture.height * scale) & ~1)}
    return picture.reformat(format="gray", **size).to_ndarray()


def boxes_of(kind: str, found: list[Found]) -> list[Box]:
    return [each.box for each in found if each.kind == kind]


def shares(kind: str, image: np.ndarray, found: list[tuple[Box, float]]) -> list[Found]:
    height, width = image.shape
    return [Found(kind, round(min(1.0, score), 3), clip(scaled(box, 1 / width, 1 / height))) for box, score in found]
