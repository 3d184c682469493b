package dev.rolecall.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeyRingFile;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.policy.document.PolicyFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path folder;

  @Test
  void server_starts() throws Exception {
    Path policyFile = Files.writeString(folder.resolve("exchange.yaml"), "name: exchange");
    Path ringFile = folder.resolve("ring.json");
    var unused =
        KeyRingFile.at(ringFile)
            .create(Algorithm.ES256, Instant.parse("2026-11-21T22:18:45Z"), new SecureRandom());
    StatedScheme proofs = new StatedScheme();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    // region server
    AccessControl access =
        AccessControl.builder(PolicyFile.follow(policyFile))
            .accept(proofs)
            .audit(AuditRules.ofDefaults().on(AuditCondition.BOTH))
            .build();
    ExchangeServer server =
        ExchangeServer.builder(IssuerUrl.parse("https://id.example"), access)
            .keys(SigningKeys.follow(ringFile))
            .start(address);
    // endregion

    assertThat(server.address().getPort()).isPositive();
    server.close();
    assertThat(access.isClosed()).isTrue();
  }
}
