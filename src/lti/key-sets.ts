import type { JSONWebKeySet, JWK } from 'jose';
import type { Deps } from '../deps.ts';
import { jsonIn, send } from '../lms/outgoing.ts';
import { type Refused, refuse } from './refusals.ts';
import { keysNamed } from './verify-token.ts';

const TIMEOUT_MS = 5000;
const MAX_BYTES = 65_536;
/** A set is asked for again when it lacks a key, but not more often than this. */
const COOLDOWN_MS = 30_000;
/** A key that a platform has taken back is believed for a day at most. */
const LIFE_MS = 86_400_000;
const MAX_KEPT = 500;

/** `at` 0: never fetched well. */
type Known = { keySet: JSONWebKeySet; at: number; triedAt: number };
/** A platform's key set as its row has it. */
export type StoredKeySet = { jwksUrl: string; jwks: string | null; jwksAt: number | null };

/** `fetched` is a set that was not stored yet. */
export type FoundKeys = { keys: JWK[]; fetched: JSONWebKeySet | null };

const readKeySet = (value: unknown): JSONWebKeySet | null => {
  const { keys } = (value ?? {}) as { keys?: unknown };
  return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null)
    ? { keys: keys as JWK[] }
    : null;
};

const storedSet = ({ jwks, jwksAt }: StoredKeySet): Known | undefined =>
  jwks === null ? undefined : { keySet: JSON.parse(jwks) as JSONWebKeySet, at: jwksAt ?? 0, triedAt: jwksAt ?? 0 };

/** The newer of what this isolate knows and what is stored. */
const knownSet = (deps: Deps, platform: StoredKeySet): Known | undefined => {
  const inMemory = deps.known.keySets.get(platform.jwksUrl);
  if (inMemory && inMemory.at >= (platform.jwksAt ?? 0)) return inMemory;
  return storedSet(platform) ?? inMemory;
};

const keep = ({ known: { keySets } }: Deps, url: string, set: Known) => {
  if (keySets.size >= MAX_KEPT) keySets.clear();
  keySets.set(url, set);
};

const fetchSet = async (deps: Deps, url: string): Promise<JSONWebKeySet | string> => {
  const answer = await send(deps, { url, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  if (!answer.ok) return answer.detail;
  if (answer.status !== 200) return `${url} answered ${answer.status}`;
  return readKeySet(jsonIn(answer)) ?? `${url} answered with no key set`;
};

/**
 * A platform's keys of this name: as known, else as it publishes them now; a set that cannot be fetched leaves the last good
 * one in force. RFC 7517; Security Framework 1.0, 6.3 and 6.4.
 */
export const findKeys = async (deps: Deps, platform: StoredKeySet, kid: string): Promise<FoundKeys | Refused> => {
  const now = deps.now();
  const url = platform.jwksUrl;
  const known = knownSet(deps, platform);
  const keys = known ? keysNamed(known.keySet, kid) : [];
  const isFresh = known !== undefined && known.at > now - LIFE_MS;
  const mayTry = known === undefined || known.triedAt <= now - COOLDOWN_MS;
  if (known) keep(deps, url, known);
  if (keys.length > 0 && (isFresh || !mayTry)) return { keys, fetched: null };
  if (!mayTry)
    return known.at === 0
      ? refuse('keys-unreachable', `${url} did not answer a moment ago`)
      : refuse('key-unknown', `kid ${kid}`);
  const fetched = await fetchSet(deps, url);
  if (typeof fetched === 'string') {
    keep(deps, url, { ...(known ?? { keySet: { keys: [] }, at: 0 }), triedAt: now });
    return keys.length > 0 ? { keys, fetched: null } : refuse('keys-unreachable', fetched);
  }
  keep(deps, url, { keySet: fetched, at: now, triedAt: now });
  const found = keysNamed(fetched, kid);
  return found.length > 0 ? { keys: found, fetched } : refuse('key-unknown', `kid ${kid}`);
};
