/** Stored safe HTML (of a lesson or a post) on a page of ours: claims open on the same page, other links in a new tab. */
export const SafeHtml = ({ html }: { html: string }) => (
  <div
    dir="auto"
    dangerouslySetInnerHTML={{
      __html: html
        .replace(/ href="\/v1\/sources\/[^"#]*#claim-/g, ' href="#claim-')
        .replaceAll(' rel="nofollow ugc noopener"', ' rel="nofollow ugc noopener" target="_blank"'),
    }}
  />
);
