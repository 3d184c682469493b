package dev.rolecall.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.ClientCertificate;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.TestAuthority;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Two authorities with files in a folder of the test, and time that stands still. */
final class CertificateBench implements AutoCloseable {

  static final Connection TLS =
      new Connection("198.51.100.1", Set.of(BindingHash.of(new byte[] {1})));

  final ManualTime time = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final TestAuthority mesh = TestAuthority.root("mesh");
  final TestAuthority partners = TestAuthority.root("partners");
  final Path meshFile;
  final Path partnersFile;
  final AccessRuntime runtime =
      AccessRuntime.builder()
          .clock(time)
          .ticker(time::nanos)
          .lookUpExecutor(Runnable::run)
          .scheduler(scheduler)
          .build();

  CertificateBench(Path folder) {
    this.meshFile = folder.resolve("mesh.pem");
    this.partnersFile = folder.resolve("partners.pem");
    mesh.writePem(meshFile);
    partners.writePem(partnersFile);
  }

  CertificateVerifier scheme() {
    return CertificateVerifier.of(
            CertificateAuthority.of("mesh", meshFile).forTrustDomain("example.org"),
            CertificateAuthority.of("partners", partnersFile))
        .executor(scheduler);
  }

  CallerLookup lookup() {
    return CallerLookup.of(
        List.of(scheme()), LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), runtime);
  }

  /** The verdict of a look-up that has seen nothing before. */
  Verification verdict(IssuedCertificate certificate) {
    try (CallerLookup lookup = lookup()) {
      return verdict(lookup, certificate);
    }
  }

  static Verification verdict(CallerLookup lookup, IssuedCertificate certificate) {
    return lookup.find(new ClientCertificate(certificate.chain()), TLS).join();
  }

  Caller caller(IssuedCertificate certificate) {
    return caller(verdict(certificate));
  }

  static Caller caller(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verdict).caller();
  }

  RefusalReason refusal(IssuedCertificate certificate) {
    return refusal(verdict(certificate));
  }

  static RefusalReason refusal(Verification verdict) {
    assertThat(verdict).isInstanceOf(Verification.Refused.class);
    return ((Verification.Refused) verdict).reason();
  }

  /** Lets the checks of the files see them twice. */
  void reload() {
    scheduler.tick();
    scheduler.tick();
  }

  @Override
  public void close() {
    runtime.close();
    scheduler.close();
  }
}
