package dev.rolecall.tests.binding;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server's certificate is replaced, again and again, and no call is lost for it. */
@Tag("attack")
final class RotatedCertificateTest {

  private static final int CLIENTS = 4;
  private static final int ROTATIONS = 2;
  private static final int PATIENCE_SECONDS = 120;

  /** So short that connections end, and sessions are resumed, between any two rotations. */
  private static final int CONNECTION_MILLIS = 100;

  @RegisterExtension final Bench bench = new Bench();

  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();

  /** Not the common pool, which may have one thread: each of these blocks one. */
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  private final AtomicBoolean over = new AtomicBoolean();
  private final Semaphore answered = new Semaphore(0);

  @AfterEach
  void endThreads() {
    over.set(true);
    threads.shutdown();
    Termination.of("a caller", threads::awaitTermination);
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.binding.TlsProviders#newest")
  void load_whileTheCertificateIsRotated_noCallFails(TlsProviders tls) throws Exception {
    List<TestCertificate> certificates =
        Stream.generate(TestCertificate::generate).limit(ROTATIONS).toList();
    certificates.get(0).showOn(keys);
    GuardedServer server =
        bench
            .server()
            .credentials(tls.serving(keys))
            .serving(
                transport ->
                    transport
                        .maxConnectionAge(CONNECTION_MILLIS, MILLISECONDS)
                        .maxConnectionAgeGrace(PATIENCE_SECONDS, SECONDS))
            .verifying(StsVerifier::requireChannelBinding)
            .start();
    EchoClient client =
        bench
            .client(server, tls.trusting(certificates.toArray(TestCertificate[]::new)))
            .with(bench.signing(bench.role(Bench.CHECKOUT)));
    List<CompletableFuture<Integer>> callers =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> callUntilOver(client), threads))
            .toList();

    for (TestCertificate certificate : certificates) {
      certificate.showOn(keys);
      awaitProofBoundTo(Bench.hashOf(certificate), server);
    }
    over.set(true);

    for (CompletableFuture<Integer> caller : callers) {
      assertThat(caller.get(PATIENCE_SECONDS, SECONDS)).isPositive();
    }
    assertThat(bench.sts().requests().of(StsAction.GET_CALLER_IDENTITY))
        .isEqualTo(server.proofs().size())
        .isEqualTo(ROTATIONS);
  }

  private int callUntilOver(EchoClient client) {
    int calls = 0;
    while (!over.get()) {
      String unused = client.say("still there?");
      answered.release();
      calls++;
    }
    return calls;
  }

  private void awaitProofBoundTo(BindingHash certificate, GuardedServer server)
      throws InterruptedException {
    String binding = "~channel." + certificate + "~";
    while (server.proofs().stream().noneMatch(proof -> proof.contains(binding))) {
      assertThat(answered.tryAcquire(PATIENCE_SECONDS, SECONDS)).as("calls go on").isTrue();
    }
  }
}
