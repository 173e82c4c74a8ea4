'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { isDefined, watchScript } from './script-status.js';
import type { ScriptOptions, ScriptStatus } from './script-status.js';

/** The watch tells of changes; what is known at a render is read there and then. */
const subscribe = (): (() => void) => () => undefined;
const onServer = (): boolean => false;

/**
 * Follows the script that defines `<openai-chatkit>`, from this project or from the CDN. Where the page was
 * rendered on a server it is pending there and while React takes the page over, whatever is defined by then.
 *
 * @param options.src adds that script to the page unless it is there already
 * @param options.timeoutMs milliseconds until a silent script counts as failed; 5000 by default
 */
export function useChatKitScript({ src, timeoutMs }: ScriptOptions = {}): ScriptStatus {
  const defined = useSyncExternalStore(subscribe, isDefined, onServer);
  const [told, tell] = useState<ScriptStatus>('pending');
  useEffect(() => watchScript({ src, timeoutMs }, tell), [src, timeoutMs]);
  return defined ? 'ready' : told;
}
