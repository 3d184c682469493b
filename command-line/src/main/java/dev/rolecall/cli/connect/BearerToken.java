package dev.rolecall.cli.connect;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.failure.CommandFailure;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A bearer token that a user holds, as the credentials of calls: sent over TLS, or to this machine.
 * Without TLS no call leaves this machine with it. The token is a secret, and in no message.
 */
public final class BearerToken extends CallCredentials {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Supplier<String> token;
  private volatile CredentialKind kind = CredentialKind.OPAQUE_TOKEN;

  /**
   * Credentials of that token.
   *
   * @param token asked for each call, and may block; throws {@link CommandFailure} or {@link
   *     StatusRuntimeException} where there is none
   */
  public BearerToken(Supplier<String> token) {
    this.token = requireNonNull(token, "token");
  }

  /** The failure of a call over a connection that a token may not be sent over. */
  public static String refusal(String server) {
    return "the token is not sent to "
        + server
        + " without TLS: anyone on the way could use it (expected: TLS, or a server on this"
        + " machine)";
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo request, Executor executor, MetadataApplier applier) {
    if (request.getSecurityLevel() != SecurityLevel.PRIVACY_AND_INTEGRITY && !isLocal(request)) {
      applier.fail(Status.UNAUTHENTICATED.withDescription(refusal(request.getAuthority())));
      return;
    }
    // Not here: a file may be read for it.
    executor.execute(() -> apply(applier));
  }

  private void apply(MetadataApplier applier) {
    Metadata headers = new Metadata();
    try {
      String text = token.get();
      kind = CredentialKind.of(text);
      headers.put(AUTHORIZATION, "Bearer " + text);
    } catch (CommandFailure e) {
      applier.fail(notHad(Status.UNAUTHENTICATED.withDescription(e.getMessage())));
      return;
    } catch (StatusRuntimeException e) {
      applier.fail(notHad(e.getStatus()));
      return;
    } catch (RuntimeException | Error e) {
      // Without its words: they may hold the token.
      applier.fail(Status.INTERNAL.withDescription("the token could not be read"));
      return;
    }
    applier.apply(headers);
  }

  /** The cause tells that no server answered so. */
  private static Status notHad(Status status) {
    return status.withCause(new CommandFailure(String.valueOf(status.getDescription())));
  }

  /** The kind of the last token that was sent; an opaque one where none was. */
  CredentialKind kind() {
    return kind;
  }

  private static boolean isLocal(RequestInfo request) {
    return request.getTransportAttrs().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress address
        && address.getAddress() != null
        && address.getAddress().isLoopbackAddress();
  }
}
