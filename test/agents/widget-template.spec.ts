import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  WidgetTemplate,
  WidgetTemplateError,
  type WidgetDefinition,
} from '../../src/widget-templates/index.js';

const string = { type: 'string' };
const schema = (properties: Record<string, unknown>, required: string[] = Object.keys(properties)) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

function template(
  text: string,
  properties: Record<string, unknown> = {},
  required?: string[],
): WidgetTemplate {
  return new WidgetTemplate({
    version: '1.0',
    name: 'Sample',
    template: text,
    jsonSchema: schema(properties, required),
  });
}

/** As the builder writes a value. */
const text = (value: string): string => `{"type":"Card","children":[{"type":"Text","value":${value}}]}`;
const card = (...values: string[]) => ({
  type: 'Card',
  children: values.map((value) => ({ type: 'Text', value })),
});

function failure(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(WidgetTemplateError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('nothing failed');
}

describe('A widget template', () => {
  it('puts data where the builder left places for it', () => {
    const author = template(text('{{ (author.name) | tojson }}'), {
      author: schema({ name: string }),
    });
    expect(author.build({ author: { name: 'Ada “the first” \\ "Lovelace"\n' } })).toMatchObject(
      card('Ada “the first” \\ "Lovelace"\n'),
    );
  });

  it('repeats a part for each entry of a list, as the builder writes it, and for none', () => {
    const list = template(
      `{"type":"ListView","children":[{%- set _c -%}{%-for line in lines -%},` +
        `{"type":"ListViewItem","key":{{ (line.id) | tojson }},"children":[` +
        `{"type":"Text","value":{{ (line.label) | tojson }}}]}{%-endfor-%}{%- endset -%}` +
        `{{- (_c[1:] if _c and _c[0] == ',' else _c) -}}]}`,
      { lines: { type: 'array', items: schema({ id: string, label: string }) } },
    );
    const lines = [
      { id: 'a', label: 'Harbour' },
      { id: 'b', label: 'Hill' },
    ];
    expect(list.build({ lines })).toMatchObject({
      type: 'ListView',
      children: lines.map(({ id, label }) => ({
        type: 'ListViewItem',
        key: id,
        children: [{ type: 'Text', value: label }],
      })),
    });
    expect(list.build({ lines: [] })).toMatchObject({ type: 'ListView', children: [] });
  });

  it('shows a part only when a condition holds', () => {
    const greeting = template(
      `{"type":"Card","children":[{"type":"Text","value":"Hello"}` +
        `{%- if name -%},{"type":"Text","value":{{ ("dear " ~ name) | tojson }}}{%- endif -%}]}`,
      { name: string },
      [],
    );
    expect(greeting.build()).toMatchObject(card('Hello'));
    expect(greeting.build({ name: 'Ada' })).toMatchObject(card('Hello', 'dear Ada'));
  });

  it('leaves no value a way to become structure', () => {
    const hostile =
      '"},{"type":"Button","label":"{{ x }}","onClickAction":{"type":"pay"}},{"type":"Text","value":"';
    expect(template(text('{{ (x) | tojson }}'), { x: string }).build({ x: hostile })).toMatchObject(
      card(hostile),
    );
  });

  it.each([
    ['in quotes', text('"Dear {{ x }}"'), 'x'],
    ['as they are', text('{{ x }}'), 'x'],
    ['joined to JSON', text('{{ (x | tojson) ~ x }}'), 'x'],
    ['through another name', `{% set y = x %}${text('{{ y }}')}`, 'y'],
    [
      'through a name that a block had first',
      `{% set y %}1{% endset %}{% set y = x %}${text('{{ y }}')}`,
      'y',
    ],
    ['of a loop', `{"type":"Card","children":[{% for each in x %}{{ each }}{% endfor %}]}`, 'each'],
    ['in a condition', text('{{ x if x else "none" }}'), 'x'],
    ['through a filter', text('{{ x | upper }}'), 'x'],
  ])('is refused when it writes values %s', (_how, source, name) => {
    expect(failure(() => template(source, { x: string }))).toBe(
      `Sample: its template cannot be used: it writes ${name} without tojson`,
    );
  });

  it.each([
    ['another version', { version: '2.0' }, 'version'],
    ['no template', { template: undefined }, 'template'],
    ['a template that is cut off', { template: '{"type": {{ (x | tojson }}' }, 'its template cannot be read'],
    [
      'a name that its schema does not know',
      { template: text('{{ (titel) | tojson }}') },
      'does not know titel',
    ],
    ['a schema that is none', { jsonSchema: { type: 'nonsense' } }, 'its jsonSchema is none'],
    ['a macro', { template: '{% macro m() %}1{% endmacro %}{}' }, 'macros'],
  ])('is refused with %s', (_what, change, reason) => {
    const given = {
      version: '1.0',
      name: 'Sample',
      template: text('"x"'),
      jsonSchema: schema({}),
      ...change,
    };
    const message = failure(() => new WidgetTemplate(given as WidgetDefinition));
    expect(message).toMatch(/^Sample: /);
    expect(message).toContain(reason);
  });

  it.each([
    ['is missing', {}, 'x'],
    ['is of another type', { x: 1 }, 'x'],
    ['is unknown', { x: 'a', y: 1 }, 'y'],
  ])('refuses data that %s, naming it', (_what, data, name) => {
    const message = failure(() => template(text('{{ (x) | tojson }}'), { x: string }).build(data));
    expect(message).toContain('the data does not fit');
    expect(message).toContain(name);
  });

  it('refuses what is no widget', () => {
    expect(failure(() => template('{"type":"Window"}').build())).toContain('it makes no widget');
    expect(failure(() => template('{"type":').build())).toContain('it makes no widget');
  });

  it.each([
    [
      'never ends',
      '{% for a in x %}{% for b in x %}{% for c in x %} {% endfor %}{% endfor %}{% endfor %}{}',
      'steps',
    ],
    [
      'doubles a text again and again',
      '{% set s = "ab" %}{% for a in x %}{% set s = s ~ s %}{% endfor %}{{ s | tojson }}',
      'too',
    ],
    ['makes a list out of nothing', '{% for a in range(1000000000) %}{% endfor %}{}', 'range'],
  ])('is stopped when it %s', (_what, source, reason) => {
    const numbers = { x: { type: 'array' } };
    const x = Array.from({ length: 100 }, (_, at) => at);
    expect(failure(() => template(source, numbers).build({ x }))).toContain(reason);
  });

  it('refuses endless data', () => {
    const sample = template(text('{{ (x) | tojson }}'), { x: string });
    expect(failure(() => sample.build({ x: 'x'.repeat(200_000) }))).toBe('Sample: there is too much data');
  });

  it('knows the actions that go to the server, in all of its branches', () => {
    const { actions } = template(
      `{"type":"Card","confirm":{"label":"Yes","action":{"payload":{"type":"inner","id":{{ (x) | tojson }}},"type":"yes"}},
      "children":[{% if x %}{"type":"Button","onClickAction":{"type":"open","handler":"client"}}{% else %}
      {"type":"Button","onClickAction":{"type":"star","streaming":false}}{% endif %},
      {"type":"Button","onClickAction":{"type":"yes"}},{"type":"Button","onClickAction":{"type":{{ (x) | tojson }}}}]}`,
      { x: string },
    );
    expect(actions).toEqual([
      { type: 'yes', sync: false },
      { type: 'star', sync: true },
    ]);
  });
});

describe('A .widget file', () => {
  let folder: string;
  const inFolder = (name: string): string => join(folder, name);
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'widgets-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('is read with everything else that the builder puts in it', async () => {
    const definition = {
      version: '1.0',
      name: 'Notice',
      template: text('{{ (x) | tojson }}'),
      jsonSchema: schema({ x: string }),
      outputJsonPreview: {},
      encodedWidget: 'abc',
    };
    await writeFile(inFolder('notice.widget'), JSON.stringify(definition));
    expect(WidgetTemplate.fromFile(inFolder('notice.widget')).build({ x: 'Closed' })).toMatchObject(
      card('Closed'),
    );
  });

  it.each([
    ['missing.widget', undefined],
    ['broken.widget', '{"version":'],
    ['list.widget', '[]'],
  ])('that cannot be used is named: %s', async (name, content) => {
    if (content !== undefined) await writeFile(inFolder(name), content);
    expect(failure(() => WidgetTemplate.fromFile(inFolder(name)))).toContain(`${inFolder(name)}: it `);
  });
});
