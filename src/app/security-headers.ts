import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { AppConfig } from '../config/app.config.js';

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** What pages of this server need of a device: the microphone, for dictation. */
const PERMISSIONS =
  'camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), publickey-credentials-get=(), usb=()';

/**
 * Headers that every answer begins with: nothing in it runs, is framed or is taken for something else. Pages and files say
 * afterwards what they need besides.
 */
export function securityHeaders({ http, auth }: Pick<AppConfig, 'http' | 'auth'>): Middleware {
  const isEncrypted = auth.publicUrl.startsWith('https:') && http.hstsSeconds > 0;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isEncrypted && { maxAge: http.hstsSeconds, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  return (request, response, next) => {
    response.setHeader('permissions-policy', PERMISSIONS);
    headers(request, response, next);
  };
}
