package dev.rolecall.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.testsupport.TestAuthority;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path folder;

  @Test
  void scheme_namesTheCaller() {
    TestAuthority mesh = TestAuthority.root("mesh");
    Path meshBundle = folder.resolve("mesh.pem");
    mesh.writePem(meshBundle);
    Path partnersBundle = folder.resolve("partners.pem");
    TestAuthority.root("partners").writePem(partnersBundle);
    // region scheme
    CertificateVerifier clients =
        CertificateVerifier.of(
            CertificateAuthority.of("mesh", meshBundle).forTrustDomain("example.org"),
            CertificateAuthority.of("partners", partnersBundle));
    // endregion

    try (CallerLookup lookup = CallerLookup.by(clients)) {
      assertThat(
              CertificateBench.caller(
                      CertificateBench.verdict(
                          lookup, mesh.issueForSpiffe("spiffe://example.org/ns/shop")))
                  .principal()
                  .text())
          .isEqualTo("spiffe://example.org/ns/shop");
    }
  }
}
