package dev.rolecall.service.store.internal.row;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The store's clock, asked in a transaction. */
public final class Clocks {

  private Clocks() {}

  public static Instant now(Handle transaction) {
    return Instant.ofEpochMilli(transaction.createQuery("select <clock>").mapTo(Long.class).one());
  }
}
