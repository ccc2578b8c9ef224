/** What forms of the draft carry: its tag, and what they began from. */
export const Began = ({ tag, was }: { tag: string; was: string }) => (
  <>
    <input type="hidden" name="tag" value={tag} />
    <input type="hidden" name="was" value={was} />
  </>
);

/** The buttons at a form's foot, in sight wherever one is in it. */
export const Foot = ({ unsaved, tries }: { unsaved: boolean; tries: boolean }) => (
  <div class="actions foot">
    <button type="submit" class="button main" name="step" value="save">
      Save in the draft
    </button>
    {tries && (
      <button type="submit" class="button" name="step" value="try">
        Check
      </button>
    )}
    {unsaved && <span class="badge warn">not saved yet</span>}
  </div>
);

/** What Enter in a field does: the first button of a form is its default. */
export const SaveByEnter = () => (
  <button type="submit" name="step" value="save" hidden>
    Save
  </button>
);
