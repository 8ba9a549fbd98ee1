import logging
import socket
import threading
import time
import unittest

from tests.redis_stand_in import RedisStandIn
from vision.publish import Publisher


def wait_until(true) -> None:
    end = time.monotonic() + 20
    pause = threading.Event()
    while not true():
        if time.monotonic() > end:
            raise AssertionError("it did not come true within 20 s")
        pause.wait(0.01)


class PublisherTest(unittest.TestCase):
    def setUp(self):
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def redis(self, port: int = 0) -> RedisStandIn:
        server = RedisStandIn(port)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server

    def publisher(self, port: int, **options) -> Publisher:
        publisher = Publisher(f"redis://127.0.0.1:{port}", **options)
        self.addCleanup(publisher.close)
        return publisher

    def test_entries_come_in_order_with_their_traceparent(self):
        redis = self.redis()
        publisher = self.publisher(redis.port)
        publisher.write("a", "00-1")
        publisher.write("b", None, "[]")
        self.assertEqual(redis.wait_for(2), [{"data": "a", "traceparent": "00-1"}, {"data": "b", "thumbnails": "[]"}])

    def test_a_redis_that_is_away_holds_nobody_up_and_is_found_again(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        publisher = self.publisher(port)
        before = time.monotonic()
        for number in range(2000):
            publisher.write(str(number), None)
        self.assertLess(time.monotonic() - before, 1)
        wait_until(lambda: publisher.lost >= 1400)
        redis = self.redis(port)
        wait_until(lambda: publisher.write("newest", None) or publisher.written > 0)
        wait_until(lambda: {"data": "newest"} in redis.entries)

    def test_a_result_that_is_held_back_is_still_written_when_the_worker_stops(self):
        redis = self.redis()
        publisher = Publisher(f"redis://127.0.0.1:{redis.port}", delay_s=3600)
        publisher.write("late", None)
        self.assertEqual(redis.entries, [])
        publisher.close()
        self.assertEqual(redis.wait_for(1), [{"data": "late"}])

    def test_closing_does_not_wait_for_a_redis_that_is_away(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            publisher = Publisher(f"redis://127.0.0.1:{silent.getsockname()[1]}")
            publisher.write("a", None)
            publisher.close(within_s=0.1)
            self.assertEqual(publisher.written, 0)
