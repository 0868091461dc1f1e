import Connection from 'libsql';
import { RefrainError } from '../../shared/errors.ts';

/** One that was killed may take a moment to end, with its library's process. */
const patienceMilliseconds = 1500;

/**
 * Keeps every other process from the profile. The lock is a transaction that stays open on a
 * database of its own, so it is the system that holds it: it ends with the process, even by kill −9.
 * @returns lets go
 * @throws RefrainError `unavailable`, detail `in_use`
 */
export function lockProfile(file: string): () => void {
  const connection = new Connection(`${file}.lock`, { timeout: patienceMilliseconds });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    connection.close();
    throw new RefrainError('unavailable', 'Another Refrain has this library open', {
      detail: 'in_use',
      cause,
    });
  }
  return () => {
    connection.exec('ROLLBACK');
    connection.close();
  };
}
