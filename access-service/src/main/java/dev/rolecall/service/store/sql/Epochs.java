package dev.rolecall.service.store.sql;

import org.jdbi.v3.core.Jdbi;

/** The names of histories. A store that was restored goes on under a new one. */
public final class Epochs {

  private Epochs() {}

  /** Begins a history if there is none. */
  static void begin(Jdbi jdbi, String epoch) {
    jdbi.useTransaction(
        transaction ->
            transaction
                .createUpdate(
                    "insert into feed_revision (one, n, epoch, last_ms) values (1, 0, :epoch,"
                        + " <clock>) on conflict (one) do nothing")
                .bind("epoch", epoch)
                .execute());
  }
}
