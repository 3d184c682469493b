package dev.rolecall.proxy.envoy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.internal.PlainPath;
import dev.rolecall.proxy.internal.check.Check;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checks for one audience: from a Check to a call, its outcome, and the answer. */
final class AudienceChecks {

  /** Makes a name that is no method's. */
  private static final String NO_METHOD = "/";

  private final CheckedAudience audience;
  private final AccessControl access;
  private final ClientAddress clientAddress;
  private final CheckConnections connections;
  private final AllowedAnswers allowed;
  private final AccessRuntime runtime;

  AudienceChecks(
      CheckedAudience audience,
      ClientAddress clientAddress,
      boolean readsCertificates,
      AccessRuntime runtime) {
    this.audience = audience;
    this.access = audience.access();
    this.clientAddress = clientAddress;
    this.connections =
        new CheckConnections(
            access, readsCertificates, runtime.ticker(), CheckConnections.MOST_BYTES);
    this.allowed = new AllowedAnswers(audience, runtime.clock(), runtime.ticker());
    this.runtime = runtime;
    // Before any peer names a method: later names may find no place.
    audience.methods().forEach(each -> access.method(each, true));
  }

  CheckedAudience audience() {
    return audience;
  }

  /** The call that a Check is about. */
  CheckedCall read(Check check) {
    CheckConnection client = connections.of(clientAddress.of(check), check);
    CalledMethod method = method(check.path().toString(ISO_8859_1));
    return new CheckedCall(
        check.route().mark().isEmpty() ? method : enforced(method),
        client,
        check.headers(),
        check.route());
  }

  /** A Check that no Envoy made is refused in any case: what is admitted instead is recorded. */
  private static CalledMethod enforced(CalledMethod of) {
    return new CalledMethod(of.fullName(), of.path(), of.label(), of.auditing(), of.number(), true);
  }

  private CalledMethod method(String path) {
    String name = path.startsWith("/") ? path.substring(1) : NO_METHOD + path;
    return PlainPath.is(name)
        ? access.method(name, audience.methods().contains(name))
        : access.method(NO_METHOD + name, false);
  }

  /** The outcome of a call that has come in. */
  Outcome check(CheckedCall call) {
    return access.check(
        call.method(), call.connection(), call.credential(), call.headers(), CheckedHeaders.READER);
  }

  /** The answer by an outcome that is no wait. */
  CheckAnswer answer(CheckedCall call, Outcome outcome) {
    if (outcome instanceof Admission admission) {
      Optional<IdentityHeaders> identity = identity(call.method(), admission.caller());
      return identity.isPresent()
          ? allowed.of(call, admission, identity.get())
          : denied(Refusal.of(RefusalReason.CREDENTIAL_EXPIRED));
    }
    return denied((Refusal) outcome);
  }

  /** The headers that the call goes on with; empty if its caller's credential has lapsed. */
  private Optional<IdentityHeaders> identity(CalledMethod method, @Nullable Caller caller) {
    if (caller == null) {
      return Optional.of(IdentityHeaders.NONE);
    }
    if (method.enforced()) {
      return audience.identity().of(caller, method.fullName());
    }
    // The call is admitted in any case.
    try {
      return audience
          .identity()
          .of(caller, method.fullName())
          .or(() -> Optional.of(IdentityHeaders.NONE));
    } catch (RuntimeException | Error e) {
      runtime.supervisor().caught(SupervisedTask.CALL_DECISION.label(), e);
      return Optional.of(IdentityHeaders.NONE);
    }
  }

  private CheckAnswer denied(Refusal refusal) {
    return audience.extras().metadata()
        ? CheckAnswer.denied(
            DeniedAnswers.response(refusal)
                .setDynamicMetadata(LogMetadata.of(audience.name(), refusal))
                .build(),
            refusal)
        : DeniedAnswers.of(refusal);
  }
}
