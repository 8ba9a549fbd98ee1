"""One span an analysed frame; its traceparent goes along with the detection."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

DEFAULT_SHARE = 0.01


class Telemetry:
    """Exports by OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` is set; samples `OTEL_TRACES_SAMPLER_ARG` of the frames."""

    def __init__(self) -> None:
        share = float(os.environ.get("OTEL_TRACES_SAMPLER_ARG") or DEFAULT_SHARE)
        resource = Resource.create({"service.name": "vision"})
        # Stopped by close(): an exit handler of its own would wait for a collector that is away.
        self._provider = TracerProvider(sampler=ParentBased(TraceIdRatioBased(share)), resource=resource, shutdown_on_exit=False)
        if os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
            self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=2), schedule_delay_millis=1000))
        self._tracer = self._provider.get_tracer("sightline")

    @contextmanager
    def span(self, camera: str) -> Iterator[str]:
        """A span around the analysis of one frame; gives its W3C traceparent."""
        with self._tracer.start_as_current_span("detect", kind=trace.SpanKind.PRODUCER, attributes={"sightline.camera": camera}) as span:
            context = span.get_span_context()
            yield f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"

    def close(self) -> None:
        self._provider.shutdown()
