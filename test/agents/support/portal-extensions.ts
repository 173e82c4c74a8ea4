import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import {
  AnswerService,
  ChatKitAction,
  ChatKitTool,
  InputGuardrail,
  OutputGuardrail,
  type AgentContext,
  type GuardrailInput,
  type GuardrailVerdict,
} from '../../../src/agents/index.js';
import type {
  Action,
  SyncActionResult,
  ThreadStreamEvent,
  WidgetItem,
  WidgetRoot,
} from '../../../src/chatkit/core/index.js';

/** Offers to return the order. */
const ORDER: WidgetRoot = {
  type: 'Card',
  children: [
    { type: 'Text', value: 'o-1' },
    { type: 'Button', label: 'Return', onClickAction: { type: 'order.return' } },
  ],
};

/** Stands for a service of the team's own. */
@Injectable()
export class Orders {
  readonly gates: Promise<void>[] = [];
  readonly signals: AbortSignal[] = [];
  readonly #status = new Map([['o-1', 'shipped']]);

  async statusOf(tenantId: string, order: string, signal: AbortSignal): Promise<string> {
    this.signals.push(signal);
    await this.gates.shift();
    const status = this.#status.get(order);
    if (status === undefined) throw new Error(`secret detail about ${order}`);
    return `${tenantId}: ${status}`;
  }
}

/** A tool, an action of each kind, and two guardrails, as a team would write them. */
@Injectable()
export class OrderDesk {
  constructor(
    private readonly orders: Orders,
    private readonly answers: AnswerService,
  ) {}

  @ChatKitTool({
    name: 'order-status',
    description: 'Tells how far an order has come.',
    parameters: z.object({ order: z.string().max(20), note: z.string().optional() }),
  })
  async orderStatus({ order }: { order: string }, context: AgentContext): Promise<{ status: string }> {
    const { tenantId, signal } = context.requestContext;
    await context.stream({ type: 'progress_update', text: `Looking for ${order}` });
    return { status: await this.orders.statusOf(tenantId, order, signal) };
  }

  @ChatKitTool({
    name: 'count_orders',
    description: 'Counts the orders of a year.',
    parameters: { type: 'object', properties: { year: { type: 'integer' } }, required: ['year'] },
  })
  countOrders({ year }: Record<string, unknown>): string {
    return `3 in ${String(year)}`;
  }

  @ChatKitTool({ name: 'selection', description: 'Reads the selection.', parameters: z.object({}) })
  selection(_args: object, context: AgentContext): void {
    context.clientToolCall = { name: 'get_selection', arguments: {} };
  }

  @ChatKitAction('order.cancel')
  async *cancel(
    action: Action,
    sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const { order } = z.object({ order: z.string() }).parse(action.payload);
    await context.stream({ type: 'progress_update', text: `Cancelling ${order}` });
    context.thread.title = `Order ${order}`;
    yield {
      type: 'thread.item.done',
      item: {
        type: 'assistant_message',
        id: context.generateId('message'),
        thread_id: context.thread.id,
        created_at: context.now(),
        content: [{ type: 'output_text', text: `${order} from ${sender?.id ?? 'page'}`, annotations: [] }],
      },
    };
  }

  @ChatKitAction('order.show')
  async show(_action: Action, _sender: WidgetItem | undefined, context: AgentContext): Promise<void> {
    await context.streamWidget(ORDER, 'o-1');
  }

  @ChatKitAction('order.explain')
  async *explain(
    _action: Action,
    _sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const input = [{ role: 'user' as const, content: 'Where is o-1?' }];
    yield* this.answers.answer({ instructions: 'Explain.', input }, context);
    await context.stream({ type: 'progress_update', text: 'one more thing' });
    await context.stream({ type: 'progress_update', text: 'and another' });
  }

  @ChatKitAction('order.rename', { sync: true })
  rename(_action: Action, sender: WidgetItem | undefined): SyncActionResult {
    return { updatedItem: sender && { ...sender, copy_text: 'renamed' } };
  }

  @ChatKitAction('order.return', { sync: true, widget: true })
  takeBack(_action: Action, sender: WidgetItem): SyncActionResult {
    return { updatedItem: { ...sender, copy_text: 'returned' } };
  }

  @InputGuardrail({ runInParallel: false })
  refuseBadWords(input: GuardrailInput): GuardrailVerdict {
    return { tripwireTriggered: JSON.stringify(input).includes('swear') };
  }

  @OutputGuardrail()
  async refuseSecrets(output: string): Promise<GuardrailVerdict> {
    if (output === 'breaks it') throw new Error('the checker is down');
    return { tripwireTriggered: output.includes('top secret') };
  }
}
