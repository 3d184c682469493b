package dev.rolecall.tests.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.audit.AuditFileRules;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policytools.trail.TrailCheck;
import dev.rolecall.policytools.trail.TrailReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines that the real log wrote for two processes, one after the other, with 30 records each. They
 * are in two files, as after a rotation. A test may change them.
 */
final class WrittenTrail {

  /** The place of the first trail's last line; the second begins behind it. */
  static final int CLOSED = 31;

  /** Where the older file ends. */
  private static final int CUT = 20;

  final List<String> older;
  final List<String> newer;

  private WrittenTrail(List<String> lines) {
    this.older = new ArrayList<>(lines.subList(0, CUT));
    this.newer = new ArrayList<>(lines.subList(CUT, lines.size()));
  }

  static WrittenTrail in(Path folder, boolean chained) {
    AuditFileRules rules = AuditFileRules.ofDefaults();
    Path file = folder.resolve("audit.jsonl");
    try {
      Files.deleteIfExists(file);
      for (int process = 0; process < 2; process++) {
        try (AuditLog log = AuditLog.toFile(file, chained ? rules.withHashChain() : rules)) {
          for (int i = 0; i < 30; i++) {
            log.record(
                refused("a.B/M" + i, i == 7 ? new LeftOut(5, LeftOut.Of.KIND) : LeftOut.NONE));
          }
        }
      }
      return new WrittenTrail(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AuditRecord refused(String method, LeftOut leftOut) {
    return new AuditRecord(
        Instant.parse("2026-11-21T22:18:45.123Z"),
        method,
        new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
        new AuditOutcome.Refused(RefusalReason.CREDENTIAL_MISSING, Optional.empty()),
        leftOut);
  }

  /** The report about both files, the newer one read first. */
  TrailReport checked() {
    TrailCheck check = new TrailCheck();
    check.read("newer", stream(newer));
    check.read("older", stream(older));
    return check.report();
  }

  private static ByteArrayInputStream stream(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(each -> text.append(each).append('\n'));
    return new ByteArrayInputStream(text.toString().getBytes(UTF_8));
  }
}
