// Stands in for the package `linkify-it` in the Worker's bundle (wrangler.toml, [alias]): markdown-it makes an instance
// even where linkify is off, as it is here.
export class LinkifyIt {}
