import { stateWords } from './platform-words.ts';

/** How something stands, as a badge. */
export const StateOf = ({ state }: { state: keyof typeof stateWords }) => {
  const [says, tone] = stateWords[state];
  return <span class={`badge ${tone}`}>{says}</span>;
};
