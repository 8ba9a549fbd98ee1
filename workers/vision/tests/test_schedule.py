import unittest
from collections import Counter

from vision.schedule import Schedule


class ScheduleTest(unittest.TestCase):
    def test_cameras_of_the_same_cost_take_turns(self):
        schedule, now, turns = Schedule(), 0.0, Counter()
        for _ in range(30):
            camera = schedule.choose(["a", "b", "c"])
            now += 0.05
            schedule.charge(camera, 0.02, now)
            turns[camera] += 1
        self.assertEqual(turns, {"a": 10, "b": 10, "c": 10})

    def test_a_cheap_camera_does_not_wait_for_a_dear_one(self):
        schedule, now, turns = Schedule(), 0.0, Counter()
        costs = {"cheap": 0.001, "dear": 0.05}
        for _ in range(100):
            camera = schedule.choose(costs)
            now += costs[camera] * 2
            schedule.charge(camera, costs[camera], now)
            turns[camera] += 1
        self.assertGreater(turns["cheap"], 20 * turns["dear"])
        self.assertGreater(turns["dear"], 0)

    def test_a_camera_that_comes_back_gets_no_more_than_its_share(self):
        schedule, now = Schedule(), 0.0
        for _ in range(200):
            now += 0.05
            schedule.charge("busy", 0.02, now)
        turns = Counter()
        for _ in range(100):
            camera = schedule.choose(["busy", "back"])
            now += 0.05
            schedule.charge(camera, 0.02, now)
            turns[camera] += 1
        self.assertLess(turns["back"], 85)

    def test_nobody_ready_is_nobody_chosen(self):
        self.assertIsNone(Schedule().choose([]))
