/** The sources behind the entry points that are modules of ours, from the root of the project. */
export const ENTRY_POINTS = {
  '.': 'src/index.ts',
  core: 'src/entries/core.ts',
  agents: 'src/entries/agents.ts',
  mcp: 'src/entries/mcp.ts',
  documents: 'src/entries/documents.ts',
  attachments: 'src/entries/attachments.ts',
  widgets: 'src/entries/widgets.ts',
  transcription: 'src/entries/transcription.ts',
  admin: 'src/entries/admin.ts',
  'sign-in': 'src/entries/sign-in.ts',
  health: 'src/entries/health.ts',
  limits: 'src/entries/limits.ts',
  telemetry: 'src/entries/telemetry.ts',
  config: 'src/entries/config.ts',
  dev: 'src/entries/dev.ts',
  testing: 'src/entries/testing.ts',
} as const;
