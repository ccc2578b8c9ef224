import { announce } from './shown.ts';

/** A chosen file becomes the text of the field that its chooser names. */
export const fillFromFiles = (): void => {
  document.addEventListener('change', async ({ target }) => {
    const chooser = target as HTMLInputElement;
    const field = document.getElementById(chooser.dataset.fills ?? '');
    const [file] = chooser.files ?? [];
    if (!(field instanceof HTMLTextAreaElement) || !file) return;
    field.value = await file.text();
    announce(`${file.name} is in the field above.`);
    field.focus();
  });
};
