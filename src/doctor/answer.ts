/** What a cluster said to a question. */
export type Answer<T> = Known<T> | Absent | Unanswered;

export interface Known<T> {
  readonly known: T;
}

/** The API server serves no such thing: an answer as good as any. */
export interface Absent {
  /** In the words of the API server. */
  readonly absent: string;
}

/** It may be there or not: mostly a right is missing. */
export interface Unanswered {
  /** Why, in the words of the API server. */
  readonly unknown: string;
}

/** The answer in another form; why there is none stays as it is. */
export function mapped<T, U>(answer: Answer<T>, change: (known: T) => U): Answer<U> {
  return 'known' in answer ? { known: change(answer.known) } : answer;
}
