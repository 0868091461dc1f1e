import type { Notice, UndoStep } from '../../shared/contract.ts';
import type { Words } from '../../shared/words/en.ts';
import type { Told } from './told.ts';

/** The one place where what happened becomes a sentence. */
export function tellInWords(told: Told, words: Words): string {
  switch (told.kind) {
    case 'undo':
      return stepInWords(told.step, words);
    case 'undone':
      return words.undone.step(stepInWords(told.step, words));
    case 'nothing_to_undo':
      return words.undone.nothing;
    case 'notice':
      return noticeInWords(told.notice, words);
    case 'play_offer':
      return words.links.found(told.title);
    case 'error':
      return words.errors[told.code];
  }
}

function stepInWords({ kind, count, name }: UndoStep, words: Words): string {
  return words.undo[kind](count, name);
}

function noticeInWords(notice: Notice, { notices }: Words): string {
  switch (notice.kind) {
    case 'track_failed':
      return notices.track_failed(notice.title);
    case 'library_restored':
      return notices.library_restored(notice.from);
    case 'link_not_yet':
      return notices.link_not_yet(notice.to);
    case 'paths_not_music':
      return notices.paths_not_music(notice.count);
    case 'output_lost':
      return notices.output_lost(notice.name, notice.paused);
    case 'edits_refused':
      return notices.edits_refused(notice.refused.count, notice.refused.files[0]?.title ?? '');
    case 'quiet_earned':
      return notices.quiet_earned(notice.minutes);
    case 'playback_stopped_after_failures':
    case 'quiet_missed':
    case 'link_gone':
    case 'spot_held':
    case 'tier_lost':
    case 'tier_gained':
      return notices[notice.kind];
  }
}
