package dev.rolecall.service.store;

import static dev.rolecall.service.store.AccessStoreContract.ANN;
import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.store.sqlite.SqliteBackup;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.service.store.transfer.InvalidExportException;
import dev.rolecall.service.store.transfer.StoreTransfer;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, exports and imports. */
class StoreCopiesTest {

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
  void backup_whileTheStoreIsOpen_isRestoredWithANewEpoch() throws IOException {
    Path copy = folder.resolve("copy.db");
    Path restored = folder.resolve("restored");
    String grant;
    Position position;
    try (AccessStore store = open(data())) {
      grant = grant(store, HOUR);
      position = done(store.position());
      SqliteBackup.backup(data(), copy);
      assertThatThrownBy(() -> SqliteBackup.backup(data(), copy))
          .hasMessageContaining("name of a new file");
    }
    SqliteBackup.restore(copy, restored);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    try (AccessStore store = open(restored)) {
      assertThat(done(store.grant(grant)).state()).isEqualTo(GrantState.ACTIVE);
      assertThat(done(store.position()).revision()).isEqualTo(position.revision());
      assertThat(done(store.position()).epoch()).isNotEqualTo(position.epoch());
    }
    assertThatThrownBy(() -> SqliteBackup.restore(copy, restored))
        .hasMessageContaining("has a store");
  }

  @Test
  void restore_ofAFileThatIsNoBackup_isRefused_andLeavesNoStore() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no backup");

    assertThatThrownBy(() -> SqliteBackup.restore(file, folder.resolve("restored")))
        .isInstanceOf(StoreNotOpenedException.class);
    assertThat(folder.resolve("restored").resolve("access.db")).doesNotExist();
  }

  @Test
  void export_imported_isTheSameStoreUnderANewEpoch() throws IOException {
    Path file = folder.resolve("export");
    String grant;
    try (AccessStore store = open(data())) {
      grant = grant(store, HOUR);
      done(
          store
              .keys()
              .add(
                  new StoredKey(
                      "k", "ES256", "{}", "sealed", SigningKeyState.CURRENT, ManualTime.START),
                  Optional.empty()));
    }
    long rows = StoreTransfer.exportTo(file, SqliteStore.in(data()), runtime());
    assertThatThrownBy(() -> StoreTransfer.exportTo(file, SqliteStore.in(data()), runtime()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
    SqliteStore target = SqliteStore.in(folder.resolve("target"));

    assertThat(StoreTransfer.importFrom(file, target, runtime())).isEqualTo(rows);
    try (AccessStore before = open(data());
        AccessStore after = target.open(runtime())) {
      assertThat(done(after.grant(grant))).isEqualTo(done(before.grant(grant)));
      assertThat(done(after.events(EventFilter.ALL, PageKey.first(100))))
          .isEqualTo(done(before.events(EventFilter.ALL, PageKey.first(100))));
      assertThat(done(after.position()).revision()).isEqualTo(done(before.position()).revision());
      assertThat(done(after.position()).epoch()).isNotEqualTo(done(before.position()).epoch());
    }
    assertThatThrownBy(() -> StoreTransfer.importFrom(file, target, runtime()))
        .isInstanceOf(InvalidExportException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void beginEpoch_keepsAllButTheEpoch_andIsRefusedWhileTheStoreIsOpen() {
    StoreSource source = SqliteStore.in(data());
    Position before;
    try (AccessStore store = open(data())) {
      grant(store, HOUR);
      before = done(store.position());
      assertThatThrownBy(() -> StoreTransfer.beginEpoch(source, runtime()))
          .isInstanceOf(StoreNotOpenedException.class);
    }

    String epoch = StoreTransfer.beginEpoch(source, runtime());

    assertThat(epoch).isNotEqualTo(before.epoch());
    try (AccessStore store = open(data())) {
      assertThat(done(store.position()).epoch()).isEqualTo(epoch);
      assertThat(done(store.position()).revision()).isEqualTo(before.revision());
    }
  }

  @Test
  void import_ofABrokenFile_isRefused_andLeavesTheStoreEmpty() throws IOException {
    try (AccessStore store = open(data())) {
      grant(store, HOUR);
    }
    Path file = folder.resolve("export");
    StoreTransfer.exportTo(file, SqliteStore.in(data()), runtime());
    List<String> lines = Files.readAllLines(file);
    List<List<String>> broken =
        List.of(
            List.of(),
            List.of("{}"),
            lines.subList(0, lines.size() - 1),
            lines.subList(1, lines.size()),
            replaced(lines, "\"version\":1", "\"version\":2"),
            replaced(lines, "\"table\":\"outbox\"", "\"table\":\"sqlite_master\""),
            replaced(lines, "\"ref\":", "\"ref) values (1); --\":"),
            replaced(lines, "{\"table\":\"outbox\"", "[\"outbox\""));
    SqliteStore target = SqliteStore.in(folder.resolve("target"));

    for (List<String> each : broken) {
      Files.write(file, each, StandardCharsets.UTF_8);
      assertThatThrownBy(() -> StoreTransfer.importFrom(file, target, runtime()))
          .isInstanceOf(InvalidExportException.class);
    }
    try (AccessStore store = target.open(runtime())) {
      assertThat(done(store.requests(RequestFilter.ALL, PageKey.first(10))).items()).isEmpty();
      assertThat(done(store.position()).revision()).isZero();
    }
  }

  private static List<String> replaced(List<String> lines, String from, String to) {
    assertThat(lines).anyMatch(line -> line.contains(from));
    return lines.stream().map(line -> line.replace(from, to)).toList();
  }
}
