/** Opens a template that was not rendered, as Helm has them. */
export const TEMPLATE = '{{';
export const RENDER_FIRST = 'render it first, as in: helm template CHART | snapshot-clone check -';
