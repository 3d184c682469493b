package dev.rolecall.tests.audit;

import static dev.rolecall.tests.audit.WrittenTrail.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policytools.trail.TrailFinding;
import dev.rolecall.policytools.trail.TrailFinding.Kind;
import dev.rolecall.policytools.trail.TrailReport;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of written trails, each of which the check finds. */
class SeededFaultsTest {

  @TempDir Path folder;

  private static Arguments fault(String name, Kind kind, Consumer<WrittenTrail> change) {
    return Arguments.of(Named.of(name, change), kind);
  }

  private static void replace(List<String> lines, int at, String text, String by) {
    assertThat(lines.get(at)).contains(text);
    lines.set(at, lines.get(at).replaceFirst(Pattern.quote(text), by));
  }

  /** Faults that show by the numbers, in any trail. */
  static Stream<Arguments> numbered() {
    return Stream.of(
        fault("a line is gone", Kind.GAP, it -> it.older.remove(5)),
        fault("the summary is gone", Kind.GAP, it -> it.older.remove(8)),
        fault("ten lines are gone", Kind.GAP, it -> it.older.subList(5, 15).clear()),
        fault("the last line of a file is gone", Kind.GAP, it -> it.older.remove(19)),
        fault("the first line of a file is gone", Kind.GAP, it -> it.newer.remove(0)),
        fault("the first line of a trail is gone", Kind.NO_START, it -> it.older.remove(0)),
        fault("a file is gone", Kind.NO_START, it -> it.older.clear()),
        fault("a line comes twice", Kind.REPEATED, it -> it.older.add(6, it.older.get(5))),
        fault("a line is copied to the end", Kind.REPEATED, it -> it.newer.add(it.older.get(5))),
        fault("a file is there twice", Kind.REPEATED, it -> it.newer.addAll(0, it.older)),
        fault("two lines are swapped", Kind.OUT_OF_ORDER, it -> Collections.swap(it.older, 5, 6)),
        fault(
            "two far lines are swapped",
            Kind.OUT_OF_ORDER,
            it -> Collections.swap(it.older, 3, 17)),
        fault(
            "a line is moved to the other file",
            Kind.OUT_OF_ORDER,
            it -> it.newer.add(4, it.older.remove(5))),
        fault(
            "a number is changed",
            Kind.GAP,
            it -> replace(it.older, 10, "\"sequence\":16,", "\"sequence\":17,")),
        fault(
            "a count of what was left out is changed",
            Kind.GAP,
            it -> replace(it.older, 8, "\"left_out\":5", "\"left_out\":2")),
        fault(
            "a line is given to the other trail",
            Kind.GAP,
            it ->
                it.older.set(6, it.older.get(6).replaceAll("(\"trail\":\")[0-9a-f]{4}", "$10000"))),
        fault("a line is overwritten", Kind.NOT_A_RECORD, it -> it.older.set(5, "{\"a\":1}")),
        fault(
            "a line is cut",
            Kind.NOT_A_RECORD,
            it -> it.older.set(5, it.older.get(5).substring(0, 100))),
        fault(
            "a name comes twice",
            Kind.NOT_A_RECORD,
            it -> replace(it.older, 5, "{\"category", "{\"time\":1,\"category")),
        fault(
            "a line is put behind the end of a trail",
            Kind.AFTER_END,
            it ->
                it.newer.add(
                    CLOSED - 19,
                    it.newer.get(CLOSED - 20).replace("\"sequence\":37,", "\"sequence\":38,"))),
        fault(
            "the end of the trail before is gone",
            Kind.TRAIL_BEFORE_MISSING,
            it -> it.newer.subList(4, CLOSED - 19).clear()),
        fault(
            "the trail before is gone",
            Kind.TRAIL_BEFORE_MISSING,
            it -> {
              it.older.clear();
              it.newer.subList(0, CLOSED - 19).clear();
            }));
  }

  /** Faults that show by the hashes alone. */
  static Stream<Arguments> chained() {
    return Stream.of(
        fault("a method is changed", Kind.EDITED, it -> replace(it.older, 5, "a.B/M4", "a.B/M3")),
        fault(
            "a time is changed",
            Kind.EDITED,
            it -> replace(it.older, 5, "\"time\":1", "\"time\":2")),
        fault(
            "an address is changed",
            Kind.EDITED,
            it -> replace(it.newer, 2, "192.0.2.1", "192.0.2.2")),
        fault("a space is added", Kind.EDITED, it -> replace(it.older, 5, "{\"cat", "{ \"cat")),
        fault(
            "the link to the line before is changed",
            Kind.CHAIN_BROKEN,
            it ->
                it.older.set(
                    6, it.older.get(6).replaceFirst("(prev_event.*?\"value\":\")....", "$10000"))),
        fault(
            "a line is out of the chain",
            Kind.CHAIN_BROKEN,
            it -> it.older.set(6, it.older.get(6).replaceFirst(",\"attestation_list.*", "}"))),
        fault(
            "all lines are out of the chain",
            Kind.CHAIN_BROKEN,
            it -> {
              it.older.replaceAll(each -> each.replaceFirst(",\"attestation_list.*", "}"));
              it.newer.replaceAll(each -> each.replaceFirst(",\"attestation_list.*", "}"));
            }));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trail_asItWasWritten_isWhole(boolean chained) {
    TrailReport report = WrittenTrail.in(folder, chained).checked();

    assertThat(report.isWhole()).as("%s", report.findings()).isTrue();
    assertThat(report.findings()).isEmpty();
    assertThat(report.trails()).isEqualTo(2);
    assertThat(report.lines()).isEqualTo(64);
    assertThat(report.leftOut()).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("numbered")
  void fault_isFoundByTheNumbers(Consumer<WrittenTrail> change, Kind kind) {
    found(false, change, kind);
  }

  @ParameterizedTest
  @MethodSource({"numbered", "chained"})
  void fault_isFoundInAChain(Consumer<WrittenTrail> change, Kind kind) {
    found(true, change, kind);
  }

  private void found(boolean chained, Consumer<WrittenTrail> change, Kind kind) {
    WrittenTrail trail = WrittenTrail.in(folder, chained);
    change.accept(trail);
    TrailReport report = trail.checked();

    assertThat(report.isWhole()).isFalse();
    assertThat(report.findings()).extracting(TrailFinding::kind).contains(kind);
  }

  /** A process was killed in the middle of a line; the next one began its own. */
  @Test
  void cutLine_beforeTheNextTrail_isANote() {
    WrittenTrail trail = WrittenTrail.in(folder, true);
    trail.newer.set(CLOSED - 20, trail.newer.get(CLOSED - 20).substring(0, 100));
    // The next process names the last line that it found whole.
    trail.newer.subList(CLOSED - 19, trail.newer.size()).clear();
    TrailReport report = trail.checked();

    assertThat(report.isWhole()).isTrue();
    assertThat(report.findings())
        .extracting(TrailFinding::kind)
        .containsExactlyInAnyOrder(Kind.CUT_LINE, Kind.NOT_CLOSED);
  }
}
