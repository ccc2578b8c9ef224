/** Puts a last part on the path of an address; its query stays. AGS 2.0, 3.4 and 3.3: platforms' line items carry queries. */
const under = (address: string, part: string): URL => {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${part}`;
  return url;
};

/** Where a line item takes scores. */
export const scoresUrl = (lineItem: string): string => under(lineItem, 'scores').href;

/** Where a line item shows somebody's result. */
export const resultsUrl = (lineItem: string, userId: string): string =>
  withQuery(under(lineItem, 'results').href, { user_id: userId });

/** An address with these added to its query; what is not given is left out. */
export const withQuery = (address: string, query: Readonly<Record<string, string | undefined>>): string => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
};
