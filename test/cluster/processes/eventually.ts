import { setTimeout as pause } from 'node:timers/promises';

/** How long a wait may last, and how often it looks. */
export interface Patience {
  /** @default 30 seconds */
  readonly limitMs?: number;
  /** @default 50 milliseconds */
  readonly intervalMs?: number;
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
  const limitMs = patience.limitMs ?? 30_000;
  const started = performance.now();
  for (;;) {
    patience.giveUpIf?.();
    try {
      return await probe();
    } catch (error) {
      const waited = performance.now() - started;
      if (waited > limitMs) {
        const seen = error instanceof Error ? error.message : String(error);
        const circumstances = patience.circumstances?.() ?? '';
        throw new Error(`Waited ${(waited / 1000).toFixed(1)} s in vain for: ${what}\nLast seen: ${seen}\n${circumstances}`.trimEnd(), {
          cause: error,
        });
      }
      await pause(patience.intervalMs ?? 50);
    }
  }
}
