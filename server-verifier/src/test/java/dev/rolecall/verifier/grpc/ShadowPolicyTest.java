package dev.rolecall.verifier.grpc;

import static dev.rolecall.verifier.grpc.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.audit.AuditCondition;
import dev.rolecall.verifier.audit.AuditOutcome;
import dev.rolecall.verifier.audit.AuditOutcome.ShadowDiffers;
import dev.rolecall.verifier.audit.AuditRecord;
import dev.rolecall.verifier.audit.LeftOut;
import dev.rolecall.verifier.audit.ShadowAnswer;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import io.grpc.stub.ServerCalls;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A second policy says what it would have done, and nothing is done about it. */
@Tag("attack")
final class ShadowPolicyTest {

  private static final String GOOD = "rolecall-v1~good";
  private static final RuleName RULE = RuleName.parse("in force");
  private static final RolePattern ROLE = RolePattern.parse(GuardedServer.ROLE.toString());

  private static final AccessPolicy ALLOWS =
      AccessPolicy.builder("allows").allow("by shadow", List.of(ROLE), "/test.v1.Echo/*").build();
  private static final AccessPolicy DENIES =
      AccessPolicy.builder("denies").deny("no by shadow", List.of(ROLE), "/test.v1.Echo/*").build();
  private static final AccessPolicy SILENT = AccessPolicy.builder("silent").build();
  private static final AccessPolicy OPENS =
      AccessPolicy.builder("opens").publicMethods("/test.v1.Echo/*").build();

  private final ManualTime clock = new ManualTime();
  private final VerifierMetrics metrics = new VerifierMetrics(OpenTelemetry.noop());
  private final List<AuditRecord> records = new ArrayList<>();

  private List<AuditOutcome> outcomes() {
    return records.stream().map(AuditRecord::outcome).toList();
  }

  private DecisionJournal journal(PolicySource shadow) {
    return new DecisionJournal(clock, metrics, records::add, new ShadowPolicy(shadow, metrics));
  }

  private DecisionJournal journal(AccessPolicy shadow) {
    return journal(PolicySource.fixed(shadow));
  }

  private static CalledMethod method(AuditCondition condition) {
    return new CalledMethods(condition, Map.of()).of(TestService.UNARY);
  }

  private static void allow(DecisionJournal journal, CalledMethod method) {
    journal.allowed(
        method, "p", GuardedServer.caller(), RULE, journal.labelsOfAllowed(method, RULE));
  }

  private static Refusal notAllowed() {
    return Refusal.notAllowed(GuardedServer.caller(), "test.v1.Echo/Unary", Optional.of(RULE));
  }

