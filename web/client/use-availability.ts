'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { browserMonitor } from './availability.js';
import type { Availability, AvailabilityMonitor } from './availability.js';

const CHECKING: Availability = { status: 'checking' };

/**
 * Follows whether chat can be used.
 *
 * @param url the readiness check of the chat's server; another one is another monitor
 */
export function useAvailability(url: string): [AvailabilityMonitor, Availability] {
  const monitor = useMemo(() => browserMonitor(url), [url]);
  useEffect(() => {
    monitor.start();
    return () => monitor.stop();
  }, [monitor]);
  const current = useSyncExternalStore(
    (listener) => monitor.subscribe(listener),
    () => monitor.current,
    () => CHECKING,
  );
  return [monitor, current];
}
