package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.KeyStore;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import dev.rolecall.service.store.internal.row.Columns;
import dev.rolecall.service.store.internal.row.Rejected;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The signing keys as rows. */
final class SqlKeys implements KeyStore {

  private static final String SELECT =
      "select kid, alg, state, public_jwk, sealed_private, since from signing_key ";

  private final Work work;
  private final Ledger ledger;

  SqlKeys(Work work, Ledger ledger) {
    this.work = requireNonNull(work, "work");
    this.ledger = requireNonNull(ledger, "ledger");
  }

  static List<StoredKey> list(Handle handle) {
    return handle
        .createQuery(SELECT + "where state <> 'WITHDRAWN' order by created_at, kid")
        .map(SqlKeys::read)
        .list();
  }

  private static StoredKey get(Handle handle, String kid) {
    return handle
        .createQuery(SELECT + "where kid = :kid")
        .bind("kid", kid)
        .map(SqlKeys::read)
        .findOne()
        .orElseThrow(() -> Rejected.notFound("key", kid));
  }

  private static StoredKey read(ResultSet row, StatementContext context) throws SQLException {
    Columns columns = new Columns(row);
    return new StoredKey(
        columns.text("kid"),
        columns.text("alg"),
        columns.text("public_jwk"),
        columns.text("sealed_private"),
        SigningKeyState.valueOf(columns.text("state")),
        columns.time("since"));
  }

  @Override
  public CompletionStage<Outcome<List<StoredKey>>> list() {
    return work.readOwn("list_keys", SqlKeys::list);
  }

  @Override
  public CompletionStage<Outcome<StoredKey>> add(StoredKey key, Optional<Subject> actor) {
    if (key.state() != SigningKeyState.NEXT && key.state() != SigningKeyState.CURRENT) {
      throw new IllegalArgumentException(
          "state: " + key.state() + " (expected: NEXT or CURRENT for a new key)");
    }
    return work.keepUp("add_key", transaction -> add(transaction, key, actor));
  }

  private StoredKey add(Handle transaction, StoredKey key, Optional<Subject> actor) {
    // No target: a taken id and a second key of the state are conflicts alike.
    int made =
        transaction
            .createUpdate(
                """
                insert into signing_key (kid, alg, state, public_jwk, sealed_private, since,
                  created_at)
                values (:kid, :alg, :state, :public, :sealed, <clock>, <clock>)
                on conflict do nothing""")
            .bind("kid", key.kid())
            .bind("alg", key.algorithm())
            .bind("state", key.state().name())
            .bind("public", key.publicJwk())
            .bind("sealed", key.sealedPrivate())
            .execute();
    if (made == 0) {
      throw new Rejected(
          Reason.KEY_EXISTS,
          "key: there is one of this id, or another that is " + key.state() + " (next step: list)");
    }
    return stamp(transaction, EventKind.KEY_ADDED, key.kid(), actor);
  }

  @Override
  public CompletionStage<Outcome<StoredKey>> activate(String kid, Optional<Subject> actor) {
    return work.keepUp(
        "activate_key",
        transaction -> {
          // The next key first: its lock decides between two nodes.
          move(transaction, kid, "kid = :kid and state = 'NEXT'", "RETIRED");
          transaction.execute(
              "update signing_key set state = 'RETIRED', since = <clock>, revision = null"
                  + " where state = 'CURRENT'");
          move(transaction, kid, "kid = :kid and state = 'RETIRED'", "CURRENT");
          return stamp(transaction, EventKind.KEY_ACTIVATED, kid, actor);
        });
  }

  @Override
  public CompletionStage<Outcome<StoredKey>> withdraw(String kid, Optional<Subject> actor) {
    return work.keepUp(
        "withdraw_key",
        transaction -> {
          move(transaction, kid, "kid = :kid and state in ('NEXT', 'RETIRED')", "WITHDRAWN");
          transaction
              .createUpdate("update signing_key set sealed_private = '' where kid = :kid")
              .bind("kid", kid)
              .execute();
          return stamp(transaction, EventKind.KEY_WITHDRAWN, kid, actor);
        });
  }

  private static void move(Handle transaction, String kid, String where, String state) {
    int moved =
        transaction
            .createUpdate("update signing_key set state = :state, since = <clock> where " + where)
            .bind("state", state)
            .bind("kid", kid)
            .execute();
    if (moved == 0) {
      StoredKey key = get(transaction, kid);
      throw new Rejected(
          Reason.KEY_NOT_IN_STATE, "key: " + kid + " is " + key.state() + " (next step: list)");
    }
  }

  private StoredKey stamp(Handle transaction, EventKind kind, String kid, Optional<Subject> actor) {
    long revision = ledger.write(transaction, kind, EventContent.ofKey(kid), actor);
    transaction
        .createUpdate(
            "update signing_key set revision = :revision where kid = :kid or revision is null")
        .bind("revision", revision)
        .bind("kid", kid)
        .execute();
    return get(transaction, kid);
  }
}
