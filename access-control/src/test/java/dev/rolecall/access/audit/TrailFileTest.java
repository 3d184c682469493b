package dev.rolecall.access.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.access.internal.file.FileRotation;
import dev.rolecall.identity.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a trail, written on the test's own thread. */
class TrailFileTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45.123Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final AuditFileRules RULES = AuditFileRules.ofDefaults();
  private static final Pattern FINGERPRINT =
      Pattern.compile(
          "(.*),\"fingerprint\":\\{\"algorithm\":\"SHA-256\",\"algorithm_id\":3,"
              + "\"value\":\"([0-9a-f]{64})\"}}]}");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("audit.jsonl");
  }

  private Path rotated(int number) {
    return folder.resolve(String.format("audit.jsonl.%06d", number));
  }

  private TrailFile open(AuditFileRules rules, long seed) throws IOException {
    return TrailFile.open(file(), rules, CLOCK, new Random(seed));
  }

  @Test
  void summary_takesTheNumbersOfWhatItLeavesOut() throws Exception {
    TrailFile trail = open(RULES, 1);
    trail.add(of(new LeftOut(7, LeftOut.Of.KIND, Optional.of(NOW.minusSeconds(60)))));
    trail.lose(3);
    trail.flush();
    trail.close();

    assertThat(WrittenLine.briefs(file()))
        .containsExactly("1 trail_opened", "9 refused a.B/C", "13 records_lost", "14 trail_closed");
    assertThat(WrittenLine.in(file()).get(1).text())
        .contains("\"count\":8,\"start_time\":1795299465123,\"end_time\":1795299525123");
  }

  @Test
  void nextTrail_namesTheEndOfTheOneBefore() throws Exception {
    TrailFile first = open(RULES, 1);
    first.add(of(LeftOut.NONE));
    first.close();
    Files.writeString(file(), Files.readString(file()) + "{\"cut\":");
    TrailFile second = open(RULES, 2);
    second.add(of(LeftOut.NONE));
    second.close();

    List<WrittenLine> lines = WrittenLine.in(file());
    assertThat(lines.get(0).text()).doesNotContain("previous_trail");
    String trail = find(lines.get(0).text(), "\"trail\":\"([0-9a-f]{16})\"");
    assertThat(lines.get(4).text())
        .contains("\"previous_trail\":\"" + trail + "\",\"previous_sequence\":3");
    assertThat(find(lines.get(4).text(), "\"trail\":\"([0-9a-f]{16})\"")).isNotEqualTo(trail);
  }

  @Test
  void chain_isOfEachLineAndTheOneBefore() throws Exception {
    TrailFile trail = open(RULES.withHashChain(), 1);
    trail.add(of(LeftOut.NONE));
    trail.flush();
    trail.add(of(LeftOut.NONE));
    trail.close();

    String before = "";
    for (WrittenLine each : WrittenLine.in(file())) {
      Matcher line = FINGERPRINT.matcher(each.text());
      assertThat(line.matches()).as(each.text()).isTrue();
      assertThat(sha256(line.group(1) + "}]}")).isEqualTo(line.group(2));
      assertThat(line.group(1).contains("prev_event")).isEqualTo(!before.isEmpty());
      assertThat(line.group(1)).contains(before).contains("\"profiles\":[\"record_integrity\"]");
      before = line.group(2);
    }
    assertThat(before).isNotEmpty();
  }

  @Test
  void file_thatIsLarge_isRotated_andTheNumbersGoOn() throws Exception {
    TrailFile trail = open(RULES.rotatedAt(4_096, 0), 1);
    List<String> expected = new ArrayList<>(List.of("1 trail_opened"));
    for (int i = 0; i < 20; i++) {
      trail.add(of(LeftOut.NONE));
      trail.flush();
      expected.add((i + 2) + " refused a.B/C");
    }
    trail.close();
    expected.add("22 trail_closed");

    List<String> all = new ArrayList<>();
    int files = 1;
    for (; Files.exists(rotated(files)); files++) {
      assertThat(Files.size(rotated(files))).isBetween(4_096L, 6_000L);
      all.addAll(WrittenLine.briefs(rotated(files)));
    }
    all.addAll(WrittenLine.briefs(file()));
    assertThat(files).isGreaterThan(2);
    assertThat(all).isEqualTo(expected);
  }

  @Test
  void flush_ofNothingAfterARotation_makesAndRenamesNoFile() throws Exception {
    TrailFile trail = open(RULES.rotatedAt(4_096, 0), 1);
    for (int i = 0; i < 10; i++) {
      trail.add(of(LeftOut.NONE));
    }
    trail.flush();
    assertThat(trail.flush()).isZero();

    assertThat(file()).doesNotExist();
    assertThat(rotated(1)).exists();
    assertThat(rotated(2)).doesNotExist();
  }

  @Test
  void oldFiles_areDeleted_andTheTrailSaysSo() throws Exception {
    Files.writeString(rotated(41), "compressed");
    Files.move(rotated(41), folder.resolve("audit.jsonl.000041.gz"));
    TrailFile trail = open(RULES.rotatedAt(4_096, 2), 1);
    for (int i = 0; i < 40; i++) {
      trail.add(of(LeftOut.NONE));
      trail.flush();
    }
    trail.close();

    try (var files = Files.list(folder)) {
      assertThat(
              files.map(each -> each.getFileName().toString()).filter(each -> !each.endsWith("l")))
          .hasSize(2)
          .allMatch(each -> each.compareTo("audit.jsonl.000042") > 0);
    }
    List<WrittenLine> left = new ArrayList<>(WrittenLine.in(file()));
    for (int i = 42; i < 60; i++) {
      left.addAll(WrittenLine.in(rotated(i)));
    }
    long first = left.stream().mapToLong(WrittenLine::sequence).min().orElseThrow();
    assertThat(left)
        .anySatisfy(
            each ->
                assertThat(each.text())
                    .contains("file_deleted")
                    .contains("\"deleted_through\":" + (first - 1) + ","));
  }

  @Test
  void rotation_goesOnFromTheHighestNumber_pastSixDigits() throws Exception {
    Files.writeString(folder.resolve("audit.jsonl.999999"), "x");
    FileRotation rotation = new FileRotation(file());
    for (int i = 0; i < 3; i++) {
      Files.writeString(file(), "y");
      rotation.rotate(2);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("audit.jsonl.1000001", "audit.jsonl.1000002");
    }
  }

  @Test
  void rulesThatBreakABound_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> RULES.rotatedAt(4_095, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> RULES.rotatedAt(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> RULES.rotatedAt(4_096, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> RULES.flushedWithin(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RULES.flushedWithin(Duration.ofSeconds(11)));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
  }

  private static String find(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static QueuedRecord of(LeftOut leftOut) {
    return new QueuedRecord(
        new RecordForm(
            new AuditRecord(
                NOW,
                "a.B/C",
                new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
                new AuditOutcome.Refused(RefusalReason.CREDENTIAL_MISSING, Optional.empty()),
                leftOut)),
        NOW.toEpochMilli(),
        Correlation.NONE);
  }
}
