import { useMemo, useState } from 'react';
import type { Availability, AvailabilityMonitor } from '../../../client/index.js';
import type { Brand } from '../articles/types.js';
import { Link } from '../link.js';
import type { Member } from '../member.js';
import { ADMIN_PATH } from '../router.js';
import type { AdminSection } from '../router.js';
import type { Scheme } from '../theme.js';
import { AdminApi } from './admin-api.js';
import { Assistant } from './assistant.js';
import { Audit } from './audit.js';
import { Documents } from './documents.js';
import { Feedback } from './feedback.js';
import { Limits } from './limits.js';
import { useUploads } from './uploads.js';
import { Usage } from './usage.js';
import './admin.css';
import './entries.css';
import './figures.css';
import './uploads.css';

export interface AdminProps {
  readonly member: Member;
  readonly brand: Brand;
  readonly section: AdminSection;
  readonly scheme: Scheme;
  readonly monitor: AvailabilityMonitor;
  readonly availability: Availability;
  readonly onRefused: () => void;
}

const SECTIONS: readonly (readonly [AdminSection, string])[] = [
  ['usage', 'Usage'],
  ['feedback', 'Feedback'],
  ['documents', 'Documents'],
  ['assistant', 'Assistant'],
  ['limits', 'Limits'],
  ['audit', 'Audit log'],
];

/** What the administrators of an organisation see and set. */
export default function Admin(props: AdminProps) {
  const { member, brand, section, scheme, monitor, availability, onRefused } = props;
  const [api] = useState(() => new AdminApi({ onRefused, onUnavailable: () => monitor.reportDown() }));
  const uploads = useUploads();
  const [draft, setDraft] = useState<string>();
  const up = availability.status === 'up' || availability.status === 'checking';
  const nameOf = useMemo(() => {
    const names = new Map(brand.people.map(({ id, name }) => [id, name]));
    names.set(member.userId, member.name);
    return (id: string): string => names.get(id) ?? id;
  }, [brand, member]);
  return (
    <div className="page admin">
      <section className="hero">
        <p className="eyebrow">{member.tenantName}</p>
        <h1>Administration</h1>
      </section>
      <nav className="tabs" aria-label="Administration">
        {SECTIONS.map(([name, label]) => (
          <Link
            key={name}
            to={name === 'usage' ? ADMIN_PATH : `${ADMIN_PATH}/${name}`}
            current={name === section}
          >
            {label}
          </Link>
        ))}
      </nav>
      {!up && <Away disabled={availability.status === 'disabled'} />}
      {section === 'usage' && <Usage {...{ api, up, scheme, nameOf }} />}
      {section === 'feedback' && <Feedback {...{ api, up, scheme, nameOf }} />}
      {section === 'documents' && <Documents {...{ api, up, uploads }} />}
      {section === 'assistant' && <Assistant {...{ api, up, nameOf, draft, setDraft }} />}
      {section === 'limits' && <Limits {...{ api, up }} />}
      {section === 'audit' && <Audit {...{ api, up, nameOf }} />}
    </div>
  );
}

function Away({ disabled }: { disabled: boolean }) {
  return (
    <p className="alert" role="alert">
      {disabled
        ? 'Chat is not switched on for this portal.'
        : 'The chat database is away. This page goes on by itself when it is back.'}
    </p>
  );
}
