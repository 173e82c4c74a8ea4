import { useCallback, useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.js';
import type { AdminApi, StoredDocument } from './admin-api.js';
import { DeleteDialog } from './delete-dialog.js';
import { count, moment } from './format.js';
import { Pager } from './pager.js';
import { usePages } from './pages.js';
import { Empty, Loading, Panel } from './parts.js';
import { UploadArea } from './upload-area.js';
import type { Uploads } from './uploads.js';
import { useLoad } from './use-load.js';

const PAGE = 20;

interface DocumentsProps {
  readonly api: AdminApi;
  readonly up: boolean;
  readonly uploads: Uploads;
}

/** What the assistant answers from. */
export function Documents({ api, up, uploads }: DocumentsProps) {
  const [search, setSearch] = useState('');
  const [leaving, setLeaving] = useState<StoredDocument>();
  const heading = useRef<HTMLDivElement>(null);
  const pages = usePages(search);
  const { after } = pages;
  const load = useCallback(
    (signal: AbortSignal) => api.documents(search, after, PAGE, signal),
    [api, search, after],
  );
  const loaded = useLoad(load, up);
  const { again } = loaded;
  useEffect(() => {
    if (uploads.settled > 0) again();
  }, [uploads.settled, again]);
  const removed = (): void => {
    setLeaving(undefined);
    heading.current?.focus();
    if (loaded.data?.data.length === 1) pages.back();
    again();
  };
  return (
    <>
      <Panel title="Add documents" text="All members of the organisation are answered from them.">
        <UploadArea uploads={uploads} disabled={!up} />
      </Panel>
      <div ref={heading} tabIndex={-1} className="focus-target">
        <Panel title="Documents">
          <label className="search">
            <span className="sr">Search by title or source</span>
            <input
              type="search"
              placeholder="Search by title or source"
              maxLength={200}
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            />
          </label>
          <Loading what="The documents" loaded={loaded}>
            {(page) => (
              <>
                {page.data.length === 0 && <Nothing search={search} />}
                <ul className="entries" aria-label="Documents">
                  {page.data.map((document) => (
                    <Entry key={document.id} document={document} onDelete={setLeaving} />
                  ))}
                </ul>
                <Pager label="Pages of documents" pages={pages} shown={page} />
              </>
            )}
          </Loading>
        </Panel>
      </div>
      {leaving && (
        <DeleteDialog
          document={leaving}
          remove={() => api.removeDocument(leaving.id)}
          onRemoved={removed}
          onCancel={() => setLeaving(undefined)}
        />
      )}
    </>
  );
}

function Nothing({ search }: { search: string }) {
  if (search !== '') {
    return (
      <Empty icon="page" title="No document has that in its name">
        Try a part of its title or of the name of its file.
      </Empty>
    );
  }
  return (
    <Empty icon="page" title="No documents yet">
      Add what your organisation has written, and the assistant answers from it and says where it stands.
    </Empty>
  );
}

interface EntryProps {
  readonly document: StoredDocument;
  readonly onDelete: (document: StoredDocument) => void;
}

function Entry({ document, onDelete }: EntryProps) {
  const { title, source, url, format, characters, updated_at } = document;
  return (
    <li className="entry">
      <span className="badge">{format}</span>
      <span className="entry-main">
        <strong>{url === null ? title : <a href={url}>{title}</a>}</strong>
        <span className="fine">
          {source} · {count(characters)} characters
        </span>
      </span>
      <time className="entry-time" dateTime={updated_at}>
        {moment(updated_at)}
      </time>
      <button
        type="button"
        className="icon-button"
        aria-label={`Delete ${title}`}
        title="Delete"
        onClick={() => onDelete(document)}
      >
        <Icon name="bin" />
      </button>
    </li>
  );
}
