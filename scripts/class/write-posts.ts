import type { ClassHere } from './make.ts';
import { type Thread, threads } from './posts.ts';

type Post = { id: string };

const write = async ({ send, course, tokens }: ClassHere, thread: Thread): Promise<string> => {
  const path = `/v1/courses/${course}/prompts/${thread.prompt}/posts`;
  const { role, claims, body } = thread;
  return (await send<Post>(tokens[thread.by], 'POST', path, { role, claims, body })).body.id;
};

/** The first posts, all at once; then what they answered each other; then what the staff did about it. */
export const writePosts = async (here: ClassHere): Promise<void> => {
  const { send, course, tokens } = here;
  const [held, ...free] = [...threads].sort((a, b) => Number(b.id === 'held-first') - Number(a.id === 'held-first'));
  const written = new Map(
    await Promise.all(free.map(async (thread) => [thread.id, await write(here, thread)] as const)),
  );
  const replies = await Promise.all(
    free.map(async ({ id, prompt, replies = [] }) => {
      const made: string[] = [];
      for (const { by, ...reply } of replies) {
        const path = `/v1/courses/${course}/prompts/${prompt}/posts`;
        const { body } = await send<Post>(tokens[by], 'POST', path, { ...reply, parentId: written.get(id) });
        made.push(body.id);
      }
      return made;
    }),
  );
  const at = (id: string, what: string) => `/v1/courses/${course}/posts/${written.get(id)}/${what}`;
  await Promise.all([
    send(tokens.maria, 'PUT', at('advert', 'flag'), { reason: 'This is an offer, not an answer.' }),
    send(tokens.ines, 'PUT', at('two-jobs', 'pin')),
    send(tokens.jiwoo, 'PUT', at('barclay', 'flag'), {
      reason: 'It says that Honea calls them meat shields. She only quotes others who do.',
    }),
    send(tokens.maximiliane, 'PUT', `/v1/courses/${course}/posts/${replies.flat().at(-1)}/flag`, {
      reason: 'No claim for the minute. Is that all right?',
    }),
  ]);
  const { etag } = await send(tokens.ines, 'GET', `/v1/courses/${course}`);
  await Promise.all([
    send(tokens.ines, 'PUT', at('advert', 'hiding'), {
      reason: 'No offers to classmates, please. Post again without it, and with your reasons.',
    }),
    send(tokens.ines, 'PUT', at('unsure', 'lock')),
    send(tokens.ines, 'PATCH', `/v1/courses/${course}`, { holdFirstPosts: true }, { 'if-match': etag }),
  ]);
  await write(here, held!);
};
