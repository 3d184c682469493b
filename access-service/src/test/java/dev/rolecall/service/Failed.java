package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The failure that a call ended with, as its client reads it.
 *
 * @param code the code of the status
 * @param reason the reason of the ErrorInfo
 * @param sentence the description
 */
record Failed(io.grpc.Status.Code code, String reason, String sentence) {

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** The failure of a call that must fail. */
  static Failed of(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    Assertions.assertThat(thrown).isInstanceOf(StatusRuntimeException.class);
    return of((StatusRuntimeException) thrown);
  }

  static Failed of(StatusRuntimeException thrown) {
    try {
      byte[] details = requireNonNull(thrown.getTrailers()).get(DETAILS);
      ErrorInfo info =
          Status.parseFrom(requireNonNull(details)).getDetails(0).unpack(ErrorInfo.class);
      Assertions.assertThat(info.getDomain()).isEqualTo("rolecall.dev");
      return new Failed(
          thrown.getStatus().getCode(),
          info.getReason(),
          String.valueOf(thrown.getStatus().getDescription()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no details", e);
    }
  }
}
