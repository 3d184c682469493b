package dev.rolecall.benchmarks.grants;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;

/** The end of a stream as its client is told it: the code, and the reason in the details. */
public final class EndReason {

  static final String REVOKED = "PERMISSION_DENIED/GRANT_REVOKED";
  static final String EXPIRED = "PERMISSION_DENIED/GRANT_EXPIRED";
  static final String STALE = "UNAVAILABLE/GRANTS_STALE";

  private static final String DOMAIN = "rolecall.dev";

  private EndReason() {}

  /** {@code CODE/REASON}, and {@code CODE/none} where the details have no reason of Rolecall. */
  public static String of(Status status, Metadata trailers) {
    return status.getCode() + "/" + reason(status, trailers);
  }

  private static String reason(Status status, Metadata trailers) {
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    for (Any detail : details.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          return info.getDomain().equals(DOMAIN) ? info.getReason() : "none";
        } catch (InvalidProtocolBufferException e) {
          return "unreadable";
        }
      }
    }
    return "none";
  }
}
