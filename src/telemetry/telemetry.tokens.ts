/** Injection token of the tracer that our spans are made by. */
export const TRACER = Symbol('chatkit:tracer');

/** Injection token of the meter of our metrics. */
export const METER = Symbol('chatkit:meter');
