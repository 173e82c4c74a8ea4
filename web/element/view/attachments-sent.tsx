import { formatSize, kindOf } from '../i18n/sizes.js';
import type { AttachmentInfo } from '../session/wire.js';
import { usePictureOf } from './attachments-picture.js';
import { useView } from './context.js';
import { Icon } from './icon.js';

/** The files of a message: pictures that open large, tiles for everything else. */
export function SentAttachments({ attachments }: { attachments: readonly AttachmentInfo[] }) {
  const { t } = useView();
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments" aria-label={t('attachments')}>
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <Sent attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function Sent({ attachment }: { attachment: AttachmentInfo }) {
  const { viewing, locale, t } = useView();
  const { name, mime_type: mimeType, size } = attachment;
  const picture = usePictureOf(attachment);
  if (picture !== undefined) {
    return (
      <button
        type="button"
        class="thumb"
        aria-label={t('enlarge', { name })}
        onClick={() => (viewing.value = { src: picture, name })}
      >
        <img src={picture} alt="" loading="lazy" />
      </button>
    );
  }
  return (
    <span class="tile">
      <Icon name="document" />
      <span>
        <span class="upload-name">{name}</span>
        <small>
          {kindOf(name, mimeType)}
          {size !== undefined && ` · ${formatSize(size, locale.value)}`}
        </small>
      </span>
    </span>
  );
}
