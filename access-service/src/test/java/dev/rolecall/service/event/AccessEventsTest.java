package dev.rolecall.service.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.Statistics;
import dev.rolecall.service.store.internal.sql.SqlStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The webhook, the audit trail and the metrics. */
class AccessEventsTest {

  private static final WebhookSecret SECRET = WebhookSecret.of("0123456789abcdef0123456789abcdef");
  private static final Subject ANN =
      new Subject("arn:aws:iam::111122223333:role/Lead", Optional.empty(), Optional.of("corp/ann"));

  private final RecordedTelemetry telemetry = new RecordedTelemetry();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final List<String> audit = new CopyOnWriteArrayList<>();
  private AccessRuntime runtime;
  private AccessStore store;
  private HttpServer receiver;
  @TempDir Path folder;

  /** A message as the receiver sees it. */
  private record Posted(String event, String timestamp, String signature, String body) {}

  @BeforeEach
  void start() throws IOException {
    runtime = AccessRuntime.builder().openTelemetry(telemetry.telemetry()).build();
    store = SqliteStore.in(folder.resolve("data")).open(runtime);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          posted.add(
              new Posted(
                  exchange.getRequestHeaders().getFirst("rolecall-event"),
                  exchange.getRequestHeaders().getFirst("rolecall-timestamp"),
                  exchange.getRequestHeaders().getFirst("rolecall-signature"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          Integer status = answers.poll();
          exchange.sendResponseHeaders(status == null ? 204 : status, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    store.close();
    receiver.stop(0);
    runtime.close();
  }

  private Webhook webhook() {
    return Webhook.to(
        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"), SECRET);
  }

  private AccessEvents events() {
    AccessEvents events = AccessEvents.start(store, runtime, Optional.of(webhook()), audit::add);
    assertThat(events.awaitFirst(Duration.ofSeconds(10))).isTrue();
    return events;
  }

  private AccessLock lock(String person) {
    return store
        .lock(
            new NewLock(
                LockTarget.person(person),
                AccessLock.Limits.NONE,
                ANN,
                Optional.of(FreeText.of("left <!channel> & @here"))))
        .toCompletableFuture()
        .join()
        .fold(
            value -> value,
            refusal -> {
              throw new AssertionError(refusal);
            },
            outage -> {
              throw new AssertionError(outage);
            });
  }

  @Test
  void webhook_ofAnEvent_isSignedAndEscaped() {
    try (AccessEvents running = events()) {
      lock("corp/eve");
      Awaitility.await().until(() -> posted.size() == 1);

      Posted message = posted.get(0);
      assertThat(message.signature())
          .isEqualTo("v1=" + SECRET.sign(message.timestamp() + "." + message.body()));
      assertThat(message.event()).endsWith(":1");
      assertThat(message.body())
          .startsWith(
              "{\"text\":\"corp/ann locked all access for corp/eve: left &lt;!channel&gt; &amp;"
                  + " @\\u200Bhere (lock-")
          .contains("\"kind\":\"lock.locked\"", "\"person\":\"corp/ann\"");
      assertThat(running).isNotNull();
    }
  }

  @Test
  void webhook_answeringAnError_getsTheEventAgain_andThenNoMore() {
    answers.add(500);
    try (AccessEvents running = events()) {
      lock("corp/eve");
      Awaitility.await().until(() -> posted.size() == 1);
      lock("corp/fay");
      Awaitility.await().until(() -> posted.size() == 3);

      assertThat(posted)
          .extracting(each -> each.event().split(":", -1)[1])
          .containsExactly("1", "1", "2");
      Awaitility.await()
          .until(() -> telemetry.sum("rolecall.access.webhook.deliveries{result=accepted}") == 2);
      assertThat(telemetry.sum("rolecall.access.webhook.deliveries{result=failed}")).isEqualTo(1);
      assertThat(running).isNotNull();
    }
  }

  @Test
  void webhook_refusingOneEvent_getsTheOnesAfterIt() {
    answers.add(400);
    try (AccessEvents running = events()) {
      lock("corp/eve");
      lock("corp/fay");

      Awaitility.await().until(() -> posted.size() == 2);
      assertThat(posted)
          .extracting(each -> each.event().split(":", -1)[1])
          .containsExactly("1", "2");
      assertThat(running).isNotNull();
    }
  }

  @Test
  void outbox_withoutAWebhook_hasNothingThatWaits() {
    lock("corp/eve");
    try (AccessMetrics silent = new AccessMetrics(store, telemetry.telemetry(), false);
        AccessMetrics delivering = new AccessMetrics(store, telemetry.telemetry(), true)) {
      // One after the other: the store in a folder has one thread for both.
      silent.refresh();
      delivering.refresh();
      Awaitility.await().until(() -> delivering.newest().lag().waiting() == 1);

      assertThat(silent.newest().lag()).isEqualTo(Statistics.NONE.lag());
    }
  }

  /** Receivers would take an event of the old epoch for a repetition of another one. */
  @Test
  void event_afterARestore_isToldUnderTheNewEpoch() {
    try (AccessEvents running = events()) {
      lock("corp/eve");
      Awaitility.await().until(() -> audit.size() == 1 && posted.size() == 1);
      String old = posted.get(0).event().split(":", -1)[0];
      String restored =
          store
              .beginHistory(old)
              .toCompletableFuture()
              .join()
              .fold(Position::epoch, refusal -> "refused", outage -> "away");

      // The first may be told by what began before.
      Awaitility.await()
          .until(
              () -> {
                lock("corp/fay");
                return posted.stream().anyMatch(each -> each.event().startsWith(restored + ":"))
                    && audit.stream().anyMatch(line -> line.contains("\"uid\":\"" + restored));
              });
      assertThat(restored).startsWith("epoch-").isNotEqualTo(old);
      assertThat(running).isNotNull();
    }
  }

  /** A node that runs beside newer ones tells of their events, and of those after them. */
  @Test
  void event_ofAKindOfANewerNode_stopsNothing() {
    try (AccessEvents running = events()) {
      lock("corp/eve");
      Awaitility.await().until(() -> !audit.isEmpty() && posted.size() == 1);
      ((SqlStore) store)
          .database()
          .jdbi()
          .useTransaction(
              transaction -> {
                transaction.execute("update feed_revision set n = 2");
                transaction.execute(
                    "insert into outbox (revision, kind, ref, at_ms, body, taken_until)"
                        + " select 2, 'request.escalated', 'request-1', max(at_ms), '{}', 0"
                        + " from outbox");
              });
      lock("corp/fay");

      Awaitility.await().until(() -> audit.size() == 3 && posted.size() == 3);
      assertThat(audit.get(1)).contains("\"activity_name\":\"request.escalated\"");
      assertThat(posted.get(1).body()).contains("\"kind\":\"request.escalated\"");
      Awaitility.await().until(() -> telemetry.sum("rolecall.access.events{kind=other}") == 1);
      assertThat(running).isNotNull();
    }
  }

  @Test
  void audit_thatADefectHoldsUp_isCounted() {
    lock("corp/eve");
    try (AccessEvents running = events()) {
      Awaitility.await().until(() -> posted.size() == 1);
      ((SqlStore) store)
          .database()
          .jdbi()
          .useTransaction(
              transaction -> {
                transaction.execute("update feed_revision set n = 2");
                transaction.execute(
                    "insert into outbox (revision, kind, ref, actor, at_ms, body, taken_until)"
                        + " select 2, 'lock.locked', 'lock-1', 'no JSON', max(at_ms), '{}', 0"
                        + " from outbox");
              });

      Awaitility.await()
          .until(() -> telemetry.sum("rolecall.task.failures{task=access_audit}") >= 1);
      assertThat(audit).isEmpty();
      assertThat(running).isNotNull();
    }
  }

  @Test
  void audit_ofEachEvent_isOneOcsfLine() {
    try (AccessEvents running = events()) {
      lock("corp/eve");
      Awaitility.await().until(() -> !audit.isEmpty());

      assertThat(audit.get(0))
          .contains(
              "\"class_uid\":3001",
              "\"activity_id\":9",
              "\"type_uid\":300109",
              "\"user\":{\"name\":\"corp/eve\"",
              "\"version\":\"1.8.0\"")
          .doesNotContain("\n");
      assertThat(running).isNotNull();
    }
  }
}
