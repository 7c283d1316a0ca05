/**
 * What a program is started with: Kubernetes puts the values of variables in place of `$(NAME)`, leaves it where there is no such variable, and
 * makes one dollar of two.
 */
export function asKubernetesStarts(texts: readonly string[], env: Readonly<Record<string, string>>): string[] {
  return texts.map((text) => text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, name) => (found === '$$' ? '$' : (env[name] ?? found))));
}
