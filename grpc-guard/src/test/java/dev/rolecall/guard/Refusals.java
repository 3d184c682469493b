package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The parts of a refusal that a client sees. */
final class Refusals {

  private Refusals() {}

  /** Checks that the call is refused for that reason, with its code and description. */
  static ErrorInfo assertRefused(ThrowingCallable call, RefusalReason reason) {
    return assertRefusal(catchThrowableOfType(StatusRuntimeException.class, call), reason);
  }

  static ErrorInfo assertRefusal(Throwable thrown, RefusalReason reason) {
    assertThat(thrown).isNotNull();
    Status status = Status.fromThrowable(thrown);
    ErrorInfo info;
    try {
      com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
      assertThat(details).as("details of %s", status).isNotNull();
      info = requireNonNull(details).getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    assertThat(info.getReason()).isEqualTo(reason.name());
    assertThat(info.getDomain()).isEqualTo("rolecall.dev");
    assertThat(status.getCode()).isEqualTo(RefusalStatus.status(reason).getCode());
    assertThat(status.getDescription()).isEqualTo(reason.statusDescription());
    return info;
  }
}
