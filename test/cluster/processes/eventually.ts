import { setTimeout as pause } from 'node:timers/promises';

/** A busy machine is slow, and must not fail a test; a wait that cannot succeed is ended by `giveUpIf`. */
const LIMIT_MS = 120_000;
const INTERVAL_MS = 50;

/** When a wait ends early, and what it says. */
export interface Patience {
  /** Words about the surroundings that help to understand a wait in vain: dead processes, log files. */
  readonly circumstances?: () => string;
  /** Called before each look; what it throws ends the wait at once, because waiting longer cannot help. */
  readonly giveUpIf?: () => void;
}

/**
 * Runs `probe` until it returns instead of throwing; the last thing it threw is what was seen when the limit is reached.
 * Probes are made of ordinary assertions, so that a failed wait reads like a failed assertion.
 */
export async function eventually<T>(what: string, probe: () => Promise<T> | T, patience: Patience = {}): Promise<T> {
  const started = performance.now();
  for (;;) {
    patience.giveUpIf?.();
    try {
      return await probe();
    } catch (error) {
      const waited = performance.now() - started;
      if (waited > LIMIT_MS) {
        const seen = error instanceof Error ? error.message : String(error);
        const circumstances = patience.circumstances?.() ?? '';
        throw new Error(`Waited ${(waited / 1000).toFixed(1)} s in vain for: ${what}\nLast seen: ${seen}\n${circumstances}`.trimEnd(), {
          cause: error,
        });
      }
      await pause(INTERVAL_MS);
    }
  }
}
