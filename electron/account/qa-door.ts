import { RefrainError } from '../../shared/errors.ts';
import type { ServiceDoor } from './service-door.ts';

/** A door that testers can shut, as if there were no network. QA builds only. */
export function shutDoor(door: ServiceDoor, isShut: () => boolean): ServiceDoor {
  function open<Result>(pass: () => Promise<Result>): Promise<Result> {
    if (!isShut()) return pass();
    return Promise.reject(new RefrainError('service_unreachable', 'A tester took it away'));
  }
  return {
    origin: door.origin,
    fetch: (request) => open(() => door.fetch(request)),
    openPages: () => open(door.openPages),
    closePages: door.closePages,
  };
}
