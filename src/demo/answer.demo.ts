import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool, type AgentContext } from '../agents/index.js';
import type { Annotation, GeneratedImageItem } from '../chatkit/core/index.js';
import { SampleOrganisations } from './sample-organisations.js';
import { newItem, says } from './messages.js';
import { Pace } from './pace.js';
import { wavesPng } from './picture.js';

const PICTURE = 512;
const PREVIEW = 48;

/** Answers that are more than words: a picture, citations, and tools that the user picks in the composer. */
@Injectable()
export class AnswerDemo {
  constructor(
    private readonly organisations: SampleOrganisations,
    private readonly pace: Pace,
  ) {}

  @ChatKitTool({ name: 'draw_picture', description: 'Draws a picture of waves.', parameters: z.object({}) })
  async drawPicture(_args: object, context: AgentContext): Promise<string> {
    const item: GeneratedImageItem = { ...newItem(context), type: 'generated_image' };
    await context.stream({ type: 'thread.item.added', item });
    await this.pace.words(20, context);
    const preview = { type: 'generated_image.updated' as const, image: imageOf(PREVIEW), progress: 0.5 };
    await context.stream({ type: 'thread.item.updated', item_id: item.id, update: preview });
    await this.pace.words(40, context);
    await context.stream({ type: 'thread.item.done', item: { ...item, image: imageOf(PICTURE) } });
    return 'The picture is drawn.';
  }

  @ChatKitTool({
    name: 'quote_rules',
    description: 'Quotes the rules of the house, with their sources.',
    parameters: z.object({}),
  })
  async quoteRules(_args: object, context: AgentContext): Promise<string> {
    const { rule } = this.organisations.of(context.requestContext.tenantId);
    const { text, file, article, title } = rule;
    const path = `/articles/${article}`;
    const annotations: Annotation[] = [
      {
        type: 'annotation',
        index: text.length,
        source: { type: 'file', title: 'House rules', filename: file },
      },
      {
        type: 'annotation',
        index: text.length,
        source: { type: 'entity', id: article, title, icon: 'document', interactive: true, data: { path } },
      },
    ];
    await context.stream(says(text, context, annotations));
    return 'The rule was quoted to the user, with its sources.';
  }

  @ChatKitTool({
    name: 'search_catalogue',
    description: 'Searches the catalogue of the organisation.',
    parameters: z.object({ query: z.string() }),
  })
  async searchCatalogue({ query }: { query: string }, context: AgentContext): Promise<string> {
    await context.stream({ type: 'progress_update', icon: 'search', text: 'Searching the catalogue' });
    await this.pace.words(20, context);
    const words = query.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    const { catalogue } = this.organisations.of(context.requestContext.tenantId);
    const found = catalogue.filter((title) => words.some((word) => title.toLowerCase().includes(word)));
    return found.length === 0 ? `Nothing found. There are: ${catalogue.join(', ')}` : found.join('\n');
  }
}

function imageOf(size: number): { id: string; url: string } {
  return { id: `waves-${size}`, url: `data:image/png;base64,${wavesPng(size).toString('base64')}` };
}
