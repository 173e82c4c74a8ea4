import type { FeedbackKind } from '../session/state.js';
import type { Item, UserMessageItem } from '../session/wire.js';
import { AssistantMessage } from './assistant-message.js';
import { useView } from './context.js';
import { GeneratedImage } from './generated-image.js';
import { pure } from './pure.js';
import { TaskLine, WorkflowView } from './tasks.js';
import { TurnActions } from './turn-actions.js';
import { visible } from './turns.js';
import { UserMessage } from './user-message.js';
import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import { WidgetView } from '../widgets/widget-view.js';

const AnswerSummary = lazy(parts.questions, (part) => part.AnswerSummary);

export interface TurnProps {
  readonly user: UserMessageItem | undefined;
  readonly items: readonly Item[];
  /** Ids of items still streaming; only the last turn has any. */
  readonly live: ReadonlySet<string> | undefined;
  readonly running: boolean;
  readonly imageDomains: readonly string[] | undefined;
  readonly retry: boolean;
  /** The rating given, or undefined when rating is off. */
  readonly rating: FeedbackKind | 'none' | undefined;
}

/** One user message with its answer and, once that is complete, what can be done with it. */
export const Turn = pure(function Turn(props: TurnProps) {
  const { user, items, live, running, imageDomains, retry, rating } = props;
  const { headingLevel, t } = useView();
  const Heading = `h${Math.min(6, headingLevel.value + 1)}` as 'h3';
  const shown = visible(items);
  return (
    <>
      {user && (
        <>
          <Heading class="sr">{t('you')}</Heading>
          <UserMessage item={user} />
        </>
      )}
      {shown.length > 0 && <Heading class="sr">{t('assistant')}</Heading>}
      {shown.map((item) => (
        <ItemView
          key={item.shown_as ?? item.id}
          item={item}
          streaming={live?.has(item.id) ?? false}
          running={running}
          imageDomains={imageDomains}
        />
      ))}
      {shown.length > 0 && !running && (
        <TurnActions items={shown} userId={user?.id} retry={retry && user !== undefined} rating={rating} />
      )}
    </>
  );
});

interface ItemViewProps {
  readonly item: Item;
  readonly streaming: boolean;
  readonly running: boolean;
  readonly imageDomains: readonly string[] | undefined;
}

const ItemView = pure(function ItemView({ item, streaming, running, imageDomains }: ItemViewProps) {
  switch (item.type) {
    case 'assistant_message':
      return <AssistantMessage item={item} streaming={streaming} imageDomains={imageDomains} />;
    case 'widget':
      return <WidgetView item={item} imageDomains={imageDomains} />;
    case 'workflow':
      return <WorkflowView workflow={item.workflow} running={streaming && running} />;
    case 'task':
      return <TaskLine task={item.task} />;
    case 'generated_image':
      return <GeneratedImage item={item} />;
    case 'structured_input':
      return <AnswerSummary item={item} />;
    default:
      return null;
  }
});
