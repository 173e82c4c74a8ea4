import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { widgetRoot, type WidgetRoot } from '../chatkit/core/index.js';
import { renderTemplate } from './bounded-interpreter.js';
import type { Program } from './jinja.js';
import { actionsIn, type TemplateAction } from './template-actions.js';
import { checkTemplate } from './template-check.js';
import { parseTemplate } from './template-nodes.js';
import { reasonOf, WidgetTemplateError } from './widget-template-error.js';

const MAX_TEMPLATE = 200_000;
const MAX_DATA = 200_000;
const MAX_WIDGET = 500_000;

const definition = z.object({
  version: z.literal('1.0'),
  name: z.string().min(1),
  template: z.string().max(MAX_TEMPLATE),
  jsonSchema: z.record(z.string(), z.unknown()).default({}),
});

/** What a `.widget` file holds, as far as it is needed; the rest of it serves the builder. */
export type WidgetDefinition = z.input<typeof definition>;

/**
 * A widget with places for data: the files that ChatKit's widget builder exports. Checked as a whole when it
 * is made; follows `WidgetTemplate` of the reference, but data is checked against the template's schema.
 */
export class WidgetTemplate {
  readonly name: string;
  /** What its controls send to the server. */
  readonly actions: readonly TemplateAction[];
  readonly #program: Program;
  readonly #schema: z.ZodType;

  /**
   * @param source names it in errors. Default: its own name
   * @throws WidgetTemplateError saying what is wrong with it
   */
  constructor(
    given: WidgetDefinition,
    readonly source: string = given.name,
  ) {
    const { name, template, jsonSchema } = this.#do('it is no widget template', () =>
      definition.parse(given),
    );
    this.name = name;
    this.#schema = this.#do('its jsonSchema is none', () => schemaOf(jsonSchema));
    this.#program = this.#do('its template cannot be read', () => parseTemplate(template));
    this.#do('its template cannot be used', () => checkTemplate(this.#program, namesIn(jsonSchema)));
    this.actions = actionsIn(template);
  }

  /**
   * Reads a `.widget` file.
   *
   * @param file for one beside the module: `new URL('./order.widget', import.meta.url)`
   * @throws WidgetTemplateError naming the file and what is wrong with it
   */
  static fromFile(file: string | URL): WidgetTemplate {
    const path = file instanceof URL ? fileURLToPath(file) : file;
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      throw new WidgetTemplateError(path, `it cannot be read: ${reasonOf(error)}`, { cause: error });
    }
    return new WidgetTemplate(content as WidgetDefinition, path);
  }

  /**
   * The widget with that data in it. Values stay values: none can change the widget's structure.
   *
   * @param data what the template's schema asks for; taken as JSON, 200,000 characters at most
   * @throws WidgetTemplateError when the data does not fit, or makes no widget of a sensible size
   */
  build(data: object = {}): WidgetRoot {
    const json = JSON.stringify(data);
    if (json.length > MAX_DATA) throw new WidgetTemplateError(this.source, 'there is too much data');
    const fitting = this.#do('the data does not fit', () => this.#schema.parse(JSON.parse(json)));
    return this.#do('it makes no widget', () => {
      const text = renderTemplate(this.#program, fitting as Record<string, unknown>);
      if (text.length > MAX_WIDGET) throw new Error('it is too large');
      return widgetRoot.parse(JSON.parse(text));
    });
  }

  #do<T>(failure: string, step: () => T): T {
    try {
      return step();
    } catch (error) {
      const reason = error instanceof z.ZodError ? issuesOf(error) : reasonOf(error);
      throw new WidgetTemplateError(this.source, `${failure}: ${reason}`, { cause: error });
    }
  }
}

function schemaOf(jsonSchema: Readonly<Record<string, unknown>>): z.ZodType {
  return z.fromJSONSchema({ type: 'object', ...jsonSchema });
}

/** The names that data may have at its top; undefined when any may come. */
function namesIn({ properties, additionalProperties }: Record<string, unknown>): string[] | undefined {
  if (typeof properties !== 'object' || properties === null || additionalProperties === true)
    return undefined;
  return Object.keys(properties);
}

function issuesOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
