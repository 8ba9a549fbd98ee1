import json
import unittest
from pathlib import Path

from vision.framekey import frame_key, nal_units

VECTORS = Path(__file__).parents[3] / "libs" / "contracts" / "fixtures" / "frame-keys.json"


class FrameKeyTest(unittest.TestCase):
    def test_every_vector_that_browsers_are_held_to(self):
        for vector in json.loads(VECTORS.read_text()):
            self.assertEqual(frame_key(bytes.fromhex(vector["accessUnit"])), vector["key"], vector["name"])

    def test_nal_units_lose_start_codes_and_trailing_zeros(self):
        self.assertEqual(list(nal_units(b"\0\0\0\1\x67\1\0\0\0\1\x65\2\0\0")), [b"\x67\1", b"\x65\2"])
