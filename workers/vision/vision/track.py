"""Follows objects of one camera over time, so that one person keeps one number."""

import math
from dataclasses import dataclass, replace

from vision.detect import Found
from vision.geometry import Box, clip, covered

STRONG = 0.45
FORGET_AFTER_S, FORGET_NEW_AFTER_S = 2.0, 0.7
# How long an object is told of although it was not found, where it was expected.
COAST_S = 0.45
# A running mean of the scores, nothing found counting 0: above CONFIRM an object is told of, below GIVE_UP no more.
CONFIRM = {"person": 0.5, "face": 0.4}
GIVE_UP, LEARN = 0.2, 0.25
# The most that a match may be away: distance of the centres by the height, and by which factor the height differs (log).
MOST_AWAY = 0.6
# How far box and speed follow what is found (alpha-beta filter).
FOLLOW_PLACE, FOLLOW_SIZE, FOLLOW_SPEED, FIRST_SPEED = 0.7, 0.4, 0.35, 0.8
SAME_WHEN_COVERED = 0.75
LEAST_SIDE = 0.005


@dataclass
class Track:
    number: int
    found: Found
    seen_at: float
    speed: tuple[float, float] = (0.0, 0.0)
    sureness: float = 0.0
    confirmed: bool = False
    fresh: bool = True

    def judge(self, score: float) -> None:
        self.sureness += LEARN * (score - self.sureness)
        self.confirmed = self.sureness >= (GIVE_UP if self.confirmed else CONFIRM.get(self.found.kind, 0.0))

    def expected(self, now: float) -> Box:
        x, y, width, height = self.found.box
        passed = now - self.seen_at
        return (x + self.speed[0] * passed, y + self.speed[1] * passed, width, height)

    def told(self, now: float) -> Found:
        return replace(self.found, box=clip(self.expected(now)))

    def alive(self, now: float) -> bool:
        return 0 <= now - self.seen_at <= (FORGET_AFTER_S if self.confirmed else FORGET_NEW_AFTER_S)

    def follow(self, found: Found, now: float) -> None:
        x, y, width, height = self.expected(now)
        passed = max(now - self.seen_at, 1e-3)
        off = (centre(found.box)[0] - x - width / 2, centre(found.box)[1] - y - height / 2)
        weight, self.fresh = (FIRST_SPEED if self.fresh else FOLLOW_SPEED), False
        self.speed = (self.speed[0] + weight * off[0] / passed, self.speed[1] + weight * off[1] / passed)
        size = (width + FOLLOW_SIZE * (found.box[2] - width), height + FOLLOW_SIZE * (found.box[3] - height))
        place = (x + width / 2 + FOLLOW_PLACE * off[0] - size[0] / 2, y + height / 2 + FOLLOW_PLACE * off[1] - size[1] / 2)
        self.found, self.seen_at = replace(found, box=(*place, *size)), now
        self.judge(found.score)


class Tracker:
    """Matches in two rounds, as ByteTrack does: what is surely found first; what is doubtful only carries on what is known.

    Objects are expected where constant speed takes them, and told of once they were found often enough to be sure.
    """

    def __init__(self) -> None:
        self._tracks: list[Track] = []
        self._next = 1

    def expected(self, now: float) -> list[Found]:
        """What is followed, where it should be `now` (s of any steady clock)."""
        told = (track.told(now) for track in self._tracks if track.alive(now))
        return [each for each in told if min(each.box[2:]) >= LEAST_SIDE]

    def update(self, found: list[Found], now: float) -> list[tuple[int, Found]]:
        """Takes in what was found at `now`; what is followed then, with its numbers."""
        self._tracks = [track for track in self._tracks if track.alive(now)]
        left = self._match([each for each in found if each.score >= STRONG], self._tracks, now)
        known = [track for track in self._tracks if track.seen_at < now and track.confirmed]
        self._match([each for each in found if each.score < STRONG], known, now)
        for track in self._tracks:
            if track.seen_at < now:
                track.judge(0.0)
        self._start(left, now)
        self._drop_doubles()
        return [(track.number, track.told(now)) for track in self._tracks if is_told(track, now)]

    def _match(self, found: list[Found], tracks: list[Track], now: float) -> list[Found]:
        """Lets tracks follow what is nearest to where they are expected; what is left over."""
        pairs = [
            (away(track.expected(now), each.box), track.number, index, track)
            for track in tracks
            for index, each in enumerate(found)
            if track.found.kind == each.kind
        ]
        taken: set[int] = set()
        matched: set[int] = set()
        for distance, number, index, track in sorted(pairs, key=lambda pair: pair[:3]):
            if distance <= MOST_AWAY and index not in matched and number not in taken:
                track.follow(found[index], now)
                matched.add(index)
                taken.add(number)
        return [each for index, each in enumerate(found) if index not in matched]

    def _start(self, found: list[Found], now: float) -> None:
        for each in found:
            track = Track(self._next, each, now)
            track.judge(each.score)
            self._tracks.append(track)
            self._next += 1

    def _drop_doubles(self) -> None:
        """Of two tracks on one object the one that is less sure goes."""
        kept: list[Track] = []
        for track in sorted(self._tracks, key=lambda track: (-track.seen_at, -track.sureness)):
            rivals = (other for other in kept if other.found.kind == track.found.kind)
            if all(covered(track.found.box, other.found.box) < SAME_WHEN_COVERED for other in rivals):
                kept.append(track)
        self._tracks = sorted(kept, key=lambda track: track.number)


def is_told(track: Track, now: float) -> bool:
    recent = track.confirmed and now - track.seen_at <= COAST_S
    x, y = centre(track.expected(now))
    return recent and 0 <= x <= 1 and 0 <= y <= 1 and min(track.told(now).box[2:]) >= LEAST_SIDE


def away(expected: Box, found: Box) -> float:
    """How little two boxes look like one object: 0 for the same box."""
    height = math.sqrt(max(expected[3] * found[3], 1e-9))
    (x, y), (u, v) = centre(expected), centre(found)
    return math.hypot(x - u, y - v) / height + abs(math.log(max(expected[3], 1e-6) / max(found[3], 1e-6))) / 2


def centre(box: Box) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2
