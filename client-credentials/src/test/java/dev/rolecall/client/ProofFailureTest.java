package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.renewal.CallStatus;
import io.grpc.Status;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

final class ProofFailureTest {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";

  @ParameterizedTest
  @CsvSource({
    "AccessDenied, 403, UNAUTHENTICATED",
    "ExpiredToken, 403, UNAUTHENTICATED",
    "InvalidClientTokenId, 403, UNAUTHENTICATED",
    "SignatureDoesNotMatch, 403, UNAUTHENTICATED",
    "ValidationError, 400, UNAUTHENTICATED",
    "Throttling, 400, UNAVAILABLE",
    "ThrottlingException, 400, UNAVAILABLE",
    "IDPCommunicationError, 400, UNAVAILABLE",
    "RequestTimeout, 408, UNAVAILABLE",
    "TooManyRequests, 429, UNAVAILABLE",
    "InternalFailure, 500, UNAVAILABLE",
    "ServiceUnavailable, 503, UNAVAILABLE"
  })
  void notLoaded_awsAnswered_isJudgedByCodeAndStatus(String code, int http, Status.Code expected) {
    for (boolean loadedBefore : new boolean[] {true, false}) {
      Status status = status(refusal(code, http), loadedBefore);

      assertThat(status.getCode()).isEqualTo(expected);
      assertThat(status.getDescription())
          .contains("what was tried", code, "HTTP " + http, "request-1")
          .doesNotContain(SECRET);
    }
  }

  @Test
  void notLoaded_awsAnsweredInsideAnotherException_isFound() {
    RuntimeException wrapped = new IllegalStateException(SECRET, refusal("AccessDenied", 403));

    assertThat(status(wrapped, false).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void notLoaded_awsAnsweredNonsense_isNotRepeated() {
    AwsServiceException odd = refusal("<" + SECRET + ">\n", 403);

    assertThat(status(odd, false).getDescription())
        .contains("AWS answered unknown")
        .doesNotContain(SECRET);
  }

  @Test
  void notLoaded_awsAnsweredWithoutDetails_isJudgedByStatus() {
    AwsServiceException bare = AwsServiceException.builder().statusCode(502).build();

    assertThat(status(bare, false).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  static Stream<Throwable> passing() {
    return Stream.of(
        new IOException(SECRET),
        new UncheckedIOException(new IOException(SECRET)),
        SdkClientException.create(SECRET, new SocketTimeoutException(SECRET)),
        new TimeoutException(SECRET),
        new InterruptedException(SECRET),
        new CancellationException(SECRET),
        AbortedException.create(SECRET),
        ApiCallTimeoutException.create(5),
        new IllegalStateException(SECRET));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void notLoaded_outageOrUnknown_isUnavailable(Throwable thrown) {
    Status status = status(thrown, false);

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription())
        .contains("what was tried", thrown.getClass().getSimpleName())
        .doesNotContain(SECRET);
  }

  static Stream<Throwable> lasting() {
    return Stream.of(
        SdkClientException.create("Unable to load credentials " + SECRET),
        SdkClientException.create(SECRET, new NoSuchFileException(SECRET)),
        new UncheckedIOException(new FileNotFoundException(SECRET)));
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void notLoaded_nowhereToBeFound_isUnauthenticated(Throwable thrown) {
    Status status = status(thrown, false);

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .contains("no AWS credentials", "what was tried", thrown.getClass().getSimpleName())
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void notLoaded_nowhereToBeFoundButLoadedBefore_isUnavailable(Throwable thrown) {
    assertThat(status(thrown, true).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void notLoaded_endlessCauses_ends() {
    RuntimeException a = new IllegalStateException();
    RuntimeException b = new IllegalStateException(a);
    a.initCause(b);

    assertThat(status(a, false).getDescription()).hasSizeLessThan(1_000);
  }

  @Test
  void of_defect_isInternalAndSaysWhere() {
    Status status = CallStatus.of(ProofFailure.defect(new NullPointerException(SECRET)));

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription())
        .contains("NullPointerException", getClass().getName())
        .doesNotContain(SECRET);
  }

  @Test
  void of_closedOrNoRegion_isUnauthenticated() {
    assertThat(CallStatus.of(ProofFailure.closed()).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(CallStatus.of(ProofFailure.noRegion()).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  private static Status status(Throwable thrown, boolean loadedBefore) {
    return CallStatus.of(ProofFailure.notLoaded(thrown, "what was tried", List.of(), loadedBefore));
  }

  private static AwsServiceException refusal(String code, int http) {
    return AwsServiceException.builder()
        .message(SECRET)
        .statusCode(http)
        .requestId("request-1")
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(SECRET).build())
        .build();
  }
}
