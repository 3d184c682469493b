package dev.rolecall.tests.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.PumpHandler;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A thousand streams on which both sides send without pause, ended by the guard. */
@Tag("attack")
final class EndedStreamsTest {

  private static final int STREAMS = 1_000;
  private static final int CONNECTIONS = 10;
  private static final int PATIENCE_SECONDS = 120;
  private static final Duration PAST_THE_PROOFS_LIFE = Duration.ofMinutes(15).plusSeconds(1);

  @RegisterExtension final Bench bench = Bench.withoutTelemetryOfGrpc();

  @TempDir Path directory;

  @Test
  void streams_whenTheirProofLapses_allEndForThatReason() throws Exception {
    GuardedServer server =
        bench
            .server()
            .guarding(guard -> guard.streamLifetime(StreamLifetime.proofAnd(Duration.ZERO)))
            .start();
    List<PumpStream> streams = openOn(server);

    bench.clock().advance(PAST_THE_PROOFS_LIFE);

    assertAllEnd(
        server,
        streams,
        Status.Code.UNAUTHENTICATED,
        RefusalReason.CREDENTIAL_EXPIRED,
        Map.of("serverTime", bench.clock().instant().toString()));
  }

  @Test
  void streams_whenAReloadedPolicyForbidsThem_allEndForThatReason() throws Exception {
    Path file = directory.resolve("policy.yaml");
    replace(file, policy(Bench.CHECKOUT));
    PolicyFile policy = bench.closing(PolicyFile.follow(file));
    GuardedServer server = bench.server().policy(policy).start();
    List<PumpStream> streams = openOn(server);

    replace(file, policy(Bench.INTERN));
    policy.reloadNow();

    assertAllEnd(
        server,
        streams,
        Status.Code.PERMISSION_DENIED,
        RefusalReason.METHOD_NOT_ALLOWED,
        Map.of(
            "role", Bench.CHECKOUT, "method", Echo.PUMP.getFullMethodName(), "scheme", "aws-iam"));
  }

  private List<PumpStream> openOn(GuardedServer server) throws Exception {
    IamCallCredentials credentials = bench.signing(bench.role(Bench.CHECKOUT));
    List<EchoClient> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(bench.client(server).with(credentials));
    }
    List<PumpStream> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(clients.get(i % CONNECTIONS).pump());
    }
    for (PumpStream stream : streams) {
      assertThat(stream.heard()).succeedsWithin(PATIENCE_SECONDS, SECONDS);
    }
    assertAllCome(server.echo().pump().heard());
    return streams;
  }

  private void assertAllEnd(
      GuardedServer server,
      List<PumpStream> streams,
      Status.Code code,
      RefusalReason reason,
      Map<String, String> metadata)
      throws Exception {
    SeenRefusal expected =
        new SeenRefusal(
            code,
            reason.statusDescription(),
            reason.name(),
            "rolecall.dev",
            metadata,
            Optional.empty());
    for (PumpStream stream : streams) {
      assertThat(stream.end()).succeedsWithin(PATIENCE_SECONDS, SECONDS).isEqualTo(expected);
    }
    PumpHandler handlers = server.echo().pump();
    assertAllCome(handlers.cancelled());
    assertAllCome(handlers.contextsCancelled());
    assertThat(handlers.completed().availablePermits()).isZero();
    // Written down after the streams were closed.
    Patience.await().until(() -> endsIn(server) >= STREAMS);
    assertThat(endsIn(server)).isEqualTo(STREAMS);
    assertThat(bench.sts().requests().total()).isEqualTo(1);
    assertNothingIsLostOnceAllIsClosed(server);
  }

  private static long endsIn(GuardedServer server) {
    return server.audits().stream()
        .filter(audit -> audit.outcome() instanceof AuditOutcome.Ended)
        .count();
  }

  /** Exactly so many: what has come is taken, and nothing may be left. */
  private static void assertAllCome(Semaphore permits) throws InterruptedException {
    assertThat(permits.tryAcquire(STREAMS, PATIENCE_SECONDS, SECONDS)).isTrue();
    assertThat(permits.availablePermits()).isZero();
  }

  private void assertNothingIsLostOnceAllIsClosed(GuardedServer server)
      throws InterruptedException {
    server.close();
    bench.leaks().settle();
    assertThat(bench.leaks().reports()).isEmpty();
  }

  private static String policy(String role) {
    return """
        name: streams
        allow_rules:
          - name: pumps
            source: {principals: ["%s"]}
            request: {paths: ["%s"]}
        """
        .formatted(role, Echo.path(Echo.PUMP));
  }

  /** As a deployment should: the file is never half written. */
  private void replace(Path file, String text) throws IOException {
    Path written = Files.write(directory.resolve("policy.new"), text.getBytes(UTF_8));
    Files.move(written, file, REPLACE_EXISTING, ATOMIC_MOVE);
  }
}
