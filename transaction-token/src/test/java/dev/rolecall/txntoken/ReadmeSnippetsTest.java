package dev.rolecall.txntoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeyRingFile;
import dev.rolecall.jwt.ring.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path folder;

  @Test
  void callerThatIsPassedOn_isRead() throws IOException {
    Path ringFile = folder.resolve("ring.json");
    Path keysFile = folder.resolve("jwks.json");
    String proxyRole = PassingScene.EDGE;
    try (PassingScene scene = new PassingScene()) {
      KeyRingFile.at(ringFile).create(Algorithm.ES256, scene.time.instant(), new SecureRandom());
      AccessRuntime runtime = scene.runtime;
      Caller caller = scene.checkout();
      // region mint
      TransactionTokenMint mint =
          TransactionTokenMint.builder(
                  new TrustDomain("prod.example"), proxyRole, SigningKeys.follow(ringFile), runtime)
              .build();
      Optional<TransactionToken> token = mint.tokenFor(caller, Audience.of("orders"));
      // endregion
      Files.write(keysFile, mint.publishedKeys().toJson());
      // region settings
      TransactionTokens settings =
          TransactionTokens.builder(
                  new TrustDomain("prod.example"),
                  Set.of(Audience.of("orders")),
                  Set.of(PrincipalPattern.parse(proxyRole)),
                  TrustedKeys.file(keysFile))
              .passedIssuer(IssuerAlias.of("okta"))
              .build();
      // endregion

      try (PassedCallers reader = settings.open(runtime)) {
        assertThat(reader.read(token.orElseThrow().text(), scene.edge()))
            .isInstanceOfSatisfying(
                Verification.Verified.class,
                verified ->
                    assertThat(verified.caller().principal()).isEqualTo(caller.principal()));
      } finally {
        mint.close();
      }
    }
  }
}
