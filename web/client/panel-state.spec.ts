import { PanelState, type ChatKitHandle } from './panel-state.js';

function chatThat(sendUserMessage: ChatKitHandle['sendUserMessage']): {
  chat: ChatKitHandle;
  told: string[];
} {
  const told: string[] = [];
  const note = (name: string) => async (): Promise<void> => void told.push(name);
  const chat: ChatKitHandle = {
    sendUserMessage: async (message) => {
      told.push('sendUserMessage');
      await sendUserMessage(message);
    },
    setComposerValue: note('setComposerValue'),
    focusComposer: note('focusComposer'),
    setThreadId: note('setThreadId'),
    fetchUpdates: note('fetchUpdates'),
    sendCustomAction: note('sendCustomAction'),
    showHistory: note('showHistory'),
    hideHistory: note('hideHistory'),
  };
  return { chat, told };
}

describe('The panel of a page', () => {
  it('tells when it is opened, and only then', () => {
    const panel = new PanelState();
    let told = 0;
    const stop = panel.subscribe(() => (told += 1));
    panel.setOpen(true);
    panel.setOpen(true);
    stop();
    panel.setOpen(false);
    expect([told, panel.open]).toEqual([1, false]);
  });

  it('opens for a question, and asks it as soon as the chat is there', async () => {
    const panel = new PanelState();
    const { chat, told } = chatThat(async () => undefined);
    const asked = panel.ask('Why?');
    expect([panel.open, told]).toEqual([true, []]);
    panel.attach(chat);
    await asked;
    expect(told).toEqual(['sendUserMessage']);
  });

  it('leaves the question in the composer where it cannot be sent', async () => {
    const panel = new PanelState();
    const { chat, told } = chatThat(() => Promise.reject(new Error('a response is running')));
    panel.attach(chat);
    await panel.ask('Why?');
    expect(told).toEqual(['sendUserMessage', 'setComposerValue', 'focusComposer']);
  });

  it('waits for the next chat when the last one has gone', async () => {
    const panel = new PanelState();
    const [first, second] = [chatThat(async () => undefined), chatThat(async () => undefined)];
    panel.attach(first.chat)();
    const waiting = panel.whenReady();
    panel.attach(second.chat);
    expect(await waiting).toBe(second.chat);
  });
});
