import { chatKitRequest, isStreamingRequest } from './requests.js';

const input = { content: [{ type: 'input_text', text: 'hello' }], attachments: [], inference_options: {} };
const list = (params: object) => ({ type: 'threads.list', params });
const message = (change: object) => ({ type: 'threads.create', params: { input: { ...input, ...change } } });
const answers = (value: unknown) => ({
  type: 'threads.add_structured_input',
  params: { thread_id: 't', item_id: 'i', input: { answers: value } },
});

/** The dotted path of the first thing wrong with a request. */
function field(request: unknown): string | undefined {
  return chatKitRequest.safeParse(request).error?.issues[0]?.path.join('.');
}

describe('the path of the first problem of a request', () => {
  it.each([
    ['an unknown type', { type: 'threads.destroy', params: {} }, 'type'],
    ['a missing type', { params: {} }, 'type'],
    ['a type that is no text', { type: null, params: {} }, 'type'],
    ['missing params', { type: 'threads.list' }, 'params'],
    ['metadata that is no object', { type: 'threads.list', params: {}, metadata: [] }, 'metadata'],
    ['a limit that is no number', list({ limit: 'many' }), 'params.limit'],
    ['a negative limit', list({ limit: -1 }), 'params.limit'],
    ['a limit with a fraction', list({ limit: 1.5 }), 'params.limit'],
    ['an unknown order', list({ order: 'up' }), 'params.order'],
    [
      'a title that is too long',
      { type: 'threads.update', params: { thread_id: 't', title: 'x'.repeat(10_001) } },
      'params.title',
    ],
    ['a cursor that is too long', list({ after: 'x'.repeat(257) }), 'params.after'],
    [
      'a text that is none',
      message({ content: [{ type: 'input_text', text: 5 }] }),
      'params.input.content.0.text',
    ],
    [
      'an unknown part',
      message({ content: [input.content[0], { type: 'input_video' }] }),
      'params.input.content.1.type',
    ],
    ['missing content', message({ content: undefined }), 'params.input.content'],
    ['too many parts', message({ content: Array(1001).fill('x') }), 'params.input.content'],
    ['too many attachments', message({ attachments: Array(51).fill('a') }), 'params.input.attachments'],
    [
      'a tool that is no text',
      message({ inference_options: { tool_choice: { id: 1 } } }),
      'params.input.inference_options.tool_choice.id',
    ],
    [
      'a missing tool result',
      { type: 'threads.add_client_tool_output', params: { thread_id: 't' } },
      'params.result',
    ],
    [
      'an action without type',
      { type: 'threads.custom_action', params: { thread_id: 't', action: {} } },
      'params.action.type',
    ],
    ['answers that are no object', answers('x'), 'params.input.answers'],
    ['a value that is no text', answers({ q: { values: [1] } }), 'params.input.answers.q.values.0'],
    ['too many values', answers({ q: { values: Array(1001).fill('x') } }), 'params.input.answers.q.values'],
    [
      'too many answers',
      answers(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`q${index}`, {}]))),
      'params.input.answers',
    ],
  ])('names the field of %s', (_, request, path) => {
    expect(field(request)).toBe(path);
  });

  it.each([[null], ['text'], [[]], [undefined]])('is empty for a body that is no object: %j', (body) => {
    expect(chatKitRequest.safeParse(body).success).toBe(false);
  });
});

describe('a request that validates', () => {
  it('has its defaults filled in', () => {
    expect(chatKitRequest.parse({ type: 'threads.list', params: {} })).toEqual({
      type: 'threads.list',
      params: { order: 'desc' },
      metadata: {},
    });
    expect(chatKitRequest.parse(answers({ q: {} }))).toMatchObject({
      params: { input: { status: 'answered', answers: { q: { values: [], skipped: false } } } },
    });
  });

  it.each([
    [20, 20],
    ['20', 20],
    [' 20.0 ', 20],
    ['1_000', 1000],
    [null, undefined],
  ])('takes the limit %j for %j', (limit, expected) => {
    expect(chatKitRequest.parse(list({ limit }))).toMatchObject({ params: { limit: expected } });
  });

  it.each([
    [true, true],
    ['YES', true],
    [1, true],
    ['off', false],
    [0, false],
  ])('takes the flag %j for %j', (skipped, expected) => {
    expect(chatKitRequest.parse(answers({ q: { skipped } }))).toMatchObject({
      params: { input: { answers: { q: { skipped: expected } } } },
    });
  });

  it('keeps nulls in tool results and action payloads', () => {
    const result = { a: null, b: [null] };
    expect(
      chatKitRequest.parse({ type: 'threads.add_client_tool_output', params: { thread_id: 't', result } }),
    ).toMatchObject({ params: { result } });
    expect(
      chatKitRequest.parse({
        type: 'threads.custom_action',
        params: { thread_id: 't', item_id: null, action: { type: 'go', payload: result } },
      }),
    ).toMatchObject({ params: { action: { payload: result } } });
  });

  it('keeps the metadata of a message and drops fields nobody knows', () => {
    const parsed = chatKitRequest.parse(message({ metadata: { page: null }, extra: 1 }));
    expect(parsed).toMatchObject({ params: { input: { metadata: { page: null } } } });
    expect(JSON.stringify(parsed)).not.toContain('extra');
  });

  it('is not fooled by keys that name parts of a prototype', () => {
    const body: unknown = JSON.parse(
      `{"type":"threads.list","params":{"__proto__":{"limit":3},"constructor":{"a":1}},
        "metadata":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}`,
    );
    const parsed = chatKitRequest.parse(body);
    expect(parsed).toMatchObject({ params: { order: 'desc' } });
    expect('limit' in parsed.params).toBe(false);
    expect('polluted' in parsed.metadata).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('says whether its answer is a stream', () => {
    expect(isStreamingRequest(chatKitRequest.parse(message({})))).toBe(true);
    expect(isStreamingRequest(chatKitRequest.parse(list({})))).toBe(false);
  });
});
