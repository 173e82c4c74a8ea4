// The server without its newest migrations, which stands for the version before: those after TEST_MIGRATIONS_UNTIL are unknown.
import { SchemaFeatures } from '../../../dist/src/store/schema/schema-features.js';

const until = Number(process.env.TEST_MIGRATIONS_UNTIL);
const timeOf = ({ name }) => Number(name.slice(-'1764100000000'.length));

const { value: all } = Object.getOwnPropertyDescriptor(SchemaFeatures.prototype, 'migrationsOf');
SchemaFeatures.prototype.migrationsOf = new Proxy(all, {
  apply: (method, features, args) =>
    Reflect.apply(method, features, args).filter((migration) => timeOf(migration) <= until),
});

await import('../../../dist/src/main.js');
