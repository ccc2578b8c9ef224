import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLink, roleName, shortSourceName } from '../claims.tsx';
import { Table } from '../table.tsx';
import { Step } from './fields.tsx';
import { matrixOf, saysHow } from './voices.ts';

const verdicts = {
  agreed: 'The readings agree.',
  contested: 'The readings contest this.',
  split: 'The readings split it into parts, each agreed.',
  thin: 'Hardly any reading speaks of it.',
} as const;

export const VerdictBadge = ({ verdict }: { verdict: keyof typeof verdicts }) => (
  <span class={verdict === 'contested' ? 'badge warn' : 'badge'}>{verdict}</span>
);

/** Who says what about a topic: voices by roles. With `form`, a claim can be used as evidence in it. */
export const EvidenceMatrix = ({
  catalogue,
  topic: id,
  form,
}: {
  catalogue: Catalogue;
  topic: string;
  form: string | undefined;
}) => {
  const topic = Object.hasOwn(catalogue.topics, id) ? catalogue.topics[id] : undefined;
  const { roles, rows } = matrixOf(catalogue, id);
  return (
    <section aria-labelledby="matrix" class="matrix stays">
      <h2 id="matrix">Who says what</h2>
      {topic && (
        <p>
          <b>{topic.title}</b>: {topic.duty.charAt(0).toLowerCase()}
          {topic.duty.slice(1)}. {verdicts[topic.verdict]} {topic.because}
        </p>
      )}
      {form && <p class="quiet">“Use” puts a claim into the form, as evidence for the role it speaks for.</p>}
      <Table
        caption="Claims on this topic, by reading and role"
        head={['Reading', ...roles.map((role) => (role === null ? 'No role named' : roleName(catalogue, role)))]}
      >
        {rows.map(({ source, cells }) => (
          <tr>
            <th scope="row">
              {shortSourceName(source)}
              {source.interest && <div class="quiet">{source.interest}</div>}
            </th>
            {cells.every((cell) => cell.length === 0) ? (
              <td colspan={Math.max(1, cells.length)} class="quiet">
                says nothing of it
              </td>
            ) : (
              cells.map((cell) => (
                <td>
                  <ul>
                    {cell.map((claim) => (
                      <li>
                        <ClaimLink id={claim.id} /> {saysHow(claim, id)}
                        {form && claim.role !== null && claim.stance !== 'denies' && (
                          <div>
                            <Step
                              step={`use ${claim.id}`}
                              form={form}
                              label={`Use ${claim.id} as evidence for ${roleName(catalogue, claim.role)}`}
                            >
                              Use
                            </Step>
                          </div>
                        )}
                      </li>
                    ))}
                  </ul>
                </td>
              ))
            )}
          </tr>
        ))}
      </Table>
    </section>
  );
};
