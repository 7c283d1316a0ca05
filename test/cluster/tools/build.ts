import { installDebianPackages } from './debian-packages';
import { buildGoTools } from './go-tools';

/** Before any test, also before a single one that somebody runs alone. */
export default function build(): void {
  installDebianPackages();
  buildGoTools();
}
