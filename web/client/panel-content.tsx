'use client';

import { useCallback, useEffect, useState } from 'react';
import type { MouseEvent } from 'react';
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
  return <WhileSignedIn key={user.id} {...props} user={user} />;
}

type SignedInProps = PanelContentProps & { readonly user: NonNullable<PanelContentProps['user']> };
type ChatProps = SignedInProps & { readonly onRefused: () => void };

/**
 * Where the server no longer takes the page for its user, the chat waits behind the gate: whoever comes back to
 * the page, from signing in elsewhere for instance, is let through.
 */
function WhileSignedIn(props: SignedInProps) {
  const { config, texts } = props;
  const { healthUrl } = config;
  const [refused, setRefused] = useState(false);
  const onRefused = useCallback(() => setRefused(true), []);
  useEffect(() => {
    if (!refused) return undefined;
    const back = (): void => setRefused(false);
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, [refused]);
  return (
    <>
      {refused && <SignInGate config={config} texts={texts} />}
      <div className="chatkit-content" hidden={refused}>
        {healthUrl === undefined ? (
          <Chat {...props} up onRefused={onRefused} />
        ) : (
          <WhileUp {...props} healthUrl={healthUrl} onRefused={onRefused} />
        )}
      </div>
    </>
  );
}

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

function SignInGate({ config: { loginUrl = '' }, texts }: Pick<PanelContentProps, 'config' | 'texts'>) {
  // the page's address is read when the link is followed: it may change without another page being loaded
  const comeBack = ({ currentTarget }: MouseEvent<HTMLAnchorElement>): void => {
    const { pathname, search, hash } = window.location;
    currentTarget.href = withReturn(loginUrl, `${pathname}${search}${hash}`);
  };
  return (
    <div className="chatkit-sign-in">
      <p role="status">{texts.signedOut}</p>
      {loginUrl !== '' && (
        <a href={loginUrl} onClick={comeBack} onAuxClick={comeBack}>
          {texts.signIn}
        </a>
      )}
    </div>
  );
}

function withReturn(loginUrl: string, page: string): string {
  return `${loginUrl}${loginUrl.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(page)}`;
}
