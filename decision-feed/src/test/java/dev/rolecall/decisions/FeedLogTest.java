package dev.rolecall.decisions;

import static dev.rolecall.decisions.Bench.READ;
import static dev.rolecall.decisions.Bench.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.ShadowAnswer;
import dev.rolecall.access.audit.WouldHave;
import dev.rolecall.decisions.v1.DecisionCount;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.WatchDecisionsRequest;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.testsupport.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules beside others: the feed takes every record, their log what they cover. */
class FeedLogTest {

  private static final Map<String, AuditOutcome> OUTCOMES =
      Map.of(
          "allowed",
          Bench.allowed(),
          "public",
          Bench.ofPublic(),
          "refused",
          Bench.refused(RefusalReason.METHOD_NOT_ALLOWED),
          "ended",
          new AuditOutcome.Ended(RefusalReason.GRANT_EXPIRED, Optional.empty()),
          "instead",
          new AuditOutcome.AdmittedInstead(
              WouldHave.ENDED, RefusalReason.GRANT_EXPIRED, Optional.empty()),
          "differs",
          new AuditOutcome.ShadowDiffers(
              Optional.empty(), Optional.empty(), ShadowAnswer.PUBLIC, Optional.empty()));

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private AuditRecord made(AuditOutcome outcome) {
    return bench.made(Optional.of(Bench.role("shop")), READ, "10.0.0.1", outcome);
  }

  private long counted() {
    return bench
        .client()
        .watchDecisions(WatchDecisionsRequest.getDefaultInstance())
        .next()
        .getCountsList()
        .stream()
        .mapToLong(DecisionCount::getCount)
        .sum();
  }

  @ParameterizedTest
  @CsvSource({
    "ON_DENY, refused ended instead differs",
    "ON_ALLOW, allowed public instead differs",
    "BOTH, allowed public refused ended instead differs",
    "NONE, ''"
  })
  void log_getsWhatItsConditionCovers_andTheFeedAll(AuditCondition condition, String covered) {
    OUTCOMES.forEach(
        (word, outcome) -> {
          List<AuditRecord> logged = new ArrayList<>();
          AuditRules rules = AuditRules.ofDefaults().to(logged::add).on(condition);
          bench.feed.beside(rules).log().record(made(outcome));

          assertThat(logged).as(word).hasSize(List.of(covered.split(" ")).contains(word) ? 1 : 0);
        });

    assertThat(counted()).isEqualTo(OUTCOMES.size());
  }

  @Test
  void log_getsWhatTheConditionOfAMethodCovers() {
    List<AuditRecord> logged = new ArrayList<>();
    AuditLog log =
        bench
            .feed
            .beside(
                AuditRules.ofDefaults()
                    .to(logged::add)
                    .on(AuditCondition.NONE)
                    .on(MethodPath.ofFullMethodName(WRITE), AuditCondition.ON_ALLOW))
            .log();

    log.record(made(Bench.allowed()));
    log.record(bench.made(Optional.empty(), WRITE, "10.0.0.1", Bench.allowed()));
    log.record(
        bench.made(
            Optional.empty(), WRITE, "10.0.0.1", Bench.refused(RefusalReason.METHOD_NOT_ALLOWED)));

    assertThat(logged).extracting(AuditRecord::method).containsExactly(WRITE);
    assertThat(counted()).isEqualTo(3);
  }

  @Test
  void rules_askForEveryRecord_andKeepWhetherRequestsAreNamed() {
    AuditRules plain = bench.feed.beside(AuditRules.ofDefaults().on(AuditCondition.NONE));

    assertThat(plain.condition()).isEqualTo(AuditCondition.BOTH);
    assertThat(plain.ofMethods()).isEmpty();
    assertThat(plain.requests()).isFalse();
    assertThat(bench.feed.beside(AuditRules.ofDefaults().namingRequests()).requests()).isTrue();
  }

  @Test
  void failureOfTheLog_keepsNothingFromTheFeed_andIsTheWritersToCount() {
    AuditLog log =
        bench
            .feed
            .beside(
                AuditRules.ofDefaults()
                    .to(
                        made -> {
                          throw new IllegalStateException("disk");
                        }))
            .log();

    assertThatThrownBy(() -> log.record(made(Bench.refused(RefusalReason.METHOD_NOT_ALLOWED))))
        .hasMessage("disk");
    assertThat(counted()).isEqualTo(1);
  }

  @Test
  void failureOfTheFeed_keepsNothingFromTheLog_andIsCounted() {
    List<AuditRecord> logged = new ArrayList<>();
    // It finds no place for the call, and the executor that would make one throws.
    SeenCalls full =
        new SeenCalls(
            0,
            sweep -> {
              throw new IllegalStateException("no thread");
            });
    DecisionTally broken = new DecisionTally(new DecisionCounts(1), new RecentRecords(1), full);
    FeedLog log =
        new FeedLog(broken, AuditRules.ofDefaults().to(logged::add), bench.runtime.supervisor());

    try (CapturedLog defects = CapturedLog.of("rolecall.access")) {
      log.record(made(Bench.refused(RefusalReason.METHOD_NOT_ALLOWED)));

      assertThat(defects.lines()).isNotEmpty();
    }
    assertThat(logged).hasSize(1);
    assertThat(bench.telemetry.sum("rolecall.task.failures{task=decision_record}")).isEqualTo(1);
  }

  @Test
  void lossesAndClose_areTheLogs_andTheFeedGoesOn() {
    class Closing implements AuditLog {
      boolean closed;
      @Nullable LongConsumer losses;

      @Override
      public void record(AuditRecord made) {}

      @Override
      public void countLosses(LongConsumer counter) {
        losses = counter;
      }

      @Override
      public void close() {
        closed = true;
      }
    }
    Closing given = new Closing();
    AuditLog log = bench.feed.beside(AuditRules.ofDefaults().to(given)).log();
    LongConsumer counter = lost -> {};

    log.countLosses(counter);
    log.close();

    assertThat(given.losses).isSameAs(counter);
    assertThat(given.closed).isTrue();
    assertThat(bench.client().listCalls(ListCallsRequest.getDefaultInstance()).getCallsList())
        .isEmpty();
  }
}
