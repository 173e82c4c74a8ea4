'use client';

import { ChatKit, useChatKit } from '@openai/chatkit-react';
import { ChatKitGate, createChatKitFetch } from 'nestjs-chatkit-react';
import { useMemo } from 'react';
import type { Member } from '../lib/session';

/** The chat, once its element is there. Requests go through this application, which adds the token. */
export function Chat({ member }: { member: Member }) {
  return (
    <ChatKitGate pending={<p role="status">Loading the chat …</p>}>
      <ChatForMember member={member} />
    </ChatKitGate>
  );
}

function ChatForMember({ member }: { member: Member }) {
  const send = useMemo(() => createChatKitFetch({ getUser: () => member, credentials: 'include' }), [member]);
  const { control } = useChatKit({
    api: {
      url: '/api/chatkit',
      domainKey: 'self-hosted',
      fetch: send,
      // files go to /attachments of this application, too: see CHATKIT_ATTACHMENTS_URL in docs/configuration.md
      uploadStrategy: { type: 'two_phase' },
    },
    composer: { attachments: { enabled: true } },
    frameTitle: 'Chat',
    startScreen: { prompts: [{ label: 'Who am I?', prompt: 'Who am I?', icon: 'profile' }] },
    threadItemActions: { feedback: true, retry: true },
  });
  return <ChatKit control={control} className="chat" />;
}
