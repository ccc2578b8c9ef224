const claimAnchor = /<a class="claim" href="[^"]*" data-claim="([^"]+)"[^>]*>[^<]*<\/a>/g;

/** The ids of the claims that stored safe HTML names. */
export const claimsInHtml = (html: string): string[] => [...html.matchAll(claimAnchor)].map(([, id]) => id!);

/** Stored safe HTML (of a lesson or a post) on a page of ours: claims open their notes in place, other links a new tab. */
export const SafeHtml = ({ html }: { html: string }) => (
  <div
    class="prose"
    dir="auto"
    dangerouslySetInnerHTML={{
      __html: html
        .replace(claimAnchor, '<button type="button" class="claim" popovertarget="claim-$1">$1</button>')
        .replaceAll(' rel="nofollow ugc noopener"', ' rel="nofollow ugc noopener" target="_blank"'),
    }}
  />
);
