/** What to do about a template. */
export const RENDER_FIRST = 'render it first, as in: helm template CHART | snapshot-clone check -';
