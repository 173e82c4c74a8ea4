/** What an id can be minted for. */
export type StoreItemType =
  'thread' | 'message' | 'tool_call' | 'task' | 'workflow' | 'attachment' | 'sdk_hidden_context';

const PREFIXES: Record<StoreItemType, string> = {
  thread: 'thr',
  message: 'msg',
  tool_call: 'tc',
  workflow: 'wf',
  task: 'tsk',
  attachment: 'atc',
  sdk_hidden_context: 'shcx',
};

/** Makes 16 unpredictable bytes; injected so that tests can pin ids. */
export type RandomBytes = () => Uint8Array;

const cryptoBytes: RandomBytes = () => crypto.getRandomValues(new Uint8Array(16));

/** A new id: the reference's prefix for that kind, then 128 random bits in hex. */
export function generateId(type: StoreItemType, random: RandomBytes = cryptoBytes): string {
  return `${PREFIXES[type]}_${Buffer.from(random()).toString('hex')}`;
}
