// The scopes of LTI Advantage services (AGS 2.0 section 3.1, NRPS 2.0 section 2.3).
const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';

export const scopes = {
  lineItem: `${ags}/lineitem`,
  lineItemReadonly: `${ags}/lineitem.readonly`,
  result: `${ags}/result.readonly`,
  score: `${ags}/score`,
  members: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
};

export const allScopes: string[] = Object.values(scopes);
export const agsScopes: string[] = allScopes.filter((scope) => scope !== scopes.members);
