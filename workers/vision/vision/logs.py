"""JSON lines on stdout, readable ones at a terminal."""

import json
import logging
import sys
from datetime import UTC, datetime

STANDARD = set(vars(logging.makeLogRecord({})))
# The names that Sightline's other services write.
NAMES = {logging.WARNING: "warn", logging.CRITICAL: "fatal"}


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        level = NAMES.get(record.levelno, record.levelname.lower())
        line = {"level": level, "time": time, "name": "vision", **own(record), "msg": record.getMessage()}
        if record.exc_info:
            line["err"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class Readable(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        details = " ".join(f"{name}={value}" for name, value in own(record).items())
        trouble = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{datetime.now():%H:%M:%S} {record.levelname.lower():7} {record.getMessage()} {details}{trouble}"


def own(record: logging.LogRecord) -> dict:
    """What the caller gave along with the message."""
    return {name: value for name, value in vars(record).items() if name not in STANDARD}


def configure(level: int) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Readable() if sys.stdout.isatty() else JsonLines())
    logging.basicConfig(level=level, handlers=[handler])
