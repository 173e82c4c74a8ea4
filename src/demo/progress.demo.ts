import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool, type AgentContext } from '../agents/index.js';
import { SampleOrganisations } from './sample-organisations.js';
import { Pace } from './pace.js';

const STEPS = ['Reading the loans of the month', 'Counting', 'Writing it down'];

/** What the user sees while something takes its time. */
@Injectable()
export class ProgressDemo {
  constructor(
    private readonly organisations: SampleOrganisations,
    private readonly pace: Pace,
  ) {}

  @ChatKitTool({ name: 'check_hours', description: 'Tells the opening hours.', parameters: z.object({}) })
  async checkHours(_args: object, context: AgentContext): Promise<string> {
    for (const text of ['Asking the front desk', 'Looking at the calendar', 'Checking for holidays']) {
      await context.stream({ type: 'progress_update', icon: 'clock', text });
      await this.pace.words(25, context);
    }
    return this.organisations.of(context.requestContext.tenantId).hours;
  }

  @ChatKitTool({
    name: 'prepare_report',
    description: 'Prepares the report of the month.',
    parameters: z.object({}),
  })
  async prepareReport(_args: object, context: AgentContext): Promise<string> {
    await context.startWorkflow({ type: 'custom', tasks: [], expanded: true });
    for (const [at, title] of STEPS.entries()) {
      await context.addWorkflowTask({ type: 'custom', title, icon: 'document', status_indicator: 'loading' });
      await this.pace.words(25, context);
      await context.updateWorkflowTask(
        { type: 'custom', title, icon: 'document', status_indicator: 'complete' },
        at,
      );
    }
    await context.endWorkflow({ title: 'Prepared the report', icon: 'check-circle' });
    return 'The report is ready: 3 bookings, none of them late.';
  }

  @ChatKitTool({
    name: 'give_notice',
    description: 'Shows a notice above the conversation.',
    parameters: z.object({ level: z.enum(['info', 'warning', 'danger']) }),
  })
  async giveNotice(
    { level }: { level: 'info' | 'warning' | 'danger' },
    context: AgentContext,
  ): Promise<string> {
    const message = 'On Saturday the portal is away from **7:00 to 9:00**.';
    await context.stream({ type: 'notice', level, title: 'Maintenance', message });
    return 'The notice was shown.';
  }
}
