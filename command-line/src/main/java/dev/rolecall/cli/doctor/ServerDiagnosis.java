package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.options.ProofSigner;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.tls.certificate.AttestedCertificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checks of one server, in order: its handshake, then its guard and its verdict on this shell,
 * in the way that the server takes.
 *
 * @param address its address
 * @param audience the name it goes by
 * @param signer this shell as a caller, and the STS that both ends use
 * @param trial the call to try
 * @param context this end's clock and patience
 * @param report takes what is found, as it is found
 */
record ServerDiagnosis(
    ServerAddress address,
    Audience audience,
    ProofSigner signer,
    Trial trial,
    DoctorContext context,
    Consumer<Finding> report) {

  /**
   * Asks. Blocks for some times the patience at most.
   *
   * @param canSign whether there is a proof to send
   * @param isOwnClockGood whether this end's clock agrees with STS's; empty where that is not known
   */
  void run(boolean canSign, Optional<Boolean> isOwnClockGood) {
    ServerCheck check =
        ServerCheck.of(
            address,
            trial.method(),
            context,
            new ServerVerdict(
                CredentialKind.PROOF,
                audience,
                context.clock(),
                isOwnClockGood,
                trial.method().isPresent()));
    Finding certificate = check.certificate(context.clock());
    report.accept(certificate);
    if (certificate.verdict() != Finding.Verdict.OK) {
      return;
    }
    if (check.isAttested()) {
      attested(check, canSign);
      return;
    }
    if (canSign) {
      IamCallCredentials.Builder proofs = signer.callProofs(audience);
      if (trial.isBearer()) {
        proofs.bearerProofs();
      }
      try (ClientEnd end = ClientEnd.withCallProofs(trial.credentials(), proofs.build())) {
        check.admission(end).forEach(report);
      }
    }
  }

  private void attested(ServerCheck check, boolean canSign) {
    Optional<RoleArn> server =
        check.handshake().attestation().fold(this::confirmed, ordinary -> Optional.empty());
    if (server.isEmpty() || !canSign) {
      return;
    }
    try (ClientEnd end =
        ClientEnd.attested(
            signer.attestedChannel(audience, List.of(server.get().toString())),
            signer.sts().verifier(audience))) {
      report.accept(check.attestedAdmission(end));
    }
  }

  private Optional<RoleArn> confirmed(AttestedCertificate certificate) {
    String name = "attestation";
    return signer
        .sts()
        .confirmation(certificate, audience)
        .fold(
            verified -> {
              report.accept(
                  Finding.ok(
                      name,
                      "the server is "
                          + verified.caller().principal()
                          + ": call it with --attested --expect-server-role "
                          + verified.caller().principal()));
              return verified.caller().role().map(IamRole::arn);
            },
            refused -> {
              report.accept(
                  Finding.wrong(
                      name,
                      refused.reason()
                          + ": "
                          + refused.reason().description()
                          + (refused.reason() == RefusalReason.AUDIENCE_MISMATCH
                              ? ": the server attests for "
                                  + certificate.proof().audience()
                                  + ", and --audience is "
                                  + audience
                              : ""),
                      "at the server: "
                          + RefusalAdvice.on(refused.reason(), CredentialKind.PROOF)));
              return Optional.empty();
            },
            away -> {
              report.accept(
                  Finding.unknown(
                      name,
                      away.reason() + ": " + away.reason().description(),
                      "both ends of attested TLS need a way to STS: see 'sts'"));
              return Optional.empty();
            });
  }
}
