import contextlib
import io
import unittest

import vision  # noqa: F401
from vision.config import read

ENVIRONMENT = {"REDIS_URL": "redis://worker:secret@127.0.0.1:6379"}


def refuse(arguments: list[str], environment: dict[str, str]) -> str:
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.suppress(SystemExit):
        read(arguments, environment)
        raise AssertionError("it was taken")
    return told.getvalue()


class ConfigTest(unittest.TestCase):
    def test_cameras_come_from_flags_and_from_the_environment(self):
        environment = ENVIRONMENT | {"VISION_CAMERAS": '[{"id": "clock", "url": "rtsp://b", "barcode": true}]'}
        config = read(["--camera", "gate=rtsp://a"], environment)
        self.assertEqual([(camera.id, camera.url, camera.barcode) for camera in config.cameras], [("gate", "rtsp://a", False), ("clock", "rtsp://b", True)])

    def test_what_is_missing_or_wrong_is_told_with_what_was_expected(self):
        self.assertIn("REDIS_URL", refuse(["--camera", "gate=rtsp://a"], {}))
        self.assertIn("no cameras", refuse([], ENVIRONMENT))
        self.assertIn("camera id", refuse(["--camera", "a.b=rtsp://a"], ENVIRONMENT))
        self.assertIn("expected JSON", refuse([], ENVIRONMENT | {"VISION_CAMERAS": "{"}))

    def test_a_refusal_never_repeats_a_password(self):
        self.assertNotIn("hunter2", refuse(["--camera", "gate=http://ann:hunter2@a"], ENVIRONMENT))
