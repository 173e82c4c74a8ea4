import type {
  ChatKitOptions,
  CustomApiConfig,
  ModelOption,
  StartScreenPrompt,
  ToolOption,
} from '@openai/chatkit';
import { readCommands } from './commands.js';
import type { CommandOptions } from './commands.js';
import { readEntities, readModels, readTools } from './composer-options.js';
import type { EntityOptions } from './composer-options.js';
import { readStrategy } from './upload-file.js';
import type { UploadStrategy } from './upload-file.js';
import { readAttachmentOptions } from './upload-limits.js';
import type { AttachmentOptions } from './upload-limits.js';
import { filled, isRecord, list, record, text } from './json.js';
import type { Fetch } from './transport.js';

type ClientTool = NonNullable<ChatKitOptions['onClientTool']>;
type WidgetAction = NonNullable<NonNullable<ChatKitOptions['widgets']>['onAction']>;

export interface HeaderAction {
  readonly icon: string;
  readonly onClick: () => void;
}

/** Options with every default filled in. Members given as undefined count as absent. */
export interface Options {
  readonly api: {
    readonly url: string;
    readonly fetch: Fetch | undefined;
    readonly uploads: UploadStrategy | undefined;
    readonly hosted: boolean;
  };
  readonly locale: string | undefined;
  readonly theme: unknown;
  readonly frameTitle: string;
  readonly initialThread: string | null;
  readonly onClientTool: ClientTool | undefined;
  readonly onWidgetAction: WidgetAction | undefined;
  readonly header: {
    readonly enabled: boolean;
    readonly titleEnabled: boolean;
    readonly titleText: string | undefined;
    readonly leftAction: HeaderAction | undefined;
    readonly rightAction: HeaderAction | undefined;
  };
  readonly history: { readonly enabled: boolean; readonly showDelete: boolean; readonly showRename: boolean };
  readonly greeting: string | undefined;
  readonly prompts: readonly StartScreenPrompt[];
  readonly actions: { readonly feedback: boolean; readonly retry: boolean };
  readonly placeholder: string | undefined;
  readonly disclaimer: { readonly text: string; readonly highContrast: boolean } | undefined;
  readonly tools: readonly ToolOption[];
  readonly models: readonly ModelOption[];
  readonly attachments: AttachmentOptions;
  readonly dictation: boolean;
  readonly entities: EntityOptions;
  readonly commands: CommandOptions;
  readonly autoScroll: boolean;
}

/** A function of the page; what it takes and gives is the page's word. */
function fn(value: unknown): unknown {
  return typeof value === 'function' ? value : undefined;
}

function headerAction(value: unknown): HeaderAction | undefined {
  const action = record(value);
  const onClick = fn(action.onClick) as HeaderAction['onClick'] | undefined;
  return onClick && { icon: text(action.icon) ?? 'star', onClick };
}

function readPrompts(value: unknown): readonly StartScreenPrompt[] {
  return list(value).filter(
    (entry) => isRecord(entry) && filled(entry.label) !== undefined,
  ) as StartScreenPrompt[];
}

/**
 * Reads what `setOptions` was given.
 *
 * @throws TypeError when it is not an object; anything inside it that has the wrong type counts as absent
 */
export function readOptions(value: unknown): Options {
  if (!isRecord(value)) throw new TypeError('setOptions expects an options object');
  const api = record(value.api) as Partial<CustomApiConfig>;
  const header = record(value.header);
  const title = record(header.title);
  const history = record(value.history);
  const start = record(value.startScreen);
  const actions = record(value.threadItemActions);
  const disclaimer = record(value.disclaimer);
  const composer = record(value.composer);
  const disclaimerText = filled(disclaimer.text);
  const url = text(api.url);
  return {
    api: {
      url: url ?? '',
      fetch: fn(api.fetch) as Fetch | undefined,
      uploads: readStrategy(api.uploadStrategy),
      hosted: url === undefined && typeof record(api).getClientSecret === 'function',
    },
    locale: filled(value.locale),
    theme: value.theme,
    frameTitle: filled(value.frameTitle) ?? 'Chat',
    initialThread: filled(value.initialThread) ?? null,
    onClientTool: fn(value.onClientTool) as ClientTool | undefined,
    onWidgetAction: fn(record(value.widgets).onAction) as WidgetAction | undefined,
    header: {
      enabled: header.enabled !== false,
      titleEnabled: title.enabled !== false,
      titleText: filled(title.text),
      leftAction: headerAction(header.leftAction),
      rightAction: headerAction(header.rightAction),
    },
    history: {
      enabled: history.enabled !== false,
      showDelete: history.showDelete !== false,
      showRename: history.showRename !== false,
    },
    greeting: filled(start.greeting),
    prompts: readPrompts(start.prompts),
    actions: { feedback: actions.feedback === true, retry: actions.retry === true },
    placeholder: filled(composer.placeholder),
    disclaimer:
      disclaimerText === undefined
        ? undefined
        : { text: disclaimerText, highContrast: disclaimer.highContrast === true },
    tools: readTools(composer.tools),
    models: readModels(composer.models),
    attachments: readAttachmentOptions(composer.attachments),
    dictation: record(composer.dictation).enabled === true,
    entities: readEntities(value.entities),
    commands: readCommands(value.commands),
    autoScroll: record(value.thread).autoScroll === true,
  };
}
