import { formatSize, kindOf } from '../i18n/sizes.js';
import type { Upload } from '../session/uploads.js';
import { usePreview } from './attachments-picture.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { Icon } from './icon.js';

/** The files of the draft, and the ones that could not be taken. */
export function AttachmentTray() {
  const { uploads, t } = useView();
  return (
    <>
      <Refusals />
      {uploads.value.uploads.length > 0 && (
        <ul class="tray" aria-label={t('attachments')}>
          {uploads.value.uploads.map((upload) => (
            <UploadTile key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
    </>
  );
}

function Refusals() {
  const { session, uploads, locale, t } = useView();
  const { refusals } = uploads.value;
  if (refusals.length === 0) return null;
  return (
    <div class="refusals">
      <div class="grow" role="alert">
        {refusals.map(({ why, name, limit }) => (
          <p>
            {why === 'type' && t('refusedType', { name })}
            {why === 'size' && t('refusedSize', { name, limit: formatSize(limit, locale.value) })}
            {why === 'count' && t('refusedCount', { name, limit })}
          </p>
        ))}
      </div>
      <IconButton name={t('dismiss')} icon="close" small onClick={() => session.uploads.forgetRefusals()} />
    </div>
  );
}

function UploadTile({ upload }: { upload: Upload }) {
  const { session, t } = useView();
  const { key, name, status, refusal } = upload;
  const picture = usePreview(upload);
  const remove = (): void => {
    session.uploads.remove(key);
    session.focusComposer();
  };
  return (
    <li class={`upload ${status}`}>
      {picture === undefined ? <Icon name="document" /> : <img src={picture} alt="" />}
      <span class="grow">
        <span class="upload-name">{name}</span>
        <UploadDetail upload={upload} />
      </span>
      {status === 'failed' && upload.file && refusal === undefined && (
        <IconButton
          name={t('retryUpload', { name })}
          icon="reload"
          small
          onClick={() => session.uploads.retry(key)}
        />
      )}
      <IconButton name={t('removeFile', { name })} icon="close" small onClick={remove} />
    </li>
  );
}

function UploadDetail({ upload }: { upload: Upload }) {
  const { locale, t, failureText } = useView();
  const { name, mimeType, status, problem, refusal, file, attachment } = upload;
  if (status === 'uploading') return <progress aria-label={t('uploading', { name })} />;
  if (status === 'failed') {
    return (
      <small role="alert">
        {t('uploadFailed')} {refusal ?? (problem === 'network' && failureText('network'))}
      </small>
    );
  }
  const size = file?.size ?? attachment?.size;
  return (
    <small>
      {kindOf(name, mimeType)}
      {size !== undefined && ` · ${formatSize(size, locale.value)}`}
    </small>
  );
}
