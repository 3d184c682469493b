package dev.rolecall.tests.outages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.regions.Region;

/**
 * A gateway forgets the connections to STS that idle in a server's pool. The next callers are new
 * to the server; none of them may hear of it.
 */
@Tag("attack")
final class CutConnectionsTest {

  private static final Audience ORDERS = Audience.of("orders");
  private static final int CALLERS = 8;

  private final StsEmulator emulator = StsEmulator.start();

  @ParameterizedTest
  @EnumSource
  void newCallers_afterConnectionsWereCut_areNotLost(NatGateway.Manner manner) throws Exception {
    try (emulator;
        NatGateway gateway = new NatGateway(emulator.endpoint().getPort(), manner);
        CallerLookup callers =
            CallerLookup.by(
                StsVerifier.forAudience(ORDERS)
                    .acceptCustomEndpoint(at(gateway), "eu-west-1", Partition.AWS))) {
      assertThat(admitted(callers, gateway)).isEqualTo(CALLERS);
      int cut = gateway.forget();
      assertThat(cut).isPositive();

      long began = System.nanoTime();
      int admitted = admitted(callers, gateway);

      System.out.printf(
          "connections to STS cut, %s: %d cut, %d of %d new callers admitted, %d lost, the slowest"
              + " after %d ms%n",
          manner,
          cut,
          admitted,
          CALLERS,
          CALLERS - admitted,
          Duration.ofNanos(System.nanoTime() - began).toMillis());
      assertThat(admitted).isEqualTo(CALLERS);
    }
  }

  private static URI at(NatGateway gateway) {
    return URI.create("http://127.0.0.1:" + gateway.port());
  }

  /** How many of so many callers, all new and all at once. */
  private int admitted(CallerLookup callers, NatGateway gateway) {
    List<String> proofs = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      proofs.add(proof(gateway));
    }
    List<CompletableFuture<Verification>> verdicts =
        proofs.stream()
            .map(
                proof -> callers.find(Credential.bearer(proof), Connection.withoutTls("127.0.0.1")))
            .toList();
    return (int)
        verdicts.stream()
            .map(CompletableFuture::join)
            .filter(Verification.Verified.class::isInstance)
            .count();
  }

  private String proof(NatGateway gateway) {
    EmulatedCredentials caller = emulator.addRole("arn:aws:iam::111122223333:role/checkout");
    ProofSource.Builder options =
        ProofSource.builder(ORDERS)
            .credentialsProvider(Bench.provider(caller))
            .endpoint(at(gateway), Region.EU_WEST_1);
    return Bench.proof(options, ProofBinding.bearer()).text();
  }
}
