import { answer, begun, done } from './events.js';
import type { Chat, Harness } from './harness.js';
import { OpenAnswers } from './scripted.js';

interface BegunAnswer {
  readonly chat: Chat;
  readonly open: OpenAnswers;
  /** Ends the answer. */
  readonly finish: () => void;
}

/** A chat in which a message has been sent and its answer has begun. */
export async function answering(harness: Harness): Promise<BegunAnswer> {
  const chat = await harness.open();
  const open = await OpenAnswers.hold(chat, 'threads.create');
  await chat.input.fill('Hello');
  await chat.input.press('Enter');
  const reply = await open.next();
  reply.send(...begun(reply.body));
  await chat.until(() => chat.events('onThreadChange').length === 1);
  return { chat, open, finish: () => reply.end(done(answer('Done'))) };
}
