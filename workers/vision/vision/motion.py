"""Finds where something moves before a fixed camera: cheap, and all that a people detector has to look at."""

import math

import cv2
import numpy as np

from vision.geometry import Box

HEIGHT = 288
SHADOW_LIMIT = 200
LEAST_HEIGHT, LEAST_AREA = 0.05, 0.0006
MOST_AREA = 0.35
# With more than this in motion, the camera or the scene itself moves, and shapes mean nothing until it was calm for a while.
MOST_IN_MOTION, MOST_REMEMBERED, REMEMBER_S = 0.04, 0.2, 5.0
# Nobody knows what a new scene is like: it counts as moving for the first seven seconds.
AT_FIRST = 0.16


class Motion:
    """Background subtraction (MOG2) of one camera; boxes are shares of the picture."""

    def __init__(self) -> None:
        self._background = cv2.createBackgroundSubtractorMOG2(history=150, varThreshold=24, detectShadows=True)
        self._in_motion, self._at = AT_FIRST, float("inf")
        self._opening = np.ones((2, 2), np.uint8)
        self._closing = np.ones((9, 5), np.uint8)

    def find(self, grey: np.ndarray, now: float) -> list[Box] | None:
        """Where something moves; None when everything does. `now`: s of any steady clock."""
        small = cv2.resize(grey, (round(grey.shape[1] * HEIGHT / grey.shape[0]), HEIGHT), interpolation=cv2.INTER_AREA)
        mask = self._background.apply(small)
        mask = cv2.threshold(mask, SHADOW_LIMIT, 255, cv2.THRESH_BINARY)[1]
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, self._opening)
        if not self._is_calm(np.count_nonzero(mask) / mask.size, now):
            return None
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, self._closing)
        _, _, parts, _ = cv2.connectedComponentsWithStats(mask)
        height, width = small.shape
        boxes = [(x / width, y / height, w / width, h / height) for x, y, w, h, _ in parts[1:].tolist()]
        return [box for box in boxes if box[3] >= LEAST_HEIGHT and LEAST_AREA <= box[2] * box[3] <= MOST_AREA]

    def _is_calm(self, share: float, now: float) -> bool:
        fade = math.exp(-min(1.0, max(0.0, now - self._at)) / REMEMBER_S)
        self._in_motion = max(min(share, MOST_REMEMBERED), self._in_motion * fade)
        self._at = now
        return self._in_motion <= MOST_IN_MOTION
