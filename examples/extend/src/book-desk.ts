import { Injectable } from '@nestjs/common';
import { ChatKitAction, ChatKitTool, type AgentContext } from 'nestjs-chatkit/agents';
import { CustomStreamError, type Action, type ThreadStreamEvent, type WidgetItem } from 'nestjs-chatkit/core';
import { WidgetTemplates, type WidgetTemplate } from 'nestjs-chatkit/widgets';
import * as z from 'zod';
import { Books } from './books.js';

const reservation = z.object({ id: z.string().max(20) });

/** What the assistant can do with books. */
@Injectable()
export class BookDesk {
  readonly #card: WidgetTemplate;

  constructor(
    private readonly books: Books,
    templates: WidgetTemplates,
  ) {
    this.#card = templates.load(new URL('../widgets/book.widget', import.meta.url));
  }

  @ChatKitTool({
    name: 'find_book',
    description: 'Finds a book of the library by words of its title, and shows it.',
    parameters: z.object({ title: z.string().max(200) }),
    timeoutMs: 10_000,
  })
  async findBook({ title }: { title: string }, context: AgentContext): Promise<string> {
    await context.stream({ type: 'progress_update', text: 'Looking in the catalogue' });
    const book = this.books.find(context.requestContext.tenantId, title);
    if (book === undefined) return 'The library does not have it.';
    await context.streamWidget(this.#card.build({ book }), `${book.title} by ${book.author}`);
    return `${book.title} by ${book.author}: ${book.copies} copies are in. The user has been shown it.`;
  }

  @ChatKitAction('book.reserve')
  async *reserve(
    action: Action,
    _sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const { tenantId, userId } = context.requestContext;
    const { id } = reservation.parse(action.payload);
    const book = this.books.reserve(tenantId, userId, id);
    if (book === undefined) throw new CustomStreamError('The library does not have this book.');
    yield {
      type: 'thread.item.done',
      item: {
        type: 'assistant_message',
        id: context.generateId('message'),
        thread_id: context.thread.id,
        created_at: context.now(),
        content: [{ type: 'output_text', text: `“${book.title}” is waiting for you.`, annotations: [] }],
      },
    };
  }
}
