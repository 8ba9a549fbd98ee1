"""What the simulator is told on its command line."""

import argparse

ABOUT = """RTSP cameras for demo and tests: a real RTSP server (GStreamer) on 127.0.0.1.

/pedestrians /faces  recorded, baseline      /bframes  recorded, with B-frames
/hevc                recorded, H.265         /dropout  goes away and comes back by itself
/clock /clock2 ...   1280x720 at 15 fps, live: the wall clock (ms) as a barcode, and a moving block
/sub /sub2 ...       recorded, 640x360 at 15 fps: sub-streams of small pictures
/loop                recorded, 3 s of a clock that begins at 0 with every turn; with --loop
/sound               no picture, only a tone
/locked              behind user and password, on --locked-port

Recorded footage is replayed byte for byte, to every client the same bytes; only clocks are encoded.
"""
CONTROL = """control over HTTP on --control-port:
  GET /clients               how many look at each camera
  POST /drop/CAMERA          closes its connections and answers 404, until POST /restore/CAMERA
  POST /freeze/CAMERA        connections stay and nothing comes, until POST /thaw/CAMERA
  POST /repeat/CAMERA        the same picture comes over and over, until POST /thaw/CAMERA
"""


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="camera-simulator", description=ABOUT, epilog=CONTROL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=port, required=True, help="RTSP port")
    parser.add_argument("--locked-port", type=port, help="RTSP port of /locked")
    parser.add_argument("--control-port", type=port, help="HTTP port of the control")
    parser.add_argument("--footage", required=True, metavar="DIR", help="folder with pedestrians.mkv, faces.mkv, ... (npm run tools)")
    parser.add_argument("--clocks", type=count, default=1, metavar="N", help="how many clock cameras (default 1)")
    parser.add_argument("--subs", type=count, default=0, metavar="N", help="how many sub-stream cameras (default none)")
    parser.add_argument("--loop", action="store_true", help="offer /loop")
    parser.add_argument("--dropout", type=periods, default=(40.0, 15.0), metavar="UP,DOWN", help="seconds (default 40,15)")
    parser.add_argument("--user", default="viewer", help="user of /locked (default viewer)")
    parser.add_argument("--password", default="open-sesame", help="password of /locked: a demo's, no secret")
    return parser.parse_args(arguments)


def port(text: str) -> int:
    return within(text, 1, 65535)


def count(text: str) -> int:
    return within(text, 0, 200)


def within(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"expected {least} to {most}, got {text!r}")
    return int(text)


def periods(text: str) -> tuple[float, float]:
    try:
        up, down = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected seconds up and down like 40,15, got {text!r}") from None
    if not (0.1 <= up <= 86400 and 0.1 <= down <= 86400):
        raise argparse.ArgumentTypeError(f"expected 0.1 to 86400 s each, got {text!r}")
    return up, down
