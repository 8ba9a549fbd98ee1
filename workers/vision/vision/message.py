"""The native form of Sightline's contract for workers (libs/contracts/worker.ts)."""

import json

from vision.detect import MODEL, Found
from vision.frame import Frame

CLOCK = {"name": "worker", "errorUs": 100_000}


def message(frame: Frame, tracked: list[tuple[int, Found]], worker: dict, *, source: str, attributes: dict | None = None) -> str:
    objects = [
        {
            "track": str(number),
            "class": found.kind,
            "score": found.score,
            "box": [round(side, 5) for side in found.box],
            **({"attributes": attributes} if attributes else {}),
        }
        for number, found in tracked
    ]
    identity = {
        "key": frame.key,
        "pts": frame.pts,
        "clockRate": frame.clock_rate,
        "width": frame.picture.width,
        "height": frame.picture.height,
        "sequence": frame.sequence,
    }
    return json.dumps(
        {
            "v": 1,
            "camera": frame.camera,
            "source": source,
            "frame": {name: value for name, value in identity.items() if value is not None},
            "capturedAtUs": frame.captured_at_us,
            "clock": CLOCK,
            "worker": worker,
            "model": MODEL,
            "objects": objects,
        },
        separators=(",", ":"),
    )
