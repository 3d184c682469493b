package dev.rolecall.verifier.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.Verification;
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
    "ISSUER_UNAVAILABLE, UNAVAILABLE",
    "ISSUER_ANSWER_INVALID, UNAVAILABLE",
    "TOO_MANY_LOOKUPS, RESOURCE_EXHAUSTED",
    "GUARD_CLOSED, UNAVAILABLE",
    "DEFECT, INTERNAL",
  })
  void reason_hasItsCode(RefusalReason reason, Status.Code code) {
    assertThat(RefusalStatus.status(Refusal.of(reason, ManualTime.START)).getCode())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  void everyReason_isSpelledOutInTheDetails(RefusalReason reason) throws Exception {
    Refusal refusal = Refusal.of(reason, ManualTime.START);

    com.google.rpc.Status details = details(refusal);

    assertThat(details.getCode()).isEqualTo(RefusalStatus.status(refusal).getCode().value());
    assertThat(details.getMessage()).isEqualTo(reason.statusDescription());
    assertThat(RefusalStatus.status(refusal).getDescription())
        .isEqualTo(reason.statusDescription());
    assertThat(details.getMessage()).startsWith(reason.name() + ": ").hasSizeLessThan(130);
    ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo(reason.name());
    assertThat(info.getDomain()).isEqualTo("rolecall.dev");
    assertThat(info.getMetadataMap())
        .isEqualTo(
            reason == RefusalReason.CREDENTIAL_EXPIRED
                    || reason == RefusalReason.CREDENTIAL_NOT_YET_VALID
                ? Map.of("serverTime", "2026-11-21T22:18:45Z")
                : Map.of());
    assertThat(details.getDetailsCount()).isEqualTo(1);
  }

  @Test
  void methodNotAllowed_namesTheCallersOwnRoleAndTheMethod_butNotTheRule() throws Exception {
    Refusal refusal =
        Refusal.notAllowed(
            GuardedServer.caller(), "test.v1.Echo/Unary", Optional.of(RuleName.parse("frozen")));

    assertThat(details(refusal).getDetails(0).unpack(ErrorInfo.class).getMetadataMap())
        .isEqualTo(
            Map.of(
                "role", "arn:aws:iam::111122223333:role/checkout", "method", "test.v1.Echo/Unary"));
    assertThat(details(refusal).toString()).doesNotContain("frozen");
  }

  @Test
  void knownWait_isTold() throws Exception {
    Refusal refusal =
        Refusal.of(
            new Verification.Unavailable(
                RefusalReason.ISSUER_UNAVAILABLE, Optional.of(Duration.ofMillis(1_500))));

    RetryInfo retry = details(refusal).getDetails(1).unpack(RetryInfo.class);

    assertThat(retry.getRetryDelay())
        .isEqualTo(
            com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build());
  }

  private static com.google.rpc.Status details(Refusal refusal)
      throws InvalidProtocolBufferException {
    com.google.rpc.Status details =
        StatusProto.fromStatusAndTrailers(
            RefusalStatus.status(refusal), RefusalStatus.trailers(refusal));
    // As it travels.
    return com.google.rpc.Status.parseFrom(details.toByteArray());
  }
}
