CREATE TABLE customers (
  id integer PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE
);

CREATE TABLE orders (
  id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  placed_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('placed', 'paid', 'sent', 'returned'))
);
CREATE INDEX ON orders (customer_id);

CREATE TABLE order_lines (
  order_id integer NOT NULL REFERENCES orders,
  line integer NOT NULL,
  article text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  cents integer NOT NULL CHECK (cents >= 0),
  PRIMARY KEY (order_id, line)
);
