package dev.rolecall.service.store;

import static dev.rolecall.service.store.AccessStoreContract.ANN;
import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.outcome;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.store.internal.sql.SqlStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder, the clock and the queue of SQLite. */
class SqliteStoreTest {

  private final ManualTime time = new ManualTime();
  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private AccessRuntime runtime() {
    return AccessRuntime.builder()
        .clock(time)
        .ticker(time::nanos)
        .scheduler(new ManualScheduler())
        .build();
  }

  private AccessStore open(Path data) {
    return SqliteStore.in(data).open(runtime());
  }

  private static String grant(AccessStore store, Duration duration) {
    AccessRequest request = done(store.place(Asks.one().request(duration)));
    return done(store.review(approval(request.id(), ANN), review -> true))
        .standing()
        .grantId()
        .orElseThrow();
  }

  @Test
  void clock_steppedBack_revivesNothing_andTimeGoesOn_I4() {
    try (AccessStore store = open(data())) {
      String ended = grant(store, Duration.ofMinutes(10));
      String open = grant(store, HOUR);
      time.advance(Duration.ofMinutes(10));
      assertThat(done(store.grant(ended)).state()).isEqualTo(GrantState.EXPIRED);

      time.setClock(ManualTime.START.minus(Duration.ofHours(2)));

      assertThat(done(store.grant(ended)).state()).isEqualTo(GrantState.EXPIRED);
      time.advance(Duration.ofMinutes(49));
      assertThat(done(store.grant(open)).state()).isEqualTo(GrantState.ACTIVE);
      time.advance(Duration.ofMinutes(1));
      assertThat(done(store.grant(open)).state()).isEqualTo(GrantState.EXPIRED);
    }
  }

  @Test
  void clock_steppedBackAcrossARestart_goesOnFromTheLastChange_I4() {
    String ended;
    try (AccessStore store = open(data())) {
      ended = grant(store, Duration.ofMinutes(10));
      time.advance(Duration.ofMinutes(11));
      grant(store, HOUR);
    }
    time.setClock(ManualTime.START.minus(Duration.ofHours(2)));

    try (AccessStore store = open(data())) {
      assertThat(done(store.grant(ended)).state()).isEqualTo(GrantState.EXPIRED);
      assertThat(refused(store.revoke(ended, ANN, AccessStoreContract.WHY)))
          .isEqualTo(Refusal.Reason.GRANT_ENDED);
    }
  }

  @Test
  void open_folderInUse_isRefused_andMayBeRetried() {
    try (AccessStore store = open(data())) {
      assertThatThrownBy(() -> open(data()))
          .isInstanceOfSatisfying(
              StoreNotOpenedException.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining("in use by another process");
      assertThat(done(store.position()).revision()).isZero();
    }
    open(data()).close();
  }

  @Test
  void open_folderThatOthersMayRead_isRefused() throws IOException {
    Files.createDirectory(
        data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));

    assertThatThrownBy(() -> open(data()))
        .isInstanceOf(StoreNotOpenedException.class)
        .hasMessageContaining("rwxr-x---")
        .hasMessageContaining("chmod 700");
  }

  @Test
  void open_newFolder_isItsOwnersAlone() throws IOException {
    open(data()).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
        .isEqualTo("rwx------");
  }

  @Test
  void open_afterAKill_removesWhatTheDriverLeft() throws IOException {
    open(data()).close();
    Path left = Files.writeString(data().resolve("tmp").resolve("sqlite-3-x-sqlitejdbc.so"), "x");

    open(data()).close();

    assertThat(left).doesNotExist();
  }

  @Test
  void open_fileThatIsNoDatabase_isRefused() throws IOException {
    open(data()).close();
    Files.writeString(data().resolve("access.db"), "not a database, and long enough to be one");

    assertThatThrownBy(() -> open(data())).isInstanceOf(StoreNotOpenedException.class);
  }

  @Test
  void open_schemaOfANewerProgram_isRefused() throws SQLException {
    open(data()).close();
    execute(
        data().resolve("access.db"),
        "insert into rolecall_schema_history select 99, '99', 'later', type, 'V99__later.sql',"
            + " checksum, installed_by, installed_on, execution_time, success"
            + " from rolecall_schema_history where installed_rank = 1");

    assertThatThrownBy(() -> open(data()))
        .isInstanceOf(StoreNotOpenedException.class)
        .hasMessageContaining("version 99 is newer than this program");
  }

  @Test
  void settings_ofTheConnection_areThoseThatKeepWhatIsAcknowledged_I3() {
    try (AccessStore store = open(data())) {
      assertThat(setting(store, "journal_mode")).isEqualTo("wal");
      assertThat(setting(store, "synchronous")).isEqualTo("2");
      assertThat(setting(store, "foreign_keys")).isEqualTo("1");
    }
  }

  private static String setting(AccessStore store, String name) {
    return ((SqlStore) store)
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery("pragma " + name).mapTo(String.class).one());
  }

  @Test
  void work_beyondTheQueue_isOverload_andNeverARefusal() throws InterruptedException {
    try (AccessStore store = open(data())) {
      AccessRequest request = done(store.place(Asks.one().quorum(2).request(HOUR)));
      CountDownLatch working = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      CompletionStage<Outcome<AccessRequest>> slow =
          store.review(
              approval(request.id(), ANN),
              review -> {
                working.countDown();
                await(release);
                return true;
              });
      working.await();
      List<CompletionStage<Outcome<Position>>> asked = new ArrayList<>();
      for (int i = 0; i < 1001; i++) {
        asked.add(store.position());
      }

      assertThat(outcome(asked.get(1000)))
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              each -> assertThat(each.outage().kind()).isEqualTo(Outage.Kind.OVERLOADED));
      release.countDown();
      assertThat(outcome(slow)).isInstanceOf(Outcome.Done.class);
      assertThat(outcome(asked.get(999))).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void endOfAccess_isHeldUpByNoOtherWork() throws InterruptedException {
    try (AccessStore store = open(data())) {
      String revoked = grant(store, HOUR);
      AccessRequest request = done(store.place(Asks.one().quorum(2).request(HOUR)));
      CountDownLatch working = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      var slow =
          store.review(
              approval(request.id(), ANN),
              review -> {
                working.countDown();
                await(release);
                return true;
              });
      working.await();
      List<CompletionStage<Outcome<Position>>> asked = new ArrayList<>();
      for (int i = 0; i < 1001; i++) {
        asked.add(store.position());
      }
      var read = store.grant(revoked);
      var ended = store.revoke(revoked, ANN, AccessStoreContract.WHY);
      var listed = store.keys().list();
      release.countDown();

      assertThat(done(read).id()).isEqualTo(revoked);
      assertThat(done(ended).isRevoked()).isTrue();
      assertThat(done(listed)).isEmpty();
      assertThat(outcome(asked.get(999))).isInstanceOf(Outcome.Done.class);
      assertThat(outcome(slow)).isInstanceOf(Outcome.Done.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void work_afterTheEnd_isClosed() {
    AccessStore store = open(data());
    store.close();

    assertThat(outcome(store.position()))
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            each -> assertThat(each.outage().kind()).isEqualTo(Outage.Kind.CLOSED));
  }

  @Test
  void predicate_thatThrows_isADefect_andChangesNothing() {
    try (AccessStore store = open(data())) {
      AccessRequest request = done(store.place(Asks.one().request(HOUR)));

      assertThat(
              store.review(
                  approval(request.id(), ANN),
                  review -> {
                    throw new IllegalStateException("a defect");
                  }))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("a defect");
      assertThat(done(store.request(request.id()))).isEqualTo(request);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
