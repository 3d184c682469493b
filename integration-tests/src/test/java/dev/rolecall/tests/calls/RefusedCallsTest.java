package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each reason to refuse a call: what its client is told, and how often STS was asked. */
@Tag("attack")
final class RefusedCallsTest {

  private static final Map<Status.Code, Set<RefusalReason>> EXCEPTIONS =
      Map.of(
          Status.Code.PERMISSION_DENIED,
          EnumSet.of(
              RefusalReason.CALLER_KIND_NOT_ACCEPTED,
              RefusalReason.ACCOUNT_NOT_TRUSTED,
              RefusalReason.METHOD_NOT_ALLOWED,
              RefusalReason.GRANT_REQUIRED,
              RefusalReason.GRANT_EXPIRED,
              RefusalReason.GRANT_REVOKED,
              RefusalReason.CALLER_LOCKED),
          Status.Code.UNAVAILABLE,
          EnumSet.of(
              RefusalReason.ISSUER_UNAVAILABLE,
              RefusalReason.ISSUER_ANSWER_INVALID,
              RefusalReason.GRANTS_STALE,
              RefusalReason.GUARD_CLOSED),
          Status.Code.RESOURCE_EXHAUSTED,
          EnumSet.of(RefusalReason.TOO_MANY_LOOKUPS),
          Status.Code.INTERNAL,
          EnumSet.of(RefusalReason.DEFECT));

  /** Those of attested TLS, tokens, keys, grants and a closed guard, which have tests elsewhere. */
  private static final Set<RefusalReason> TESTED_ELSEWHERE =
      EnumSet.of(
          RefusalReason.KEY_MISMATCH,
          RefusalReason.ATTESTATION_INVALID,
          RefusalReason.CREDENTIAL_KIND_WRONG,
          RefusalReason.CREDENTIAL_INACTIVE,
          RefusalReason.KEY_UNKNOWN,
          RefusalReason.SIGNATURE_INVALID,
          RefusalReason.CLAIM_INVALID,
          RefusalReason.SENDER_MISMATCH,
          RefusalReason.GRANT_REQUIRED,
          RefusalReason.GRANT_EXPIRED,
          RefusalReason.GRANT_REVOKED,
          RefusalReason.CALLER_LOCKED,
          RefusalReason.GRANTS_STALE,
          RefusalReason.GUARD_CLOSED);

  @RegisterExtension final Bench bench = new Bench();

  static Stream<RefusalCase> cases() {
    return Stream.concat(ProofRefusals.all(), StsRefusals.all());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void call_withThatWrong_isRefusedForThatReason(RefusalCase wrong) throws Exception {
    SeenRefusal seen = wrong.attempt().on(bench);

    assertThat(seen.reason()).isEqualTo(wrong.reason().name());
    assertThat(seen.domain()).isEqualTo("rolecall.dev");
    assertThat(seen.metadata()).isEqualTo(wrong.metadata().apply(bench));
    assertThat(seen.code()).isEqualTo(codes().get(wrong.reason()));
    assertThat(seen.description()).isEqualTo(wrong.reason().statusDescription());
    assertThat(bench.sts().requests().total()).isBetween(wrong.least(), wrong.most());
  }

  @Test
  void cases_together_coverEveryReason() {
    assertThat(cases().map(RefusalCase::reason).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.complementOf(EnumSet.copyOf(TESTED_ELSEWHERE)));
  }

  /** Section 6 of the protocol: UNAUTHENTICATED, but for the exceptions. */
  private static Map<RefusalReason, Status.Code> codes() {
    Map<RefusalReason, Status.Code> codes = new EnumMap<>(RefusalReason.class);
    EnumSet.allOf(RefusalReason.class)
        .forEach(reason -> codes.put(reason, Status.Code.UNAUTHENTICATED));
    EXCEPTIONS.forEach((code, reasons) -> reasons.forEach(reason -> codes.put(reason, code)));
    return codes;
  }
}
