"""What the worker is told: flags, and the environment for what is secret."""

import argparse
import os
import re
import sys
from dataclasses import dataclass

from vision.cameras import ID, Camera, cameras_of

ABOUT = "Sightline's reference AI worker: finds and tracks people and faces in RTSP streams and writes them to Redis."
EPILOG = """environment:
  REDIS_URL        where detections are written, redis://user:password@host:port (required)
  VISION_CAMERAS   cameras as JSON, [{"id": "gate", "url": "rtsp://...", "source": "sub"}], instead of --config; source: main
                   (as without it) or sub, for which of the camera's streams the URL is
  WORKER_ID        name of this worker (default vision-1)
  LOG_LEVEL        trace, debug, info, warn, error, fatal or silent (default info)
  OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG   where traces go, and of which share of the frames (default 0.01)

Stops at SIGTERM and SIGINT, once what it found is written.
"""
# The same names as Sightline's other services have.
LEVELS = {"trace": 5, "debug": 10, "info": 20, "warn": 30, "error": 40, "fatal": 50, "silent": 60}


@dataclass(frozen=True)
class Config:
    cameras: list[Camera]
    redis_url: str
    worker: str
    cpu_budget: float
    delay_s: float
    nameless: bool
    thumbnails: bool
    log_level: int


def read(arguments: list[str], environment: dict[str, str]) -> Config:
    """Parses flags and environment; ends the process with a clear message when they are not complete."""
    parser = argparse.ArgumentParser(prog="vision", description=ABOUT, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", metavar="FILE", help="JSON file with the cameras, - for standard input: URLs may hold passwords")
    parser.add_argument("--camera", action="append", default=[], metavar="ID=URL", help="a camera without a password; may be repeated")
    parser.add_argument("--barcode", action="append", default=[], metavar="ID", help="read this camera's burned-in clock, follow its block")
    parser.add_argument("--cpu-budget", type=float, default=0.5, metavar="CORES", help="share of a processor to use (default 0.5)")
    parser.add_argument("--delay-ms", type=float, default=0, metavar="MS", help="hold each result back, to try out a late AI")
    parser.add_argument("--nameless", action="store_true", help="leave out what names a frame, to try out a worker that does not know")
    parser.add_argument("--no-thumbnails", action="store_true", help="cut no pictures of what is tracked")
    options = parser.parse_args(arguments)
    try:
        return checked(options, environment)
    except ValueError as error:
        parser.error(str(error))


def checked(options: argparse.Namespace, environment: dict[str, str]) -> Config:
    if not 0.05 <= options.cpu_budget <= 64:
        raise ValueError(f"--cpu-budget: expected 0.05 to 64 cores, got {options.cpu_budget}")
    if not 0 <= options.delay_ms <= 60_000:
        raise ValueError(f"--delay-ms: expected 0 to 60000 ms, got {options.delay_ms}")
    worker, level = environment.get("WORKER_ID") or "vision-1", environment.get("LOG_LEVEL") or "info"
    if not ID.match(worker):
        raise ValueError("WORKER_ID: expected 1 to 64 of A-Z a-z 0-9 _ -")
    if level not in LEVELS:
        raise ValueError(f"LOG_LEVEL: expected one of {', '.join(LEVELS)}, got {level[:20]!r}")
    if not is_share(environment.get("OTEL_TRACES_SAMPLER_ARG") or "0"):
        raise ValueError("OTEL_TRACES_SAMPLER_ARG: expected a share of the frames, 0 to 1")
    return Config(
        cameras=cameras_of(options, environment),
        redis_url=redis_url(environment),
        worker=worker,
        cpu_budget=options.cpu_budget,
        delay_s=options.delay_ms / 1000,
        nameless=options.nameless,
        thumbnails=not options.no_thumbnails,
        log_level=LEVELS[level],
    )


def redis_url(environment: dict[str, str]) -> str:
    """Never repeated in a message: it holds a password."""
    url = environment.get("REDIS_URL") or ""
    if not re.match(r"^rediss?://[^/]", url):
        problem = "is not one" if url else "is not set"
        raise ValueError(f"REDIS_URL {problem}; expected redis://user:password@host:port")
    return url


def is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def from_process() -> Config:
    return read(sys.argv[1:], dict(os.environ))
