import { sign, verify } from 'hono/jwt';
import { Problem } from '../problem.ts';
import { type Person, type Role, roles } from './actor.ts';

const ISSUER = 'cmgrclass';

/** A session token: an HS256 JWT for one person in one course. The same arguments give the same token. Times in ms. */
export const signSession = (secret: string, person: Omit<Person, 'kind'>, issuedAt: number, expiresAt: number) =>
  sign(
    {
      iss: ISSUER,
      sub: person.personId,
      ins: person.institutionId,
      crs: person.courseId,
      rol: person.role,
      iat: Math.floor(issuedAt / 1000),
      exp: Math.floor(expiresAt / 1000),
    },
    secret,
    'HS256',
  );

/** Who a session token speaks for. Throws `credentials-invalid` or `session-expired`. */
export const readSession = async (secret: string, token: string, now: number): Promise<Person> => {
  const claims = await verify(token, secret, { alg: 'HS256', iss: ISSUER, exp: false, iat: false, nbf: false }).catch(
    (cause) => {
      throw new Problem('credentials-invalid', { cause });
    },
  );
  if (typeof claims.exp !== 'number' || claims.exp * 1000 <= now) throw new Problem('session-expired');
  const role = roles.find((one) => one === claims.rol) as Role;
  return {
    kind: 'person',
    institutionId: String(claims.ins),
    courseId: String(claims.crs),
    personId: String(claims.sub),
    role,
  };
};
