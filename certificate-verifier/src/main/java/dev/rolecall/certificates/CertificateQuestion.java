package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.ClientCertificate;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.SpiffeId;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The question who vouches for one certificate, and for which name. No other process is asked: the
 * answer takes a few checks of signatures.
 */
final class CertificateQuestion implements Question {

  private final ClientCertificate certificate;
  private final String digest;
  private final CurrentBundles bundles;
  private final Clock clock;

  CertificateQuestion(ClientCertificate certificate, CurrentBundles bundles, Clock clock) {
    this.certificate = requireNonNull(certificate, "certificate");
    this.digest = Bundles.digest(certificate.chain());
    this.bundles = requireNonNull(bundles, "bundles");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Of all that the client presented: whether an authority vouches depends on the rest too. */
  @Override
  public CredentialKey key() {
    return new CredentialKey(digest, digest.hashCode());
  }

  @Override
  public Issuer issuer() {
    return LocalIssuer.INSTANCE;
  }

  /** The hash of the public key. */
  @Override
  public String claimedId() {
    return certificate.key().value();
  }

  @Override
  public Optional<Facts> facts() {
    return Optional.of(CertificateFacts.of(certificate.leaf()));
  }

  @Override
  public CompletableFuture<Answer> ask(long began) {
    return CompletableFuture.completedFuture(new Answer(verdict(), Answer.Reply.ANSWERED));
  }

  private Verification verdict() {
    return VerifiedChain.find(certificate.chain(), bundles.get(), clock.instant())
        .map(this::verdict)
        .orElseGet(() -> new Verification.Refused(RefusalReason.ISSUER_NOT_ALLOWED));
  }

  private Verification verdict(VerifiedChain chain) {
    return CertifiedName.of(certificate.leaf())
        .fold(
            spiffe -> named(spiffe, chain),
            dns -> caller(new DnsName(chain.authority().alias(), dns), chain),
            () -> new Verification.Refused(RefusalReason.CALLER_KIND_NOT_ACCEPTED),
            () -> new Verification.Refused(RefusalReason.CREDENTIAL_MALFORMED));
  }

  /** An authority speaks for the workloads of its own trust domain alone. */
  private static Verification named(SpiffeId id, VerifiedChain chain) {
    return chain.authority().trustDomain().equals(Optional.of(id.trustDomain()))
        ? caller(id, chain)
        : new Verification.Refused(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  private static Verification caller(Principal principal, VerifiedChain chain) {
    return new Verification.Verified(
        Caller.of(principal, CertificateFacts.evidence(chain), chain.notAfter()));
  }
}
