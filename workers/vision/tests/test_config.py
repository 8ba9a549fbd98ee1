import contextlib
import io
import tempfile
import unittest
from pathlib import Path

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
        environment = ENVIRONMENT | {"VISION_CAMERAS": '[{"id": "clock", "url": "rtsp://b", "barcode": true, "source": "sub"}]'}
        config = read(["--camera", "gate=rtsp://a?x=1", "--barcode", "gate"], environment)
        told = [(camera.id, camera.url, camera.barcode, camera.source) for camera in config.cameras]
        self.assertEqual(told, [("gate", "rtsp://a?x=1", True, "main"), ("clock", "rtsp://b", True, "sub")])

    def test_a_file_goes_before_the_environment(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "cameras.json")
            path.write_text('[{"id": "file", "url": "rtsp://a"}]')
            config = read(["--config", str(path)], ENVIRONMENT | {"VISION_CAMERAS": '[{"id": "other", "url": "rtsp://b"}]'})
        self.assertEqual([camera.id for camera in config.cameras], ["file"])

    def test_what_is_missing_or_wrong_is_told_with_what_was_expected(self):
        gate = ["--camera", "gate=rtsp://a"]
        rows = [
            ("REDIS_URL is not set", gate, {}),
            ("redis://user", gate, {"REDIS_URL": "6379"}),
            ("no cameras", [], ENVIRONMENT),
            ("camera id", ["--camera", "a.b=rtsp://a"], ENVIRONMENT),
            ("begins with rtsp", ["--camera", "gate"], ENVIRONMENT),
            ("each id once", gate + gate, ENVIRONMENT),
            ("one of the cameras", [*gate, "--barcode", "clock"], ENVIRONMENT),
            ("expected JSON", [], ENVIRONMENT | {"VISION_CAMERAS": "{"}),
            ("expected a list", [], ENVIRONMENT | {"VISION_CAMERAS": "{}"}),
            ("camera id", [], ENVIRONMENT | {"VISION_CAMERAS": "[7]"}),
            ("true or false", [], ENVIRONMENT | {"VISION_CAMERAS": '[{"id": "a", "url": "rtsp://a", "barcode": "no"}]'}),
            ("main or sub", [], ENVIRONMENT | {"VISION_CAMERAS": '[{"id": "a", "url": "rtsp://a", "source": "third"}]'}),
            ("cannot be read", ["--config", "/nowhere.json"], ENVIRONMENT),
            ("0.05 to 64", [*gate, "--cpu-budget", "0"], ENVIRONMENT),
            ("0 to 60000", [*gate, "--delay-ms", "-1"], ENVIRONMENT),
            ("LOG_LEVEL", gate, ENVIRONMENT | {"LOG_LEVEL": "loud"}),
            ("WORKER_ID", gate, ENVIRONMENT | {"WORKER_ID": "a b"}),
            ("0 to 1", gate, ENVIRONMENT | {"OTEL_TRACES_SAMPLER_ARG": "all"}),
        ]
        for expected, arguments, environment in rows:
            with self.subTest(expected):
                self.assertIn(expected, refuse(arguments, environment))

    def test_a_refusal_never_repeats_a_password(self):
        for arguments in (
            ["--camera", "gate=http://ann:hunter2@a"],
            ["--camera", "rtsp://ann:hunter2@a"],
            ["--camera", "ann:hunter2@a=rtsp://b"],
        ):
            self.assertNotIn("hunter2", refuse(arguments, ENVIRONMENT))
        self.assertNotIn("hunter2", refuse(["--camera", "gate=rtsp://a"], {"REDIS_URL": "http://:hunter2@a"}))

    def test_log_levels_are_those_of_the_other_services(self):
        for level in ("trace", "warn", "silent"):
            read(["--camera", "gate=rtsp://a"], ENVIRONMENT | {"LOG_LEVEL": level})
