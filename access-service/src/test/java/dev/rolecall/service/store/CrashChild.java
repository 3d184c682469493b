package dev.rolecall.service.store;

import static dev.rolecall.service.store.AccessStoreContract.ANN;
import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.store.postgres.PostgresStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A node that writes until it is killed, and prints what the store acknowledged. */
final class CrashChild {

  private CrashChild() {}

  /** The folder of SQLite; or the URL, the user and the password file of PostgreSQL. */
  public static void main(String[] arguments) {
    StoreSource source =
        arguments.length == 1
            ? SqliteStore.in(Path.of(arguments[0]))
            : PostgresStore.at(arguments[0]).user(arguments[1]).passwordFile(Path.of(arguments[2]));
    AccessStore store = source.open(AccessRuntime.ofDefaults());
    ExecutorService writers = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      writers.execute(() -> write(store));
    }
  }

  private static void write(AccessStore store) {
    while (true) {
      AccessRequest request = done(store.place(Asks.one().request(HOUR)));
      AccessRequest approved = done(store.review(approval(request.id(), ANN), review -> true));
      String line = approved.id() + " " + approved.standing().grantId().orElseThrow() + "\n";
      synchronized (CrashChild.class) {
        System.out.print(line);
        System.out.flush();
      }
    }
  }
}
