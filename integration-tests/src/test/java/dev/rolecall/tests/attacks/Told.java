package dev.rolecall.tests.attacks;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last answer to a hostile client.
 *
 * @param word the gRPC code and the reason, {@code UNAUTHENTICATED CREDENTIAL_MISSING}; after
 *     {@code HTTP} and its status where that is not 200; or the frame that ended the stream or the
 *     connection with the name of its error
 * @param retryAfter RetryInfo's delay
 */
record Told(String word, Optional<Duration> retryAfter) {

  /** How the connection ends when its other end says nothing more. */
  static final Told CLOSED = new Told("closed", Optional.empty());

  /** What a call that is served is told. */
  static final String OK = "OK";

  Told {
    requireNonNull(word, "word");
    requireNonNull(retryAfter, "retryAfter");
  }

  boolean isAccepted() {
    return word.equals(OK);
  }

  /** A stream or connection was ended for an error. */
  static Told error(Frame frame) {
    String kind = frame.type() == Frame.GOAWAY ? "GOAWAY " : "RST_STREAM ";
    return new Told(kind + Http2Error.valueOf(frame.errorCode()), Optional.empty());
  }

  /**
   * The stream ended by itself.
   *
   * @param first its first headers
   * @param trailers its last ones; the same where it had no others
   */
  static Told status(Http2Headers first, Http2Headers trailers) {
    String http = "200".contentEquals(first.status()) ? "" : "HTTP " + first.status() + " ";
    @Nullable CharSequence code = trailers.get("grpc-status");
    if (code == null) {
      return new Told((http + "without a status").trim(), Optional.empty());
    }
    String name = io.grpc.Status.fromCodeValue(Integer.parseInt(code.toString())).getCode().name();
    Status details = details(trailers.get("grpc-status-details-bin"));
    String reason = "";
    Optional<Duration> retryAfter = Optional.empty();
    try {
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          reason = " " + detail.unpack(ErrorInfo.class).getReason();
        } else if (detail.is(RetryInfo.class)) {
          com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a detail that is not what it says it is", e);
    }
    return new Told(http + name + reason, retryAfter);
  }

  private static Status details(@Nullable CharSequence base64) {
    if (base64 == null) {
      return Status.getDefaultInstance();
    }
    try {
      return Status.parseFrom(Base64.getDecoder().decode(base64.toString()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("grpc-status-details-bin is no google.rpc.Status", e);
    }
  }
}
