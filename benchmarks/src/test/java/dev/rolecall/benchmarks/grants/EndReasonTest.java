package dev.rolecall.benchmarks.grants;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;

class EndReasonTest {

  private static String reason(String domain) {
    StatusRuntimeException thrown =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.PERMISSION_DENIED.value())
                .addDetails(
                    Any.pack(
                        ErrorInfo.newBuilder()
                            .setDomain(domain)
                            .setReason("GRANT_REVOKED")
                            .build()))
                .build());
    Metadata trailers = thrown.getTrailers();
    return EndReason.of(thrown.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  @Test
  void reason_isThatOfTheDetails() {
    assertThat(reason("rolecall.dev")).isEqualTo(EndReason.REVOKED);
  }

  @Test
  void reasonOfAnotherDomain_isNone() {
    assertThat(reason("example.com")).isEqualTo("PERMISSION_DENIED/none");
  }

  @Test
  void statusWithoutDetails_hasNone() {
    assertThat(EndReason.of(Status.UNAVAILABLE, new Metadata())).isEqualTo("UNAVAILABLE/none");
  }
}
