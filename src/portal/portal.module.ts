import { join } from 'node:path';
import { Inject, Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import express, { type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { elementFiles } from './element-files.js';

/** What the portal is told of the server. */
export interface PortalFeatures {
  /** Whether the agent has the tools of `/try`. */
  readonly demo: boolean;
  /** Whether files can be attached. */
  readonly attachments: boolean;
  /** Whether speech can be turned into text. */
  readonly dictation: boolean;
  /** The models that members may choose from, the usual one first. */
  readonly models: readonly { readonly id: string; readonly label: string }[];
}

export interface PortalOptions {
  /** Folder of the built portal: index.html and its assets. */
  readonly portalDirectory: string;
  /** Folder of the built element: chatkit.js and module/. */
  readonly elementDirectory: string;
  /** Path at which browsers reach the server, without a trailing slash. */
  readonly root: string;
  readonly features: PortalFeatures;
}

const PORTAL_OPTIONS = Symbol('PORTAL_OPTIONS');
const YEAR_SECONDS = 31_536_000;

/** Paths of the portal's own pages; everything else belongs to the API and stays a plain 404. */
const PAGES = /^\/((try|articles\/[\w-]{1,100}|admin(\/(feedback|documents|assistant|limits|audit))?)\/?)?$/;
const FEATURES = /^\/portal\/features\.json$/;

const self = ["'self'"];
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: self,
      styleSrc: self,
      connectSrc: self,
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: self,
      mediaSrc: ['blob:'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  // for the whole server to say
  strictTransportSecurity: false,
});

/** Serves the demonstration portal and the element's script, under a strict content security policy. */
@Module({})
export class PortalModule {
  constructor(@Inject(PORTAL_OPTIONS) options: PortalOptions, host: HttpAdapterHost) {
    // before the routes, which end with a 404 for what they do not know
    host.init$.subscribe(() => {
      for (const handler of handlers(options)) host.httpAdapter.use(handler);
    });
  }

  static register(options: PortalOptions): DynamicModule {
    return { module: PortalModule, providers: [{ provide: PORTAL_OPTIONS, useValue: options }] };
  }
}

function handlers({ portalDirectory, elementDirectory, root, features }: PortalOptions): RequestHandler[] {
  const asset = express.static(portalDirectory, { index: false, setHeaders: cacheAssets });
  const page = (_request: Request, response: Response): void => {
    // asked without a callback, Express itself tells a client that left from a file that cannot be read
    response.set('Cache-Control', 'no-cache').sendFile(join(portalDirectory, 'index.html'));
  };
  const told = (_request: Request, response: Response): void => {
    response.set('Cache-Control', 'no-cache').json(features);
  };
  return [
    onGet(securityHeaders, FILES, PAGES),
    onGet(asset, FILES),
    onGet(elementFiles(elementDirectory, root), FILES),
    onGet(page, PAGES),
    onGet(told, FEATURES),
  ];
}

const FILES = /^\/(assets\/|chatkit[\w.-]*\.js(?:on)?$|element\/[\w-]+\.js$|favicon)/;

/** Leaves every request alone that is not for the portal's files or pages. */
function onGet(handler: RequestHandler, ...paths: readonly RegExp[]): RequestHandler {
  return (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && paths.some((path) => path.test(request.path))) void handler(request, response, next);
    else next();
  };
}

/** Hashed names never change their content. */
function cacheAssets(response: Response, path: string): void {
  const immutable = path.includes('assets');
  response.set('Cache-Control', immutable ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}
