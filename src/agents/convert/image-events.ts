import type { GeneratedImageItem, ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { AgentContext } from '../run/agent-context.js';
import type { ResponseStreamConverter } from './response-stream-converter.js';
import { textOf } from './text-of.js';
import type { ResponsesEvent } from './responses-event.js';

/** Turns generated images, their previews first, into events of the thread. */
export class ImageEvents {
  readonly #items = new Map<string, GeneratedImageItem>();

  constructor(
    private readonly context: AgentContext<unknown>,
    private readonly converter: ResponseStreamConverter,
  ) {}

  async convert(event: ResponsesEvent): Promise<ThreadStreamEvent[]> {
    switch (event.type) {
      case 'response.output_item.added':
        return event.item.type === 'image_generation_call' ? [this.#start(event.item.id)] : [];
      case 'response.image_generation_call.partial_image':
        return this.#preview(event.item_id, textOf(event.partial_image_b64), event.partial_image_index);
      case 'response.output_item.done': {
        const { item } = event;
        return item.type === 'image_generation_call' ? this.#done(item.id, textOf(item.result)) : [];
      }
      default:
        return [];
    }
  }

  #start(modelId: string): ThreadStreamEvent {
    const item: GeneratedImageItem = {
      type: 'generated_image',
      id: this.context.generateId('message'),
      thread_id: this.context.thread.id,
      created_at: this.context.now(),
    };
    this.#items.set(modelId, item);
    return { type: 'thread.item.added', item };
  }

  async #preview(modelId: string, base64: string, index: number): Promise<ThreadStreamEvent[]> {
    const item = this.#items.get(modelId);
    if (item === undefined) return [];
    const url = await this.converter.base64ImageToUrl(modelId, base64, index);
    const progress = this.converter.partialImageIndexToProgress(index);
    const update = { type: 'generated_image.updated' as const, image: { id: modelId, url }, progress };
    return [{ type: 'thread.item.updated', item_id: item.id, update }];
  }

  async #done(modelId: string, base64: string): Promise<ThreadStreamEvent[]> {
    const item = this.#items.get(modelId);
    if (item === undefined || base64 === '') return [];
    this.#items.delete(modelId);
    const url = await this.converter.base64ImageToUrl(modelId, base64);
    return [{ type: 'thread.item.done', item: { ...item, image: { id: modelId, url } } }];
  }
}
