import { claim } from './claim-names.ts';

const markup = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&lt;';

/** What a hostile or broken platform makes of a right message: HTML in every text, nulls, numbers, 8 KB of custom. */
export const garble = (claims: Record<string, unknown>): Record<string, unknown> => ({
  ...claims,
  name: `${claims.name ?? ''}${markup}`,
  given_name: null,
  family_name: 7,
  email: markup,
  locale: 5,
  [claim.launchPresentation]: null,
  [claim.lis]: null,
  [claim.lti1p1]: null,
  [claim.context]: claims[claim.context]
    ? { ...(claims[claim.context] as object), label: 7, title: markup, type: null }
    : null,
  ...(claims[claim.resourceLink]
    ? { [claim.resourceLink]: { ...(claims[claim.resourceLink] as object), title: markup, description: null } }
    : {}),
  [claim.custom]: {
    ...(claims[claim.custom] as object),
    padding: 'x'.repeat(8192),
    nothing: null,
    number: 7,
    [markup]: markup,
  },
  [`${claim.ext}/${markup}`]: { deep: { deeper: [markup] } },
});
