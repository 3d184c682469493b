package dev.rolecall.renewal;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Tells a credential when a server has refused it. gRPC's call credentials do not learn how a call
 * ends, so this interceptor of the same channel does. It changes nothing of the call, which is not
 * tried again. Safe for use by many threads.
 *
 * @param <C> the credential
 */
public final class RenewalAfterRefusal<C extends RenewableCredential> implements ClientInterceptor {

  private final RenewingCredential<C> credential;

  /** An interceptor for channels whose calls carry that credential. */
  public RenewalAfterRefusal(RenewingCredential<C> credential) {
    this.credential = requireNonNull(credential, "credential");
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> responses, Metadata headers) {
        // None yet: the call waits for the first one, which is then the one in use.
        Optional<C> carried = credential.current();
        super.start(
            new SimpleForwardingClientCallListener<R>(responses) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                if (isRefusal(status)) {
                  carried.or(credential::current).ifPresent(credential::refused);
                }
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  /** A call that got no credential ends with the same code, and with the reason as its cause. */
  private static boolean isRefusal(Status status) {
    return status.getCode() == Status.Code.UNAUTHENTICATED && status.getCause() == null;
  }
}
