import type { AgentInputItem } from '@openai/agents';
import type { RequestContext } from '../../auth/context/request-context.js';
import type { HistoryMode } from '../../config/agents.config.js';
import type { GatheredContext } from '../context/context-sources.js';
import type { ThreadItemConverter } from '../convert/thread-item-converter.js';
import { documentsBlock } from './documents-block.js';
import type { Passage } from '../../retrieval/retriever.js';
import { attachedFiles, earlierFiles, NO_FILES, type FileSource } from './attached-files.js';
import { boundedItem } from './bounded-item.js';
import { historyBlock, recent, type Conversation, type HistoryLimits } from './history.js';
import { instructionsBlock, organisationBlock, userBlock } from './identity.js';
import { pageBlock, readPageContext } from './page-context.js';
import { PortalItemConverter } from './portal-item-converter.js';

/** What a run is started with. */
export interface Prompt {
  readonly instructions: string;
  readonly input: AgentInputItem[];
  /** What the answer may cite by number, from 1. */
  readonly passages?: readonly Passage[] | undefined;
  /** Ids of attachments whose content should be there and could not be read. Default: none. */
  readonly unread?: ReadonlySet<string>;
}

export interface PromptOptions {
  /** The part that is the same for all, see systemPrompt. */
  readonly system: string;
  readonly mode: HistoryMode;
  readonly limits: HistoryLimits;
  /** What the application's providers know of the request. Default: nothing. */
  readonly gathered?: GatheredContext | undefined;
  /** Whether query and fragment of the page's address are told. Default: false. */
  readonly pageQuery?: boolean | undefined;
  /** Gives the content of attached files. Default: they are told by name alone. */
  readonly files?: FileSource | undefined;
  /** Turns items into input. Default: one that takes any item, see PortalItemConverter. */
  readonly converter?: ThreadItemConverter;
}

/**
 * Puts a prompt together in the order in which its parts change: what is the same for all, the organisation
 * with its instructions, the member with its profile, what was said before (mode `prompt`), passages of
 * documents, the page. Nothing but the verified context says who is asking.
 */
export async function buildPrompt(
  { history, current }: Conversation,
  context: RequestContext,
  { system, mode, limits, gathered = {}, pageQuery, files: source, converter: given }: PromptOptions,
): Promise<Prompt> {
  const kept = recent(history, limits);
  const files = source === undefined ? NO_FILES : await attachedFiles([...kept, ...current], source);
  const converter = given ?? new PortalItemConverter(files);
  const page = readPageContext(context.metadata, pageQuery);
  const parts = [
    system,
    organisationBlock(context),
    gathered.instructions && instructionsBlock(gathered.instructions),
    userBlock(context, gathered.profile),
    mode === 'prompt' ? historyBlock(kept) : undefined,
    gathered.passages && documentsBlock(gathered.passages),
    page && pageBlock(page),
  ];
  return {
    instructions: parts.filter((part) => part !== undefined && part !== '').join('\n\n'),
    input:
      mode === 'items'
        ? await converter.toAgentInput([...kept.map(boundedItem), ...current])
        : [...earlierFiles(kept, files), ...(await converter.toAgentInput(current))],
    passages: gathered.passages,
    unread: files.unread,
  };
}
