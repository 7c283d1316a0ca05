-- Run by mysqld on every start of the copy, before it takes connections. One statement on each line. A statement that fails is logged and
-- ends this file, not the server: that stays in offline mode, and every account stays locked.

-- Every account that came with the copy is locked first: backup, monitoring, an administrator's own. MySQL's internal ones are already.
SET SESSION group_concat_max_len = 1048576;
SET @lock_all = (SELECT CONCAT('ALTER USER ', GROUP_CONCAT(CONCAT(QUOTE(user), '@', QUOTE(host))), ' ACCOUNT LOCK') FROM mysql.user WHERE user NOT IN ('mysql.infoschema', 'mysql.session', 'mysql.sys'));
PREPARE lock_all FROM @lock_all;
EXECUTE lock_all;

-- Dev's own passwords. A file that is missing or empty gives NULL, and the statement that would use it fails.
SET @root = NULLIF(TRIM(TRAILING '\n' FROM CONVERT(LOAD_FILE('/etc/mysql/credentials/root-password') USING utf8mb4)), '');
SET @wordpress = NULLIF(TRIM(TRAILING '\n' FROM CONVERT(LOAD_FILE('/etc/mysql/credentials/password') USING utf8mb4)), '');
SET @site = NULLIF(TRIM(TRAILING '\n' FROM CONVERT(LOAD_FILE('/etc/mysql/credentials/site-password') USING utf8mb4)), '');

-- These two open again, with a new password. The old one may have been kept beside a newer one: it goes as well.
SET @open_root = CONCAT('ALTER USER ''root''@''localhost'' IDENTIFIED WITH caching_sha2_password BY ', QUOTE(@root), ' ACCOUNT UNLOCK');
PREPARE open_root FROM @open_root;
EXECUTE open_root;
ALTER USER 'root'@'localhost' DISCARD OLD PASSWORD;
SET @open_wordpress = CONCAT('ALTER USER ''wordpress''@''%'' IDENTIFIED WITH caching_sha2_password BY ', QUOTE(@wordpress), ' ACCOUNT UNLOCK');
PREPARE open_wordpress FROM @open_wordpress;
EXECUTE open_wordpress;
ALTER USER 'wordpress'@'%' DISCARD OLD PASSWORD;

-- The blog's own: sessions, keys for applications, links that reset a password, and the passwords themselves.
DELETE FROM wordpress.wp_usermeta WHERE meta_key IN ('session_tokens', '_application_passwords');
UPDATE wordpress.wp_users SET user_activation_key = '', user_pass = MD5(@site);

-- Everything above went through.
SET GLOBAL offline_mode = OFF;
