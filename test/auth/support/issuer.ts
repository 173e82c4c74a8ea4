import { createServer } from 'node:http';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SigningKey {
  readonly kid: string;
  readonly alg: 'RS256' | 'ES256';
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly spki: string;
}

/** A signing key with its public half. */
export async function signingKey(kid: string, alg: 'RS256' | 'ES256' = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicJwk, spki: await exportSPKI(publicKey) };
}

/** Publishes keys and a discovery document; counts how often the keys are fetched, and can fall silent. */
export class TestIssuer {
  keys: SigningKey[] = [];
  failing = false;
  fetches = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      if (this.failing) {
        response.writeHead(500).end();
        return;
      }
      const body = request.url === '/jwks' ? this.jwks() : { issuer: this.url, jwks_uri: `${this.url}/jwks` };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.keys = [await signingKey('first')];
    await new Promise<void>((resolve) => {
      this.server.listen(0, 'localhost', resolve);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private jwks(): object {
    this.fetches += 1;
    return { keys: this.keys.map(({ publicJwk }) => publicJwk) };
  }
}

/** Claims of a token; undefined leaves one out. */
export type TestClaims = Record<string, unknown>;

/** A token signed with a key, whatever it says. */
export async function signToken(key: SigningKey, claims: JWTPayload, header: object = {}): Promise<string> {
  const { alg, kid, privateKey } = key;
  return new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
}
