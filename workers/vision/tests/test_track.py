import unittest

from vision.detect import Found
from vision.track import Tracker


def person(x: float, y: float = 0.2) -> Found:
    return Found("person", 0.9, (x, y, 0.1, 0.3))


class TrackerTest(unittest.TestCase):
    def test_one_person_keeps_one_number(self):
        tracker = Tracker()
        numbers = [tracker.update([person(0.1 + step * 0.02)], step * 0.2)[0][0] for step in range(10)]
        self.assertEqual(set(numbers), {1})

    def test_two_people_who_walk_past_each_other_keep_their_numbers(self):
        tracker = Tracker()
        for step in range(21):
            left, right = person(0.1 + step * 0.03, 0.2), person(0.7 - step * 0.03, 0.45)
            tracked = tracker.update([left, right], step * 0.2)
            self.assertEqual([number for number, _ in tracked], [1, 2])

    def test_a_fast_walker_is_expected_where_he_goes(self):
        tracker = Tracker()
        numbers = [tracker.update([person(0.05 * step)], step * 0.2)[0][0] for step in range(12)]
        self.assertEqual(set(numbers), {1})

    def test_somebody_who_was_gone_for_long_is_somebody_new(self):
        tracker = Tracker()
        tracker.update([person(0.1)], 0)
        self.assertEqual(tracker.update([person(0.1)], 5)[0][0], 2)

    def test_a_face_is_never_matched_with_a_person(self):
        tracker = Tracker()
        tracker.update([person(0.1)], 0)
        self.assertEqual(tracker.update([Found("face", 0.9, person(0.1).box)], 0.2)[0][0], 2)
