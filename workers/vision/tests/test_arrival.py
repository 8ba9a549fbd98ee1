import random
import unittest

from vision.arrival import CaptureClock

FRAME = 100_000
BASE = 1_700_000_000_000_000


def tell(times: list[int], held_up: list[int]) -> list[int]:
    """What the clock makes of frames captured at `times` (µs); each is handed on when the next one comes."""
    clock = CaptureClock()
    comes = [BASE + time + late for time, late in zip(times, held_up, strict=True)]
    return [clock.captured_us(time, arrived) - BASE for time, arrived in zip(times, comes[1:], strict=False)]


class CaptureClockTest(unittest.TestCase):
    def test_frames_that_were_held_up_on_the_way_are_told_at_their_capture(self):
        chance = random.Random(7)
        times = [number * FRAME for number in range(200)]
        told = tell(times, [0 if number % 10 == 0 else chance.randrange(60_000) for number in range(200)])
        self.assertEqual(told[10:], times[10:-1])

    def test_frames_that_are_captured_at_uneven_times_are_told_as_uneven(self):
        chance, times = random.Random(7), [0]
        for _ in range(100):
            times.append(times[-1] + chance.randrange(20_000, 130_000))
        self.assertEqual(tell(times, [0] * 101)[1:], times[1:-1])

    def test_a_burst_at_the_beginning_is_forgotten_with_the_first_frame_in_time(self):
        times = [number * FRAME for number in range(12)]
        late = [max(0, 5 * FRAME - time) for time in times]
        self.assertEqual(tell(times, late)[6:], times[6:-1])

    def test_b_frames_keep_their_distance(self):
        order = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8, 12, 10, 11]
        clock = CaptureClock()
        told = {number: clock.captured_us(number * FRAME, BASE + (index + 3) * FRAME) for index, number in enumerate(order)}
        self.assertEqual(told[8] - told[7], FRAME)

    def test_a_camera_whose_clock_jumps_is_measured_anew(self):
        for jump in (3600_000_000, -3600_000_000):
            clock = CaptureClock()
            for number in range(20):
                clock.captured_us(number * FRAME, BASE + number * FRAME)
            arrived = BASE + 21 * FRAME
            self.assertLess(abs(clock.captured_us(20 * FRAME + jump, arrived) - arrived), 2 * FRAME + 1)

    def test_nothing_is_captured_after_it_arrived(self):
        clock = CaptureClock()
        for number in range(50):
            arrived = BASE + number * 90_000
            self.assertLessEqual(clock.captured_us(number * FRAME, arrived), arrived)
