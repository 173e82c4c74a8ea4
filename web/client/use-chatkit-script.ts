import { useEffect, useState } from 'react';
import { isDefined, watchScript } from './script-status.js';
import type { ScriptOptions, ScriptStatus } from './script-status.js';

/**
 * Follows the script that defines `<openai-chatkit>`, from this project or from the CDN.
 *
 * @param options.src adds that script to the page unless it is there already
 * @param options.timeoutMs milliseconds until a silent script counts as failed; 5000 by default
 */
export function useChatKitScript({ src, timeoutMs }: ScriptOptions = {}): ScriptStatus {
  const [status, setStatus] = useState<ScriptStatus>(() => (isDefined() ? 'ready' : 'pending'));
  useEffect(() => watchScript({ src, timeoutMs }, setStatus), [src, timeoutMs]);
  return status;
}
