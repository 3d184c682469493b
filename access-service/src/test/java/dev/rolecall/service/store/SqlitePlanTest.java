package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.store.internal.sql.SqlStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.testsupport.ManualScheduler;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that run often, and must not read the whole history. */
class SqlitePlanTest {

  private final List<String> statements = new CopyOnWriteArrayList<>();
  private AccessRuntime runtime;
  private AccessStore store;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    runtime = AccessRuntime.builder().scheduler(new ManualScheduler()).build();
    store = SqliteStore.in(folder.resolve("data")).open(runtime);
    ((SqlStore) store)
        .database()
        .jdbi()
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                statements.add(context.getParsedSql().getSql());
              }
            });
  }

  @AfterEach
  void close() {
    store.close();
    runtime.close();
  }

  @Test
  void outbox_takenAndCounted_readsTheLastDayAlone() throws SQLException {
    assertThat(plan("outbox", () -> store.outbox().take(20, HOUR)))
        .contains("SEARCH outbox USING INDEX outbox_waiting (at_ms>?)")
        .noneMatch(step -> step.contains("SCAN outbox") || step.contains("TEMP B-TREE"));
    assertThat(plan("outbox", store::statistics))
        .contains("SEARCH outbox USING INDEX outbox_waiting (at_ms>?)")
        .noneMatch(step -> step.contains("SCAN outbox"));
  }

  @Test
  void lists_ofAParty_readItsRowsAlone() throws SQLException {
    for (Set<RequestState> states :
        List.of(Set.<RequestState>of(), Set.of(RequestState.APPROVED))) {
      RequestFilter own =
          new RequestFilter(states, Optional.of("corp/ana"), Set.of(), false, request -> true);
      assertThat(plan("access_request", () -> store.requests(own, PageKey.first(50))))
          .filteredOn(step -> step.contains("access_request"))
          .anyMatch(step -> step.contains("access_request_requester (requester_party=?"))
          .anyMatch(step -> step.contains("access_request_beneficiary (beneficiary_party=?"))
          .allMatch(step -> step.contains("_party=?"));
    }
    for (Set<GrantState> states :
        List.of(Set.<GrantState>of(), Set.of(GrantState.EXPIRED, GrantState.REVOKED))) {
      GrantFilter own =
          new GrantFilter(states, Set.of(), Optional.of("corp/ana"), Set.of(), grant -> true);
      assertThat(plan("access_grant", () -> store.grants(own, PageKey.first(50))))
          .filteredOn(step -> step.contains("access_grant"))
          .anyMatch(step -> step.contains("access_grant_holder (holder_party=?"))
          .anyMatch(step -> step.contains("access_grant_requester (requester_party=?"))
          .allMatch(step -> step.contains("_party=?"));
    }
  }

  @Test
  void lists_ofWhatIsOpen_readThatAlone() throws SQLException {
    RequestFilter pending =
        new RequestFilter(
            Set.of(RequestState.PENDING), Optional.of("corp/ana"), Set.of(), false, each -> true);
    GrantFilter open =
        new GrantFilter(
            Set.of(GrantState.SCHEDULED, GrantState.ACTIVE),
            Set.of(),
            Optional.of("corp/ana"),
            Set.of(),
            grant -> true);

    assertThat(plan("access_request", () -> store.requests(pending, PageKey.first(50))))
        .filteredOn(step -> step.contains("access_request"))
        .isNotEmpty()
        .allMatch(step -> step.contains("access_request_state (state=?"));
    assertThat(plan("access_grant", () -> store.grants(open, PageKey.first(50))))
        .filteredOn(step -> step.contains("access_grant"))
        .isNotEmpty()
        .allMatch(step -> step.contains("access_grant_state (state=?"));
  }

  @Test
  void requests_thatWait_areReadWithoutTheOthers() throws SQLException {
    RequestFilter waiting =
        new RequestFilter(Set.of(), Optional.empty(), Set.of(), true, request -> true);

    assertThat(plan("access_request", () -> store.requests(waiting, PageKey.first(50))))
        .contains(
            "SEARCH access_request USING INDEX sqlite_autoindex_access_request_1 (id=?)",
            "SEARCH access_request USING INDEX access_request_state (state=?)")
        .noneMatch(step -> step.contains("access_request_newest"));
  }

  @Test
  void events_searched_passOverAStretchOfRevisions_andThoseOfOneThingGoByItsIndex()
      throws SQLException {
    EventSearch search =
        new EventSearch(
            Optional.of("ana"),
            Optional.of("grant."),
            Optional.of("ops"),
            Optional.of(Instant.ofEpochSecond(1)),
            Optional.of(Instant.ofEpochSecond(2)));
    done(store.place(Asks.one().request(HOUR)));
    for (boolean newestFirst : List.of(true, false)) {
      EventFilter all = new EventFilter(0, Optional.empty(), Optional.empty(), search, newestFirst);
      assertThat(plan("outbox", () -> store.events(all, PageKey.first(50))))
          .contains(
              "SEARCH outbox USING INDEX sqlite_autoindex_outbox_1 (revision>? AND revision<?)")
          .noneMatch(step -> step.contains("SCAN outbox") || step.contains("TEMP B-TREE"));
      EventFilter ofOne =
          new EventFilter(0, Optional.of("r-01"), Optional.empty(), search, newestFirst);
      assertThat(plan("outbox", () -> store.events(ofOne, PageKey.first(50))))
          .anyMatch(step -> step.contains("outbox_ref (ref=?"))
          .anyMatch(step -> step.contains("outbox_grant (grant_id=?"))
          .noneMatch(step -> step.contains("SCAN outbox"));
    }
  }

  /** The steps of all statements of a call that name the table. */
  private <T> List<String> plan(String table, Supplier<CompletionStage<Outcome<T>>> call)
      throws SQLException {
    statements.clear();
    assertThat(done(call.get())).isNotNull();
    List<String> asked = List.copyOf(statements);
    List<String> steps = new ArrayList<>();
    ((SqlStore) store)
        .database()
        .jdbi()
        .useHandle(
            handle -> {
              for (String each : asked) {
                if (each.contains(table)) {
                  // Parameters that are not bound are null: the plan does not go by their values.
                  try (var statement =
                          handle.getConnection().prepareStatement("explain query plan " + each);
                      var rows = statement.executeQuery()) {
                    while (rows.next()) {
                      steps.add(rows.getString("detail"));
                    }
                  }
                }
              }
            });
    return steps;
  }
}
