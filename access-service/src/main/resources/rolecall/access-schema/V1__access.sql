-- One text for SQLite and PostgreSQL: ids are TEXT, times are milliseconds of the store's clock,
-- subjects and lists are JSON in TEXT. A revision is null only within the transaction that sets it.

create table feed_revision (
  one integer primary key check (one = 1),
  n bigint not null,
  epoch text not null,
  last_ms bigint not null
);

create table access_request (
  id text primary key,
  requester text not null,
  requester_party text not null,
  beneficiary text not null,
  beneficiary_party text not null,
  permission text not null,
  resources text not null,
  reason text,
  ticket text,
  kind text not null check (kind in ('ORDINARY', 'BREAK_GLASS', 'EXTENSION')),
  duration_ms bigint not null check (duration_ms > 0),
  starts_at bigint,
  quorum integer not null check (quorum > 0),
  rule_snapshot text not null,
  state text not null check (state in ('PENDING', 'APPROVED', 'DENIED', 'CANCELLED', 'LAPSED')),
  revision bigint,
  grant_id text,
  created_at bigint not null,
  pending_until bigint not null,
  idem_key text,
  unique (requester_party, idem_key)
);
create index access_request_newest on access_request (created_at, id);
create index access_request_state on access_request (state, created_at, id);
create index access_request_requester on access_request (requester_party, created_at, id);
create index access_request_beneficiary on access_request (beneficiary_party, created_at, id);
create index access_request_deadline on access_request (pending_until) where state = 'PENDING';

create table review (
  request_id text not null references access_request (id),
  party text not null,
  reviewer text not null,
  vote text not null check (vote in ('APPROVE', 'DENY')),
  reason text,
  at_ms bigint not null,
  duration_ms bigint,
  resources text not null,
  primary key (request_id, party)
);

create table access_grant (
  id text primary key,
  request_id text not null unique references access_request (id),
  requester text not null,
  requester_party text not null,
  holder text not null,
  holder_party text not null,
  permission text not null,
  resources text not null,
  state text not null check (state in ('SCHEDULED', 'ACTIVE', 'EXPIRED', 'REVOKED')),
  starts_at bigint not null,
  ends_at bigint not null,
  version integer not null,
  revision bigint unique,
  post_review text check (post_review in ('REQUIRED', 'ACKNOWLEDGED', 'FLAGGED')),
  ended_by text,
  ended_at bigint,
  ended_reason text,
  created_at bigint not null,
  check (ends_at > starts_at)
);
create index access_grant_newest on access_grant (created_at, id);
create index access_grant_state on access_grant (state, created_at, id);
create index access_grant_holder on access_grant (holder_party, created_at, id);
create index access_grant_requester on access_grant (requester_party, created_at, id);
create index access_grant_end on access_grant (ends_at) where state in ('SCHEDULED', 'ACTIVE');
create unique index access_grant_open_review on access_grant (holder_party)
  where post_review = 'REQUIRED';
create index access_grant_flagged on access_grant (holder_party, permission)
  where post_review = 'FLAGGED';

create table access_lock (
  id text primary key,
  kind text not null check (kind in ('PERSON', 'ROLE', 'ACCESS_KEY')),
  value text not null,
  principal text,
  subjects text,
  lock_until bigint,
  issued_before bigint,
  revision bigint unique,
  locked_by text not null,
  locked_at bigint not null,
  locked_reason text,
  unlocked_by text,
  unlocked_at bigint,
  unlocked_reason text
);
create index access_lock_newest on access_lock (locked_at, id);

create table signing_key (
  kid text primary key,
  alg text not null,
  state text not null check (state in ('NEXT', 'CURRENT', 'RETIRED', 'WITHDRAWN')),
  public_jwk text not null,
  sealed_private text not null,
  since bigint not null,
  created_at bigint not null,
  revision bigint
);
create unique index signing_key_one on signing_key (state) where state in ('NEXT', 'CURRENT');

create table outbox (
  revision bigint primary key,
  kind text not null,
  ref text not null,
  grant_id text,
  permission text,
  actor text,
  at_ms bigint not null,
  body text not null,
  taken_until bigint not null,
  delivered_at bigint
);
create index outbox_ref on outbox (ref, revision);
create index outbox_grant on outbox (grant_id, revision);
create index outbox_waiting on outbox (at_ms, revision) where delivered_at is null;

create table enforcer (
  id text primary key,
  node text not null,
  caller text not null,
  permissions text not null,
  connected integer not null,
  revision bigint not null,
  streams_ended bigint not null,
  confirmed_at bigint not null,
  seen_at bigint not null
);
create index enforcer_node on enforcer (node, seen_at);
