// The server without its newest migrations, which stands for the version before: those after TEST_MIGRATIONS_UNTIL are unknown.
import { SchemaFeatures } from '../../../dist/src/store/schema/schema-features.js';

const until = Number(process.env.TEST_MIGRATIONS_UNTIL);
const { migrationsOf } = SchemaFeatures.prototype;
const timeOf = ({ name }) => Number(name.slice(-'1764100000000'.length));

SchemaFeatures.prototype.migrationsOf = function known(kind) {
  return migrationsOf.call(this, kind).filter((migration) => timeOf(migration) <= until);
};

await import('../../../dist/src/main.js');
