/** Fills the field of that id from a file, which script does (`script/file-fills.ts`): without it one pastes. */
export const FileChooser = ({ fills, accept }: { fills: string; accept: string }) => (
  <label class="scripted">
    Or choose a file
    <input type="file" accept={accept} data-fills={fills} />
  </label>
);
