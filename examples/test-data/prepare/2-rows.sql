-- Made up, and the same on every build: tests may rely on single rows. Nothing here is random, or taken from the clock.
INSERT INTO customers
SELECT id, 'Customer ' || id, 'customer-' || id || '@example.com'
FROM generate_series(1, 10000) AS id;

INSERT INTO orders
SELECT
  id,
  1 + id * 7919 % 10000,
  timestamptz '2026-01-01 00:00Z' + id * interval '5 minutes',
  (ARRAY['placed', 'paid', 'sent', 'returned'])[1 + id % 4]
FROM generate_series(1, 100000) AS id;

INSERT INTO order_lines
SELECT orders.id, line, 'article-' || (orders.id * 31 + line) % 500, 1 + (orders.id + line) % 5, 99 + (orders.id * line) % 20000
FROM orders, generate_series(1, 3) AS line;
