package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.CallRecords;
import dev.rolecall.access.Refusal;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proxy.IdentityHeaders;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes on the calls of one route that its guard has admitted, over one event loop's channel. */
final class RelayHandler implements ServerCallHandler<RelayedMessage, RelayedMessage> {

  private static final ServerCall.Listener<RelayedMessage> CLOSED = new ServerCall.Listener<>() {};

  private final Route route;
  private final Channel channel;
  private final CallOptions ofKnownCallers;
  private final CallOptions ofOthers;
  private final Set<RelayedCall> live;

  /**
   * A handler.
   *
   * @param channel the upstream's, of the event loop that the calls come on
   * @param live has the calls while they live
   */
  RelayHandler(Route route, Channel channel, Set<RelayedCall> live) {
    this.route = requireNonNull(route, "route");
    this.channel = requireNonNull(channel, "channel");
    this.ofKnownCallers = route.upstream().options(true);
    this.ofOthers = route.upstream().options(false);
    this.live = requireNonNull(live, "live");
  }

  @Override
  public ServerCall.Listener<RelayedMessage> startCall(
      ServerCall<RelayedMessage, RelayedMessage> call, Metadata headers) {
    try {
      Optional<Caller> caller = CurrentCaller.find();
      Optional<IdentityHeaders> identity = identityOf(caller, call);
      return identity.isPresent()
          ? start(call, headers, identity.get(), caller.isPresent() ? ofKnownCallers : ofOthers)
          : refuseLapsed(call);
    } catch (RuntimeException | Error e) {
      RefusalStatus.closeAfterDefect(call);
      records().defect(() -> route.guard().requestOf(call), e);
      return CLOSED;
    }
  }

  private Optional<IdentityHeaders> identityOf(Optional<Caller> caller, ServerCall<?, ?> call) {
    return caller.isEmpty()
        ? Optional.of(IdentityHeaders.NONE)
        : route.identity().of(caller.get(), call.getMethodDescriptor().getFullMethodName());
  }

  private ServerCall.Listener<RelayedMessage> start(
      ServerCall<RelayedMessage, RelayedMessage> call,
      Metadata headers,
      IdentityHeaders identity,
      CallOptions options) {
    @Nullable String encoding = headers.get(Encodings.ENCODING);
    UpstreamTrace wire =
        new UpstreamTrace(Encodings.offered(headers.get(Encodings.ACCEPT_ENCODING)));
    CallOptions ofCall = options.withStreamTracerFactory(wire);
    if (encoding != null && Encodings.compresses(encoding)) {
      ofCall = ofCall.withCompression(encoding);
    }
    Metadata forwarded = ForwardedHeaders.of(headers, identity, route.keepsAuthorization());
    RelayedCall relayed =
        new RelayedCall(
            call, channel.newCall(call.getMethodDescriptor(), ofCall), live, CallTrace.current());
    relayed.start(forwarded, wire);
    return relayed;
  }

  /** The credential was good a moment ago, and there is no identity to pass on any more. */
  private ServerCall.Listener<RelayedMessage> refuseLapsed(ServerCall<?, ?> call) {
    CallGuard guard = route.guard();
    Refusal refusal = Refusal.of(RefusalReason.CREDENTIAL_EXPIRED);
    RefusalStatus.close(call, refusal);
    records().refused(guard.requestOf(call), refusal);
    return CLOSED;
  }

  private CallRecords records() {
    return route.guard().access().records();
  }
}
