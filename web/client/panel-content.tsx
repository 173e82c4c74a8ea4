'use client';

import { useEffect, useState } from 'react';
import type { AvailabilityMonitor } from './availability.js';
import { ChatKitGate } from './chatkit-gate.js';
import type { ChatKitPanelProps, PanelTexts } from './chatkit-panel.js';
import { PanelChat } from './panel-chat.js';
import { useAvailability } from './use-availability.js';

export interface PanelContentProps extends Omit<ChatKitPanelProps, 'texts' | 'icon'> {
  readonly texts: PanelTexts;
}

/** What the panel shows: who has to sign in, that chat is away, or the chat. */
export function PanelContent(props: PanelContentProps) {
  const { config, texts, user } = props;
  if (user === undefined) return <p role="status">{texts.loading}</p>;
  if (user === null) return <SignInGate config={config} texts={texts} />;
  const { healthUrl } = config;
  if (healthUrl === undefined) return <Chat {...props} user={user} up />;
  return <WhileUp {...props} user={user} healthUrl={healthUrl} />;
}

type ChatProps = PanelContentProps & { readonly user: NonNullable<PanelContentProps['user']> };

/** Once it has been up, the chat stays while it is away, so that nothing written is lost. */
function WhileUp({ healthUrl, ...props }: ChatProps & { readonly healthUrl: string }) {
  const [monitor, { status }] = useAvailability(healthUrl);
  const up = status === 'up';
  const [wasUp, setWasUp] = useState(false);
  if (up && !wasUp) setWasUp(true);
  return (
    <>
      {status === 'checking' && <p role="status">{props.texts.loading}</p>}
      {!up && status !== 'checking' && (
        <p className="chatkit-unavailable" role="status">
          {props.texts.unavailable}
        </p>
      )}
      {wasUp && (
        <div className="chatkit-content" hidden={!up}>
          <Chat {...props} up={up} monitor={monitor} />
        </div>
      )}
    </>
  );
}

function Chat(props: ChatProps & { readonly up: boolean; readonly monitor?: AvailabilityMonitor }) {
  const { config, texts } = props;
  return (
    <ChatKitGate src={config.scriptUrl} pending={<p role="status">{texts.loading}</p>}>
      <PanelChat {...props} />
    </ChatKitGate>
  );
}

function SignInGate({ config: { loginUrl }, texts }: Pick<PanelContentProps, 'config' | 'texts'>) {
  const [here, setHere] = useState('/');
  useEffect(() => {
    const { pathname, search, hash } = window.location;
    setHere(`${pathname}${search}${hash}`);
  }, []);
  return (
    <div className="chatkit-sign-in">
      <p>{texts.signedOut}</p>
      {loginUrl !== undefined && <a href={withReturn(loginUrl, here)}>{texts.signIn}</a>}
    </div>
  );
}

function withReturn(loginUrl: string, page: string): string {
  return `${loginUrl}${loginUrl.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(page)}`;
}
