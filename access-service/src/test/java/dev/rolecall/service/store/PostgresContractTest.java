package dev.rolecall.service.store;

import dev.rolecall.service.store.postgres.PostgresStore;
import org.junit.jupiter.api.Nested;

/** The contract on PostgreSQL. */
class PostgresContractTest {

  private static StoreSource newStore() {
    PostgresServer server = PostgresServer.shared();
    return PostgresStore.at(server.newDatabase())
        .user(server.user())
        .passwordFile(server.passwordFile());
  }

  /** Requests and reviews. */
  @Nested
  class Requests extends RequestContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }

  /** Grants and locks. */
  @Nested
  class Grants extends GrantContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }

  /** Lists, news and events. */
  @Nested
  class Lists extends ListContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }

  /** Searches in the audit trail. */
  @Nested
  class Searches extends SearchContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }

  /** What need not be kept. */
  @Nested
  class History extends HistoryContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }

  /** Servers that follow grants. */
  @Nested
  class Enforcers extends EnforcerContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }

  /** Signing keys, and events that are noted on a grant. */
  @Nested
  class Keys extends KeyContract {
    @Override
    StoreSource source() {
      return newStore();
    }
  }
}
