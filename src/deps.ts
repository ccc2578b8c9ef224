import type { JSONWebKeySet } from 'jose';
import type { Catalogue } from './catalogue/shapes.ts';
import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import type { NamedRuleSet } from './grading/rule-set.ts';
import type { KnownKeys } from './lms/keys.ts';
import type { AccessToken } from './lms/tokens.ts';

/** Everything impure, and what is fixed for this Worker, in one value. */
export type Deps = {
  /** The only way to a connection; today every institution lives in the one database. A fresh client each time. '': where the tool's own things are. */
  dbFor: (institutionId: string) => Database;
  /** Every database there is, for what is done on a schedule. */
  databases: () => readonly Database[];
  /** The network, for what goes to an LMS or a webhook: `send` of lms/outgoing.ts alone uses it. */
  fetch: typeof fetch;
  now: () => number;
  /** UUIDv7: ids sort by time. */
  newId: () => string;
  config: Config;
  catalogue: Catalogue;
  /** Names of the migrations this build expects. */
  migrations: readonly string[];
  /**
   * What this isolate knows of the rules: published rule sets by hash and the ids of stored verdicts (both immutable),
   * and the rule set each course was last seen to use.
   */
  rules: {
    byHash: Map<string, NamedRuleSet>;
    verdictIds: Map<string, number>;
    byCourse: Map<string, string>;
  };
  /**
   * What this isolate knows of platforms: the tool's keys, their key sets by URL, and access tokens by platform and scopes.
   * All of it can be read or asked for again.
   */
  known: {
    keys?: KnownKeys | undefined;
    keySets: Map<string, { keySet: JSONWebKeySet; at: number; triedAt: number }>;
    tokens: Map<string, AccessToken>;
  };
  log: (entry: Record<string, unknown>) => void;
};
