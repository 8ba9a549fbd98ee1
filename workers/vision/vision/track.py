"""Follows objects of one camera over time, so that one person keeps one number."""

from dataclasses import dataclass, field

from vision.detect import Found, overlap

LEAST_OVERLAP = 0.2
FORGET_AFTER_S = 1.5
SMOOTHING = 0.5


@dataclass
class Track:
    number: int
    found: Found
    seen_at: float
    velocity: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def expected(self, now: float) -> tuple[float, float, float, float]:
        x, y, width, height = self.found.box
        passed = now - self.seen_at
        return (x + self.velocity[0] * passed, y + self.velocity[1] * passed, width, height)


class Tracker:
    """Matches what is found with what is followed, best overlap first, where each was expected at constant speed."""

    def __init__(self) -> None:
        self._tracks: list[Track] = []
        self._next = 1

    def update(self, found: list[Found], now: float) -> list[tuple[int, Found]]:
        """Numbers of what was found at `now` (s of any steady clock), in the same order."""
        self._tracks = [track for track in self._tracks if now - track.seen_at <= FORGET_AFTER_S]
        pairs = [
            (overlap(track.expected(now), each.box), track, index)
            for track in self._tracks
            for index, each in enumerate(found)
            if track.found.kind == each.kind
        ]
        matched: dict[int, Track] = {}
        taken: set[int] = set()
        for share, track, index in sorted(pairs, key=lambda pair: -pair[0]):
            if share >= LEAST_OVERLAP and index not in matched and track.number not in taken:
                matched[index] = track
                taken.add(track.number)
        return [(self._follow(matched.get(index), each, now), each) for index, each in enumerate(found)]

    def _follow(self, track: Track | None, found: Found, now: float) -> int:
        if track is None:
            track = Track(self._next, found, now)
            self._next += 1
            self._tracks.append(track)
            return track.number
        passed = max(now - track.seen_at, 1e-3)
        for axis in (0, 1):
            speed = (found.box[axis] - track.found.box[axis]) / passed
            track.velocity[axis] += SMOOTHING * (speed - track.velocity[axis])
        track.found, track.seen_at = found, now
        return track.number
