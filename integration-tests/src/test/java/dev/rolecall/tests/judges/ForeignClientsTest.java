package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that share no code with Rolecall, nor with AWS: each is one file, written from
 * docs/protocol.md alone.
 */
class ForeignClientsTest {

  private static final Audience ORDERS = Audience.of("orders");

  @TempDir Path directory;

  private final StsEmulator emulator = StsEmulator.start();
  private final EmulatedCredentials checkout =
      emulator.addRole("arn:aws:iam::111122223333:role/checkout");
  private final CallerLookup callers =
      CallerLookup.by(
          StsVerifier.forAudience(ORDERS)
              .acceptCustomEndpoint(emulator.endpoint(), "eu-west-1", Partition.AWS)
              .lookUpTimeout(Bench.LOOK_UP_TIMEOUT));

  @AfterEach
  void stop() {
    callers.close();
    emulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void proof_ofAForeignClient_namesItsRole(ForeignClient client) {
    String proof = client.proof(checkout, "orders", "eu-west-1", host());

    Caller caller =
        verify(proof, Connection.withoutTls("127.0.0.1"))
            .fold(
                Verification.Verified::caller,
                refused -> fail(refused.reason()),
                unavailable -> fail(unavailable.reason()));

    assertThat(caller).hasToString(checkout.callerArn());
  }

  @ParameterizedTest
  @EnumSource
  void proof_boundToACertificate_isGoodOnItsConnectionAlone(ForeignClient client)
      throws IOException {
    byte[] certificate = "the bytes of a certificate".getBytes(UTF_8);
    Path file = Files.write(directory.resolve("server.der"), certificate);

    String proof = client.proof(checkout, "orders", "eu-west-1", host(), file.toString());

    Connection its = new Connection("127.0.0.1", Set.of(BindingHash.of(certificate)));
    Connection another = new Connection("127.0.0.1", Set.of(BindingHash.of(new byte[] {1})));
    assertThat(verify(proof, its)).isInstanceOf(Verification.Verified.class);
    Refusals.assertRefused(verify(proof, another), RefusalReason.CHANNEL_MISMATCH);
  }

  @ParameterizedTest
  @EnumSource
  void proof_forAnotherAudience_isRefused(ForeignClient client) {
    String proof = client.proof(checkout, "billing", "eu-west-1", host());

    Refusals.assertRefused(
        verify(proof, Connection.withoutTls("127.0.0.1")), RefusalReason.AUDIENCE_MISMATCH);
  }

  private String host() {
    return emulator.endpoint().getAuthority();
  }

  private Verification verify(String proof, Connection connection) {
    return callers.find(Credential.bearer(proof), connection).join();
  }

  private static Caller fail(RefusalReason reason) {
    throw new AssertionError("not verified: " + reason);
  }
}
