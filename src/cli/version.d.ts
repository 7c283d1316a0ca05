/** The version of this package: the bundler puts it in. */
declare const VERSION: string;
