package dev.rolecall.cli;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call that failed, as the client was told.
 *
 * @param status the status
 * @param reason ErrorInfo's reason, where the server gave one
 */
record CallFailure(Status status, Optional<String> reason) {

  static CallFailure of(StatusRuntimeException thrown) {
    com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
    Optional<String> reason =
        details == null
            ? Optional.empty()
            : details.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .findFirst()
                .flatMap(CallFailure::reason);
    return new CallFailure(thrown.getStatus(), reason);
  }

  private static Optional<String> reason(Any info) {
    try {
      return Optional.of(info.unpack(ErrorInfo.class).getReason());
    } catch (InvalidProtocolBufferException e) {
      // The server's own words are enough.
      return Optional.empty();
    }
  }

  /** Whether somebody said no, rather than could not say. */
  boolean isRefusal() {
    return status.getCode() == Status.Code.UNAUTHENTICATED
        || status.getCode() == Status.Code.PERMISSION_DENIED;
  }

  /** One line for people. */
  String text() {
    return (isRefusal() ? "refused: " : "failed: ")
        + status.getCode()
        + reason.map(name -> " (" + name + ")").orElse("")
        + Stream.of(description(), refusedCertificate())
            .flatMap(Optional::stream)
            .map(words -> ": " + words)
            .collect(joining());
  }

  /**
   * Its first line: where no connection was made, gRPC lists its own handlers below. Without the
   * reason that a server's words begin with, which stands before it already.
   */
  private Optional<String> description() {
    String word = reason.map(name -> name + ": ").orElse("");
    return Optional.ofNullable(status.getDescription())
        .flatMap(text -> text.lines().findFirst())
        .map(line -> line.startsWith(word) ? line.substring(word.length()) : line);
  }

  /** What was wrong with the server's certificate, where that is what the handshake failed for. */
  private Optional<String> refusedCertificate() {
    return Stream.iterate(
            Optional.ofNullable(status.getCause()),
            Optional::isPresent,
            cause -> cause.map(Throwable::getCause))
        .flatMap(Optional::stream)
        .filter(CertificateException.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }
}
