/** A page of the site: where it is, and what the side bar calls it. */
export interface SitePage {
  readonly text: string;
  readonly link: string;
}

/** Pages that belong together, under a heading of the side bar. */
export interface SiteSection {
  readonly text: string;
  readonly items: readonly SitePage[];
}

/** Every page of `docs`, in the order in which one would read them. */
export const SECTIONS: readonly SiteSection[] = [
  {
    text: 'Build with it',
    items: [
      { text: 'Tools, actions and guardrails', link: '/extending' },
      { text: 'Identity', link: '/identity' },
      { text: 'The model', link: '/model' },
      { text: 'MCP servers', link: '/mcp' },
      { text: 'Documents', link: '/documents' },
      { text: 'Files', link: '/files' },
      { text: 'Administrators', link: '/administrators' },
      { text: 'Entry points', link: '/packages' },
      { text: 'Configuration', link: '/configuration' },
    ],
  },
  {
    text: 'The element',
    items: [
      { text: 'The script', link: '/element' },
      { text: 'Options, methods and events', link: '/element/options' },
      { text: 'What is shown, and for whom', link: '/element/rendering' },
      { text: 'Session', link: '/element/session' },
      { text: 'Widgets and formulas', link: '/element/widgets' },
    ],
  },
  {
    text: 'Operate it',
    items: [
      { text: 'Going live', link: '/operations/production' },
      { text: 'PostgreSQL', link: '/operations/database' },
      { text: 'Tenants', link: '/operations/tenants' },
      { text: 'Several databases', link: '/operations/databases' },
      { text: 'Observability', link: '/operations/observability' },
      { text: 'Runbooks', link: '/operations/alerts' },
      { text: 'Backup and restore', link: '/operations/backup' },
      { text: 'Upgrading', link: '/upgrading' },
      { text: 'How far it goes', link: '/scale' },
    ],
  },
  {
    text: 'Know it',
    items: [
      { text: 'The shape of the code', link: '/architecture' },
      { text: 'Differences from the reference', link: '/differences' },
      { text: 'How fast it is', link: '/performance' },
      { text: 'All figures', link: '/performance/table' },
      { text: 'Streams', link: '/performance/streams' },
      { text: 'Start', link: '/performance/start' },
    ],
  },
];
