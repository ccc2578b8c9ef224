import type { Problem } from '../problem.ts';
import type { Reply } from '../route.ts';
import { type Fields, fieldOf, type Visit } from './visit.ts';
import { isRefusal } from './words.ts';

/** What came of a form: refused, done (with what `act` gave), or neither where the page was only opened. */
export type Outcome<Done = unknown> = { refused?: Problem; done?: Done };

/**
 * Carries out what a page's form asked for, and shows the page. A refusal is shown where the form stands, with what was
 * typed. `to`: the page of the result, to whose `#result` a browser with cookies is sent, so that reloading repeats nothing;
 * it must say in its query what there is to tell. Without it, the result is shown in reply.
 */
export const change = async <Done>(
  visit: Pick<Visit, 'byCookie'>,
  fields: Fields,
  {
    act,
    show,
    to,
  }: {
    act: () => Promise<Done>;
    show: (outcome: Outcome<Done>) => Promise<Reply>;
    to?: string | undefined | ((done: Done) => string);
  },
): Promise<Reply> => {
  if (fieldOf(fields, 'once') === '') return show({});
  let done: Done;
  try {
    done = await act();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return show({ refused: error });
  }
  if (!visit.byCookie || to === undefined) return show({ done });
  return { status: 303, headers: { location: `${typeof to === 'string' ? to : to(done)}#result` } };
};
