package dev.rolecall.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.renewal.RenewalFailure.Kind;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallStatusTest {

  @ParameterizedTest
  @CsvSource({"PASSING, UNAVAILABLE", "LASTING, UNAUTHENTICATED", "DEFECT, INTERNAL"})
  void of_failure_hasTheCodeOfItsKindAndItsWords(Kind kind, Status.Code code) {
    FakeFailure failure = new FakeFailure(kind, "what was tried");

    Status status = CallStatus.of(failure);

    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).isEqualTo("what was tried");
    assertThat(status.getCause()).isSameAs(failure);
  }

  @Test
  void of_strangersException_isInternalAndKeepsItsWordsBack() {
    Status status = CallStatus.of(new IllegalStateException("s3cret"));

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription()).contains("IllegalStateException").doesNotContain("s3cret");
    assertThat(status.getCause()).isNull();
  }
}
