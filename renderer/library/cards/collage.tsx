import { Cover } from '../../ui/cover.tsx';

/** Up to four covers as one square; with fewer than four the first alone, with none drawn art. */
export function Collage({
  title,
  covers,
}: {
  readonly title: string;
  readonly covers: readonly string[];
}) {
  if (covers.length < 4)
    return <Cover hash={covers[0] ?? null} title={title} size={320} decorative />;
  return (
    <div className="collage ui-cover">
      {covers.slice(0, 4).map((hash, place) => (
        <Cover key={place} hash={hash} title={title} size={320} decorative />
      ))}
    </div>
  );
}
