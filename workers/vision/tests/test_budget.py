import unittest

from vision.budget import Budget


class BudgetTest(unittest.TestCase):
    def test_a_busy_worker_rests_until_its_share_is_kept(self):
        clock = {"now": 0.0, "used": 0.0}
        budget = Budget(0.5, used=lambda: clock["used"], now=lambda: clock["now"])
        clock.update(now=0.1, used=0.1)
        self.assertAlmostEqual(budget.rest_s(), 0.1)

    def test_a_worker_below_its_share_does_not_rest(self):
        clock = {"now": 0.0, "used": 0.0}
        budget = Budget(0.5, used=lambda: clock["used"], now=lambda: clock["now"])
        clock.update(now=1.0, used=0.2)
        self.assertEqual(budget.rest_s(), 0)

    def test_long_idleness_is_not_saved_up(self):
        clock = {"now": 0.0, "used": 0.0}
        budget = Budget(0.5, used=lambda: clock["used"], now=lambda: clock["now"])
        clock.update(now=100.0)
        budget.rest_s()
        clock.update(now=101.0, used=0.7)
        self.assertEqual(budget.rest_s(), 0)
        clock.update(now=102.0, used=1.7)
        self.assertGreater(budget.rest_s(), 0)

    def test_a_share_that_reading_alone_uses_up_does_not_end_the_analysis(self):
        clock = {"now": 0.0, "used": 0.0}
        budget = Budget(0.5, used=lambda: clock["used"], now=lambda: clock["now"])
        for _ in range(100):
            clock.update(now=clock["now"] + 1, used=clock["used"] + 0.9)
            self.assertLessEqual(budget.rest_s(), 1)
