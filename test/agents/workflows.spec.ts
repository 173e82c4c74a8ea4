import { streamAgentResponse } from '../../src/agents/index.js';
import type { ThreadItem } from '../../src/chatkit/core/index.js';
import { collect, message, runOf, stage, START, thread } from './support/runs.js';

describe('A workflow', () => {
  const open: ThreadItem = {
    id: 'wf_1',
    thread_id: thread.id,
    created_at: new Date(START - 90_500).toISOString(),
    type: 'workflow',
    workflow: { type: 'custom', tasks: [], expanded: false },
  };

  it('that the thread ends with goes on, and is closed by the next message with its whole seconds', async () => {
    const { context } = await stage([open]);
    const run = runOf(async function* () {
      yield* message('m1');
    });
    const [done] = await collect(streamAgentResponse(context, run));
    expect(done).toMatchObject({
      type: 'thread.item.done',
      item: { id: 'wf_1', workflow: { summary: { duration: 90 }, expanded: false } },
    });
  });

  it('keeps the summary it is given, and what its tool says of being expanded', async () => {
    const { context, time } = await stage();
    const run = runOf(async function* () {
      yield* [];
      await context.addWorkflowTask({ type: 'custom', title: 'Read', status_indicator: 'none' });
      time.now += 5000;
      await context.endWorkflow({ title: 'Read it all' }, true);
    });
    const events = await collect(streamAgentResponse(context, run));
    expect(events.at(-1)).toMatchObject({
      item: { workflow: { summary: { title: 'Read it all' }, expanded: true } },
    });
  });

  it('that is still open at the end is stored, so that the next turn goes on with it', async () => {
    const { context, stored } = await stage();
    const run = runOf(async function* () {
      yield* [];
      await context.addWorkflowTask({ type: 'custom', title: 'Read', status_indicator: 'none' });
    });
    await collect(streamAgentResponse(context, run));
    expect(await stored()).toMatchObject([{ type: 'workflow', workflow: { tasks: [{ title: 'Read' }] } }]);
  });

  it('has no tasks to change before it has any', async () => {
    const { context } = await stage();
    const task = { type: 'custom' as const, title: 'Read', status_indicator: 'none' as const };
    await expect(context.updateWorkflowTask(task, 0)).rejects.toThrow('no workflow is open');
    await context.startWorkflow({ type: 'custom', tasks: [], expanded: false });
    await expect(context.updateWorkflowTask(task, 0)).rejects.toThrow(RangeError);
  });
});
