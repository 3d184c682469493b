package dev.rolecall.proxy.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.Refusal;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DeniedAnswersTest {

  @ParameterizedTest
  @EnumSource
  void refusal_ofEachReason_hasItsCodeInGrpcAndInHttp(RefusalReason reason) {
    Answered answer = new Answered(DeniedAnswers.response(Refusal.of(reason)).build());

    int code = RefusalStatus.status(reason).getCode().value();
    assertThat(answer.grpcStatus()).isEqualTo(Integer.toString(code));
    assertThat(answer.response().getStatus().getCode()).isEqualTo(code);
    assertThat(answer.http())
        .isEqualTo(
            switch (reason.kind()) {
              case UNAUTHENTICATED -> 401;
              case FORBIDDEN -> 403;
              case OVER_LIMIT -> 429;
              case UNAVAILABLE -> 503;
              case DEFECT -> 500;
            });
    assertThat(answer.details()).contains(reason.name());
  }

  @Test
  void message_beyondPrintableAscii_isPercentEncoded() {
    assertThat(DeniedAnswers.percentEncoded("a b~ 100% \n ü")).isEqualTo("a b~ 100%25 %0A %C3%BC");
  }
}
