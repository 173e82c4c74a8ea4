import { performance } from 'node:perf_hooks';
import type { Meter } from '@opentelemetry/api';
import type { ChatAvailability, ChatState, StoreStatus } from '../../common/availability.js';
import type { Signals } from '../../common/signals/signals.port.js';

const STATES: readonly ChatState[] = ['up', 'down', 'disabled', 'connecting', 'migrating'];

/** What is looked at when the metrics are read. */
export interface Observed {
  /** Whether chat can be served, and the pools. */
  readonly availability?: ChatAvailability | undefined;
  /** What replicas hear each other by, where there are several. */
  readonly signals?: Pick<Signals, 'isConnected'> | undefined;
}

/** Has all of it looked at, and the process. */
export function observeGauges(meter: Meter, { availability, signals }: Observed): void {
  if (availability !== undefined) observeAvailability(meter, availability);
  if (signals !== undefined) {
    meter
      .createObservableGauge('chatkit.replicas.connected', {
        description: '1 while this instance hears what the others tell',
      })
      .addCallback((result) => result.observe(signals.isConnected ? 1 : 0));
  }
  meter
    .createObservableGauge('process.memory.usage', { unit: 'By', description: 'Resident memory' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  let last = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs.eventloop.utilization', {
      unit: '1',
      description: 'Part of the time since the last look in which the event loop was busy',
    })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
}

function observeAvailability(meter: Meter, availability: ChatAvailability): void {
  const up = meter.createObservableGauge('chatkit.availability', {
    description: '1 for the state that chat is in',
  });
  const impaired = meter.createObservableGauge('chatkit.impaired', {
    description: '1 while chat is up and cannot be served',
  });
  const connections = meter.createObservableUpDownCounter('db.client.connection.count', {
    description: 'Connections to the database',
  });
  const most = meter.createObservableUpDownCounter('db.client.connection.max', {
    description: 'Connections to the database at most',
  });
  const pending = meter.createObservableUpDownCounter('db.client.connection.pending_requests', {
    description: 'Operations that wait for a connection to the database',
  });
  meter.addBatchObservableCallback(
    (result) => {
      const { databases = [], ...home } = availability.status();
      const observe = (
        { state, impairment, pool }: StoreStatus,
        of: { 'chatkit.database'?: string },
      ): void => {
        for (const each of STATES) {
          result.observe(up, each === state ? 1 : 0, { 'chatkit.state': each, ...of });
        }
        result.observe(impaired, impairment === undefined ? 0 : 1, of);
        if (pool === undefined) return;
        result.observe(connections, pool.idle, { 'db.client.connection.state': 'idle', ...of });
        result.observe(connections, pool.total - pool.idle, { 'db.client.connection.state': 'used', ...of });
        result.observe(most, pool.max, of);
        result.observe(pending, pool.waiting, of);
      };
      observe(home, {});
      for (const { name, ...status } of databases) observe(status, { 'chatkit.database': name });
    },
    [up, impaired, connections, most, pending],
  );
}
