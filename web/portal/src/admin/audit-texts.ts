/** What the server calls actions, in words. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['documents.ingest', 'Added a document'],
  ['documents.delete', 'Deleted a document'],
  ['documents.list', 'Looked at the documents'],
  ['documents.uploads', 'Looked at documents being added'],
  ['organisation.update', 'Changed the instructions'],
  ['organisation.read', 'Looked at the instructions'],
  ['usage.report', 'Looked at the usage'],
  ['feedback.list', 'Looked at the opinions'],
  ['feedback.count', 'Looked at the feedback per day'],
  ['limits.read', 'Looked at the limits'],
  ['audit.list', 'Looked at the audit log'],
  ['tenants.list', 'Looked at the organisations'],
  ['tenants.add', 'Added the organisation'],
  ['tenants.show', 'Looked at the state of the organisation'],
  ['tenants.suspend', 'Suspended the organisation'],
  ['tenants.resume', 'Opened the organisation again'],
  ['tenants.move', 'Moved the organisation’s data'],
  ['tenants.fetch', 'Brought the organisation’s data from another database'],
  ['tenants.limits', 'Looked at the limits of the organisation'],
  ['tenants.used', 'Looked at what the organisation has used'],
  ['tenants.set_limits', 'Set the limits of the organisation'],
  ['tenants.export', 'Exported the organisation’s data'],
  ['erasures.list', 'Looked at what was erased'],
  ['erasures.run', 'Erased a member, or the organisation'],
  ['holds.list', 'Looked at legal holds'],
  ['holds.place', 'Placed a legal hold'],
  ['holds.release', 'Released a legal hold'],
  ['retention.read', 'Looked at how long threads are kept'],
  ['retention.change', 'Changed how long threads are kept'],
  ['migrations.status', 'Looked at the versions of the tables'],
  ['migrations.run', 'Brought the tables up to date'],
]);

/** The actions that one may ask for. */
export const ACTIONS: readonly string[] = [...TEXTS.keys()];

/** An action in words; one of which the portal has not heard stays as the server calls it. */
export const actionText = (action: string): string => TEXTS.get(action) ?? action;
