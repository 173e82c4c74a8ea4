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
  readonly onRefused: () => void;
}

/** The chat itself; what uses it from outside gets it once it is ready. */
export function PanelChat({
  config,
  options = {},
  user,
  up,
  monitor,
  onRefused,
  ...sending
}: PanelChatProps) {
  const panel = useChatKitPanel();
  const { getToken, getPageContext, credentials } = sending;
  const { url } = config;
  const send = useMemo(() => {
    const toServer = createChatKitFetch({
      url,
      getUser: () => user,
      ...(getToken && { getToken }),
      ...(getPageContext && { getPageContext }),
      ...(credentials && { credentials }),
    });
    return watchResponses(toServer, {
      onUnavailable: () => monitor?.reportDown(),
      onRefused,
    });
  }, [url, user, getToken, getPageContext, credentials, monitor, onRefused]);
  const [ready, setReady] = useState(false);
  const {
    control,
    ref: _ref,
    ...chat
  } = useChatKit({
    ...options,
    api: { url, domainKey: 'self-hosted', fetch: send },
    onReady: () => {
      setReady(true);
      options.onReady?.();
    },
  });
  const latest = useRef(chat);
  useEffect(() => {
    latest.current = chat;
  });
  useEffect(() => (ready ? panel.attach(latest.current) : undefined), [ready, panel]);
  const wasUp = useRef(up);
  useEffect(() => {
    if (up && !wasUp.current) void latest.current.fetchUpdates().catch(() => undefined);
    wasUp.current = up;
  }, [up]);
  return <ChatKit control={control} className="chatkit-chat" />;
}
