package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.store.postgres.PostgresStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.service.store.transfer.StoreTransfer;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address, the settings and the outages of PostgreSQL. */
class PostgresStoreTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://db/access",
        "jdbc:sqlite:/x",
        "jdbc:postgresql://db/access?user=a&password=hunter2",
        "postgresql://a:hunter2@db/access",
        "postgresql://a@db/access",
        "postgresql://db:port/access"
      })
  void at_badAddress_isRefusedWithoutQuotingIt(String url) {
    assertThatThrownBy(() -> PostgresStore.at(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected")
        .message()
        .doesNotContain("hunter2")
        .doesNotContain("mysql");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db.invalid/access",
        "postgresql://db.invalid/access?sslmode=require",
        "postgresql://db.invalid/access?sslmode=prefer&user=a",
        "postgresql://localhost,db.invalid/access",
        "postgresql://127.0.0.1.db.invalid/access",
        "postgresql://db.invalid/access?sslmode=verify-full"
            + "&sslfactory=org.postgresql.ssl.NonValidatingFactory"
      })
  void open_otherMachineWithoutVerifiedTls_isRefused(String url) {
    assertThatThrownBy(() -> open(PostgresStore.at(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sslmode=verify-full")
        .message()
        .doesNotContain("db.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?sslmode=verify-full", "?sslmode=verify-ca"})
  void open_ofVerifiedTls_getsToTheServer(String options) {
    String url = "postgresql://127.0.0.1:" + ClosedPort.any() + "/access" + options;

    assertThatThrownBy(() -> open(PostgresStore.at(url)))
        .isInstanceOf(StoreNotOpenedException.class);
  }

  @Test
  void passwordFile_missingOrEmpty_isRefused() throws IOException {
    PostgresStore store = PostgresStore.at("postgresql://127.0.0.1:1/access?user=a");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");

    for (Path file : new Path[] {empty, folder.resolve("none")}) {
      assertThatThrownBy(() -> open(store.passwordFile(file)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("database password file");
    }
  }

  private static void open(PostgresStore store) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      store.open(runtime).close();
    }
  }

  @Test
  void open_serverThatIsAway_maybeRetried_andNamesNoSecret() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
    PostgresStore store =
        PostgresStore.at("postgresql://127.0.0.1:" + ClosedPort.any() + "/access?user=a")
            .passwordFile(password);

    assertThatThrownBy(() -> open(store))
        .isInstanceOfSatisfying(
            StoreNotOpenedException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessageContaining("cannot be reached")
        .message()
        .doesNotContain("hunter2");
    assertThat(store.toString()).doesNotContain("127.0.0.1");
  }

  @Test
  void open_wrongPassword_isRefusedWithoutQuotingIt() throws IOException {
    PostgresServer server = PostgresServer.shared();
    Path password = Files.writeString(folder.resolve("password"), "hunter2");
    PostgresStore store =
        PostgresStore.at(server.newDatabase()).user(server.user()).passwordFile(password);

    assertThatThrownBy(() -> open(store))
        .isInstanceOfSatisfying(
            StoreNotOpenedException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("does not accept the user or the password")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void open_databaseThatForgetsCommits_isRefusedUnlessAllowed_I3() {
    PostgresServer server = PostgresServer.shared();
    String url = server.newDatabase();
    String name = url.substring(url.lastIndexOf('/') + 1);
    server.execute("postgres", "alter database " + name + " set synchronous_commit = off");
    PostgresStore store =
        PostgresStore.at(url).user(server.user()).passwordFile(server.passwordFile());

    assertThatThrownBy(() -> open(store))
        .isInstanceOf(StoreNotOpenedException.class)
        .hasMessageContaining("synchronous_commit is off");
    open(store.allowServerThatForgetsCommitsInACrash());
  }

  @Test
  void clock_ofTheNode_decidesNothing_I4() {
    PostgresServer server = PostgresServer.shared();
    PostgresStore source =
        PostgresStore.at(server.newDatabase())
            .user(server.user())
            .passwordFile(server.passwordFile());
    ManualTime ahead = new ManualTime(Instant.parse("2100-01-01T00:00:00Z"));
    try (AccessRuntime wrong = AccessRuntime.builder().clock(ahead).build();
        AccessRuntime right = AccessRuntime.ofDefaults();
        AccessStore one = source.open(wrong);
        AccessStore two = source.open(right)) {
      AccessRequest request = done(one.place(Asks.one().request(HOUR)));

      assertThat(done(two.request(request.id()))).isEqualTo(request);
      assertThat(request.isPending()).isTrue();
      assertThat(Duration.between(done(one.position()).time(), done(two.position()).time()))
          .isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void export_ofSqlite_isImported() {
    PostgresServer server = PostgresServer.shared();
    PostgresStore target =
        PostgresStore.at(server.newDatabase())
            .user(server.user())
            .passwordFile(server.passwordFile());
    SqliteStore source = SqliteStore.in(folder.resolve("data"));
    Path file = folder.resolve("export");
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      AccessRequest request;
      try (AccessStore store = source.open(runtime)) {
        request = done(store.place(Asks.one().resources("a", "b").request(HOUR)));
      }
      StoreTransfer.exportTo(file, source, runtime);
      StoreTransfer.importFrom(file, target, runtime);
      try (AccessStore store = target.open(runtime)) {
        assertThat(done(store.request(request.id()))).isEqualTo(request);
        assertThat(done(store.place(Asks.one().request(HOUR))).revision())
            .isEqualTo(request.revision() + 1);
      }
    }
  }
}
