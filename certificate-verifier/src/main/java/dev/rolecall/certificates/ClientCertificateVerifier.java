package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.ClientCertificate;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Clock;
import java.util.Optional;

/**
 * Reads the certificates of clients. The dates are checked here, on each connection; the chain is
 * verified as a look-up, which costs a few signatures.
 */
final class ClientCertificateVerifier implements CallerVerifier {

  private final CurrentBundles bundles;
  private final Clock clock;
  private final Runnable stop;

  ClientCertificateVerifier(CurrentBundles bundles, Clock clock, Runnable stop) {
    this.bundles = requireNonNull(bundles, "bundles");
    this.clock = requireNonNull(clock, "clock");
    this.stop = requireNonNull(stop, "stop");
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    if (!(credential instanceof ClientCertificate certificate)) {
      return Reading.notMine();
    }
    return Dates.refusal(certificate.leaf(), clock.instant())
        .<Reading>map(
            untimely ->
                Reading.refused(untimely, Optional.of(CertificateFacts.of(certificate.leaf()))))
        .orElseGet(() -> new CertificateQuestion(certificate, bundles, clock));
  }

  /** Whether the certificate of the authority that vouched for the caller was removed since. */
  @Override
  public Optional<RefusalReason> withdrawn(Caller caller) {
    return caller.evidence().scheme().equals(CertificateFacts.SCHEME)
            && CertificateFacts.isRemoved(caller.evidence(), bundles.get())
        ? Optional.of(RefusalReason.CREDENTIAL_INACTIVE)
        : Optional.empty();
  }

  @Override
  public void onWithdrawal(Runnable listener) {
    bundles.onWithdrawal(listener);
  }

  /** Ends the checks of the files. The bundles in force stay. */
  @Override
  public void close() {
    stop.run();
  }
}
