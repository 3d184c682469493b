package dev.rolecall.proxy.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.rolecall.access.Refusal;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.guard.internal.status.StatusDetails;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.DeniedHttpResponse;
import dev.rolecall.proxy.envoy.v3.HeaderValue;
import dev.rolecall.proxy.envoy.v3.HeaderValueOption;
import dev.rolecall.proxy.envoy.v3.HttpStatus;
import io.grpc.Status;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The answers that deny a call. A client of gRPC sees the status with all its details, as if the
 * guard had refused it. An outage and a defect are denials too: a Check that fails obeys Envoy's
 * {@code failure_mode_allow}, which would let the call through with a forged identity on it.
 */
final class DeniedAnswers {

  // Before the answers below, which are made with these.
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /** Sets the header, whatever its values were. */
  private static final int OVERWRITE = 2;

  /** The result of a Check for an audience that the checker does not have. */
  static final String AUDIENCE_UNKNOWN = "audience_unknown";

  /** What is said where nothing was decided, be there no memory for more. */
  static final CheckAnswer DEFECT = of(Refusal.of(RefusalReason.DEFECT));

  /**
   * Envoy and checker are configured apart, so that one may be ahead of the other for a while: an
   * outage, not a refusal.
   */
  static final CheckAnswer OF_UNKNOWN_AUDIENCE =
      CheckAnswer.denied(
          CheckResponse.newBuilder()
              .setStatus(
                  dev.rolecall.proxy.envoy.v3.Status.newBuilder()
                      .setCode(Status.Code.UNAVAILABLE.value()))
              .setDeniedResponse(
                  denied(
                      Status.UNAVAILABLE.withDescription(
                          "the proxy is not configured for this service"),
                      null))
              .build(),
          AUDIENCE_UNKNOWN);

  private DeniedAnswers() {}

  /** The answer that says that refusal. */
  static CheckAnswer of(Refusal refusal) {
    return CheckAnswer.denied(response(refusal).build(), refusal);
  }

  /** The same, to be added to. */
  static CheckResponse.Builder response(Refusal refusal) {
    Status status = RefusalStatus.status(refusal.reason());
    return CheckResponse.newBuilder()
        .setStatus(
            dev.rolecall.proxy.envoy.v3.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(text(status)))
        .setDeniedResponse(denied(status, RefusalStatus.trailers(refusal).get(StatusDetails.KEY)));
  }

  private static DeniedHttpResponse denied(Status status, byte @Nullable [] details) {
    DeniedHttpResponse.Builder denied =
        DeniedHttpResponse.newBuilder()
            .setStatus(HttpStatus.newBuilder().setCode(httpCode(status.getCode())))
            .setBody(text(status))
            .addHeaders(header("grpc-status", Integer.toString(status.getCode().value())))
            .addHeaders(header("grpc-message", percentEncoded(text(status))));
    if (details != null) {
      denied.addHeaders(
          header(requireNonNull(StatusDetails.KEY.name()), BASE64.encodeToString(details)));
    }
    return denied.build();
  }

  private static String text(Status status) {
    return String.valueOf(status.getDescription());
  }

  /** For clients that do not speak gRPC. */
  private static int httpCode(Status.Code code) {
    return switch (code) {
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case RESOURCE_EXHAUSTED -> 429;
      case UNAVAILABLE -> 503;
      default -> 500;
    };
  }

  static HeaderValueOption header(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(ByteString.copyFromUtf8(value)))
        .setAppendAction(OVERWRITE)
        .build();
  }

  /**
   * The text as {@code grpc-message} has it.
   *
   * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses">gRPC
   *     over HTTP/2, Status-Message</a>
   */
  static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte each : text.getBytes(UTF_8)) {
      if (each >= ' ' && each <= '~' && each != '%') {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HEX[(each >> 4) & 0xf]).append(HEX[each & 0xf]);
      }
    }
    return encoded.toString();
  }
}
