import type { Child } from 'hono/jsx';
import { may } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change, type Outcome } from '../change.ts';
import { screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit, withQuery } from '../visit.ts';
import type { Told } from './fields.tsx';
import type { Notes } from './findings.ts';
import { Came } from './outcome.tsx';
import { type RulesRead, readRules } from './read-rules.ts';
import { type Doc, type Kept, readWas, saveOwn, wasText } from './save-own.ts';
import { rulesStyle } from './style.ts';

/** What stands in a form of the draft, and how it came there. */
export type Shown<Typed> = {
  read: RulesRead;
  typed: Typed;
  notes: Notes;
  began: { tag: string; was: string };
  /** What is typed is not in the draft. */
  unsaved: boolean;
  told: Told;
  /** They may change the draft; else they read it. */
  edits: boolean;
};

/** A part of the draft that a page edits: between the document, the form, and what people are told. */
export type EditedPart<Typed, Value> = {
  address: string;
  own: (doc: Doc) => unknown;
  typed: (own: unknown, read: RulesRead) => Typed;
  typedIn: (fields: Fields) => Typed;
  /** What is typed after a button that saves nothing. */
  take: (typed: Typed, step: string) => Typed;
  told: (step: string, before: Typed, after: Typed) => Told;
  /** Throws `invalid-input` with every fault. */
  settle: (typed: Typed) => Value;
  faults: (errors: readonly { pointer: string; detail: string }[], typed: Typed) => Notes;
  /** What the check says of what is typed; `building`: what is only unfinished is no fault yet. */
  check: (typed: Typed, read: RulesRead, building: boolean) => Notes;
  parts: (doc: Doc, value: Value) => Kept[];
  /** What changed between two states of it, in words. */
  changes: (was: unknown, now: unknown) => string[];
  page: (shown: Shown<Typed>, came: Child) => { title: string; wide?: boolean; content: Child };
};

const beganWith = (fields: Fields) => ({ tag: fieldOf(fields, 'tag'), was: fieldOf(fields, 'was') });

const show = async <Typed, Value>(
  deps: Deps,
  visit: Visit,
  part: EditedPart<Typed, Value>,
  { fields, saved }: { fields: Fields; saved: boolean },
  { refused }: Outcome,
): Promise<Reply> => {
  const read = await readRules(deps, visit);
  const kept = part.own(read.draft.doc);
  const unsaved = fieldOf(fields, 'once') !== '' && !saved;
  const posted = unsaved ? part.typedIn(fields) : part.typed(kept, read);
  const step = unsaved && !refused ? fieldOf(fields, 'step') : '';
  const typed = part.take(posted, step);
  const errors = refused?.members.errors as { pointer: string; detail: string }[] | undefined;
  const notes = errors ? part.faults(errors, typed) : part.check(typed, read, !/^(|save|try)$/.test(step));
  const overtaken = refused?.problem === 'stale';
  // What is saved after somebody else's change was told goes over it knowingly.
  const began = unsaved && !overtaken ? beganWith(fields) : { tag: read.draft.tag, was: wasText(kept) };
  const came = (
    <Came
      visit={visit}
      refused={refused}
      saved={saved}
      notes={errors ? notes : new Map()}
      overtaken={overtaken ? part.changes(readWas(fieldOf(fields, 'was')), kept) : []}
      times={read.times}
    />
  );
  const told = part.told(step, posted, typed);
  const edits = may(visit.person, 'rules:draft');
  const { title, wide = false, content } = part.page({ read, typed, notes, began, unsaved, told, edits }, came);
  return screen(
    visit,
    {
      title,
      course: read.course.name,
      here: 'rules',
      trail: [{ to: at(visit, 'rules'), title: 'Rules' }],
      status: refused ? problems[refused.problem][0] : 200,
      wide,
      more: rulesStyle,
    },
    content,
  );
};

/**
 * A page that edits a part of the draft. Its one button that saves is `step=save`; the others change what is typed, and the
 * page comes again with that.
 */
export const editPart = <Typed, Value>(
  deps: Deps,
  visit: Visit,
  { fields, query }: Asked,
  part: EditedPart<Typed, Value>,
): Promise<Reply> => {
  const saves = fieldOf(fields, 'step') === 'save';
  const save = () => {
    const value = part.settle(part.typedIn(fields));
    return saveOwn(deps, visit, beganWith(fields), part.own, value, (doc) => part.parts(doc, value));
  };
  return change(visit, fields, {
    act: async () => (saves ? save() : undefined),
    show: (outcome) => {
      const opened = fieldOf(fields, 'once') === '';
      const saved = opened ? query.done === 'saved' : saves && !outcome.refused;
      return show(deps, visit, part, { fields, saved }, outcome);
    },
    to: saves ? withQuery(part.address, { done: 'saved' }) : undefined,
  });
};
