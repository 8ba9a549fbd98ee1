"""What the worker is told: flags, and the environment for what is secret."""

import argparse
import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

EPILOG = """environment:
  REDIS_URL        where detections are written, redis://user:password@host:port (required)
  VISION_CAMERAS   cameras as JSON, [{"id": "gate", "url": "rtsp://..."}], instead of --config
  WORKER_ID        name of this worker (default vision-1)
  LOG_LEVEL        debug, info, warning or error (default info)
  OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG   traces, as OpenTelemetry has them
"""
ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")


@dataclass(frozen=True)
class Camera:
    id: str
    url: str
    barcode: bool = False


@dataclass(frozen=True)
class Config:
    cameras: list[Camera]
    redis_url: str
    worker: str
    cpu_budget: float
    delay_s: float
    log_level: str


def read(arguments: list[str], environment: dict[str, str]) -> Config:
    """Parses flags and environment; ends the process with a clear message when they are not complete."""
    parser = argparse.ArgumentParser(
        prog="vision", description=sys.modules["vision"].__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--config", metavar="FILE", help="JSON file with the cameras, - for standard input: URLs may hold passwords")
    parser.add_argument("--camera", action="append", default=[], metavar="ID=URL", help="a camera without a password; may be repeated")
    parser.add_argument("--cpu-budget", type=float, default=0.5, metavar="CORES", help="share of a processor to use (default 0.5)")
    parser.add_argument("--delay-ms", type=float, default=0, metavar="MS", help="hold each result back, to try out a late AI")
    options = parser.parse_args(arguments)
    if not environment.get("REDIS_URL"):
        parser.error("REDIS_URL is not set; expected redis://user:password@host:port")
    if not 0.05 <= options.cpu_budget <= 64:
        parser.error(f"--cpu-budget: expected 0.05 to 64 cores, got {options.cpu_budget}")
    cameras = [camera({"id": text.partition("=")[0], "url": text.partition("=")[2]}, parser) for text in options.camera]
    cameras += [camera(entry, parser) for entry in listed(options.config, environment, parser)]
    if not cameras:
        parser.error("no cameras; give --config FILE, --camera ID=URL or VISION_CAMERAS")
    return Config(
        cameras=cameras,
        redis_url=environment["REDIS_URL"],
        worker=environment.get("WORKER_ID") or "vision-1",
        cpu_budget=options.cpu_budget,
        delay_s=options.delay_ms / 1000,
        log_level=environment.get("LOG_LEVEL") or "info",
    )


def listed(path: str | None, environment: dict[str, str], parser: argparse.ArgumentParser) -> list:
    text = environment.get("VISION_CAMERAS") or "[]"
    if path:
        try:
            text = sys.stdin.read() if path == "-" else Path(path).read_text()
        except OSError as error:
            parser.error(f"--config: {path} cannot be read: {error.strerror}")
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        parser.error(f"cameras: expected JSON, got something else at line {error.lineno}")
    if not isinstance(entries, list):
        parser.error('cameras: expected a list like [{"id": "gate", "url": "rtsp://..."}]')
    return entries


def camera(entry: object, parser: argparse.ArgumentParser) -> Camera:
    """A camera of the list. A bad entry is told by its id only: its URL may hold a password."""
    given = entry if isinstance(entry, dict) else {}
    name, url = str(given.get("id", "")), str(given.get("url", ""))
    if not ID.match(name):
        parser.error(f"camera id: expected 1 to 64 of A-Z a-z 0-9 _ -, got {name[:64]!r}")
    if not re.match(r"^rtsps?://", url):
        parser.error(f"camera {name}: expected an URL that begins with rtsp:// or rtsps://")
    return Camera(name, url, bool(given.get("barcode")))


def from_process() -> Config:
    return read(sys.argv[1:], dict(os.environ))
