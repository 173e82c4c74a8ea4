'use client';

import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AvailabilityMonitor } from './availability.js';
import { createChatKitFetch } from './chatkit-fetch.js';
import type { ChatUser } from './chatkit-fetch.js';
import type { PanelContentProps } from './panel-content.js';
import { useChatKitPanel } from './panel-context.js';
import { watchResponses } from './watch-responses.js';

interface PanelChatProps extends PanelContentProps {
  readonly user: ChatUser;
  readonly up: boolean;
  readonly monitor?: AvailabilityMonitor;
}

/** The chat itself; what uses it from outside gets it once it is ready. */
export function PanelChat({ config, options = {}, user, up, monitor, ...sending }: PanelChatProps) {
  const panel = useChatKitPanel();
  const { getToken, getPageContext, credentials } = sending;
  const send = useMemo(() => {
    const toServer = createChatKitFetch({
      getUser: () => user,
      ...(getToken && { getToken }),
      ...(getPageContext && { getPageContext }),
      ...(credentials && { credentials }),
    });
    return watchResponses(toServer, {
      onUnavailable: () => monitor?.reportDown(),
      onRefused: () => undefined,
    });
  }, [user, getToken, getPageContext, credentials, monitor]);
  const [ready, setReady] = useState(false);
  const {
    control,
    ref: _ref,
    ...chat
  } = useChatKit({
    ...options,
    api: { url: config.url, domainKey: 'self-hosted', fetch: send },
    onReady: () => {
      setReady(true);
      options.onReady?.();
    },
  });
  const latest = useRef(chat);
  latest.current = chat;
  useEffect(() => (ready ? panel.attach(latest.current) : undefined), [ready, panel]);
  const wasUp = useRef(up);
  useEffect(() => {
    if (up && !wasUp.current) void latest.current.fetchUpdates().catch(() => undefined);
    wasUp.current = up;
  }, [up]);
  return <ChatKit control={control} className="chatkit-chat" />;
}
