package dev.rolecall.tests.soak;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Principal;
import dev.rolecall.tests.fixture.SecretsWatch;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An interceptor behind the guard that compares the caller of each handler with the planned call.
 */
final class HandlerCheck implements ServerInterceptor {

  /** The header that carries the number of a call. */
  static final Metadata.Key<String> CALL_ID = Metadata.Key.of("call-id", ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";

  private final CallLedger ledger;
  private final OutcomeModel judge;
  private final SecretsWatch secrets;

  /** A few for each minute: those of honest clients. */
  private final Set<String> proofs = ConcurrentHashMap.newKeySet();

  HandlerCheck(CallLedger ledger, OutcomeModel judge, SecretsWatch secrets) {
    this.ledger = ledger;
    this.judge = judge;
    this.secrets = secrets;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    long id = Long.parseLong(String.valueOf(headers.get(CALL_ID)));
    Optional<String> role = CurrentCaller.find().map(Caller::principal).map(Principal::text);
    role.ifPresent(known -> note(String.valueOf(headers.get(AUTHORIZATION))));
    ledger.handlerStarts(id, role.orElse("nobody"), planned -> verdict(planned, role));
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onComplete() {
        ledger.handlerEnds(id);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        ledger.handlerEnds(id);
        super.onCancel();
      }
    };
  }

  private void note(String authorization) {
    if (proofs.add(authorization)) {
      secrets.addSecretsOfProof(authorization.substring(SCHEME.length()));
    }
  }

  private CallVerdict verdict(PlannedCall planned, Optional<String> role) {
    boolean isItself = planned.isPublic() ? role.isEmpty() : role.equals(planned.actor().role());
    return isItself ? judge.admitted(planned, System.nanoTime()) : CallVerdict.WRONGLY_ADMITTED;
  }
}
