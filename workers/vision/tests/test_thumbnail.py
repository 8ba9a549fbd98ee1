import base64
import unittest

import av
import cv2
import numpy as np

from vision.detect import Found
from vision.thumbnail import LONGEST, MOST_BYTES, BestMoments

NOISE = np.random.default_rng(7).integers(0, 255, (720, 1280, 3), np.uint8)
BLURRED = cv2.GaussianBlur(NOISE, (0, 0), 12)


def frame(image: np.ndarray = NOISE) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(image, format="bgr24")


def person(side: float, x: float = 0.3, score: float = 0.9) -> Found:
    return Found("person", score, (x, 0.2, side, side))


class BestMomentsTest(unittest.TestCase):
    def test_the_first_moment_is_taken_and_the_next_only_when_clearly_better_and_not_at_once(self):
        moments = BestMoments()
        told = [
            len(moments.take(frame(), [(1, person(side))], now))
            for side, now in [(0.2, 0.0), (0.21, 3.0), (0.5, 3.2), (0.5, 3.5), (0.1, 9.0)]
        ]
        self.assertEqual(told, [1, 0, 1, 0, 0])
        self.assertEqual(len(moments.take(frame(), [(1, person(0.6))], 4.0)), 0)

    def test_a_picture_is_a_small_jpeg_of_the_box(self):
        for side in (0.01, 0.7):
            [told] = BestMoments().take(frame(), [(3, person(side))], 0.0)
            jpeg = base64.b64decode(told["jpeg"])
            self.assertEqual((told["track"], jpeg[:3]), ("3", b"\xff\xd8\xff"))
            self.assertLessEqual(len(jpeg), MOST_BYTES)
            image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
            self.assertLessEqual(max(image.shape), LONGEST)

    def test_what_is_cut_off_by_the_edge_or_blurred_is_worth_less(self):
        def worth(found: Found, image: np.ndarray = NOISE) -> float:
            return BestMoments().take(frame(image), [(1, found)], 0.0)[0]["quality"]

        self.assertGreater(worth(person(0.2)), 2 * worth(person(0.2, x=0.0)))
        self.assertGreater(worth(person(0.2)), 2 * worth(person(0.2), BLURRED))

    def test_a_crowd_costs_no_more_than_a_few_pictures_a_frame_and_the_others_follow(self):
        moments = BestMoments()
        crowd = [(number, person(0.1, x=number / 20)) for number in range(1, 11)]
        told = [each["track"] for now in range(3) for each in moments.take(frame(), crowd, now / 10)]
        self.assertEqual(told, [str(number) for number in range(1, 11)])

    def test_a_track_that_is_gone_is_forgotten(self):
        moments = BestMoments()
        moments.take(frame(), [(1, person(0.2))], 0.0)
        self.assertEqual(moments.take(frame(), [], 20.0), [])
        self.assertEqual(moments._best, {})
