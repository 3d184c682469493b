package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.ServerHandshake;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.tls.AttestedCertificate;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is asked of one server, in order: its handshake, then its guard and its verdict on this
 * shell, in the way that the server takes.
 *
 * @param address where it is
 * @param audience the name it goes by
 * @param sts which STS both ends use
 * @param role the role to assume first; absent for none
 * @param method the method to try; empty for a usual one
 * @param means this end's clock and patience
 */
record ServerDiagnosis(
    ServerAddress address,
    Audience audience,
    StsOptions sts,
    @Nullable String role,
    Optional<String> method,
    DoctorMeans means) {

  /**
   * Asks.
   *
   * @param canSign whether there is a proof to send
   * @param trusted a file of certificates to trust, and no others; absent for the platform's
   * @param bearer whether to bind the proof to the audience alone
   */
  void run(
      boolean canSign,
      @Nullable Path trusted,
      boolean bearer,
      Optional<Boolean> isOwnClockGood,
      Consumer<Finding> report) {
    ChannelSecurity security = new ChannelSecurity();
    security.trusted = trusted;
    // First, so that a wrong file is told before anything is asked.
    var credentials = security.credentials();
    ServerHandshake handshake = ServerHandshake.with(address, means.patience());
    ServerProbe.Kind kind = ServerProbe.of(address, handshake, means.patience());
    ServerCheck check =
        new ServerCheck(
            address,
            handshake,
            method,
            means.ofCall(),
            new ProofCheck(audience, means.clock(), isOwnClockGood, method.isPresent()));
    Finding certificate = check.certificate(kind, means.clock());
    report.accept(certificate);
    if (certificate.verdict() != Finding.Verdict.OK) {
      return;
    }
    if (kind == ServerProbe.Kind.ATTESTED_TLS) {
      attested(handshake, check, canSign, report);
      return;
    }
    if (canSign) {
      IamCallCredentials.Builder proofs = sts.signedBy(IamCallCredentials.builder(audience.name()));
      Optional.ofNullable(role).ifPresent(proofs::assumeRole);
      if (bearer) {
        proofs.bearerProofs();
      }
      try (ClientEnd end = ClientEnd.withCallProofs(credentials, proofs.build())) {
        check.admission(end).forEach(report);
      }
    }
  }

  private void attested(
      ServerHandshake handshake, ServerCheck check, boolean canSign, Consumer<Finding> report) {
    Optional<RoleArn> server =
        handshake
            .attestation()
            .fold(certificate -> confirmed(certificate, report), ordinary -> Optional.empty());
    if (server.isEmpty() || !canSign) {
      return;
    }
    var options =
        sts.signedBy(AttestedTls.channel(audience)).expectServerRoles(server.get().toString());
    Optional.ofNullable(role).ifPresent(options::assumeRole);
    try (ClientEnd end = ClientEnd.attested(options, verifier())) {
      report.accept(check.attestedAdmission(end));
    }
  }

  private Optional<RoleArn> confirmed(AttestedCertificate certificate, Consumer<Finding> report) {
    String name = "attestation";
    try (CallerVerifier verifier = verifier()) {
      return verifier
          .verify(certificate.proof().text(), Connection.attested("local", certificate.key()))
          .toCompletableFuture()
          .join()
          .fold(
              verified -> {
                report.accept(
                    Finding.ok(
                        name,
                        "the server is "
                            + verified.caller().role()
                            + ": call it with --attested --expect-server-role "
                            + verified.caller().role()));
                return Optional.of(verified.caller().role());
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
                        "at the server: " + RefusalAdvice.on(refused.reason())));
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

  private CallerVerifier verifier() {
    return sts.acceptedBy(CallerVerifier.builder(audience)).build();
  }
}
