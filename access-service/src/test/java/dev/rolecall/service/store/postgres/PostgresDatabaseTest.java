package dev.rolecall.service.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.AccessStore.Listening;
import dev.rolecall.service.store.internal.database.NewsSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The news of a database that does not answer. */
class PostgresDatabaseTest {

  @Test
  void news_ofAServerThatDoesNotAnswer_isLookedForEachSecondAllTheSame() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user", "access");
    properties.setProperty("loginTimeout", "30");
    // It takes connections and says nothing: a path that is dead.
    ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      Connections connect =
          new Connections(
              "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/access", properties);
      PostgresDatabase database = new PostgresDatabase(connect, 1, runtime);
      AtomicInteger told = new AtomicInteger();
      try (Listening listening = database.onNews(told::incrementAndGet)) {
        Awaitility.await().untilAsserted(() -> assertThat(told).hasValueGreaterThanOrEqualTo(2));
        assertThat(listening).isNotNull();
      } finally {
        // The path ends first: the pool waits for a connection that is being made.
        silent.close();
        database.close();
      }
    }
  }

  @Test
  void listener_thatThrowsAnError_doesNotKeepOthersFromTheNews() {
    NewsSignal signal = new NewsSignal();
    AtomicInteger told = new AtomicInteger();
    Runnable broken =
        () -> {
          throw new StackOverflowError("of a listener");
        };
    try (Listening first = signal.add(broken);
        Listening second = signal.add(told::incrementAndGet)) {
      signal.fire();

      assertThat(told).hasValue(1);
      assertThat(first).isNotSameAs(second);
    }
  }
}
