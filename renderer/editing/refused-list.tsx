import type { RefusedFiles } from '../../shared/editing.ts';
import { useWords } from '../stores.ts';

/** Files that can't be written, each with its reason. */
export function RefusedList({ refused }: { readonly refused: RefusedFiles }) {
  const words = useWords().editing;
  if (refused.count === 0) return null;
  const more = refused.count - refused.files.length;
  return (
    <section className="editing-refused">
      <h3>{words.notWritable(refused.count)}</h3>
      <ul>
        {refused.files.map(({ id, title, reason }) => (
          <li key={id}>
            <strong>{title}</strong> {words.refusals[reason]}
          </li>
        ))}
        {more > 0 && <li>{words.moreChanges(more)}</li>}
      </ul>
    </section>
  );
}
