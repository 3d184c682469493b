package dev.rolecall.service.store;

import dev.rolecall.service.store.postgres.PostgresStore;
import java.util.List;

/** Grant tokens on PostgreSQL, by two nodes. */
class PostgresGrantTokenTest extends GrantTokenContract {

  @Override
  List<AccessStore> open() {
    PostgresServer server = PostgresServer.shared();
    String url = server.newDatabase();
    PostgresStore source =
        PostgresStore.at(url).user(server.user()).passwordFile(server.passwordFile());
    return List.of(source.open(runtime), source.open(runtime));
  }
}
