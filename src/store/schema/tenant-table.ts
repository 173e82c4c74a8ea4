/** What the life of tenants and users has to know of a table with rows of tenants. */
export interface TenantTable {
  readonly name: string;
  /** The column that names the user whose a row is. Default: none, rows belong to the tenant. */
  readonly owner?: string;
  /** What the erasure of that user does with a row. Default `delete`. */
  readonly onErase?: 'delete' | 'anonymise';
  /** Further columns that name users, which the erasure of one makes unreadable. Default: none. */
  readonly users?: readonly string[];
  /** Whether its rows are worked out from those of others, with which they go: no export has them. Default false. */
  readonly isDerived?: boolean;
  /** Whether it is there only where the database can have it. Default false. */
  readonly isOptional?: boolean;
}
