import { Markdown } from '../markdown/markdown.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { Icon } from './icon.js';

/** Messages from the server about the service rather than the conversation. */
export function Notices() {
  const { state, session, t } = useView();
  const { notices, thread } = state.value;
  return (
    <div class="notices">
      {notices.map(({ key, level, title, message }) => (
        <div class={`notice ${level}`} key={key}>
          <Icon name={level === 'info' ? 'info' : 'warning'} />
          <div class="grow">
            {title !== undefined && <strong>{title}</strong>}
            <Markdown text={message} imageDomains={thread?.allowed_image_domains} />
          </div>
          <IconButton name={t('dismiss')} icon="close" small onClick={() => session.dismissNotice(key)} />
        </div>
      ))}
    </div>
  );
}
