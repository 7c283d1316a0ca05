/** Rules and notices speak of the options of the command. What they say elsewhere, where these are properties, or options of a method. */
export function speakingOf(what: string, text: string): string {
  return text.replaceAll(/--(external|namespace)\b/g, `${what} $1`);
}
