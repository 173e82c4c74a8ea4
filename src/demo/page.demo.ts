import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool, type AgentContext } from '../agents/index.js';

const COLOURS = ['teal', 'orange', 'pink', 'blue'] as const;

/** What the page around the chat does for it: the portal has the other half of each. */
@Injectable()
export class PageDemo {
  @ChatKitTool({
    name: 'change_colours',
    description: 'Gives the page another accent colour.',
    parameters: z.object({ colour: z.enum(COLOURS) }),
  })
  async changeColours(
    { colour }: { colour: (typeof COLOURS)[number] },
    context: AgentContext,
  ): Promise<string> {
    await context.stream({ type: 'client_effect', name: 'accent', data: { colour } });
    return `The page is ${colour} now.`;
  }

  @ChatKitTool({
    name: 'highlight_page',
    description: 'Highlights the page beside the chat.',
    parameters: z.object({}),
  })
  async highlightPage(_args: object, context: AgentContext): Promise<string> {
    await context.stream({ type: 'client_effect', name: 'highlight', data: {} });
    return 'The page was highlighted.';
  }

  /** The page answers under the same name. */
  @ChatKitTool({
    name: 'get_selection',
    description: 'Reads what the user has selected on the page, and what the page is called.',
    parameters: z.object({}),
  })
  getSelection(_args: object, context: AgentContext): void {
    context.clientToolCall = { name: 'get_selection', arguments: {} };
  }
}
