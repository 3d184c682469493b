package dev.rolecall.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45.123Z");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("audit.jsonl");
  }

  @Test
  void records_areLinesOfTheFormatInOrder_afterWhatTheFileHadBefore() throws Exception {
    Files.writeString(file(), "{\"older\":1}\n");
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      log.record(of("a.B/D"));
    }
    assertThat(lines())
        .containsExactly("{\"older\":1}", OcsfJson.of(of("a.B/C")), OcsfJson.of(of("a.B/D")));
  }

  @Test
  void record_isOnTheDiskBeforeTheCloseToo() {
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      await().untilAsserted(() -> assertThat(lines()).hasSize(1));
    }
  }

  @Test
  void file_thatIsMadeHere_isItsOwnersAlone() throws Exception {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "modes need a POSIX file system");
    AuditLog.toFile(file()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void file_thatIsRenamed_isFollowedByANewOne() throws Exception {
    Path old = folder.resolve("audit.jsonl.1");
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      await().untilAsserted(() -> assertThat(lines()).hasSize(1));
      Files.move(file(), old);
      log.record(of("a.B/D"));
      await().until(() -> Files.exists(file()));
    }
    assertThat(Files.readAllLines(old)).containsExactly(OcsfJson.of(of("a.B/C")));
    assertThat(lines()).containsExactly(OcsfJson.of(of("a.B/D")));
  }

  @Test
  void file_thatAnotherStandsInForAfterARename_isWrittenThere() throws Exception {
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      await().untilAsserted(() -> assertThat(lines()).hasSize(1));
      Files.move(file(), folder.resolve("audit.jsonl.1"));
      Files.createFile(file());
      log.record(of("a.B/D"));
    }
    assertThat(lines()).containsExactly(OcsfJson.of(of("a.B/D")));
  }

  @Test
  void file_thatEndsInsideALine_isWrittenFromTheNextLineOn() throws Exception {
    Files.writeString(file(), "{\"cut\":");
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
    }
    assertThat(lines()).containsExactly("{\"cut\":", OcsfJson.of(of("a.B/C")));
  }

  @Test
  void record_thatCannotBeWritten_isCountedLoggedAndToldInTheFile() throws Exception {
    AtomicLong lost = new AtomicLong();
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Path file = gone.resolve("audit.jsonl");
    try (CapturedLog warnings = CapturedLog.of("rolecall.access", Level.WARNING);
        AuditLog log = AuditLog.toFile(file)) {
      log.countLosses(lost::addAndGet);
      Files.delete(file);
      Files.delete(gone);
      log.record(of("a.B/C"));
      log.record(of("a.B/D"));
      await().untilAsserted(() -> assertThat(lost).hasValue(2));
      Files.createDirectory(gone);
      log.record(of("a.B/E"));
      await().until(() -> Files.exists(file) && lines(file).size() == 2);

      assertThat(Files.readAllLines(file))
          .containsExactly(LostRecordsJson.of(2, NOW), OcsfJson.of(of("a.B/E")));
      assertThat(warnings.lines())
          .containsExactly(
              "WARNING the audit file cannot be written; records are lost and counted",
              "WARNING 2 audit records were lost; the audit file says so too");
    }
  }

  @Test
  void record_thatFindsTheQueueFull_isRefusedAndToldInTheFile() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (CapturedLog quiet = CapturedLog.of("rolecall.access", Level.OFF);
        AuditLog log = AuditFile.open(file(), 1)) {
      log.countLosses(
          count -> {
            busy.countDown();
            awaitLatch(goOn);
          });
      // The writer stands in the counter, and takes nothing from the queue meanwhile.
      Files.delete(file());
      Files.createDirectory(file());
      log.record(of("a.B/C"));
      awaitLatch(busy);
      log.record(of("a.B/D"));
      assertThatThrownBy(() -> log.record(of("a.B/E")))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessage("the audit file is written too slowly, and its queue is full");
      Files.delete(file());
      goOn.countDown();
      await().until(() -> Files.isRegularFile(file()) && lines().size() == 2);
      assertThat(quiet.at(Level.WARNING)).isEmpty();
    }
    assertThat(lines()).containsExactly(LostRecordsJson.of(2, NOW), OcsfJson.of(of("a.B/D")));
  }

  @Test
  void close_writesAllThatWasTaken_andLaterRecordsAreRefused() {
    AuditLog log = AuditLog.toFile(file());
    for (int i = 0; i < 5_000; i++) {
      log.record(of("a.B/M" + i));
    }
    log.close();
    log.close();

    assertThat(lines()).hasSize(5_000);
    assertThatThrownBy(() -> log.record(of("a.B/C")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the audit file is closed");
  }

  @Test
  void open_ofAFolderOrBelowAFile_isRefused() throws Exception {
    Files.createFile(file());
    assertThatThrownBy(() -> AuditLog.toFile(folder)).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> AuditLog.toFile(file().resolve("below")))
        .isInstanceOf(UncheckedIOException.class);
  }

  private List<String> lines() {
    return lines(file());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AuditRecord of(String method) {
    return new AuditRecord(
        NOW,
        method,
        new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
        new AuditOutcome.AdmittedInstead(
            WouldHave.REFUSED, RefusalReason.CREDENTIAL_MISSING, Optional.empty()),
        LeftOut.NONE);
  }
}
