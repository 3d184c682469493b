package dev.rolecall.service.store;

import dev.rolecall.service.store.postgres.PostgresStore;

/** The contract on PostgreSQL. */
class PostgresContractTest extends AccessStoreContract {

  @Override
  StoreSource source() {
    PostgresServer server = PostgresServer.shared();
    return PostgresStore.at(server.newDatabase())
        .user(server.user())
        .passwordFile(server.passwordFile());
  }
}
