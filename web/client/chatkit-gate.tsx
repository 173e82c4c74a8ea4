'use client';

import type { ReactNode } from 'react';
import type { ScriptOptions } from './script-status.js';
import { useChatKitScript } from './use-chatkit-script.js';

export interface ChatKitGateProps extends ScriptOptions {
  readonly children: ReactNode;
  /** Shown while the script loads; nothing by default. */
  readonly pending?: ReactNode;
  /** Shown when the script could not be loaded. */
  readonly failed?: ReactNode;
}

/** Renders its children once the chat element can be used, and says why when it cannot. */
export function ChatKitGate({ children, pending = null, failed, src, timeoutMs }: ChatKitGateProps) {
  const status = useChatKitScript({ src, timeoutMs });
  if (status === 'ready') return <>{children}</>;
  if (status === 'pending') return <>{pending}</>;
  return <>{failed ?? <p role="alert">The chat could not be loaded. Reload the page to try again.</p>}</>;
}
