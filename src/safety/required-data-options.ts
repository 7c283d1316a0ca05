/**
 * What has to be on a volume before a pod may start.
 */
export interface RequiredDataOptions {
  /**
   * A file that the source always has, and never leaves empty: its path from the root of the volume, such as `data/ibdata1`.
   *
   * It has to be a regular file with at least one byte. Links are followed as long as they stay in the volume.
   */
  readonly file: string;

  /**
   * The image that looks: anything with a POSIX shell and `find`, `id`, `ls` and `readlink`. With the workload's own image nothing more is pulled;
   * with a digest it can never be another one.
   *
   * @default - `docker.io/library/busybox:1.37.0`
   */
  readonly image?: string;

  /**
   * The user that looks. It needs to enter the directories on the way to the file; it reads no file.
   *
   * @default - the user of the container that mounts the volume so far, or else of the pod; 65534 if neither names one, or names root
   */
  readonly user?: number;
}
