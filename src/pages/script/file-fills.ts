import { announce, onShown } from './shown.ts';

/** A file chooser above every textarea that names the files it takes (`data-file`): choosing one fills it. */
export const fillFromFiles = (): void =>
  onShown(() => {
    for (const textarea of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-file]')) {
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = textarea.dataset.file!;
      delete textarea.dataset.file;
      label.append('Choose a file, or paste below ', input);
      input.addEventListener('change', async () => {
        const [file] = input.files ?? [];
        if (!file) return;
        textarea.value = await file.text();
        announce(`${file.name} is in the field below.`);
        textarea.focus();
      });
      (textarea.labels?.[0] ?? textarea).before(label);
    }
  });
