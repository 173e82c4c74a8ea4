import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitAction, ChatKitTool, type AgentContext } from '../agents/index.js';
import type { Action, ThreadStreamEvent, WidgetItem, WidgetRoot } from '../chatkit/core/index.js';
import { replaced } from './messages.js';
import { cut } from '../chatkit/core/cut.js';

/** Names a conversation, and takes it out of use until the user wants it back. */
@Injectable()
export class ThreadDemo {
  @ChatKitTool({
    name: 'rename_thread',
    description: 'Gives the conversation another title.',
    parameters: z.object({ title: z.string() }),
  })
  renameThread({ title }: { title: string }, { thread }: AgentContext): string {
    thread.title = cut(title, 80);
    return 'The conversation has its new title.';
  }

  @ChatKitTool({
    name: 'lock_thread',
    description: 'Locks the conversation for a while.',
    parameters: z.object({}),
  })
  async lockThread(_args: object, context: AgentContext): Promise<string> {
    await context.streamWidget(reopening('This conversation is locked'));
    context.thread.status = { type: 'locked', reason: 'Somebody from the desk is looking at it' };
    return 'The conversation is locked.';
  }

  @ChatKitTool({ name: 'close_thread', description: 'Closes the conversation.', parameters: z.object({}) })
  async closeThread(_args: object, context: AgentContext): Promise<string> {
    await context.streamWidget(reopening('This conversation is closed'));
    context.thread.status = { type: 'closed', reason: 'Everything has been said.' };
    return 'The conversation is closed.';
  }

  @ChatKitAction('thread.reopen', { widget: true, inactive: true })
  async *reopen(
    _action: Action,
    sender: WidgetItem,
    { thread }: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    thread.status = { type: 'active' };
    yield* replaced(sender, {
      type: 'Card',
      size: 'sm',
      children: [{ type: 'Text', value: 'It is open again.' }],
    });
  }
}

function reopening(title: string): WidgetRoot {
  const button = {
    type: 'Button' as const,
    label: 'Open it again',
    onClickAction: { type: 'thread.reopen' },
  };
  return {
    type: 'Card',
    size: 'sm',
    children: [{ type: 'Title', value: title, size: 'sm' }, button],
  };
}
