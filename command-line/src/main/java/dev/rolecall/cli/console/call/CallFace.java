package dev.rolecall.cli.console.call;

import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.report.ConnectionAdvice;
import dev.rolecall.cli.report.CredentialsAdvice;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.service.failure.FailureReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The face of a call that failed. Refusals by the guard of a server, answers of the access service
 * and failures of the connection are told apart, and an outage is never told as a refusal.
 */
final class CallFace {

  /** For each step of asking an address what it is. The page waits for it. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  private static final String AWAY_TITLE = "The server does not answer";

  private final CalledServer server;

  CallFace(CalledServer server) {
    this.server = server;
  }

  /** Its face. May block for some seconds, to find out what is at the server's address. */
  Failure of(StatusRuntimeException thrown) {
    CallFailure failure = CallFailure.of(thrown);
    Optional<RefusalReason> ofGuard = failure.knownReason();
    Optional<FailureReason> ofService = failure.reason().flatMap(CallFace::ofService);
    if (ofGuard.isPresent()) {
      return refused(failure, ofGuard.get());
    }
    if (ofService.isPresent()) {
      return answered(failure, ofService.get());
    }
    return nothingSent(failure).orElseGet(() -> unexplained(failure));
  }

  private static Optional<FailureReason> ofService(String word) {
    return Arrays.stream(FailureReason.values())
        .filter(reason -> reason.name().equals(word))
        .findFirst();
  }

  private Failure refused(CallFailure failure, RefusalReason reason) {
    Face face =
        reason == RefusalReason.CALLER_LOCKED
            ? Face.LOCKED
            : switch (failure.status().getCode()) {
              case UNAUTHENTICATED -> Face.NOT_PROVEN;
              case PERMISSION_DENIED -> Face.NOT_ALLOWED;
              case INTERNAL -> Face.DEFECT;
              default -> Face.AWAY;
            };
    String title =
        switch (face) {
          case LOCKED -> "You are locked";
          case NOT_PROVEN -> "The server does not accept your proof";
          case NOT_ALLOWED -> "You may not do this";
          case DEFECT -> "The server has a defect";
          default -> AWAY_TITLE;
        };
    return told(face, title, failure, RefusalAdvice.on(reason, server.way().kind().get()));
  }

  private static Failure answered(CallFailure failure, FailureReason reason) {
    return switch (reason.kind()) {
      case INVALID -> told(Face.REFUSED, "The rules do not allow that", failure, "");
      case FORBIDDEN -> told(Face.NOT_ALLOWED, "You may not do this", failure, "");
      case NOT_FOUND -> told(Face.REFUSED, "That is not there, or not yours to see", failure, "");
      case WRONG_STATE, CONFLICT ->
          told(Face.CHANGED, "That has changed", failure, "Look at it as it is now.");
      case OVER_LIMIT ->
          told(Face.REFUSED, "Too many at once", failure, "Wait until some are done.");
      case UNAVAILABLE -> told(Face.AWAY, AWAY_TITLE, failure, "");
      case NOT_OFFERED -> told(Face.REFUSED, "The service does not offer this", failure, "");
      case DEFECT -> told(Face.DEFECT, "The service has a defect", failure, "Its log says more.");
    };
  }

  /** A call that had no credential to bring. */
  private Optional<Failure> nothingSent(CallFailure failure) {
    Optional<ProofUnavailableException> withoutProof =
        failure
            .causes()
            .filter(ProofUnavailableException.class::isInstance)
            .map(ProofUnavailableException.class::cast)
            .findFirst();
    if (withoutProof.isPresent() && withoutProof.get().isRetryable()) {
      return Optional.of(
          told(Face.AWAY, "AWS does not give credentials now", failure, "Try again."));
    }
    if (withoutProof.isPresent()) {
      return Optional.of(
          told(
              Face.SIGNED_OUT,
              "You are not signed in to AWS",
              failure,
              withoutProof.get().attempts().stream()
                  .filter(CredentialsAttempt::isSetUp)
                  .findFirst()
                  .map(CredentialsAdvice::on)
                  .orElse(CredentialsAdvice.ON_NONE)));
    }
    return failure
        .causes()
        .filter(CommandFailure.class::isInstance)
        .findFirst()
        .map(cause -> told(Face.SIGNED_OUT, "You have no token to call with", failure, ""));
  }

  private Failure unexplained(CallFailure failure) {
    if (failure.status().getCode() == Status.Code.UNIMPLEMENTED) {
      return told(
          Face.NOT_CONFIGURED,
          "The server has no such service",
          failure,
          "Correct the address that the console was started with, or update the server.");
    }
    if (failure.isRefusal()) {
      return told(
          Face.NOT_PROVEN,
          "Something on the way refused the call",
          failure,
          "Look for a proxy before the server, and run 'rolecall doctor'.");
    }
    return told(
        Face.AWAY,
        AWAY_TITLE,
        failure,
        ConnectionAdvice.on(failure, server.address(), server.security(), PROBE).orElse(""));
  }

  private static Failure told(Face face, String title, CallFailure failure, String advice) {
    return new Failure(
        face,
        title,
        words(failure),
        advice,
        failure.reason().map(Visible::line),
        failure.details().info().map(info -> info.getMetadataMap()).orElse(Map.of()));
  }

  /** The server's words, without the reason that they begin with, or those of the connection. */
  private static String words(CallFailure failure) {
    String text = failure.text();
    String begin = failure.isRefusal() ? "refused: " : "failed: ";
    return text.substring(Math.min(begin.length(), text.length()));
  }
}
