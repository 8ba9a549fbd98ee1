"""Writes detections to Redis. A Redis that is away never holds the analysis up: what cannot be written is counted and left."""

import logging

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
STREAM = "detections"


class Publisher:
    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0))
        self._away = False
        self.written = 0
        self.lost = 0

    def write(self, data: str, traceparent: str | None) -> None:
        fields = {"data": data} | ({"traceparent": traceparent} if traceparent else {})
        try:
            self._redis.xadd(STREAM, fields)
        except redis.RedisError as error:
            self.lost += 1
            if not self._away:
                log.warning("redis is away", extra={"error": type(error).__name__})
            self._away = True
            return
        if self._away:
            log.info("redis is back", extra={"lost": self.lost})
        self._away = False
        self.written += 1
