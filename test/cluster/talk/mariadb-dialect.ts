/** Something that the example says to MySQL, what says the same to MariaDB, and why they differ. */
interface Translation {
  readonly mysql: string;
  readonly mariadb: string;
  readonly why: string;
}

/**
 * The statements of the example's take-over.sql that MariaDB does not know. Everything else of that file runs here as it is.
 *
 * What these tests therefore do NOT show is MySQL's offline mode: that a statement which fails keeps the database shut.
 */
const STATEMENTS: readonly Translation[] = [
  {
    mysql: 'IDENTIFIED WITH caching_sha2_password BY',
    mariadb: 'IDENTIFIED BY',
    why: 'The method is one of MySQL; MariaDB stores a password by its own default method.',
  },
  {
    mysql: "ALTER USER 'root'@'localhost' DISCARD OLD PASSWORD;",
    mariadb: '',
    why: 'An account of MariaDB has no second, older password: the new one has replaced it.',
  },
  {
    mysql: "ALTER USER 'wordpress'@'%' DISCARD OLD PASSWORD;",
    mariadb: '',
    why: 'As above.',
  },
  {
    mysql: 'SET GLOBAL offline_mode = OFF;',
    mariadb: '',
    why: 'MariaDB has no offline mode. It, too, takes connections only after the init file.',
  },
];

/** The options of the example's servers that MariaDB does not know. */
const OPTIONS: readonly Translation[] = [
  { mysql: '--offline-mode=ON', mariadb: '', why: 'See the statement that ends it.' },
  { mysql: '--persisted-globals-load=OFF', mariadb: '', why: 'MariaDB has no SET PERSIST: nothing beside the data overrides an option.' },
  {
    mysql: '--skip-replica-start',
    mariadb: '--skip-slave-start',
    why: 'The same option by its older name, the only one in MariaDB 10.11.',
  },
];

/** The statements of take-over.sql for MariaDB. */
export function statementsForMariaDb(sql: string): string {
  return STATEMENTS.reduce((text, { mysql, mariadb }) => {
    if (!text.includes(mysql)) {
      throw new Error(`take-over.sql no longer says "${mysql}": take it out of STATEMENTS in ${__filename}.`);
    }
    return text.replaceAll(mysql, mariadb);
  }, sql);
}

/** The options of a server for MariaDB. */
export function optionsForMariaDb(options: readonly string[]): string[] {
  return options.map((option) => OPTIONS.find(({ mysql }) => mysql === option)?.mariadb ?? option).filter((option) => option !== '');
}
