import { FolderDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStores, useWords } from '../stores.ts';
import './drop-target.css';

/** Files and folders may be dropped anywhere in the window. */
export function DropTarget() {
  const { shell: words } = useWords();
  const addFiles = useStores('library', (library) => library.addFiles);
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    function over(event: DragEvent): void {
      if (event.dataTransfer?.types.includes('Files') !== true || isInDialog(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    }
    function leave(event: DragEvent): void {
      // Only leaving the window has nowhere to go to.
      if (event.relatedTarget === null) setOver(false);
    }
    function drop(event: DragEvent): void {
      setOver(false);
      if (isInDialog(event)) return;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void addFiles(files);
    }
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [addFiles]);

  if (!isOver) return null;
  return (
    <div className="drop">
      <div className="drop-box">
        <FolderDown size={40} strokeWidth={1.5} aria-hidden />
        <p className="drop-title">{words.dropTitle}</p>
        <p>{words.dropText}</p>
      </div>
    </div>
  );
}

/** A dialog has places of its own to drop on. */
function isInDialog({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[role=dialog]') !== null;
}
