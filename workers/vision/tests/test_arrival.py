import random
import unittest

from vision.arrival import CaptureClock

FRAME = 100_000
BASE = 1_700_000_000_000_000


class CaptureClockTest(unittest.TestCase):
    def test_frames_that_were_held_up_keep_their_distance(self):
        chance, clock = random.Random(7), CaptureClock()
        captured = []
        for number in range(200):
            arrived = BASE + (number + 1) * FRAME + (0 if number % 10 == 0 else chance.randrange(60_000))
            captured.append(clock.captured_us(number * FRAME, arrived))
        self.assertEqual([time - BASE - number * FRAME for number, time in enumerate(captured)][10:], [0] * 190)

    def test_a_burst_at_the_beginning_is_forgotten_with_the_first_frame_in_time(self):
        clock = CaptureClock()
        for number in range(5):
            clock.captured_us(number * FRAME, BASE + 6 * FRAME)
        self.assertEqual(clock.captured_us(5 * FRAME, BASE + 6 * FRAME), BASE + 5 * FRAME)

    def test_b_frames_come_out_of_order_and_keep_their_own_times(self):
        clock, order = CaptureClock(), [0, 3, 1, 2, 6, 4, 5, 9, 7, 8]
        captured = {number: clock.captured_us(number * FRAME, BASE + (index + 3) * FRAME) for index, number in enumerate(order)}
        self.assertEqual(captured[8] - captured[7], FRAME)

    def test_a_camera_whose_clock_jumps_is_measured_anew(self):
        clock = CaptureClock()
        for number in range(20):
            clock.captured_us(number * FRAME, BASE + number * FRAME)
        for jump in (3600_000_000, -3600_000_000):
            arrived = BASE + 21 * FRAME
            self.assertLess(abs(clock.captured_us(20 * FRAME + jump, arrived) - arrived), FRAME + 1)

    def test_nothing_is_captured_after_it_arrived(self):
        clock = CaptureClock()
        for number in range(50):
            arrived = BASE + number * 90_000
            self.assertLessEqual(clock.captured_us(number * FRAME, arrived), arrived)
