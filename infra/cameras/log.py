"""JSON lines on stdout, as Sightline's services write them."""

import json
from datetime import datetime, timezone


def say(message: str, **details: object) -> None:
    time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    print(json.dumps({"level": "info", "time": time, "name": "cameras", **details, "msg": message}), flush=True)
