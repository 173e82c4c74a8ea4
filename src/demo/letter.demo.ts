import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool, type AgentContext } from '../agents/index.js';
import { widgetRoot, type WidgetRoot } from '../chatkit/core/index.js';
import { Pace } from './pace.js';

/** A widget that is shown while its text is being written. */
@Injectable()
export class LetterDemo {
  constructor(private readonly pace: Pace) {}

  @ChatKitTool({
    name: 'write_letter',
    description: 'Writes a letter to a friend.',
    parameters: z.object({}),
  })
  async writeLetter(_args: object, context: AgentContext): Promise<string> {
    const text = letter(context.requestContext.user.name ?? 'A member');
    await context.streamWidget(this.#written(text, context), text);
    return 'The letter is written.';
  }

  /** Each state is given whole: only what is new of the text is sent. */
  async *#written(text: string, context: AgentContext): AsyncGenerator<WidgetRoot> {
    const words = text.match(/\S+\s*|^\s+/g) ?? [];
    for (let count = 1; count <= words.length; count++) {
      yield sheet(words.slice(0, count).join(''), true);
      await this.pace.words(1, context);
    }
    yield sheet(text, false);
  }
}

function letter(name: string): string {
  return (
    'Dear friend,\n\nyou asked me where I spend my afternoons. In a quiet room with a view of the garden, ' +
    'where somebody always knows the answer, and where this letter is writing itself word by word.\n\n' +
    `Come and see for yourself.\n\nYours, ${name}`
  );
}

function sheet(text: string, streaming: boolean): WidgetRoot {
  const children = [
    { type: 'Caption', value: 'A letter' },
    { type: 'Markdown', id: 'letter', value: text, streaming },
  ];
  return widgetRoot.parse({ type: 'Card', size: 'md', children });
}
