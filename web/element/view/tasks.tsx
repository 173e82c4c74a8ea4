import { useState } from 'preact/hooks';
import { duration } from '../i18n/dates.js';
import { Markdown } from '../markdown/markdown.js';
import type { Task, Workflow } from '../session/wire.js';
import { useView } from './context.js';
import { Icon } from './icon.js';
import { SourceLine } from './sources.js';

const ICONS: Readonly<Record<string, string>> = {
  custom: 'dot',
  thought: 'lightbulb',
  web_search: 'globe',
  file: 'document',
  image: 'square-image',
};

function titleOf(task: Task, t: ReturnType<typeof useView>['t']): string | undefined {
  if (task.type === 'web_search') return task.title ?? task.title_query ?? t('searched');
  if (task.type === 'file') return task.title ?? t('files');
  return task.type === 'image' ? (task.title ?? t('imageTask')) : task.title;
}

/** One step of work, on its own or inside a workflow. */
export function TaskLine({ task }: { task: Task }) {
  const { t } = useView();
  const title = titleOf(task, t);
  const loading = task.status_indicator === 'loading';
  const icon =
    task.status_indicator === 'complete' ? 'check-circle' : (task.icon ?? ICONS[task.type] ?? 'dot');
  return (
    <div class="task-line">
      {loading ? <span class="spinner" aria-hidden="true" /> : <Icon name={icon} />}
      <div class="grow">
        {title !== undefined && <p class={loading ? 'shimmer' : undefined}>{title}</p>}
        {task.queries.length > 0 && (
          <p class="chips">
            {task.queries.map((query) => (
              <span class="chip">{query}</span>
            ))}
          </p>
        )}
        {task.content !== undefined && <Markdown text={task.content} streaming={loading} />}
        {task.sources.length > 0 && (
          <ul class="task-sources">
            {task.sources.map((source) => (
              <li>
                <SourceLine source={source} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Steps of work under one line: open while they go on, folded when they are done. */
export function WorkflowView({ workflow, running }: { workflow: Workflow; running: boolean }) {
  const { t, locale } = useView();
  const [chosen, setChosen] = useState<boolean>();
  const { summary, type, tasks, expanded } = workflow;
  const known = tasks.filter((task) => task.type !== 'unknown');
  const open = chosen ?? (running || expanded);
  const thought = summary?.duration === undefined ? undefined : duration(summary.duration, locale.value);
  const current = running ? known.at(-1)?.title : undefined;
  const fallback = type === 'reasoning' ? t('reasoning') : t('working');
  const title =
    summary?.title ?? (thought === undefined ? (current ?? fallback) : t('reasoned', { duration: thought }));
  const toggle = (): void => setChosen(!open);
  return (
    <div class="workflow">
      <button type="button" class="workflow-title" aria-expanded={open} onClick={toggle}>
        <Icon name={summary?.icon ?? (type === 'reasoning' ? 'lightbulb' : 'sparkle')} />
        <span class={running ? 'shimmer' : undefined}>{title}</span>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
      </button>
      {open && (
        <div class="workflow-body">
          {known.map((task) => (
            <TaskLine task={task} />
          ))}
        </div>
      )}
    </div>
  );
}
