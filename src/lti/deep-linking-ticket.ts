import type { Role } from '../auth/actor.ts';
import { seal, unseal } from '../auth/digest.ts';
import type { Deps } from '../deps.ts';
import type { Settings } from './deep-linking-settings.ts';

const LIVES_MS = 3_600_000;
const USE = 'deep-linking';

/** Who chooses content, in which course, and for whom: what a launch has verified, sealed into the form of the picker. */
export type Ticket = {
  institutionId: string;
  courseId: string;
  personId: string;
  role: Role;
  issuer: string;
  clientId: string;
  /** As the platform calls it. */
  deploymentId: string;
  settings: Settings;
};

/** Seals a ticket for an hour. */
export const sealTicket = ({ config, now }: Deps, ticket: Ticket): Promise<string> =>
  seal(config.sessionSecret, JSON.stringify({ ...ticket, use: USE, expiresAt: now() + LIVES_MS }));

/** The ticket in a form, or `null` for what is none, or has ended. */
export const openTicket = async ({ config, now }: Deps, sealed: string): Promise<Ticket | null> => {
  const text = await unseal(config.sessionSecret, sealed).catch(() => 'null');
  const { use, expiresAt, ...ticket } = (JSON.parse(text) ?? {}) as Ticket & { use?: string; expiresAt?: number };
  return use === USE && (expiresAt ?? 0) > now() ? ticket : null;
};
