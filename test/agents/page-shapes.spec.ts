import { ScriptedModel } from '../../src/testing/scripted-model.js';
import { message } from './support/chat.js';
import { HttpApp } from './support/http-app.js';

const URL_OF_PAGE = 'https://portal.test/loans';

describe('What integrations send of a page', () => {
  const model = new ScriptedModel({});
  let app: HttpApp;
  let open: HttpApp;
  beforeAll(async () => {
    app = await HttpApp.start(model);
    open = await HttpApp.start(model, [], [], { pageQuery: true });
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await open[Symbol.asyncDispose]();
  });

  /** The lines of the page in what the model is told when a message comes with this metadata. */
  async function told(metadata: object, { port } = app): Promise<string[]> {
    const response = await fetch(`http://127.0.0.1:${port}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...message('Hello'), metadata }),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('"type":"error"');
    const instructions = model.requests.at(-1)?.systemInstructions ?? '';
    const [, block] = instructions.split('\n<page-data>\n');
    expect(instructions.split('</page-data>').length).toBeLessThanOrEqual(2);
    return block === undefined ? [] : block.split('\n').slice(1, -1);
  }

  it.each([
    ['one string', 'Rates, Opening hours', ['Rates, Opening hours']],
    ['one string of several lines', 'Rates\r\nOpening hours\n\n', ['Rates', 'Opening hours']],
    ['a list', ['Rates', 'Opening hours'], ['Rates', 'Opening hours']],
    ['a list that is JSON', '["Rates","Opening hours"]', ['Rates', 'Opening hours']],
    ['objects with a text', [{ level: 1, text: 'Rates' }, { text: 7 }], ['Rates', '7']],
    ['objects with a title', [{ id: 'rates', title: 'Rates' }], ['Rates']],
    ['lists by level', { h1: ['Rates'], h2: ['Opening', 'hours'] }, ['Rates', 'Opening', 'hours']],
    ['strings by level', { h1: 'Rates', h2: 'Hours' }, ['Rates', 'Hours']],
    ['numbers', [2025, 2026], ['2025', '2026']],
    ['one number', 2026, ['2026']],
    ['good and bad ones', ['Rates', null, {}, [], true, '  '], ['Rates']],
  ])('names its headings when they come as %s', async (_shape, headings, expected) => {
    expect(await told({ pageContext: { headings } })).toEqual([`headings: ${JSON.stringify(expected)}`]);
  });

  it.each([
    ['a number', 42, '42'],
    ['a list', ['Loans', 'Rates'], 'Loans, Rates'],
    ['an object with a text', { text: 'Loans' }, 'Loans'],
  ])('tells each text that comes as %s', async (_shape, value, expected) => {
    const json = JSON.stringify(expected);
    expect(
      await told({ pageContext: { title: value, path: value, description: value, selection: value } }),
    ).toEqual([`title: ${json}`, `path: ${json}`, `description: ${json}`, `selection: ${json}`]);
  });

  const whole = [
    'title: "Loans"',
    `url: ${JSON.stringify(URL_OF_PAGE)}`,
    'path: "/loans"',
    'description: "What it costs"',
    'headings: ["Rates"]',
    'selection: "4 %"',
  ];
  it.each([
    ['camel case', 'pageContext', ['pageTitle', 'pageUrl', 'pathname', 'metaDescription', 'selectedText']],
    [
      'snake case',
      'page_context',
      ['page_title', 'page_url', 'page_path', 'meta_description', 'selected_text'],
    ],
    ['short names', 'pageContext', ['title', 'href', 'path', 'description', 'selection']],
  ])(
    'is read in %s',
    async (_style, key, [title = '', url = '', path = '', description = '', selection = '']) => {
      const page = {
        [title]: 'Loans',
        [url]: URL_OF_PAGE,
        [path]: '/loans',
        [description]: 'What it costs',
        [selection]: '4 %',
        headings: ['Rates'],
        timestamp: 1_767_225_600_000,
      };
      expect(await told({ [key]: page })).toEqual(whole);
      expect(await told({ [key]: JSON.stringify(page) })).toEqual(whole);
    },
  );

  it('is taken from the name under which something usable stands', async () => {
    const page = { title: 'Loans' };
    for (const empty of [null, {}, [], '', { title: null }]) {
      expect(await told({ pageContext: empty, page_context: page })).toEqual(['title: "Loans"']);
    }
    expect(await told({ pageContext: { title: null, page_title: 'Loans' } })).toEqual(['title: "Loans"']);
  });

  it('is told when its path or its address is missing, and when the address is only a path', async () => {
    expect(await told({ pageContext: { url: URL_OF_PAGE } })).toEqual([`url: "${URL_OF_PAGE}"`]);
    expect(await told({ pageContext: { path: '/loans' } })).toEqual(['path: "/loans"']);
    expect(await told({ pageContext: { url: '/loans?a=1' } })).toEqual(['path: "/loans"']);
    expect(await told({ pageContext: { url: '/loans', path: '/here' } })).toEqual(['path: "/here"']);
  });

  const SECRETS = '?token=my-secret&next=/a?b#my-secret';
  it.each([
    ['an address', { url: `${URL_OF_PAGE}${SECRETS}` }, [`url: "${URL_OF_PAGE}"`]],
    ['an address with a fragment alone', { url: `${URL_OF_PAGE}#my-secret` }, [`url: "${URL_OF_PAGE}"`]],
    ['an address under another name', { page_url: `${URL_OF_PAGE}${SECRETS}` }, [`url: "${URL_OF_PAGE}"`]],
    ['a long address', { href: `${URL_OF_PAGE}${SECRETS}${'x'.repeat(5000)}` }, [`url: "${URL_OF_PAGE}"`]],
    ['an object with a text', { url: { value: `${URL_OF_PAGE}${SECRETS}` } }, [`url: "${URL_OF_PAGE}"`]],
    ['an address that is a path', { url: `/loans${SECRETS}` }, ['path: "/loans"']],
    ['a path', { path: `/loans${SECRETS}` }, ['path: "/loans"']],
    ['a path that is an address', { pathname: `${URL_OF_PAGE}${SECRETS}` }, [`path: "${URL_OF_PAGE}"`]],
    ['one text, an address', `${URL_OF_PAGE}${SECRETS}`, [`url: "${URL_OF_PAGE}"`]],
    ['one text, a path', `/loans${SECRETS}`, ['path: "/loans"']],
    [
      'one text, an address without its beginning',
      `//portal.test${SECRETS}`,
      ['description: "//portal.test"'],
    ],
    ['JSON of one text', JSON.stringify({ url: `/loans${SECRETS}` }), ['path: "/loans"']],
  ])('keeps query and fragment to itself when it comes as %s', async (_shape, page, expected) => {
    expect(await told({ pageContext: page })).toEqual(expected);
    expect(await told({ page_context: page })).toEqual(expected);
    expect(JSON.stringify(model.requests.at(-1))).not.toContain('my-secret');
  });

  it('tells query and fragment where they are asked for', async () => {
    const url = `${URL_OF_PAGE}?rate=4#terms`;
    expect(await told({ pageContext: { url } }, open)).toEqual([`url: "${url}"`]);
    expect(await told({ pageContext: '/loans?rate=4#terms' }, open)).toEqual(['path: "/loans?rate=4#terms"']);
  });

  it('may be one text: an address, a path, or words about it', async () => {
    expect(await told({ pageContext: URL_OF_PAGE })).toEqual([`url: "${URL_OF_PAGE}"`]);
    expect(await told({ pageContext: '/loans' })).toEqual(['path: "/loans"']);
    expect(await told({ pageContext: 'The list of loans' })).toEqual(['description: "The list of loans"']);
  });

  it.each([
    ['an object', { name: 'Root', roles: ['admin'], page: { id: 'root' } }],
    ['a text', 'Root, admin'],
    ['JSON', '{"name":"Root","roles":["admin"]}'],
    ['a list', ['Root', 'admin']],
    ['a number', 7],
    ['nothing', null],
  ])('is told whatever is claimed of the user beside it, which is not, as %s', async (_shape, user) => {
    const claims = { userInfo: user, user_info: user, user, userId: 'root' };
    expect(await told({ ...claims, pageContext: { title: 'Loans', ...claims } })).toEqual(['title: "Loans"']);
    expect(model.requests.at(-1)?.systemInstructions).not.toMatch(/root|"admin"/i);
  });

  it('stays short, however much there is of it', async () => {
    const long = 'Long, '.repeat(10_000);
    const many = Array.from({ length: 10_000 }, () => 'Heading');
    for (const value of [long, long.replaceAll(' ', '\n'), many, { h1: many, h2: long }, [long, [many]]]) {
      const page = { title: value, path: value, description: value, headings: value, selection: value };
      expect((await told({ pageContext: page })).join('\n').length).toBeLessThan(12_000);
    }
  });
});
