import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitAction, ChatKitTool, type AgentContext } from '../agents/index.js';
import { WidgetTemplates, type WidgetTemplate } from '../widget-templates/index.js';
import type {
  Action,
  SyncActionResult,
  ThreadStreamEvent,
  WidgetItem,
  WidgetRoot,
} from '../chatkit/core/index.js';
import { SampleOrganisations, type Booking } from './sample-organisations.js';
import { replaced, says } from './messages.js';
import { Pace } from './pace.js';

/** How a booking is shown; its buttons send it back. */
const shown = z.object({
  id: z.string().max(50),
  starred: z.boolean(),
  reminded: z.boolean(),
});
type Shown = z.output<typeof shown>;

/** Widgets from templates, and everything that their buttons can do. */
@Injectable()
export class BookingDemo {
  readonly #card: WidgetTemplate;
  readonly #list: WidgetTemplate;

  constructor(
    private readonly organisations: SampleOrganisations,
    private readonly pace: Pace,
    templates: WidgetTemplates,
  ) {
    this.#card = templates.load(new URL('widgets/booking.widget', import.meta.url));
    this.#list = templates.load(new URL('widgets/bookings.widget', import.meta.url));
  }

  @ChatKitTool({
    name: 'show_bookings',
    description: 'Shows all bookings of the user.',
    parameters: z.object({}),
  })
  async showBookings(_args: object, context: AgentContext): Promise<string> {
    const { bookings } = this.organisations.of(context.requestContext.tenantId);
    const titles = bookings.map(({ title, when }) => `${title} (${when})`).join('\n');
    await context.streamWidget(this.#list.build({ bookings }), titles);
    return titles;
  }

  @ChatKitTool({
    name: 'next_booking',
    description: 'Shows the next booking, which can be changed there.',
    parameters: z.object({}),
  })
  async nextBooking(_args: object, context: AgentContext): Promise<string> {
    const [booking] = this.organisations.of(context.requestContext.tenantId).bookings;
    if (booking === undefined) return 'There is none.';
    await context.streamWidget(
      this.#widget(booking, { id: booking.id, starred: false, reminded: false }),
      booking.title,
    );
    return `${booking.title}, ${booking.when}`;
  }

  /** The row of a list becomes a card of its own. */
  @ChatKitAction('booking.show')
  async show(action: Action, _sender: WidgetItem | undefined, context: AgentContext): Promise<void> {
    const { id } = z.object({ id: z.string() }).parse(action.payload);
    const booking = this.organisations.booking(context.requestContext.tenantId, id);
    await context.streamWidget(this.#widget(booking, { id, starred: false, reminded: false }), booking.title);
  }

  @ChatKitAction('booking.cancel')
  async *cancel(
    action: Action,
    sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const state = shown.parse(action.payload);
    const booking = this.organisations.booking(context.requestContext.tenantId, state.id);
    yield { type: 'progress_update', icon: 'calendar', text: 'Cancelling' };
    await this.pace.words(25, context);
    yield* replaced(sender, this.#widget(booking, state, 'Cancelled'));
    yield says(`**${booking.title}** is cancelled.`, context);
  }

  /** What the page sends after it has done its part of `booking.remind`. */
  @ChatKitAction('booking.reminded')
  async *reminded(
    action: Action,
    sender: WidgetItem | undefined,
    context: AgentContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const state = shown.parse(action.payload);
    const booking = this.organisations.booking(context.requestContext.tenantId, state.id);
    yield* replaced(sender, this.#widget(booking, { ...state, reminded: true }));
    yield says(`You will be reminded of **${booking.title}**.`, context);
  }

  @ChatKitAction('booking.star', { sync: true })
  async star(
    action: Action,
    sender: WidgetItem | undefined,
    context: AgentContext,
  ): Promise<SyncActionResult> {
    const state = shown.parse(action.payload);
    const booking = this.organisations.booking(context.requestContext.tenantId, state.id);
    if (sender === undefined) return {};
    const updatedItem = { ...sender, widget: this.#widget(booking, { ...state, starred: !state.starred }) };
    await context.store.saveItem(context.thread.id, updatedItem, context.requestContext);
    return { updatedItem };
  }

  #widget(booking: Booking, state: Shown, ended?: string): WidgetRoot {
    const status = ended ?? (state.reminded ? 'Reminder set' : 'Confirmed');
    return this.#card.build({ ...booking, ...state, status, open: ended === undefined });
  }
}
