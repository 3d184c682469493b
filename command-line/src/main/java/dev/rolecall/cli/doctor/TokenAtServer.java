package dev.rolecall.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.BearerToken;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.identity.Audience;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checks of one server for a caller with a token, in order: its handshake, its guard, and its
 * verdict on the token.
 *
 * @param address its address
 * @param audience the name it goes by
 * @param trial the call to try
 * @param context this end's clock and patience
 * @param report takes what is found, as it is found
 */
record TokenAtServer(
    ServerAddress address,
    Audience audience,
    Trial trial,
    DoctorContext context,
    Consumer<Finding> report) {

  TokenAtServer {
    requireNonNull(address, "address");
    requireNonNull(audience, "audience");
    requireNonNull(trial, "trial");
    requireNonNull(context, "context");
    requireNonNull(report, "report");
  }

  /**
   * Asks. Blocks for some times the patience at most.
   *
   * @param kind the kind of the token
   */
  void run(BearerToken token, CredentialKind kind) {
    ServerCheck check =
        ServerCheck.of(
            address,
            trial.method(),
            context,
            new ServerVerdict(
                kind, audience, context.clock(), Optional.empty(), trial.method().isPresent()));
    Finding certificate = check.certificate(context.clock());
    report.accept(certificate);
    if (certificate.verdict() != Finding.Verdict.OK) {
      return;
    }
    if (check.isAttested()) {
      report.accept(
          Finding.unknown(
              "answer",
              "not asked: the server is attested, and takes callers by their own attestation",
              "leave the token out, and the doctor asks as this shell's role"));
      return;
    }
    try (ClientEnd end = ClientEnd.withToken(trial.credentials(), token)) {
      check.admission(end).forEach(report);
    }
  }
}
