import { countWords } from '../../grading/count-words.ts';
import { checksOf, markOf } from '../discussion/checks.ts';
import { announce } from './shown.ts';

const update = (list: HTMLElement, area: HTMLTextAreaElement): void => {
  const { words, claims } = list.dataset;
  const ticked = area.form?.querySelectorAll('input[name="claims"]:checked').length ?? 0;
  const checks = checksOf(
    { words: Number(words), claims: Number(claims) },
    { words: countWords(area.value), claims: ticked },
  );
  for (const [index, check] of checks.entries()) {
    const line = list.children[index]!;
    if (check.done && !line.textContent.trim().startsWith(markOf(check))) announce(check.says);
    line.textContent = `${markOf(check)} ${check.says}`;
  }
};

/** Ticks off, as one types, what a text must have to count, by the server's own count. */
export const tickChecks = (): void => {
  document.addEventListener('input', ({ target }) => {
    for (const list of document.querySelectorAll<HTMLElement>('.checks[data-of]')) {
      const area = document.getElementById(list.dataset.of!) as HTMLTextAreaElement | null;
      const isClaim = target instanceof HTMLInputElement && target.name === 'claims' && target.form === area?.form;
      if (area && (target === area || isClaim)) update(list, area);
    }
  });
};
