import { ArrowRight } from 'lucide-react';
import type { EditPreview, FieldChange } from '../../shared/editing.ts';
import type { Words } from '../../shared/words/en.ts';
import { useWords } from '../stores.ts';
import { RefusedList } from './refused-list.tsx';

/** What would change in which file. */
export function PreviewList({ preview }: { readonly preview: EditPreview }) {
  const words = useWords();
  const { changing, waiting, changes, refused } = preview;
  return (
    // Scrollable, so the keyboard has to reach it.
    <div
      className="editing-preview"
      tabIndex={0}
      role="region"
      aria-label={words.editing.previewTitle}
    >
      <p>{changing === 0 ? words.editing.nothing : words.editing.changing(changing)}</p>
      {waiting > 0 && <p>{words.editing.willWait(waiting)}</p>}
      <RefusedList refused={refused} />
      <ul className="editing-changes">
        {changes.map(({ id, title, fields }) => (
          <li key={id}>
            <h3 className="ellipsis">{title}</h3>
            <dl>
              {fields.map((change) => (
                <div key={change.field}>
                  <dt>{fieldName(change, words)}</dt>
                  <dd>
                    <FromTo change={change} words={words} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {changing > changes.length && <p>{words.editing.moreChanges(changing - changes.length)}</p>}
    </div>
  );
}

function FromTo({ change, words }: { readonly change: FieldChange; readonly words: Words }) {
  const { editing } = words;
  const isGiven = change.field === 'rating' || change.field === 'liked';
  const to = shownValue(change, change.to, editing.newCover, words);
  // What files say of ratings and likes is not read.
  if (isGiven) return <ins>{to}</ins>;
  return (
    <>
      <del>{shownValue(change, change.from, editing.oldCover, words)}</del>
      <ArrowRight size={14} aria-label="→" />
      <ins>{to}</ins>
    </>
  );
}

function shownValue(
  { field }: FieldChange,
  value: string,
  cover: string,
  { editing, rating }: Words,
): string {
  if (value === '' && field === 'rating') return rating.none;
  if (value === '') return field === 'liked' ? editing.no : editing.absent;
  if (field === 'cover') return cover;
  if (field === 'rating') return rating.stars(Number(value));
  return field === 'liked' || field === 'compilation' ? editing.yes : value;
}

function fieldName({ field }: FieldChange, { editing }: Words): string {
  const isTag = field !== 'cover' && field !== 'rating' && field !== 'liked';
  return isTag ? editing.fields[field] : editing[field];
}
