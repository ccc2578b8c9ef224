const claimAnchor = /<a class="claim" href="[^"]*" data-claim="([^"]+)"[^>]*>[^<]*<\/a>/g;

/** The ids of the claims that stored safe HTML names. */
export const claimsInHtml = (html: string): string[] => [...html.matchAll(claimAnchor)].map(([, id]) => id!);

/** The list of claims beneath a lesson, for those who show it elsewhere: on a page of ours each opens in place. */
const claimsBeneath = /<section class="claims">.*<\/section>$/s;

/** Stored safe HTML (of a lesson or a post) on a page of ours: claims open their notes in place, other links a new tab. */
export const SafeHtml = ({ html }: { html: string }) => (
  <div
    class="prose"
    dir="auto"
    dangerouslySetInnerHTML={{
      __html: html
        .replace(claimsBeneath, '')
        .replace(claimAnchor, '<button type="button" class="claim" popovertarget="claim-$1">$1</button>')
        // No line begins with the full stop after a claim.
        .replace(/<button [^>]*>[^<]*<\/button>[.,;:!?)]+/g, '<span class="held">$&</span>')
        .replaceAll(' rel="nofollow ugc noopener"', ' rel="nofollow ugc noopener" target="_blank"'),
    }}
  />
);
