package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.rolecall.access.Refusal;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("attack")
class RefusalStatusTest {

  @ParameterizedTest
  @CsvSource({
    "CREDENTIAL_MISSING, UNAUTHENTICATED",
    "CREDENTIAL_MALFORMED, UNAUTHENTICATED",
    "CREDENTIALS_AMBIGUOUS, UNAUTHENTICATED",
    "ISSUER_NOT_ALLOWED, UNAUTHENTICATED",
    "AUDIENCE_MISMATCH, UNAUTHENTICATED",
    "BINDING_REQUIRED, UNAUTHENTICATED",
    "CHANNEL_MISMATCH, UNAUTHENTICATED",
    "KEY_MISMATCH, UNAUTHENTICATED",
    "ATTESTATION_INVALID, UNAUTHENTICATED",
    "CREDENTIAL_EXPIRED, UNAUTHENTICATED",
    "CREDENTIAL_NOT_YET_VALID, UNAUTHENTICATED",
    "ISSUER_REFUSED, UNAUTHENTICATED",
    "CALLER_KIND_NOT_ACCEPTED, PERMISSION_DENIED",
    "ACCOUNT_NOT_TRUSTED, PERMISSION_DENIED",
    "METHOD_NOT_ALLOWED, PERMISSION_DENIED",
    "GRANT_REQUIRED, PERMISSION_DENIED",
    "GRANT_EXPIRED, PERMISSION_DENIED",
    "GRANT_REVOKED, PERMISSION_DENIED",
    "CALLER_LOCKED, PERMISSION_DENIED",
    "GRANTS_STALE, UNAVAILABLE",
    "ISSUER_UNAVAILABLE, UNAVAILABLE",
    "ISSUER_ANSWER_INVALID, UNAVAILABLE",
    "TOO_MANY_LOOKUPS, RESOURCE_EXHAUSTED",
    "GUARD_CLOSED, UNAVAILABLE",
    "DEFECT, INTERNAL",
  })
  void reason_hasItsCode(RefusalReason reason, Status.Code code) {
    assertThat(RefusalStatus.status(reason).getCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  void everyReason_isSpelledOutInTheDetails(RefusalReason reason) throws Exception {
    assertSpelledOut(Refusal.of(reason), Map.of());
    Map<String, String> help = Map.of("serverTime", "2026-11-21T22:18:45Z");
    assertSpelledOut(refusal(reason, help, Optional.empty(), Optional.empty()), help);
  }

  private static void assertSpelledOut(Refusal refusal, Map<String, String> help)
      throws InvalidProtocolBufferException {
    RefusalReason reason = refusal.reason();

    com.google.rpc.Status details = details(refusal);

    assertThat(details.getCode())
        .isEqualTo(RefusalStatus.status(refusal.reason()).getCode().value());
    assertThat(details.getMessage()).isEqualTo(reason.statusDescription());
    assertThat(RefusalStatus.status(refusal.reason()).getDescription())
        .isEqualTo(reason.statusDescription());
    assertThat(details.getMessage()).startsWith(reason.name() + ": ").hasSizeLessThan(130);
    ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo(reason.name());
    assertThat(info.getDomain()).isEqualTo("rolecall.dev");
    assertThat(info.getMetadataMap()).isEqualTo(help);
    assertThat(details.getDetailsCount()).isEqualTo(1);
  }

  @Test
  void methodNotAllowed_namesTheCallersOwnRoleAndTheMethod_butNotTheRule() throws Exception {
    Refusal refusal =
        refusal(
            RefusalReason.METHOD_NOT_ALLOWED,
            Map.of(
                "role", "arn:aws:iam::111122223333:role/checkout", "method", "test.v1.Echo/Unary"),
            Optional.empty(),
            Optional.of(RuleName.parse("frozen")));

    assertThat(details(refusal).getDetails(0).unpack(ErrorInfo.class).getMetadataMap())
        .isEqualTo(
            Map.of(
                "role", "arn:aws:iam::111122223333:role/checkout", "method", "test.v1.Echo/Unary"));
    assertThat(details(refusal).toString()).doesNotContain("frozen");
  }

  @Test
  void knownWait_isTold() throws Exception {
    Refusal refusal =
        refusal(
            RefusalReason.ISSUER_UNAVAILABLE,
            Map.of(),
            Optional.of(Duration.ofMillis(1_500)),
            Optional.empty());

    RetryInfo retry = details(refusal).getDetails(1).unpack(RetryInfo.class);

    assertThat(retry.getRetryDelay())
        .isEqualTo(
            com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build());
  }

  private static Refusal refusal(
      RefusalReason reason,
      Map<String, String> help,
      Optional<Duration> retryAfter,
      Optional<RuleName> rule) {
    return new Refusal(
        reason, help, retryAfter, rule, Optional.of(GuardedServer.caller()), Optional.empty());
  }

  private static com.google.rpc.Status details(Refusal refusal)
      throws InvalidProtocolBufferException {
    com.google.rpc.Status details =
        StatusProto.fromStatusAndTrailers(
            RefusalStatus.status(refusal.reason()), RefusalStatus.trailers(refusal));
    // As it travels.
    return com.google.rpc.Status.parseFrom(details.toByteArray());
  }
}
