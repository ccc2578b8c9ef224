import type { Child } from 'hono/jsx';
import type { Notes } from './findings.ts';

/** What the check, or the refusal of a form, has to say of a field; its control is described by it. */
export const NotesAt = ({ notes, at }: { notes: Notes; at: string }) => {
  const own = notes.get(at) ?? [];
  return own.length === 0 ? null : (
    <ul id={`${at}-notes`} class="notes">
      {own.map(({ severity, says }) => (
        <li class={severity === 'error' ? 'bad' : undefined}>
          <b>{severity === 'error' ? 'To mend' : 'Doubtful'}:</b> {says}
        </li>
      ))}
    </ul>
  );
};

/** The attributes by which a control (or a group of them) is tied to its notes and its hint. */
export const tied = (notes: Notes, at: string, hint?: string) => {
  const own = notes.get(at) ?? [];
  const ids = [...(own.length > 0 ? [`${at}-notes`] : []), ...(hint ? [`${at}-hint`] : [])];
  return {
    id: at,
    'aria-describedby': ids.join(' ') || undefined,
    'aria-invalid': own.some(({ severity }) => severity === 'error') ? ('true' as const) : undefined,
  };
};

type Field = { notes: Notes; name: string; label: Child; hint?: string; value: string };

const Labelled = ({ notes, name, label, hint, children }: Omit<Field, 'value'> & { children?: Child }) => (
  <div>
    <label for={name}>{label}</label>
    {children}
    {hint && (
      <span id={`${name}-hint`} class="hint">
        {hint}
      </span>
    )}
    <NotesAt notes={notes} at={name} />
  </div>
);

export const TextField = ({ value, list, ...field }: Field & { list?: string }) => (
  <Labelled {...field}>
    <input
      type="text"
      name={field.name}
      value={value}
      list={list}
      dir="auto"
      {...tied(field.notes, field.name, field.hint)}
    />
  </Labelled>
);

/** A number is typed as text: what is none is told at its place, and is not lost. */
export const NumberField = ({ value, ...field }: Field) => (
  <Labelled {...field}>
    <input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      name={field.name}
      value={value}
      {...tied(field.notes, field.name, field.hint)}
    />
  </Labelled>
);

export const AreaField = ({ value, ...field }: Field) => (
  <Labelled {...field}>
    <textarea name={field.name} rows={3} dir="auto" {...tied(field.notes, field.name, field.hint)}>
      {value}
    </textarea>
  </Labelled>
);

export type Option = readonly [value: string, label: string];

const OptionList = ({ value, options }: { value: string; options: readonly Option[] }) => (
  <>
    {(options.some(([one]) => one === value) ? options : [...options, [value, value] as const]).map(([one, says]) => (
      <option value={one} selected={one === value}>
        {says}
      </option>
    ))}
  </>
);

/** One of several; a stored value that is none of them is kept until another is chosen. */
export const SelectField = ({ value, options, ...field }: Field & { options: readonly Option[] }) => (
  <Labelled {...field}>
    <select name={field.name} {...tied(field.notes, field.name, field.hint)}>
      <OptionList value={value} options={options} />
    </select>
  </Labelled>
);

/** A button of the form that changes what is typed, and saves nothing. */
export const Step = ({
  step,
  form,
  label,
  children,
}: {
  step: string;
  form?: string;
  label?: string;
  children?: Child;
}) => (
  <button type="submit" class="button small" name="step" value={step} form={form} aria-label={label}>
    {children}
  </button>
);

/** What a button of the form did, told where it did it. */
export type Told = { at: string; says: string } | null;

export const ToldAt = ({ told, at }: { told: Told; at: string }) =>
  told?.at === at ? (
    <p id="result" class="box" role="status" tabindex={-1}>
      {told.says} Nothing is saved yet.
    </p>
  ) : null;
