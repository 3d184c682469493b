package dev.rolecall.verifier.internal.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsCode;
import dev.rolecall.verifier.internal.endpoint.AwsEndpoints;
import dev.rolecall.verifier.internal.http.StsRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client whose executor takes no task, because there is no thread to be had. */
@Tag("attack")
final class StsClientTest {

  private final FakeSts sts = new FakeSts();
  private final AccessRuntime runtime =
      AccessRuntime.builder()
          .lookUpExecutor(
              task -> {
                throw new IllegalStateException("no thread: the test's fault");
              })
          .build();
  private final StsClient client =
      StsClient.of(runtime, new RetryPolicy(Duration.ofSeconds(30)), sts);

  @AfterEach
  void end() {
    client.close();
    runtime.close();
  }

  private CompletableFuture<StsAnswer> ask() {
    return client.ask(
        StsRequest.ofNobody(AwsEndpoints.global(), Instant.parse("2026-11-21T22:18:45Z")),
        runtime.ticker().getAsLong());
  }

  @Test
  void answer_thatTheExecutorDoesNotTake_isReadAllTheSame() {
    sts.then(FakeSts.checkout());

    assertThat(ask().join().code()).isEqualTo(StsCode.OK);
  }

  @Test
  void close_endsEachInquiryAsUnavailable_thoughTheExecutorDoesNotTakeIt() {
    CompletableFuture<StsAnswer> first = ask();
    CompletableFuture<StsAnswer> second = ask();
    assertThat(sts.requests()).hasSize(2);

    client.close();

    assertThat(first.join().code()).isEqualTo(StsCode.CONNECTION);
    assertThat(second.join().code()).isEqualTo(StsCode.CONNECTION);
  }
}
