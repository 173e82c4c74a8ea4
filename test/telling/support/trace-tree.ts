import type { Span } from '../../app/support/collector.js';

/** A span as OTLP has it, with its times in nanoseconds. */
interface TimedSpan extends Span {
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

const MILLISECOND = 1e6;

/** The spans of one trace below each other, each with its milliseconds, in the order in which they began. */
export function traceTree(spans: readonly Span[], root: Span): string[] {
  const timed = spans.filter((span): span is TimedSpan => span.traceId === root.traceId);
  const lines = (span: TimedSpan, depth: number): string[] => {
    const milliseconds = Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / MILLISECOND;
    const inside = timed
      .filter(({ parentSpanId }) => parentSpanId === span.spanId)
      .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
    return [
      `${'  '.repeat(depth)}${span.name}  ${milliseconds.toFixed(1)} ms`,
      ...inside.flatMap((each) => lines(each, depth + 1)),
    ];
  };
  return timed.filter(({ spanId }) => spanId === root.spanId).flatMap((span) => lines(span, 0));
}
