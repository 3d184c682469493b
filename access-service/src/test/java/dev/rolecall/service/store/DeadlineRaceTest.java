package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Deadlines that pass while a transition waits for another, which then takes itself back. */
class DeadlineRaceTest {

  private static final Duration SOON = Duration.ofMillis(700);
  private static final Subject LEE = Asks.person("lee", "Lead", "AROALEAD000000001");

  @Test
  void deadlinesThatPassDuringTheWaitForARow_count_I5() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    try (TwoNodes nodes = new TwoNodes(server);
        Connection other = server.connect(nodes.database());
        Statement statement = other.createStatement()) {
      AccessStore store = nodes.one();
      AccessGrant revoked = granted(store, Duration.ofSeconds(1));
      AccessGrant extended = granted(store, Duration.ofSeconds(1));
      AccessRequest extension = extensionOf(store, extended);
      AccessRequest pending = done(store.place(Asks.one().pendingFor(SOON).request(HOUR)));
      other.setAutoCommit(false);
      // Not for update alone: a change that is taken back, as of a refused review.
      statement.execute(
          "update access_request set state = state where id = '" + pending.id() + "'");
      statement.execute(
          "update access_grant set state = state where id in ('"
              + revoked.id()
              + "', '"
              + extended.id()
              + "')");

      CompletionStage<Outcome<AccessRequest>> late =
          store.review(approval(pending.id(), LEE), review -> true);
      CompletionStage<Outcome<AccessRequest>> lateExtension =
          store.review(approval(extension.id(), LEE), review -> true);
      CompletionStage<Outcome<AccessGrant>> lateEnd =
          store.revoke(revoked.id(), LEE, Optional.empty());
      Awaitility.await()
          .until(
              () ->
                  nodes.count(
                          "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                              + " and datname = current_database()")
                      == 3);
      Awaitility.await()
          .until(
              () ->
                  nodes.count(
                          "select count(*) from access_grant where ends_at >"
                              + " extract(epoch from clock_timestamp()) * 1000")
                      == 0);
      other.rollback();

      assertThat(refused(late)).isEqualTo(Refusal.Reason.REQUEST_NOT_PENDING);
      assertThat(refused(lateExtension)).isEqualTo(Refusal.Reason.GRANT_ENDED);
      assertThat(refused(lateEnd)).isEqualTo(Refusal.Reason.GRANT_ENDED);
    }
  }

  private static AccessGrant granted(AccessStore store, Duration duration) {
    AccessRequest request = done(store.place(Asks.one().request(duration)));
    AccessRequest approved = done(store.review(approval(request.id(), LEE), review -> true));
    return done(store.grant(approved.standing().grantId().orElseThrow()));
  }

  private static AccessRequest extensionOf(AccessStore store, AccessGrant grant) {
    return done(store.place(Asks.of(grant).extension(grant.id(), HOUR)));
  }
}
