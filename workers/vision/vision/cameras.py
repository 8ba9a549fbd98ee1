"""The cameras that the worker is to watch, from flags, a file, standard input or the environment."""

import argparse
import json
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")
SOURCES = ("main", "sub")
HARMLESS = re.compile(r"^[\w. -]{0,64}\Z")


@dataclass(frozen=True)
class Camera:
    """`url` may hold a password: it never stands in a message. `source`: which of the camera's streams that is. `barcode`: read the
    burned-in clock (tests)."""

    id: str
    url: str
    barcode: bool = False
    source: str = "main"


def cameras_of(options: argparse.Namespace, environment: dict[str, str]) -> list[Camera]:
    """All cameras that were named; ValueError says what is wrong with them."""
    flags = [dict(zip(("id", "url"), text.split("=", 1), strict=False)) for text in options.camera]
    cameras = [camera(entry) for entry in flags + listed(options.config, environment)]
    names = [each.id for each in cameras]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"cameras: expected each id once, got more than one {', '.join(sorted(doubled))}")
    if unknown := set(options.barcode) - set(names):
        raise ValueError(f"--barcode: expected the id of one of the cameras, got {', '.join(sorted(unknown))}")
    if not cameras:
        raise ValueError("no cameras; give --config FILE, --camera ID=URL or VISION_CAMERAS")
    return [replace(each, barcode=each.barcode or each.id in options.barcode) for each in cameras]


def listed(path: str | None, environment: dict[str, str]) -> list:
    text = environment.get("VISION_CAMERAS") or "[]"
    if path:
        text = read_file(path)
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"cameras: expected JSON, got something else at line {error.lineno}") from None
    if not isinstance(entries, list):
        raise ValueError('cameras: expected a list like [{"id": "gate", "url": "rtsp://..."}]')
    return entries


def read_file(path: str) -> str:
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(f"--config: {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"--config: {path} is not text in UTF-8") from None


def camera(entry: object) -> Camera:
    """A camera of the list. A bad entry is told by its id only: its URL may hold a password."""
    given = entry if isinstance(entry, dict) else {}
    name, url, barcode = str(given.get("id", "")), str(given.get("url", "")), given.get("barcode", False)
    if not ID.match(name):
        got = repr(name) if HARMLESS.match(name) else "something else"
        raise ValueError(f"camera id: expected 1 to 64 of A-Z a-z 0-9 _ -, got {got}")
    if not re.match(r"^rtsps?://[^/\s]", url):
        raise ValueError(f"camera {name}: expected an URL that begins with rtsp:// or rtsps://")
    if not isinstance(barcode, bool):
        raise ValueError(f"camera {name}: expected barcode to be true or false")
    source = given.get("source", "main")
    if source not in SOURCES:
        raise ValueError(f"camera {name}: expected source to be main or sub")
    return Camera(name, url, barcode, source)