  @Test
  void allowedCall_differsWhereTheShadowDenies() {
    CalledMethod method = method(AuditCondition.ON_DENY);
    for (AccessPolicy same : List.of(ALLOWS, OPENS)) {
      allow(journal(same), method);
    }
    assertThat(records).isEmpty();

    allow(journal(DENIES), method);
    allow(journal(SILENT), method);

    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                Optional.empty(),
                Optional.of(RULE),
                ShadowAnswer.DENIED,
                Optional.of(RuleName.parse("no by shadow"))),
            new ShadowDiffers(
                Optional.empty(), Optional.of(RULE), ShadowAnswer.DENIED, Optional.empty()));
    assertThat(records).allMatch(each -> each.caller().equals(Optional.of(GuardedServer.caller())));
  }

  @Test
  void deniedCall_differsWhereTheShadowAllows() {
    CalledMethod method = method(AuditCondition.ON_ALLOW);
    for (AccessPolicy same : List.of(DENIES, SILENT)) {
      journal(same).refused(method, "p", GuardedServer.caller(), notAllowed());
    }
    assertThat(records).isEmpty();

    journal(ALLOWS).refused(method, "p", GuardedServer.caller(), notAllowed());
    journal(OPENS).refused(method, "p", GuardedServer.caller(), notAllowed());

    Optional<RefusalReason> reason = Optional.of(RefusalReason.METHOD_NOT_ALLOWED);
    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                reason,
                Optional.of(RULE),
                ShadowAnswer.ALLOWED,
                Optional.of(RuleName.parse("by shadow"))),
            new ShadowDiffers(reason, Optional.of(RULE), ShadowAnswer.PUBLIC, Optional.empty()));
  }

  @Test
  void publicCall_differsWhereTheShadowAsksWhoCalls() {
    CalledMethod method = method(AuditCondition.ON_DENY);

    journal(OPENS).allowedPublic(method, "p");
    assertThat(records).isEmpty();
    journal(ALLOWS).allowedPublic(method, "p");

    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                Optional.empty(),
                Optional.empty(),
                ShadowAnswer.CALLER_REQUIRED,
                Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void refusalOfAnUnknownCaller_differsOnlyWhereTheShadowIsOpen(RefusalReason reason) {
    CalledMethod method = method(AuditCondition.ON_ALLOW);
    Refusal refusal = Refusal.of(reason, ManualTime.START);
    for (AccessPolicy same : List.of(ALLOWS, DENIES, SILENT)) {
      journal(same).refused(method, "p", null, refusal);
    }
    assertThat(records).isEmpty();

    journal(OPENS).refused(method, "p", null, refusal);

    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                Optional.of(reason), Optional.empty(), ShadowAnswer.PUBLIC, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"ON_DENY, 1", "ON_ALLOW, 2", "BOTH, 2", "NONE, 0"})
  void difference_isRecordedBesideTheDecision_unlessNothingIs(
      AuditCondition condition, int expected) {
    allow(journal(DENIES), method(condition));

    assertThat(records).hasSize(expected);
  }

  @Test
  void differences_moreThanTheLimit_areLeftOutAndCounted() {
    DecisionJournal journal = journal(DENIES);
    CalledMethod method = method(AuditCondition.ON_DENY);
    for (int i = 0; i < 50; i++) {
      allow(journal, method);
    }
    assertThat(records).hasSize(10);

    clock.advance(Duration.ofMinutes(1));
    journal.summarize();

    assertThat(records).hasSize(11);
    assertThat(records.get(10).leftOut()).isEqualTo(new LeftOut(39, LeftOut.Of.KIND));
  }

  @Test
  void shadowThatAllows_admitsNobody() {
    called(
        PolicySource.fixed(OPENS),
        server -> {
          server.policies.change(GuardedServer.denyAll());

          assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.METHOD_NOT_ALLOWED);
          assertRefused(() -> server.unary(), RefusalReason.CREDENTIAL_MISSING);
        });
  }

  @Test
  void shadowThatDenies_refusesNobody() {
    called(
        PolicySource.fixed(DENIES),
        server -> {
          assertThat(server.unary("Bearer " + GOOD)).isEqualTo("answer");
          assertThat(server.unary("Bearer " + GOOD)).isEqualTo("answer");
          assertThat(server.records).filteredOn(ShadowPolicyTest::differs).hasSize(2);
        });
  }

  @Test
  void shadowThatThrows_affectsNoCall() {
    for (Supplier<AccessPolicy> broken :
        List.<Supplier<AccessPolicy>>of(
            () -> {
              throw new IllegalStateException("broken");
            },
            () -> {
              throw new StackOverflowError();
            })) {
      called(
          new BrokenSource(broken),
          server -> {
            assertThat(server.unary("Bearer " + GOOD)).isEqualTo("answer");
            server.policies.change(GuardedServer.denyAll());
            assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.METHOD_NOT_ALLOWED);
            assertThat(server.records(2)).hasSize(2).noneMatch(ShadowPolicyTest::differs);
          });
    }
  }

  private static boolean differs(AuditRecord each) {
    return each.outcome() instanceof ShadowDiffers;
  }

  private interface Calls {
    void of(GuardedServer server);
  }

  private static void called(PolicySource shadow, Calls calls) {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.UNARY,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> {
                  answer.onNext("answer");
                  answer.onCompleted();
                }),
            options -> options.shadowPolicy(shadow))) {
      server.verifier.answer(GOOD, GuardedServer.verified());
      calls.of(server);
    }
  }

  private record BrokenSource(Supplier<AccessPolicy> broken) implements PolicySource {
    @Override
    public AccessPolicy current() {
      return broken.get();
    }

    @Override
    public Registration onChange(Runnable listener) {
      throw new AssertionError("nobody waits for the shadow's changes");
    }
  }
}
