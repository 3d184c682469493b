package dev.rolecall.guard.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Judged by Google's own classes: what they write for the same values, byte for byte. */
final class StatusDetailsTest {

  private static final Status STATUS = Status.UNAVAILABLE.withDescription("a description, naïve");
  private static final StatusDetails.ErrorInfo INFO =
      new StatusDetails.ErrorInfo(
          "ISSUER_UNAVAILABLE", "rolecall.dev", Map.of("role", "x".repeat(300), "method", "a.B/C"));

  private static com.google.rpc.Status.Builder expected() {
    return com.google.rpc.Status.newBuilder()
        .setCode(Status.Code.UNAVAILABLE.value())
        .setMessage("a description, naïve")
        .addDetails(
            Any.pack(
                ErrorInfo.newBuilder()
                    .setReason("ISSUER_UNAVAILABLE")
                    .setDomain("rolecall.dev")
                    .putMetadata("method", "a.B/C")
                    .putMetadata("role", "x".repeat(300))
                    .build()));
  }

  @Test
  void details_withoutARetryTime_areWhatGoogleWrites() throws Exception {
    byte[] written = StatusDetails.of(STATUS, INFO);

    assertThat(com.google.rpc.Status.parseFrom(written)).isEqualTo(expected().build());
    assertThat(written).isEqualTo(expected().build().toByteArray());
  }

  @Test
  void details_withARetryTime_carryIt() throws Exception {
    byte[] written = StatusDetails.of(StatusDetails.of(STATUS, INFO), Duration.ofMillis(90_250));

    assertThat(com.google.rpc.Status.parseFrom(written))
        .isEqualTo(
            expected()
                .addDetails(
                    Any.pack(
                        RetryInfo.newBuilder()
                            .setRetryDelay(
                                com.google.protobuf.Duration.newBuilder()
                                    .setSeconds(90)
                                    .setNanos(250_000_000))
                            .build()))
                .build());
  }

  @Test
  void details_withoutMetadata_haveNone() throws Exception {
    byte[] written = StatusDetails.of(STATUS, new StatusDetails.ErrorInfo("A", "b", Map.of()));

    ErrorInfo info = com.google.rpc.Status.parseFrom(written).getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getMetadataMap()).isEmpty();
  }

  @Test
  void isOfDomain_readsTheDomainOfWhatGoogleWrote() {
    assertThat(StatusDetails.isOfDomain(expected().build().toByteArray())).isTrue();
    assertThat(StatusDetails.isOfDomain(ofDomain("rolecall.dev.example"))).isFalse();
    assertThat(StatusDetails.isOfDomain(ofDomain("example.com"))).isFalse();
    assertThat(StatusDetails.isOfDomain(new byte[0])).isFalse();
  }

  private static byte[] ofDomain(String domain) {
    return com.google.rpc.Status.newBuilder()
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("GONE").setDomain(domain).build()))
        .build()
        .toByteArray();
  }
}
