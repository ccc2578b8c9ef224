// Stands in for the package `uc.micro` in the Worker's bundle (wrangler.toml, [alias]): tables of Unicode's categories,
// which the language has by name.
export const P = /\p{P}/u;
export const S = /\p{S}/u;
