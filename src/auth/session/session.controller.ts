import {
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { AUTH_OPTIONS } from '../auth.options.js';
import { AuthErrorFilter } from '../auth-error.filter.js';
import { AuthError } from '../auth.errors.js';
import { Authenticator } from '../tokens/authenticator.js';
import { Ctx } from '../context/ctx.decorator.js';
import { correlationId } from '../http/correlation-id.js';
import { PublicRoutes } from '../http/public-routes.js';
import { ChatKitAuthGuard } from '../identity/chatkit-auth.guard.js';
import { CHATKIT_ADMIN_ROLE } from '../identity/identity.port.js';
import { RequestContext } from '../context/request-context.js';
import { returnPath } from './return-path.js';
import { SessionCookie } from './session-cookie.js';
import { SignInService } from './sign-in.service.js';
import type { Request, Response } from 'express';
import type { AuthOptions } from '../auth.options.js';

/** The portal's session: sign in, come back, sign out, and who am I. */
@Controller()
@UseFilters(AuthErrorFilter)
export class SessionController {
  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly signIn: SignInService,
    private readonly cookie: SessionCookie,
    private readonly authenticator: Authenticator,
    private readonly routes: PublicRoutes,
    @Inject(CHATKIT_ADMIN_ROLE) private readonly adminRole: string,
  ) {}

  /** Sends the browser to the identity provider, and from there back to `return_to`, a path of this site. */
  @Get('login')
  @Header('Cache-Control', 'no-store')
  async login(
    @Query('return_to') wanted: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const id = correlationId(request, response);
    const returnTo = returnPath(wanted ?? this.routes.root, this.options.publicUrl);
    if (returnTo === undefined) {
      throw new AuthError('invalid_request', 'return_to must be a path of this site', id, {
        field: 'return_to',
      });
    }
    response.redirect(303, await this.signIn.begin(request, response, returnTo));
  }

  /** Where the identity provider sends the browser back to. */
  @Get('callback')
  @Header('Cache-Control', 'no-store')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const returnTo = await this.signIn.finish(request, response);
    if (returnTo !== undefined) response.redirect(303, returnTo);
  }

  /** Ends the session. Pages send it with fetch and go to `redirect_to`; a plain form is redirected there. */
  @Post('logout')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async logout(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.authenticator.requireOrigin(request, correlationId(request, response));
    response.append('Set-Cookie', await this.cookie.end(request));
    const target = (await this.signIn.endSessionUrl()) ?? this.routes.root;
    if (request.accepts(['json', 'html']) === 'html') response.redirect(303, target);
    else response.json({ redirect_to: target });
  }

  /** Who is signed in, and where. */
  @Get('me')
  @UseGuards(ChatKitAuthGuard)
  @Header('Cache-Control', 'no-store')
  me(@Ctx() context: RequestContext): object {
    return this.#description(context);
  }

  /** As `me`, for pages that greet strangers too: nobody being signed in is an answer, not a refusal. */
  @Get('session')
  @Header('Cache-Control', 'no-store')
  async session(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    try {
      const context = await this.authenticator.authenticate(request, response);
      return { signed_in: true, ...this.#description(context) };
    } catch (error) {
      if (!(error instanceof AuthError) || error.getStatus() !== 401) throw error;
      response.removeHeader('WWW-Authenticate');
      return { signed_in: false };
    }
  }

  #description({ userId, user, tenantId, tenantName, roles, locale }: RequestContext): object {
    return {
      user: { id: userId, ...user },
      tenant: { id: tenantId, ...(tenantName === undefined ? {} : { name: tenantName }) },
      roles,
      admin: roles.includes(this.adminRole),
      locale,
    };
  }
}
