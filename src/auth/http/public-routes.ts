import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';

/** The part of Express's router that is read. */
interface Router {
  readonly stack?: readonly { readonly route?: { readonly path: unknown } }[];
}

/**
 * Addresses of our own routes as browsers reach them: the public address, then the path at which the application
 * has mounted the route, behind a global prefix, a version or the path of a module.
 */
@Injectable()
export class PublicRoutes {
  readonly #prefixes = new Map<string, string>();

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(AUTH_OPTIONS) private readonly options: Pick<AuthOptions, 'publicUrl'>,
  ) {}

  /** Path of the site's start page. */
  get root(): string {
    return `${pathOf(this.options.publicUrl)}/`;
  }

  /**
   * The address of a route, known once the application has been initialised.
   *
   * @param declared the path that its controller declares, such as `/auth/callback`
   * @param publicUrl without a trailing slash; a path that the routes' own begins with counts once
   */
  address(declared: string, publicUrl: string = this.options.publicUrl): string {
    const prefix = this.#prefixOf(declared);
    const base = `${prefix}/`.startsWith(`${pathOf(publicUrl)}/`) ? new URL(publicUrl).origin : publicUrl;
    return base + prefix + declared;
  }

  /** The same without the origin. */
  path(declared: string): string {
    return new URL(this.address(declared)).pathname;
  }

  #prefixOf(declared: string): string {
    const known = this.#prefixes.get(declared);
    if (known !== undefined) return known;
    const mounted = this.#mounted()
      .filter((path) => path.endsWith(declared))
      .toSorted((a, b) => a.length - b.length)[0];
    if (mounted === undefined) return '';
    const prefix = mounted.slice(0, -declared.length);
    this.#prefixes.set(declared, prefix);
    return prefix;
  }

  /** The paths of all routes; none where another framework than Express serves them. */
  #mounted(): string[] {
    const { router } = this.host.httpAdapter.getInstance<{ readonly router?: Router }>();
    const paths = router?.stack?.map(({ route }) => route?.path) ?? [];
    return paths.filter((path) => typeof path === 'string');
  }
}

function pathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '');
}
