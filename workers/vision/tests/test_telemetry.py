import os
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from vision.telemetry import Telemetry


class Collector(HTTPServer):
    """Receives traces by OTLP over HTTP."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), CollectorHandler)
        self.spans = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


class CollectorHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        request = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["content-length"])))
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.server.spans += scope.spans
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class TelemetryTest(unittest.TestCase):
    def export(self, share: str) -> tuple[str, list]:
        collector = Collector()
        self.addCleanup(collector.server_close)
        self.addCleanup(collector.shutdown)
        endpoint = f"http://127.0.0.1:{collector.server_port}"
        with patch.dict(os.environ, {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_TRACES_SAMPLER_ARG": share}):
            telemetry = Telemetry()
            with telemetry.span("gate") as traceparent:
                pass
            telemetry.close()
        return traceparent, collector.spans

    def test_the_traceparent_that_goes_along_is_that_of_the_exported_span(self):
        traceparent, spans = self.export("1")
        [span] = spans
        _, trace_id, span_id, flags = traceparent.split("-")
        self.assertEqual((span.trace_id.hex(), span.span_id.hex(), int(flags, 16) & 1), (trace_id, span_id, 1))
        self.assertEqual(span.name, "detect")

    def test_a_frame_that_is_not_sampled_says_so_and_is_not_exported(self):
        traceparent, spans = self.export("0")
        self.assertEqual((int(traceparent[-2:], 16) & 1, spans), (0, []))
