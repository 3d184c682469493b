package dev.rolecall.spring;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.spring.internal.server.BehindGuard;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Puts the caller into Spring Security's context while a handler works for it.
 *
 * <p>gRPC runs the events of a call on any thread, so the context is set for each event and put
 * back after it: a pooled thread must not carry one caller into another's call. In a public method
 * the context is empty, whatever the thread had before.
 */
final class CallerSecurity implements BehindGuard {

  private final SecurityContextHolderStrategy contexts;

  CallerSecurity(SecurityContextHolderStrategy contexts) {
    this.contexts = contexts;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    Optional<Caller> caller = CurrentCaller.find();
    return new Events<>(as(caller, () -> next.startCall(call, headers)), caller);
  }

  private <T> T as(Optional<Caller> caller, Supplier<T> work) {
    SecurityContext before = contexts.getContext();
    contexts.setContext(contextOf(caller.map(CallerAuthentication::new)));
    try {
      return work.get();
    } finally {
      if (before.getAuthentication() == null) {
        contexts.clearContext();
      } else {
        contexts.setContext(before);
      }
    }
  }

  /** One for each event, so that what a handler does to its context ends with it. */
  private SecurityContext contextOf(Optional<? extends Authentication> caller) {
    SecurityContext context = contexts.createEmptyContext();
    caller.ifPresent(context::setAuthentication);
    return context;
  }

  /** The events of one call. */
  private final class Events<ReqT> extends SimpleForwardingServerCallListener<ReqT> {

    private final Optional<Caller> caller;

    Events(ServerCall.Listener<ReqT> handler, Optional<Caller> caller) {
      super(handler);
      this.caller = caller;
    }

    private void asCaller(Runnable event) {
      as(
          caller,
          () -> {
            event.run();
            return true;
          });
    }

    @Override
    public void onReady() {
      asCaller(super::onReady);
    }

    @Override
    public void onMessage(ReqT message) {
      asCaller(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      asCaller(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      asCaller(super::onCancel);
    }

    @Override
    public void onComplete() {
      asCaller(super::onComplete);
    }
  }
}
