import { ChatKit, useChatKit } from '@openai/chatkit-react';
import type { UseChatKitOptions, UseChatKitReturn } from '@openai/chatkit-react';
import { StrictMode, useEffect, useState, version } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { eventHandlers, recordingFetch, revive } from './revive.js';
import './page.css';

let setOptions: (options: unknown) => void = () => undefined;
let methods: UseChatKitReturn | undefined;
let mounted: Root | undefined;

/** The unmodified wrapper around the element, with the options that the test gives. */
function Harness({ first }: { first: unknown }) {
  const [options, set] = useState(first);
  const given = revive(options) as UseChatKitOptions;
  const chat = useChatKit({
    ...given,
    api: { url: '/chatkit', domainKey: 'test', fetch: recordingFetch, ...given.api },
    ...eventHandlers,
    onReady: () => {
      eventHandlers['onReady']?.(undefined);
      for (const [name, args] of window.harness.atReady) void window.harness.call(name, args);
    },
  });
  useEffect(() => {
    setOptions = set;
    methods = chat;
  });
  return <ChatKit control={chat.control} className="chat" />;
}

window.harness = {
  react: version,
  atReady: [],
  start(options) {
    const root = document.getElementById('root');
    if (!root) return;
    mounted = createRoot(root);
    mounted.render(
      <StrictMode>
        <Harness first={options} />
      </StrictMode>,
    );
  },
  stop: () => mounted?.unmount(),
  setOptions: (options) => setOptions(options),
  async call(name, args) {
    const method = methods?.[name as 'setComposerValue'] as ((...all: unknown[]) => unknown) | undefined;
    return method?.(...args);
  },
};
