import { ImageOff, ImagePlus, RotateCcw } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import type { ChosenCover, EditSheet } from '../../shared/editing.ts';
import { RefrainError } from '../../shared/errors.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { Cover } from '../ui/cover.tsx';

/** The cover of the files: kept, removed, or another picture, chosen or dropped. */
export function CoverChoice({ sheet }: { readonly sheet: EditSheet }) {
  const words = useWords().editing;
  const { draft, change, chooseCover, takeCover } = useStores('editing', (editing) => editing);
  const [isInvalid, setInvalid] = useState(false);
  const { cover } = draft;

  async function take(choosing: Promise<ChosenCover | null>): Promise<void> {
    setInvalid(false);
    try {
      const chosen = await choosing;
      if (chosen !== null) change({ cover: { kind: 'set', picture: chosen.picture } });
    } catch (error) {
      if (!(error instanceof RefrainError) || error.code !== 'invalid') throw error;
      setInvalid(true);
    }
  }

  function drop(event: DragEvent): void {
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    void take(takeCover(file));
  }

  return (
    <div
      className="editing-cover"
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onDrop={drop}
    >
      <Cover hash={pictureOf(sheet, cover)} title={words.cover} size={320} />
      <p className="editing-cover-note">{noteOf()}</p>
      <div className="editing-cover-actions">
        <Button icon={ImagePlus} onPress={() => void take(chooseCover())}>
          {words.chooseCover}
        </Button>
        {cover.kind === 'keep' ? (
          <Button
            look="quiet"
            icon={ImageOff}
            onPress={() => change({ cover: { kind: 'remove' } })}
          >
            {words.removeCover}
          </Button>
        ) : (
          <Button look="quiet" icon={RotateCcw} onPress={() => change({ cover: { kind: 'keep' } })}>
            {words.keepCover}
          </Button>
        )}
      </div>
      {isInvalid && (
        <p role="alert" className="editing-alert">
          {words.coverInvalid}
        </p>
      )}
    </div>
  );

  function noteOf(): string {
    if (cover.kind === 'remove') return words.coverRemoved;
    if (cover.kind === 'keep' && sheet.cover.kind === 'varied') return words.coverVarious;
    if (pictureOf(sheet, cover) === null) return `${words.coverNone}. ${words.dropCover}`;
    return words.dropCover;
  }
}

function pictureOf(
  sheet: EditSheet,
  cover: { readonly kind: 'keep' | 'remove' } | { readonly kind: 'set'; readonly picture: string },
): string | null {
  if (cover.kind === 'set') return cover.picture;
  return cover.kind === 'keep' && sheet.cover.kind === 'same' ? sheet.cover.picture : null;
}
