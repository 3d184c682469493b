package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.internal.database.Database;
import dev.rolecall.service.store.internal.row.Rejected;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions, and says how each came out. One that failed for a conflict with another is
 * repeated. Blocks.
 */
final class Transactions {

  private static final int TRIES = 4;

  private final Database database;

  Transactions(Database database) {
    this.database = requireNonNull(database, "database");
  }

  <T> Outcome<T> change(HandleCallback<T, RuntimeException> transition) {
    Outcome<T> outcome = outcome(() -> database.jdbi().inTransaction(transition));
    if (outcome instanceof Outcome.Done) {
      database.committed();
    }
    return outcome;
  }

  <T> Outcome<T> read(HandleCallback<T, RuntimeException> query) {
    return outcome(() -> database.jdbi().inTransaction(database.snapshot(), query));
  }

  private <T> Outcome<T> outcome(Supplier<T> attempt) {
    for (int tries = 1; ; tries++) {
      try {
        return new Outcome.Done<>(attempt.get());
      } catch (Rejected e) {
        return new Outcome.Refused<>(e.refusal());
      } catch (RuntimeException e) {
        SQLException error = sqlError(e);
        if (error == null) {
          throw e;
        }
        if (!database.isConflict(error) || tries == TRIES) {
          return unavailable(error, e);
        }
      }
    }
  }

  private <T> Outcome<T> unavailable(SQLException error, RuntimeException thrown) {
    Optional<Outage> outage = database.outage(error);
    return new Outcome.Unavailable<>(outage.orElseThrow(() -> thrown));
  }

  private static @Nullable SQLException sqlError(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLException error) {
        return error;
      }
    }
    return null;
  }
}
