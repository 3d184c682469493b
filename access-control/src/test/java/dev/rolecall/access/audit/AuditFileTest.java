package dev.rolecall.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.CapturedLog;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45.123Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String C = "admitted_instead_of_refused a.B/C";
  private static final String D = "admitted_instead_of_refused a.B/D";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("audit.jsonl");
  }

  @Test
  void records_areNumberedLinesInOrder_afterWhatTheFileHadBefore() throws Exception {
    Files.writeString(file(), "{\"older\":1}\n");
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      log.record(of("a.B/D"));
    }
    assertThat(WrittenLine.briefs(file()))
        .containsExactly("0", "1 trail_opened", "2 " + C, "3 " + D, "4 trail_closed");
  }

  @Test
  void line_isTheLoggersButForItsPlaceInTheTrail() {
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
    }
    String line = WrittenLine.in(file()).get(1).text();
    assertThat(line.replace("\"sequence\":2,", "").replaceAll(",\"trail\":\"[0-9a-f]{16}\"", ""))
        .isEqualTo(OcsfJson.of(of("a.B/C")));
  }

  @Test
  void record_isInTheFileBeforeTheCloseToo() {
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      await().untilAsserted(() -> assertThat(WrittenLine.in(file())).hasSize(2));
    }
  }

  @Test
  void form_thatManyRecordsShare_isWrittenWithTheTimeAndNamesOfEach() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    RecordForm form = new RecordForm(of("a.B/C"));
    try (AuditLog log = AuditLog.toFile(file())) {
      assertThat(log.record(form, 1, Correlation.NONE)).isTrue();
      assertThat(log.record(form, 2, new Correlation(Optional.of("a\"\\b"), Optional.of(trace))))
          .isTrue();
    }
    assertThat(WrittenLine.in(file()).get(1).text()).contains("\"time\":1,").doesNotContain(trace);
    assertThat(WrittenLine.in(file()).get(2).text())
        .contains(
            "\"time\":2,", "\"correlation_uid\":\"a\\\"\\\\b\"", "\"traceparent\":\"" + trace);
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
      await().untilAsserted(() -> assertThat(WrittenLine.in(file())).hasSize(2));
      Files.move(file(), old);
      log.record(of("a.B/D"));
      await().until(() -> Files.exists(file()));
    }
    assertThat(WrittenLine.briefs(old)).containsExactly("1 trail_opened", "2 " + C);
    assertThat(WrittenLine.briefs(file())).containsExactly("3 " + D, "4 trail_closed");
  }

  @Test
  void file_thatAnotherStandsInForAfterARename_isWrittenThere() throws Exception {
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
      await().untilAsserted(() -> assertThat(WrittenLine.in(file())).hasSize(2));
      Files.move(file(), folder.resolve("audit.jsonl.1"));
      Files.createFile(file());
      log.record(of("a.B/D"));
    }
    assertThat(WrittenLine.briefs(file())).containsExactly("3 " + D, "4 trail_closed");
  }

  @Test
  void file_thatEndsInsideALine_isWrittenFromTheNextLineOn() throws Exception {
    Files.writeString(file(), "{\"cut\":");
    try (AuditLog log = AuditLog.toFile(file())) {
      log.record(of("a.B/C"));
    }
    assertThat(Files.readAllLines(file()).get(0)).isEqualTo("{\"cut\":");
    assertThat(WrittenLine.briefs(file()))
        .containsExactly("0", "1 trail_opened", "2 " + C, "3 trail_closed");
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
      await().until(() -> WrittenLine.in(file).size() == 3);

      // The losses take their two numbers.
      assertThat(WrittenLine.briefs(file))
          .containsExactly(
              "1 trail_opened", "4 records_lost", "5 admitted_instead_of_refused a.B/E");
      assertThat(WrittenLine.in(file).get(1).text()).contains("\"count\":2,");
      await().untilAsserted(() -> assertThat(warnings.lines()).hasSize(2));
      assertThat(warnings.lines())
          .containsExactly(
              "WARNING the audit file cannot be written; records are lost and counted",
              "WARNING 2 audit records were lost; the audit file says so too");
    }
  }

  @Test
  void record_thatFindsTheRingFull_isLostCountedAndToldInTheFile() throws Exception {
    AtomicLong lost = new AtomicLong();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (CapturedLog quiet = CapturedLog.of("rolecall.access", Level.OFF);
        AuditLog log = AuditFile.open(file(), AuditFileRules.ofDefaults(), CLOCK, 1)) {
      // The writer stands in the first count, and takes nothing from the ring meanwhile.
      Files.delete(file());
      Files.createDirectory(file());
      log.countLosses(
          count -> {
            lost.addAndGet(count);
            if (Thread.currentThread().getName().startsWith("rolecall-audit-file-")) {
              busy.countDown();
              awaitLatch(goOn);
            }
          });
      log.record(of("a.B/C"));
      awaitLatch(busy);
      RecordForm form = new RecordForm(of("a.B/D"));
      assertThat(log.record(form, 1, Correlation.NONE)).isTrue();
      assertThat(log.record(form, 2, Correlation.NONE)).isFalse();
      Files.delete(file());
      goOn.countDown();
      await().until(() -> WrittenLine.in(file()).size() >= 3);
      assertThat(lost).hasValue(2);
      assertThat(quiet.at(Level.WARNING)).isEmpty();
    }
    assertThat(WrittenLine.briefs(file()))
        .containsExactly("1 trail_opened", "4 records_lost", "5 " + D, "6 trail_closed");
    assertThat(WrittenLine.in(file()).get(1).text()).contains("\"count\":2,");
  }

  @Test
  void close_writesAllThatWasTaken_andLaterRecordsAreLostAndCounted() {
    AtomicLong lost = new AtomicLong();
    AuditLog log = AuditLog.toFile(file());
    log.countLosses(lost::addAndGet);
    for (int i = 0; i < 5_000; i++) {
      log.record(of("a.B/M" + i));
    }
    try (CapturedLog quiet = CapturedLog.of("rolecall.access", Level.OFF)) {
      log.close();
      log.record(of("a.B/C"));
      log.close();
      assertThat(quiet.at(Level.INFO)).isEmpty();
    }

    assertThat(WrittenLine.in(file())).hasSize(5_002);
    assertThat(lost).hasValue(1);
  }

  @Test
  void open_ofAFolderOrBelowAFile_isRefused() throws Exception {
    Files.createFile(file());
    assertThatThrownBy(() -> AuditLog.toFile(folder)).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> AuditLog.toFile(file().resolve("below")))
        .isInstanceOf(UncheckedIOException.class);
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
