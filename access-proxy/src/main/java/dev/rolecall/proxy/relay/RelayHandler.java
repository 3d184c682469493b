package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.CallRecords;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.internal.metrics.SupervisedTask;
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
      if (caller.isEmpty()) {
        return start(call, headers, IdentityHeaders.NONE, false);
      }
      Optional<IdentityHeaders> identity = identityOf(caller.get(), call);
      if (identity.isPresent()) {
        return start(call, headers, identity.get(), true);
      }
      return isEnforced(call)
          ? refuseLapsed(call)
          : start(call, headers, IdentityHeaders.NONE, false);
    } catch (RuntimeException | Error e) {
      RefusalStatus.closeAfterDefect(call);
      records().defect(() -> route.guard().requestOf(call), e);
      return CLOSED;
    }
  }

  /** Empty if the caller's time is over; or if it fails, of a call that is admitted in any case. */
  private Optional<IdentityHeaders> identityOf(Caller caller, ServerCall<?, ?> call) {
    try {
      return route.identity().of(caller, call.getMethodDescriptor().getFullMethodName());
    } catch (RuntimeException | Error e) {
      if (isEnforced(call)) {
        throw e;
      }
      route.guard().access().runtime().supervisor().caught(SupervisedTask.CALL_DECISION.label(), e);
      return Optional.empty();
    }
  }

  /** Whether a refused call is closed; else it goes on without an identity. */
  private boolean isEnforced(ServerCall<?, ?> call) {
    return route.guard().requestOf(call).method().enforced();
  }

  private ServerCall.Listener<RelayedMessage> start(
      ServerCall<RelayedMessage, RelayedMessage> call,
      Metadata headers,
      IdentityHeaders identity,
      boolean isCallerKnown) {
    @Nullable String encoding = headers.get(Encodings.ENCODING);
    UpstreamTrace wire =
        new UpstreamTrace(
            Encodings.offered(headers.get(Encodings.ACCEPT_ENCODING)),
            isCallerKnown && !route.keepsAuthorization());
    CallOptions ofCall = (isCallerKnown ? ofKnownCallers : ofOthers).withStreamTracerFactory(wire);
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
