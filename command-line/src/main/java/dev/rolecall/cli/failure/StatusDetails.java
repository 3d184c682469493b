package dev.rolecall.cli.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policytools.CallerQuery;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;

/**
 * The details of a status, which travel beside it in {@code grpc-status-details-bin}.
 *
 * @param info why, where the server says
 * @param lines the others, each for people and on one line
 * @see <a href="https://grpc.io/docs/guides/error/#richer-error-model">gRPC, richer error model</a>
 */
public record StatusDetails(Optional<ErrorInfo> info, List<String> lines) {

  private static final int MOST = 8;
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                  .build())
          .omittingInsignificantWhitespace();

  /** Copies the lines. */
  public StatusDetails {
    lines = List.copyOf(lines);
  }

  static StatusDetails of(StatusRuntimeException thrown) {
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    List<Any> all = status == null ? List.of() : status.getDetailsList();
    return new StatusDetails(
        all.stream().flatMap(detail -> info(detail).stream()).findFirst(),
        all.stream()
            .filter(detail -> !detail.is(ErrorInfo.class))
            .limit(MOST)
            .map(StatusDetails::line)
            .toList());
  }

  private static Optional<ErrorInfo> info(Any detail) {
    try {
      return detail.is(ErrorInfo.class)
          ? Optional.of(detail.unpack(ErrorInfo.class))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      // The server's own words are enough.
      return Optional.empty();
    }
  }

  private static String line(Any detail) {
    try {
      if (detail.is(RetryInfo.class)) {
        var delay = detail.unpack(RetryInfo.class).getRetryDelay();
        return "retry in " + (delay.getSeconds() + (delay.getNanos() > 0 ? 1 : 0)) + " s";
      }
      return Visible.line(JSON.print(detail));
    } catch (InvalidProtocolBufferException e) {
      return Visible.line(detail.getTypeUrl()) + ", " + detail.getValue().size() + " bytes";
    }
  }

  /** What ErrorInfo says under that key. */
  public Optional<String> said(String key) {
    return info.flatMap(known -> Optional.ofNullable(known.getMetadataMap().get(key)));
  }

  /**
   * The caller that it names, a role or another principal. A server's word: only what is one
   * principal is printed to be pasted.
   */
  public Optional<Principal> caller() {
    try {
      return said("role")
          .or(() -> said("principal"))
          .flatMap(text -> CallerQuery.onlyOne(PrincipalPattern.parse(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
