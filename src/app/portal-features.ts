import type { AppConfig } from '../config/app.config.js';
import type { PortalFeatures } from '../portal/portal.module.js';

/** What the configuration gives the members of the portal. */
export function portalFeatures(
  { demo, attachments, agents }: AppConfig,
  { dictation }: Pick<PortalFeatures, 'dictation'>,
): PortalFeatures {
  return {
    demo: demo.enabled,
    attachments: attachments.enabled,
    dictation,
    models: agents.offeredModels,
  };
}
