import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { startNodeSdk } from '@opentelemetry/sdk-node';

/** Starts OpenTelemetry. Spans go out by OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` is set; trace context travels either way. */
export function startTelemetry(name: string): { shutdown(): Promise<void> } {
  const exporting = Boolean(process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
  process.env.OTEL_TRACES_EXPORTER ??= exporting ? 'otlp' : 'none';
  process.env.OTEL_METRICS_EXPORTER ??= 'none';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  process.env.OTEL_TRACES_SAMPLER ??= 'parentbased_traceidratio';
  process.env.OTEL_TRACES_SAMPLER_ARG ??= '0.01';
  return startNodeSdk({ logLevel: 'error', resourceAttributes: { 'service.name': name } });
}

interface SpanOptions {
  name: string;
  kind?: keyof typeof SpanKind;
  /** W3C traceparent of the caller, taken from a message; without it the active span is the parent. */
  parent?: string | undefined;
  attributes?: Attributes;
}

/** Runs `work` inside a span; an error ends the span as failed and is thrown on. */
export function withSpan<Result>(options: SpanOptions, work: (span: Span) => Result): Result {
  const from = options.parent ? propagation.extract(ROOT_CONTEXT, { traceparent: options.parent }) : context.active();
  const settings = { kind: SpanKind[options.kind ?? 'INTERNAL'], attributes: options.attributes ?? {} };
  return trace.getTracer('sightline').startActiveSpan(options.name, settings, from, (span) => {
    try {
      const result = work(span);
      if (result instanceof Promise) {
        return result.catch((error: unknown) => failed(span, error)).finally(() => span.end()) as Result;
      }
      span.end();
      return result;
    } catch (error) {
      span.end();
      return failed(span, error);
    }
  });
}

function failed(span: Span, error: unknown): never {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  throw error;
}

/** The W3C traceparent of the active span, to be sent along with a message. */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}
