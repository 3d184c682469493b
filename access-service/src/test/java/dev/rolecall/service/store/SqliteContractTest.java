package dev.rolecall.service.store;

import dev.rolecall.service.store.sqlite.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
class SqliteContractTest extends AccessStoreContract {

  @TempDir static Path folder;

  @Override
  StoreSource source() {
    return SqliteStore.in(folder.resolve("data"));
  }
}
