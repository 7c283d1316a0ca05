import { Picture } from '../src/graph/picture';
import { checkText } from './check-text';
import { drawFindings, summaryOf } from './draw-findings';
import { drawPicture } from './draw-picture';
import { html } from './elements';
import { GRANTED, UNGRANTED } from './example';

/** So long after the last key it is checked. */
const PAUSE = 250;
const NARROW = '(max-width: 45rem)';

const input = element('yaml', HTMLTextAreaElement);
const external = element('external', HTMLInputElement);
const namespace = element('namespace', HTMLInputElement);
const [numbers, summary, findings, picture] = ['numbers', 'summary', 'findings', 'picture'].map((id) => element(id, HTMLElement)) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];

let waiting: ReturnType<typeof setTimeout> | undefined;

function show(): void {
  clearTimeout(waiting);
  numbers.textContent = input.value
    .replace(/[^\n]+/g, '')
    .split('\n')
    .map((_, index) => index + 1)
    .join('\n');
  scroll();
  try {
    const result = checkText(input.value, {
      external: external.value.split(/[\s,]+/).filter((name) => name),
      namespace: namespace.value.trim() || undefined,
    });
    summary.textContent = summaryOf(result);
    findings.replaceChildren(...drawFindings(result, goTo));
    picture.replaceChildren(...drawPicture(new Picture(result.set), matchMedia(NARROW).matches));
  } catch (error) {
    // An old result must not stand beside a new text.
    summary.textContent = 'cannot judge: this is a fault of the page itself, please report it';
    findings.replaceChildren(html('p', { class: 'problem' }, String(error)));
    picture.replaceChildren();
  }
}

/** Until it has been checked again, nothing is said about the text. */
function later(): void {
  clearTimeout(waiting);
  summary.textContent = 'Checking …';
  waiting = setTimeout(show, PAUSE);
}

function goTo(line: number): void {
  const lines = input.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  input.focus();
  input.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  input.scrollTop = ((line - 3) * input.scrollHeight) / lines.length;
}

function scroll(): void {
  numbers.scrollTop = input.scrollTop;
}

function example(button: string, text: string): void {
  element(button, HTMLButtonElement).addEventListener('click', () => {
    input.value = text;
    external.value = '';
    namespace.value = '';
    show();
  });
}

function element<E extends HTMLElement>(id: string, type: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${id}`);
}

input.addEventListener('input', later);
input.addEventListener('scroll', scroll);
external.addEventListener('input', later);
namespace.addEventListener('input', later);
matchMedia(NARROW).addEventListener('change', show);
example('ungranted', UNGRANTED);
example('granted', GRANTED);
// A browser may have kept what was there before a reload.
if (input.value === '') input.value = UNGRANTED;
show();
