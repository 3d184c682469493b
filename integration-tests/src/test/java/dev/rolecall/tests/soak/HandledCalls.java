package dev.rolecall.tests.soak;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import dev.rolecall.identity.Caller;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.verifier.grpc.CurrentCaller;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands behind the guard, where handlers are, and holds each caller against its errand. */
final class HandledCalls implements ServerInterceptor {

  /** Names a call's errand. */
  static final Metadata.Key<String> ERRAND = Metadata.Key.of("errand", ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";

  private final Ledger ledger;
  private final Judge judge;
  private final SecretsWatch secrets;

  /** A few for each minute: those of honest clients. */
  private final Set<String> proofs = ConcurrentHashMap.newKeySet();

  HandledCalls(Ledger ledger, Judge judge, SecretsWatch secrets) {
    this.ledger = ledger;
    this.judge = judge;
    this.secrets = secrets;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    long id = Long.parseLong(String.valueOf(headers.get(ERRAND)));
    Optional<String> role = CurrentCaller.find().map(Caller::role).map(Object::toString);
    role.ifPresent(known -> note(String.valueOf(headers.get(AUTHORIZATION))));
    ledger.handlerStarts(id, role.orElse("nobody"), errand -> verdict(errand, role));
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

  private Verdict verdict(Errand errand, Optional<String> role) {
    boolean isItself = errand.isPublic() ? role.isEmpty() : role.equals(errand.actor().role());
    return isItself ? judge.admitted(errand, System.nanoTime()) : Verdict.WRONGLY_ADMITTED;
  }
}
