import { announce, onShown } from './shown.ts';

/** Puts it below a field, which makes room for it: what stands further down keeps its place. */
const putBelow = (textarea: HTMLTextAreaElement, made: HTMLElement): void => {
  const around = textarea.form!;
  const before = around.offsetHeight;
  (textarea.labels?.[0] ?? textarea).after(made);
  textarea.style.blockSize = `${textarea.offsetHeight - (around.offsetHeight - before)}px`;
};

/** A file chooser below every textarea that names the files it takes (`data-file`): choosing one fills it. */
export const fillFromFiles = (): void =>
  onShown(() => {
    for (const textarea of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-file]')) {
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = textarea.dataset.file!;
      delete textarea.dataset.file;
      label.append('Or choose a file ', input);
      input.addEventListener('change', async () => {
        const [file] = input.files ?? [];
        if (!file) return;
        textarea.value = await file.text();
        announce(`${file.name} is in the field above.`);
        textarea.focus();
      });
      putBelow(textarea, label);
    }
  });
