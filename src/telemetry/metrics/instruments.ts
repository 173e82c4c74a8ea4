import type { Meter, MetricOptions } from '@opentelemetry/api';

/** From a statement to an answer of many words, in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

const seconds = (description: string): MetricOptions => ({
  unit: 's',
  description,
  advice: { explicitBucketBoundaries: SECONDS },
});

/** Everything that is counted as it happens. */
export function instruments(meter: Meter) {
  return {
    httpDuration: meter.createHistogram('http.server.request.duration', seconds('HTTP requests')),
    requestDuration: meter.createHistogram('chatkit.request.duration', seconds('Chat requests')),
    requestsActive: meter.createUpDownCounter('chatkit.request.active', {
      description: 'Chat requests being answered',
    }),
    streamsOpen: meter.createUpDownCounter('chatkit.stream.open', { description: 'Streams that are open' }),
    firstEvent: meter.createHistogram(
      'chatkit.stream.first_event.duration',
      seconds('From a request to the first event of its stream'),
    ),
    streamDuration: meter.createHistogram('chatkit.stream.duration', seconds('Whole streams')),
    streamStops: meter.createCounter('chatkit.stream.stops', {
      description: 'Streams whose client left, did not read, or that the stop of the server cut off',
    }),
    streamEvents: meter.createCounter('chatkit.stream.events', { description: 'Events sent' }),
    streamBytes: meter.createCounter('chatkit.stream.sent', { unit: 'By', description: 'Bytes of streams' }),
    refusals: meter.createCounter('chatkit.refusals', { description: 'Requests answered with an error' }),
    limits: meter.createCounter('chatkit.limits.reached', { description: 'Limits that were reached' }),
    modelDuration: meter.createHistogram(
      'gen_ai.client.operation.duration',
      seconds('Calls of models and of tools'),
    ),
    tokens: meter.createHistogram('gen_ai.client.token.usage', {
      unit: '{token}',
      description: 'Tokens of a call of a model',
      advice: { explicitBucketBoundaries: TOKENS },
    }),
    modelRetries: meter.createCounter('chatkit.model.retries', {
      description: 'Calls of a model that were repeated',
    }),
    statements: meter.createHistogram(
      'db.client.operation.duration',
      seconds('Round trips to the database, by the names of their statements'),
    ),
    connectionWait: meter.createHistogram(
      'db.client.connection.wait_time',
      seconds('Waiting for a connection to the database'),
    ),
    maintenance: meter.createHistogram(
      'chatkit.maintenance.duration',
      seconds('Migrations, and other work that nobody asked for'),
    ),
    retained: meter.createCounter('chatkit.retention.removed', {
      description: 'Threads, items and files that were older than they are kept',
    }),
    maintained: meter.createCounter('chatkit.maintenance.items', {
      description: 'What such work was about: rows removed, migrations run',
    }),
  };
}

/** The instruments of a meter. */
export type Instruments = ReturnType<typeof instruments>;
