import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitAction, ChatKitTool, type AgentContext } from '../agents/index.js';
import { widgetRoot, type Action, type ThreadStreamEvent, type WidgetItem } from '../chatkit/core/index.js';
import { SampleOrganisations } from './sample-organisations.js';
import { replaced, says } from './messages.js';
import { Pace } from './pace.js';

const TOPICS = ['A booking', 'My account', 'Something else'];
const message = z.object({
  topic: z.string().max(50),
  text: z.string().max(2000),
  reply: z.boolean().default(false),
});

/** Widgets made in code: a choice, a form, and one whose text is written while it is shown. */
@Injectable()
export class ChoiceDemo {
  constructor(
    private readonly organisations: SampleOrganisations,
    private readonly pace: Pace,
  ) {}

  @ChatKitTool({ name: 'choose_slot', description: 'Offers times for a visit.', parameters: z.object({}) })
  async chooseSlot(_args: object, context: AgentContext): Promise<string> {
    const { slots } = this.organisations.of(context.requestContext.tenantId);
    const buttons = slots.map((slot) => ({
      type: 'Button',
      label: slot,
      block: true,
      variant: 'outline',
      onClickAction: { type: 'slot.choose', payload: { slot }, loadingBehavior: 'container' },
    }));
    const title = { type: 'Title', value: 'When would you like to come?', size: 'sm' };
    await context.streamWidget(
      widgetRoot.parse({ type: 'Card', size: 'sm', children: [title, ...buttons] }),
      slots.join('\n'),
    );
    return 'The times are shown.';
  }

  @ChatKitAction('slot.choose')
  async *slotChosen(
    action: Action,
    sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const { slots } = this.organisations.of(context.requestContext.tenantId);
    const { slot } = z.object({ slot: z.enum(slots) }).parse(action.payload);
    await this.pace.words(25, context);
    const children = [
      { type: 'Icon', name: 'check-circle', color: 'success', size: 'xl' },
      { type: 'Title', value: slot, size: 'sm' },
      { type: 'Caption', value: 'Chosen by you' },
    ];
    yield* replaced(sender, widgetRoot.parse({ type: 'Card', size: 'sm', children }));
    yield says(`See you on **${slot}**.`, context);
  }

  @ChatKitTool({
    name: 'contact_form',
    description: 'Shows a form to write to the desk.',
    parameters: z.object({}),
  })
  async contactForm(_args: object, context: AgentContext): Promise<string> {
    const children = [
      { type: 'Title', value: 'Write to the desk', size: 'sm' },
      { type: 'Label', value: 'About', fieldName: 'topic' },
      {
        type: 'Select',
        name: 'topic',
        defaultValue: TOPICS[0],
        options: TOPICS.map((value) => ({ value, label: value })),
      },
      { type: 'Label', value: 'Message', fieldName: 'text' },
      { type: 'Textarea', name: 'text', required: true, placeholder: 'What can we do for you?' },
      { type: 'Checkbox', name: 'reply', label: 'Answer me by email' },
    ];
    const form = {
      type: 'Card',
      size: 'md',
      asForm: true,
      children,
      confirm: { label: 'Send', action: { type: 'contact.send' } },
      cancel: { label: 'Never mind', action: { type: 'contact.cancel' } },
    };
    await context.streamWidget(widgetRoot.parse(form), 'A form to write to the desk');
    return 'The form is shown.';
  }

  @ChatKitAction('contact.send')
  async *contactSent(
    action: Action,
    sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const { topic, text, reply } = message.parse(action.payload);
    const children = [
      { type: 'Caption', value: topic },
      { type: 'Text', value: text },
      { type: 'Badge', label: reply ? 'They will answer by email' : 'Sent', color: 'success' },
    ];
    yield* replaced(sender, widgetRoot.parse({ type: 'Card', size: 'md', children }));
    yield says('Thank you. The desk has your message.', context);
  }

  @ChatKitAction('contact.cancel')
  async *contactCancelled(
    _action: Action,
    sender: WidgetItem | undefined,
  ): AsyncGenerator<ThreadStreamEvent> {
    if (sender !== undefined) yield { type: 'thread.item.removed', item_id: sender.id };
  }
}
