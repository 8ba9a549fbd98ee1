import unittest

from vision.detect import Found
from vision.track import Tracker


def person(x: float, y: float = 0.2, score: float = 0.9) -> Found:
    return Found("person", score, (x, y, 0.1, 0.3))


def numbers(tracker: Tracker, found: list[Found], now: float) -> list[int]:
    return [number for number, _ in tracker.update(found, now)]


class TrackerTest(unittest.TestCase):
    def test_one_person_keeps_one_number(self):
        tracker = Tracker()
        told = [numbers(tracker, [person(0.1 + step * 0.02)], step * 0.2) for step in range(10)]
        self.assertEqual({number for each in told for number in each}, {1})
        self.assertEqual(told[-1], [1])

    def test_two_people_who_walk_past_each_other_keep_their_numbers(self):
        tracker = Tracker()
        for step in range(21):
            found = [person(0.1 + step * 0.03, 0.2), person(0.7 - step * 0.03, 0.45)]
            tracked = dict(tracker.update(found, step * 0.2))
        self.assertLess(abs(tracked[1].box[0] - 0.7), 0.03)
        self.assertLess(abs(tracked[2].box[0] - 0.1), 0.03)

    def test_a_fast_walker_is_expected_where_he_goes(self):
        tracker = Tracker()
        told = [numbers(tracker, [person(0.05 * step)], step * 0.2) for step in range(12)]
        self.assertEqual({number for each in told for number in each}, {1})
        [expected] = tracker.expected(12 * 0.2)
        self.assertLess(abs(expected.box[0] - 0.6), 0.03)

    def test_a_box_lies_where_the_person_is(self):
        tracker = Tracker()
        for step in range(12):
            tracked = tracker.update([person(0.03 * step)], step * 0.1)
        self.assertLess(abs(tracked[0][1].box[0] - 0.33), 0.005)

    def test_what_was_found_once_is_not_told(self):
        tracker = Tracker()
        self.assertEqual(tracker.update([person(0.1)], 0), [])
        self.assertEqual(tracker.update([], 0.2), [])

    def test_what_is_found_now_and_then_is_never_sure(self):
        tracker = Tracker()
        for step in range(20):
            found = [person(0.1, score=0.65)] if step % 2 else []
            self.assertEqual(tracker.update(found, step * 0.1), [])

    def test_a_doubtful_shape_carries_a_person_on_and_starts_nobody(self):
        tracker = Tracker()
        for step in range(5):
            tracker.update([person(0.1)], step * 0.1)
        for step in range(5, 12):
            told = numbers(tracker, [person(0.1, score=0.3), person(0.7, score=0.3)], step * 0.1)
            self.assertEqual(told, [1])

    def test_a_person_who_is_missed_for_a_moment_is_told_where_he_must_be(self):
        tracker = Tracker()
        for step in range(8):
            tracker.update([person(0.02 * step)], step * 0.1)
        [(number, found)] = tracker.update([], 0.9)
        self.assertEqual(number, 1)
        self.assertLess(abs(found.box[0] - 0.18), 0.02)
        self.assertEqual(tracker.update([], 2.0), [])

    def test_somebody_who_was_gone_for_long_is_somebody_new(self):
        tracker = Tracker()
        for start in (0, 10):
            for step in range(5):
                last = numbers(tracker, [person(0.1)], start + step * 0.2)
        self.assertEqual(last, [2])

    def test_a_face_is_never_matched_with_a_person(self):
        tracker = Tracker()
        for step in range(5):
            tracker.update([Found("face", 0.9, person(0.1).box)], step * 0.2)
        for step in range(5, 10):
            told = dict(tracker.update([person(0.1)], step * 0.2))
        self.assertEqual(told[2].kind, "person")
        self.assertNotIn(1, told)

    def test_a_target_is_told_at_once(self):
        self.assertEqual(numbers(Tracker(), [Found("target", 1.0, (0.1, 0.4, 0.06, 0.1))], 0), [1])

    def test_a_clock_that_goes_back_starts_anew(self):
        tracker = Tracker()
        for step in range(5):
            tracker.update([person(0.1)], 100 + step * 0.2)
        self.assertEqual(tracker.update([person(0.1)], 50), [])
