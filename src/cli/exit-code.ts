/** How the command ends. Scripts rely on these. */
export const CLEAN = 0;
/** There are findings at or above the threshold. */
export const FINDINGS = 1;
/** It could not do its work, or not all of it. */
export const FAILED = 2;
