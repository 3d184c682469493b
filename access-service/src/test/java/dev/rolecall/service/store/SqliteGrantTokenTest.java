package dev.rolecall.service.store;

import dev.rolecall.service.store.sqlite.SqliteStore;
import java.util.List;

/** Grant tokens on SQLite, whose one process has both nodes. */
class SqliteGrantTokenTest extends GrantTokenContract {

  @Override
  List<AccessStore> open() {
    return List.of(SqliteStore.in(folder.resolve("data")).open(runtime));
  }
}
