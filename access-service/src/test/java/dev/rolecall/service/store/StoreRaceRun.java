package dev.rolecall.service.store;

import static dev.rolecall.service.store.AccessStoreContract.ANN;
import static dev.rolecall.service.store.AccessStoreContract.BOB;
import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.store.Refusal.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Races of two nodes at one PostgreSQL, a tenth of the long form by default: -Drolecall.races=10
 * multiplies.
 */
class StoreRaceRun {

  private static final int TIMES = Integer.getInteger("rolecall.races", 1);
  private static TwoNodes nodes;

  @BeforeAll
  static void open() {
    nodes = new TwoNodes(PostgresServer.shared());
  }

  @AfterAll
  static void close() {
    if (nodes != null) {
      nodes.close();
    }
  }

  @Test
  void review_twoReviewersAtTwoNodes_makeExactlyOneGrant_I8() {
    for (int race = 0; race < 30 * TIMES; race++) {
      int quorum = 1 + race % 2;
      AccessRequest request = done(nodes.one().place(Asks.one().quorum(quorum).request(HOUR)));

      CompletionStage<Outcome<AccessRequest>> ann =
          nodes.one().review(approval(request.id(), ANN), review -> true);
      CompletionStage<Outcome<AccessRequest>> bob =
          nodes.two().review(approval(request.id(), BOB), review -> true);

      long approved = List.of(ann, bob).stream().filter(each -> isDone(each)).count();
      assertThat(approved).isEqualTo(quorum);
      assertThat(grantsOf(request)).isEqualTo(1);
    }
  }

  @Test
  void review_samePersonAtTwoNodes_hasOneVote_I8() {
    for (int race = 0; race < 10 * TIMES; race++) {
      AccessRequest request = done(nodes.one().place(Asks.one().quorum(2).request(HOUR)));

      CompletionStage<Outcome<AccessRequest>> first =
          nodes.one().review(approval(request.id(), ANN), review -> true);
      CompletionStage<Outcome<AccessRequest>> second =
          nodes
              .two()
              .review(
                  approval(request.id(), Asks.person("ann", "Auditor", "AROAAUDITOR000001")),
                  review -> true);

      assertThat(List.of(first, second).stream().filter(each -> isDone(each)).count()).isEqualTo(1);
      assertThat(grantsOf(request)).isZero();
    }
  }

  @Test
  void review_againstTheDeadline_isNeverBoth_I12() {
    int approved = 0;
    int lapsed = 0;
    for (int race = 0; race < 40 * TIMES; race++) {
      AccessRequest request =
          done(nodes.one().place(Asks.one().pendingFor(Duration.ofMillis(30)).request(HOUR)));
      int delay = race % 40;
      CompletableFuture<Outcome<AccessRequest>> review =
          CompletableFuture.supplyAsync(
                  () -> nodes.one().review(approval(request.id(), ANN), each -> true),
                  CompletableFuture.delayedExecutor(
                      delay, TimeUnit.MILLISECONDS, task -> new Thread(task).start()))
              .thenCompose(stage -> stage);
      awaitLapseOrReview(request, review);

      boolean isApproved = isDone(review);
      assertThat(grantsOf(request)).isEqualTo(isApproved ? 1 : 0);
      assertThat(events(request, "request.approved")).isEqualTo(isApproved ? 1 : 0);
      assertThat(events(request, "request.lapsed")).isEqualTo(isApproved ? 0 : 1);
      approved += isApproved ? 1 : 0;
      lapsed += isApproved ? 0 : 1;
    }
    assertThat(approved).isPositive();
    assertThat(lapsed).isPositive();
  }

