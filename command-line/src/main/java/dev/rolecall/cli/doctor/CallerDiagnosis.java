package dev.rolecall.cli.doctor;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.connect.LocalProof;
import dev.rolecall.cli.options.AcceptedOptions;
import dev.rolecall.cli.options.ProofSigner;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The checks of this shell, in order: its credentials, its Region and STS, its identity, and the
 * role that a server would see.
 *
 * @param audience the name of the server that a proof would be for
 * @param role the role to assume first; empty for none
 * @param accepted the Regions and accounts that the server accepts
 * @param context this end's clock, environment and patience
 * @param report takes what is found, as it is found
 */
record CallerDiagnosis(
    Audience audience,
    Optional<String> role,
    AcceptedOptions accepted,
    DoctorContext context,
    Consumer<Finding> report) {

  /**
   * A caller that was checked.
   *
   * @param canSign whether there is a proof to send
   * @param signer the caller's options, with the STS that its settings name
   */
  record Diagnosed(boolean canSign, ProofSigner signer) {}

  /** Checks. Blocks for the answers of STS. */
  Diagnosed run(StsChoice sts) {
    CredentialsCheck credentials = new CredentialsCheck(context.ofSearch());
    Optional<AwsCredentials> found = credentials.look();
    credentials.findings().forEach(report);
    Optional<TargetCheck.Target> target = new TargetCheck(sts, audience, report).target();
    if (target.isEmpty()) {
      return new Diagnosed(false, new ProofSigner(sts, role));
    }
    ProofSigner signer = new ProofSigner(target.get().sts(), role);
    return new Diagnosed(canSign(found, target.get(), signer), signer);
  }

  private boolean canSign(
      Optional<AwsCredentials> found, TargetCheck.Target target, ProofSigner signer) {
    List<Finding> answers =
        new StsCheck(target.endpoint(), context.clock(), context.environment()).findings();
    answers.forEach(report);
    if (found.isEmpty()) {
      return false;
    }
    if (answers.stream()
        .filter(answer -> answer.check().equals("sts"))
        .noneMatch(answer -> answer.verdict() == Finding.Verdict.OK)) {
      // No STS answers that could say whose credentials they are.
      return true;
    }
    Finding identity =
        new IdentityCheck(
                StaticCredentialsProvider.create(found.get()), target.region(), target.endpoint())
            .finding();
    report.accept(identity);
    if (identity.verdict() == Finding.Verdict.OK || role.isPresent()) {
      report.accept(signing(signer));
    }
    return true;
  }

  /** Whether a server that can reach STS would accept a proof, and the role it would see. */
  private Finding signing(ProofSigner signer) {
    try (ProofSource source = signer.proofs(audience).build();
        CallerLookup callers =
            StsChoice.lookup(
                accepted.acceptedBy(signer.sts().acceptedBy(StsVerifier.forAudience(audience))))) {
      return LocalProof.verified(source, callers)
          .fold(
              verified -> Finding.ok("role", verified.caller().principal().text()),
              refused ->
                  Finding.wrong(
                      "role",
                      words(refused.reason()),
                      RefusalAdvice.on(refused.reason(), CredentialKind.PROOF)),
              unavailable ->
                  Finding.unknown(
                      "role",
                      words(unavailable.reason()),
                      RefusalAdvice.on(unavailable.reason(), CredentialKind.PROOF)));
    } catch (ProofUnavailableException e) {
      return Finding.wrong(
          "role",
          String.valueOf(e.getMessage()),
          "let the role's trust policy name this identity, and this identity assume that role");
    }
  }

  private static String words(RefusalReason reason) {
    return reason + ": " + reason.description();
  }
}
