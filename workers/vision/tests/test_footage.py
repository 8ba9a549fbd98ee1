"""What the detector makes of the demo's own footage (encoded by `npm run tools`)."""

import unittest
from pathlib import Path

import av
import numpy as np

from vision import barcode
from vision.detect import Detector, Found
from vision.track import Tracker

LEARN_FRAMES = 100
FOOTAGE = Path(__file__).parents[3] / ".tools" / "footage"


def followed(name: str, frames: range) -> dict[int, list[tuple[int, Found]]]:
    """What is told of each of these frames; every second one is analysed, from a while before them on."""
    detector, tracker, told = Detector(), Tracker(), {}
    with av.open(str(FOOTAGE / f"{name}.mkv")) as container:
        for number, picture in enumerate(container.decode(video=0)):
            if number >= frames.stop:
                break
            if number % 2 == 0 and number >= frames.start - LEARN_FRAMES:
                found = detector.find(picture, tracker.expected(picture.time), picture.time)
                tracked = tracker.update(found, picture.time)
                if number in frames:
                    told[number] = tracked
    return told


@unittest.skipUnless((FOOTAGE / "faces.mkv").exists(), "no footage here; npm run tools encodes it")
class FootageTest(unittest.TestCase):
    def test_people_who_walk_are_found_where_they_are(self):
        told = followed("pedestrians", range(452, 453))
        # By eye, in pixels of frame 452: where three people stand.
        feet = [(331 / 768, 287 / 576), (502 / 768, 262 / 576), (570 / 768, 331 / 576)]
        boxes = [found.box for _, found in told[452]]
        for x, y in feet:
            with self.subTest(feet=(x, y)):
                self.assertTrue(
                    boxes and any(abs(left + width / 2 - x) < 0.02 and abs(top + height - y) < 0.03 for left, top, width, height in boxes)
                )
        self.assertEqual(len(boxes), 3)
        self.assertEqual({found.kind for _, found in told[452]}, {"person"})

    def test_one_face_is_followed_with_one_number_and_nobody_is_invented(self):
        told = followed("faces", range(60, 160))
        objects = [each for tracked in told.values() for each in tracked]
        self.assertEqual({(number, found.kind) for number, found in objects}, {(objects[0][0], "face")})
        self.assertGreater(len(objects), 0.95 * len(told))


class BarcodeTest(unittest.TestCase):
    def picture(self, milliseconds: int, left: int) -> av.VideoFrame:
        luma = np.full((720, 1280), 90, np.uint8)
        for bit in range(32):
            luma[:40, bit * 20 : bit * 20 + 20] = 235 if milliseconds >> (31 - bit) & 1 else 16
        luma[300:380, left : left + 80] = 235
        return av.VideoFrame.from_ndarray(luma, format="gray").reformat(format="yuv420p")

    def test_the_burned_in_clock_and_the_block_are_read(self):
        milliseconds, found = barcode.read(self.picture(0xA5A50F0F, 320))
        self.assertEqual(milliseconds, 0xA5A50F0F)
        self.assertEqual(found, Found("target", 1.0, (0.25, 300 / 720, 0.0625, 80 / 720)))

    def test_a_block_that_begins_again_at_the_left_has_a_new_number(self):
        target = barcode.Target()
        numbers = [target.follow(self.picture(1, left))[0][0][0] for left in (1100, 1180, 0, 8)]
        self.assertEqual(numbers, [1, 1, 2, 2])

    def test_a_picture_that_is_too_small_is_told(self):
        with self.assertRaisesRegex(ValueError, "expected a barcode"):
            barcode.read(av.VideoFrame.from_ndarray(np.zeros((240, 320), np.uint8), format="gray").reformat(format="yuv420p"))