  private static void awaitLapseOrReview(
      AccessRequest request, CompletableFuture<Outcome<AccessRequest>> review) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    do {
      done(nodes.two().sweep());
    } while (!(review.isDone()
            && !done(nodes.one().request(request.id())).isPending()
            && (isDone(review) || events(request, "request.lapsed") == 1))
        && System.nanoTime() < end);
  }

  @Test
  void place_sameKeyAtTwoNodes_isOneRequest_I13() {
    for (int race = 0; race < 30 * TIMES; race++) {
      Asks asks = Asks.one();
      CompletionStage<Outcome<AccessRequest>> one = nodes.one().place(asks.keyed(HOUR, "k"));
      CompletionStage<Outcome<AccessRequest>> two = nodes.two().place(asks.keyed(HOUR, "k"));

      assertThat(done(one).id()).isEqualTo(done(two).id());
      assertThat(requestsOf(asks)).isEqualTo(1);
    }
  }

  @Test
  void place_sameKeyOtherContentAtTwoNodes_isRefusedOnce_I13() {
    for (int race = 0; race < 30 * TIMES; race++) {
      Asks asks = Asks.one();
      CompletionStage<Outcome<AccessRequest>> first = nodes.one().place(asks.keyed(HOUR, "k"));
      CompletionStage<Outcome<AccessRequest>> second =
          nodes.two().place(asks.keyed(HOUR.plusMinutes(1), "k"));

      List<Optional<Reason>> reasons = List.of(reason(outcome(first)), reason(outcome(second)));
      assertThat(reasons)
          .containsExactlyInAnyOrder(Optional.empty(), Optional.of(Reason.KEY_REUSED));
      assertThat(requestsOf(asks)).isEqualTo(1);
    }
  }

  @Test
  void breakGlass_atTwoNodes_isGrantedOnce_I17() {
    for (int race = 0; race < 10 * TIMES; race++) {
      Asks asks = Asks.one();
      CompletionStage<Outcome<AccessRequest>> one = nodes.one().place(asks.breakGlass(HOUR));
      CompletionStage<Outcome<AccessRequest>> two = nodes.two().place(asks.breakGlass(HOUR));

      assertThat(List.of(reason(outcome(one)), reason(outcome(two))))
          .containsExactlyInAnyOrder(Optional.empty(), Optional.of(Reason.POST_REVIEW_OPEN));
      assertThat(requestsOf(asks)).isEqualTo(1);
    }
  }

  @Test
  void extend_againstRevoke_neverReopens_I7() {
    for (int race = 0; race < 20 * TIMES; race++) {
      Asks asks = Asks.one();
      AccessRequest request = done(nodes.one().place(asks.request(HOUR)));
      String grant =
          done(nodes.one().review(approval(request.id(), ANN), review -> true))
              .standing()
              .grantId()
              .orElseThrow();
      AccessRequest extension =
          done(nodes.one().place(asks.extension(grant, HOUR.multipliedBy(2))));

      CompletionStage<Outcome<AccessRequest>> extended =
          nodes.two().review(approval(extension.id(), BOB), review -> true);
      done(nodes.one().revoke(grant, ANN, Optional.empty()));
      outcome(extended);

      assertThat(done(nodes.two().grant(grant)).isRevoked()).isTrue();
    }
  }

  @Test
  void revisions_ofEightWritersAtTwoNodes_haveNoGap_I1() throws SQLException {
    List<CompletionStage<Outcome<AccessRequest>>> work = new ArrayList<>();
    for (int round = 0; round < 20 * TIMES; round++) {
      IntStream.range(0, 8)
          .forEach(
              writer ->
                  work.add(
                      (writer % 2 == 0 ? nodes.one() : nodes.two())
                          .place(Asks.one().request(HOUR))));
      killAWriter();
      work.forEach(Asks::done);
      work.clear();
    }

    long counter = nodes.count("select n from feed_revision");
    assertThat(counter).isGreaterThanOrEqualTo(160L * TIMES);
    assertThat(nodes.count("select count(*) from outbox")).isEqualTo(counter);
    assertThat(nodes.count("select max(revision) from outbox")).isEqualTo(counter);
    assertThat(nodes.count("select count(*) from access_request where revision is null")).isZero();
    assertThat(nodes.count("select count(*) from access_grant where revision is null")).isZero();
  }

  /** Holds the counter in a transaction, and is ended by the server there. */
  private static void killAWriter() throws SQLException {
    try (Connection victim = PostgresServer.shared().connect(nodes.database());
        Statement statement = victim.createStatement()) {
      victim.setAutoCommit(false);
      int process;
      try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
        row.next();
        process = row.getInt(1);
      }
      statement.execute("update feed_revision set n = n + 1 where one = 1");
      PostgresServer.shared()
          .execute(nodes.database(), "select pg_terminate_backend(" + process + ")");
    }
  }

  private static boolean isDone(CompletionStage<Outcome<AccessRequest>> stage) {
    return outcome(stage) instanceof Outcome.Done;
  }

  private static Optional<Reason> reason(Outcome<AccessRequest> outcome) {
    return outcome.fold(
        done -> Optional.empty(),
        refusal -> Optional.of(refusal.reason()),
        outage -> {
          throw new AssertionError(outage);
        });
  }

  private static long grantsOf(AccessRequest request) {
    return nodes.count(
        "select count(*) from access_grant where request_id = '" + request.id() + "'");
  }

  private static long requestsOf(Asks asks) {
    return nodes.count(
        "select count(*) from access_request where requester_party = '"
            + asks.requester().party()
            + "'");
  }

  private static long events(AccessRequest request, String kind) {
    return nodes.count(
        "select count(*) from outbox where ref = '" + request.id() + "' and kind = '" + kind + "'");
  }
}
