import type { Child } from 'hono/jsx';

/** A table with its caption; one that is wider than the screen scrolls by itself, also by keyboard. */
export const Table = ({ caption, head, children }: { caption: string; head: readonly Child[]; children?: Child }) => (
  <section class="scroll" aria-label={caption} tabindex={0}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((one) => (
            <th scope="col">{one}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
