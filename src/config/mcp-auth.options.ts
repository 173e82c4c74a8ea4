import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsUrl, Matches, MaxLength, ValidateNested } from 'class-validator';

/** How a server learns who is asking; see {@link McpAuthOptions}. */
export type McpAuthMode = 'header' | 'arguments' | 'prompt' | 'none';

export const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const PARAMETER = /^[\w.-]{1,64}$/;
const PRINTABLE = /^[\x21-\x7e]{1,1000}$/;

/** Names of the parameters that hold the credentials, in the tools of a server. */
export class McpArgumentNames {
  @Matches(PARAMETER)
  readonly token: string = 'access_token';

  @Matches(PARAMETER)
  readonly userId: string = 'user_id';
}

/** Where the caller's token is exchanged for one that a server may have (RFC 8693). */
export class McpExchangeOptions {
  /** Token endpoint of the authorization server. */
  @IsUrl(HTTP_URL)
  @MaxLength(2000)
  readonly tokenEndpoint: string = '';

  /** The client that asks for the exchange. Default: that of `CHATKIT_MCP_CLIENT_ID`. */
  @IsOptional()
  @Matches(PRINTABLE)
  readonly clientId?: string;

  /** Its secret, if it has one. Default: that of `CHATKIT_MCP_CLIENT_SECRET`. */
  @IsOptional()
  @Matches(PRINTABLE)
  readonly clientSecret?: string;

  /** Name of the server at the authorization server. */
  @IsOptional()
  @Matches(PRINTABLE)
  readonly audience?: string;

  /** Address of the server at the authorization server. */
  @IsOptional()
  @IsUrl(HTTP_URL)
  @MaxLength(2000)
  readonly resource?: string;

  /** What the new token is to allow, separated by spaces. */
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,1000}$/)
  readonly scope?: string;
}

/** How the credentials of whoever asks reach a server. */
export class McpAuthOptions {
  /**
   * `header`: the token in a header of each request. `arguments`: token and user id in those arguments of a
   * call that the tool declares, filled in on this server and hidden from the model. `prompt`: told to the
   * model, which repeats them in each call. `none`: nothing is sent. Default `none`; with an exchange `header`,
   * and `arguments` for a command.
   */
  @IsOptional()
  @IsIn(['header', 'arguments', 'prompt', 'none'])
  readonly mode?: McpAuthMode;

  /** Exchanges the token, so that the server gets one of its own and never the caller's. */
  @IsOptional()
  @Type(() => McpExchangeOptions)
  @ValidateNested({ message: '$property must be an object' })
  readonly exchange?: McpExchangeOptions;

  /** Name of the header. */
  @Matches(/^[!#$%&'*+.^_`|~\w-]{1,64}$/, { message: '$property must be the name of a header' })
  readonly header: string = 'Authorization';

  /** What comes before the token in the header; empty for nothing. */
  @Matches(/^[\w-]{0,32}$/, { message: '$property must be one word' })
  readonly scheme: string = 'Bearer';

  @Type(() => McpArgumentNames)
  @ValidateNested({ message: '$property must be an object' })
  readonly arguments: McpArgumentNames = new McpArgumentNames();
}

/** The client that asks for exchanges of tokens. */
export type McpClient = Pick<McpExchangeOptions, 'clientId' | 'clientSecret'>;
