import { boundRoleOf, quoted } from '../../src/store/schema/names.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { query } from '../machine/cluster.js';

const BASE = 'chatkit';
/** Tables whose rows are copied, each after those it refers to. */
const FILLED = ['migrations', 'threads', 'items'];
/** Schemas made in one transaction, whose locks have to fit into PostgreSQL's table of them. */
const AT_ONCE = 50;

/** Keeps the text of each statement that defines something; several that came as one text are one. */
const RECORD = `
  CREATE TABLE public.bench_statements (at bigserial, of xid8 DEFAULT pg_current_xact_id(), text text);
  CREATE FUNCTION public.bench_record() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
  BEGIN
    INSERT INTO public.bench_statements (text) SELECT current_query() WHERE NOT EXISTS (
      SELECT FROM public.bench_statements WHERE of = pg_current_xact_id() AND text = current_query());
  END $body$;
  CREATE EVENT TRIGGER bench_record ON ddl_command_end EXECUTE FUNCTION public.bench_record()`;
const RECORD_NO_MORE = `
  DROP EVENT TRIGGER bench_record;
  DROP FUNCTION public.bench_record();
  DROP TABLE public.bench_statements`;

/**
 * Copies of a tenant with a schema of its own, made of the statements that its migrations have run: ten thousand tenants
 * would take an hour through the protocol. Needs a superuser, whom alone PostgreSQL lets watch for such statements.
 */
export class SchemaCopies {
  private constructor(
    private readonly url: string,
    private readonly tenant: string,
    private readonly statements: readonly string[],
  ) {}

  /** @param make has the server make the tenant */
  static async of(url: string, tenant: string, make: () => Promise<void>): Promise<SchemaCopies> {
    const schema = tenantSchema(BASE, tenant);
    await query(url, RECORD);
    await make();
    const all = await query<{ text: string }>(url, 'SELECT text FROM public.bench_statements ORDER BY at');
    await query(url, RECORD_NO_MORE);
    const statements = all.map(({ text }) => text).filter((text) => text.includes(schema));
    return new SchemaCopies(url, tenant, statements);
  }

  /** Gives each of these tenants a schema, a role and a place in the directory. */
  async add(tenants: readonly string[]): Promise<void> {
    for (let at = 0; at < tenants.length; at += AT_ONCE) {
      const some = tenants.slice(at, at + AT_ONCE);
      // each new role has PostgreSQL go through all that the login has, when it next asks for rights
      const roles = some.map((tenant) => quoted(boundRoleOf(tenantSchema(BASE, tenant))));
      await query(
        this.url,
        [
          'SET LOCAL synchronous_commit = off',
          ...roles.map((role) => `CREATE ROLE ${role} NOLOGIN`),
          `GRANT ${roles.join(', ')} TO CURRENT_USER`,
          ...some.map((tenant) => this.#copy(tenant)),
        ].join(';\n'),
      );
    }
    await query(this.url, 'ANALYZE');
  }

  #copy(tenant: string): string {
    const [from, to] = [this.tenant, tenant].map((each) => tenantSchema(BASE, each)) as [string, string];
    const copied = (table: string, schemas: readonly [string, string]): string =>
      `INSERT INTO ${quoted(schemas[1])}.${table} SELECT copy.* FROM ${quoted(schemas[0])}.${table} AS one,
         LATERAL json_populate_record(one, '{"tenant_id":"${tenant}"}') AS copy`;
    return [
      ...this.statements.map((text) => text.replaceAll(from, to).replace(/[;\s]+$/, '')),
      ...FILLED.map((table) => copied(table, [from, to])),
      `${copied('tenants', [BASE, BASE])} WHERE one.tenant_id = '${this.tenant}'`,
    ].join(';\n');
  }
}
