import { ChatKit, useChatKit } from '@openai/chatkit-react';
import type { UseChatKitOptions, UseChatKitReturn } from '@openai/chatkit-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ChatKitGate, createChatKitFetch, watchResponses } from '../../client/index.js';
import type { ChatDockProps } from './chat-dock.js';
import type { ChatPlace } from './chat-place.js';
import { composerOptions } from './chat/composer-options.js';
import { entityOptions } from './chat/entities.js';
import { ACCENTS, runClientTool, runEffect, runWidgetAction } from './chat/page-tools.js';
import { ask } from './chat/question.js';
import { lastSelection } from './chat/selection.js';
import { rememberThread, rememberedThread } from './thread-memory.js';

interface ChatPanelProps extends ChatDockProps {
  /** False while chat is away; the panel stays and takes up where it was. */
  readonly up: boolean;
  readonly close: () => void;
  readonly onUnavailable: () => void;
}

const FONT = "'Inter Variable', system-ui, sans-serif";

type Prompts = NonNullable<NonNullable<UseChatKitOptions['startScreen']>['prompts']>;

function promptsOf(title: string | undefined): Prompts {
  if (title === undefined) {
    return [
      { label: 'What can I do here?', prompt: 'What can I do here?', icon: 'compass' },
      { label: 'Who am I signed in as?', prompt: 'Who am I signed in as?', icon: 'profile' },
    ];
  }
  return [
    { label: 'Summarise this page', prompt: 'Summarise this page for me.', icon: 'square-text' },
    {
      label: `Ask about “${title}”`,
      prompt: `What should I know about “${title}”?`,
      icon: 'circle-question',
    },
  ];
}

/** Moves the chat to the other of the two places it may be in. */
function otherPlace({ choice, choose }: ChatPlace) {
  return choice === 'docked'
    ? { icon: 'sidebar-floating-right' as const, onClick: () => choose('floating') }
    : { icon: 'sidebar-right' as const, onClick: () => choose('docked') };
}

/** The chat itself, through the unmodified React wrapper. */
export function ChatPanel(props: ChatPanelProps) {
  return (
    <ChatKitGate pending={<div className="blank" role="status" aria-label="Loading the chat" />}>
      <Chat {...props} />
    </ChatKitGate>
  );
}

function Chat({
  member,
  brand,
  scheme,
  article,
  features,
  question,
  accent,
  hands,
  place,
  up,
  close,
  onUnavailable,
  onRefused,
}: ChatPanelProps) {
  const [initialThread] = useState(() => rememberedThread(member));
  const send = useMemo(() => {
    const { userId: id, name, email } = member;
    return createChatKitFetch({ getUser: () => ({ id, name, email }), credentials: 'same-origin' });
  }, [member]);
  const primary = (accent === undefined ? brand.accent : ACCENTS[accent])[scheme];
  const chat: UseChatKitReturn = useChatKit({
    api: {
      url: '/chatkit',
      domainKey: 'self-hosted',
      fetch: watchResponses(send, { onUnavailable, onRefused }),
      ...(features.attachments && { uploadStrategy: { type: 'two_phase' } }),
    },
    initialThread,
    frameTitle: brand.assistant,
    theme: {
      colorScheme: scheme,
      radius: 'round',
      color: { accent: { primary, level: 2 } },
      typography: { fontFamily: FONT },
    },
    header: {
      ...(place.wide && { leftAction: otherPlace(place) }),
      rightAction: { icon: 'close', onClick: close },
    },
    history: { enabled: true, showDelete: true, showRename: true },
    startScreen: {
      greeting: `How can I help, ${member.name.split(/\s/)[0]}?`,
      prompts: promptsOf(article?.title),
    },
    composer: composerOptions(features),
    entities: entityOptions(brand),
    threadItemActions: { feedback: true, retry: true },
    disclaimer: { text: 'Answers can be wrong. Check what matters.' },
    thread: { autoScroll: true },
    widgets: {
      onAction: (action, { id }) => runWidgetAction(action, id, hands, chat.sendCustomAction),
    },
    onClientTool: ({ name }) => runClientTool(name, lastSelection),
    onEffect: ({ name, data = {} }) => runEffect(name, data, hands),
    onThreadChange: ({ threadId }) => rememberThread(member, threadId),
  });

  const { control, fetchUpdates } = chat;
  const asked = useRef<typeof question>(undefined);
  useEffect(() => {
    if (question === undefined || asked.current === question) return;
    asked.current = question;
    // what goes wrong is shown in the chat
    void ask(question, brand, chat).catch(() => undefined);
  }, [question, brand, chat]);

  const wasUp = useRef(up);
  useEffect(() => {
    if (up && !wasUp.current) void fetchUpdates()?.catch(() => undefined);
    wasUp.current = up;
  }, [up, fetchUpdates]);
  return <ChatKit control={control} className="chat" />;
}
