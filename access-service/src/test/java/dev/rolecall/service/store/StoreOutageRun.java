package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.request.AccessRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that is away, and a node that is frozen in a transaction. */
class StoreOutageRun {

  private PostgresServer server;
  private TwoNodes nodes;

  @BeforeEach
  void start() {
    server = PostgresServer.own();
    nodes = new TwoNodes(server);
  }

  @AfterEach
  void stop() {
    nodes.close();
    server.stop();
  }

  @Test
  void database_crashedAndRestarted_isAnOutage_andThenServesAndTellsAgain() {
    AccessRequest request = done(nodes.one().place(Asks.one().request(HOUR)));
    server.kill();

    assertThat(outcome(nodes.one().request(request.id())))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            each -> assertThat(each.outage().kind()).isEqualTo(Outage.Kind.UNREACHABLE));
    assertThat(outcome(nodes.two().place(Asks.one().request(HOUR))))
        .isInstanceOf(Outcome.Unavailable.class);

    server.startAgain();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> outcome(nodes.one().request(request.id())) instanceof Outcome.Done);
    CountDownLatch told = new CountDownLatch(1);
    long before = done(nodes.two().position()).revision();
    try (AccessStore.Listening listening =
        nodes
            .two()
            .onNews(
                () ->
                    nodes
                        .two()
                        .position()
                        .thenAccept(
                            position -> {
                              if (position
                                  .map(p -> p.revision() > before)
                                  .equals(new Outcome.Done<>(true))) {
                                told.countDown();
                              }
                            }))) {
      done(nodes.one().place(Asks.one().request(HOUR)));
      assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(listening).isNotNull();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void node_frozenWithTheCounter_holdsOthersForSecondsAndNoLonger() {
    Handle frozen = nodes.one().database().jdbi().open();
    frozen.begin();
    frozen.execute("update feed_revision set n = n + 1 where one = 1");
    long start = System.nanoTime();

    Awaitility.await()
        .atMost(Duration.ofSeconds(12))
        .until(() -> outcome(nodes.two().place(Asks.one().request(HOUR))) instanceof Outcome.Done);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    long counter = nodes.count("select n from feed_revision");
    assertThat(nodes.count("select count(*) from outbox")).isEqualTo(counter);
  }
}
