// Follows a stream for as long as it is wanted, and begins it again with growing pauses.
import {read} from './api.js';

// Nothing changes by asking again: a person has to act first.
const FINAL = new Set(['NOT_ALLOWED', 'NOT_CONFIGURED', 'NO_KEY', 'WRONG', 'DEFECT']);

const pause = (ms, signal, wake) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', resolve, {once: true});
    wake(resolve);
  });

/**
 * Follows the stream until the signal. Tells onState(null) while it lives, else
 * onState(failure, next, retry): when it is tried again, or undefined where it is not.
 */
export async function follow(path, body, {onMessage, onState, signal}) {
  let tries = 0;
  while (!signal.aborted) {
    try {
      await read(
        path,
        body,
        onMessage,
        () => {
          tries = 0;
          onState(null);
        },
        signal,
      );
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      if (FINAL.has(failure.face)) {
        onState(failure);
        return;
      }
      const wait = Math.min(10_000, 1000 * 1.6 ** tries);
      tries += 1;
      await pause(wait, signal, (retry) => onState(failure, Date.now() + wait, retry));
    }
  }
}
