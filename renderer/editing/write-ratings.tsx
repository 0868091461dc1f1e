import { Star } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';

/** Ratings and likes stay in the library unless the listener asks here to have them in the files. */
export function WriteRatings() {
  const words = useWords().editing;
  const open = useStores('editing', (editing) => editing.openRatings);
  return (
    <>
      <p>{words.ratingsText}</p>
      <div className="folders-actions">
        <Button icon={Star} onPress={() => void open()}>
          {words.ratingsWrite}
        </Button>
      </div>
    </>
  );
}
