import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLinks, roleName, shortSourceName, stanceWords } from '../claims.tsx';
import { Table } from '../table.tsx';
import type { AnswerRead } from './read-scenario.ts';
import { VoicesPicture } from './voices-picture.tsx';

const nameOf = ({ sources }: Catalogue, id: string): string => {
  const source = sources.find((one) => one.id === id);
  return source ? shortSourceName(source) : id;
};

/** Who says what on the duty in question, once it is shown. */
export const WhoSaysWhat = ({
  catalogue,
  reveal,
}: {
  catalogue: Catalogue;
  reveal: NonNullable<AnswerRead['reveal']>;
}) => (
  <>
    <h2 id="voices">Who says what</h2>
    <p>
      The readings: <b>{reveal.verdict}</b>. {reveal.because}
    </p>
    <VoicesPicture catalogue={catalogue} voices={reveal.voices} />
    <Table caption="Who says it, and how" head={['Reading', 'Gives it to', 'How', 'Claims']}>
      {reveal.voices.map(({ source, role, stance, claims }) => (
        <tr>
          <th scope="row">{nameOf(catalogue, source)}</th>
          <td>{roleName(catalogue, role)}</td>
          <td>{stanceWords({ stance })}</td>
          <td>
            <ClaimLinks ids={claims} />
          </td>
        </tr>
      ))}
    </Table>
  </>
);
