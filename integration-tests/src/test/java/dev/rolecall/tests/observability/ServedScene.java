package dev.rolecall.tests.observability;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.tests.secrets.OutputKind;
import dev.rolecall.tests.secrets.RunRecord;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running {@code rolecall serve --metrics-port}, two applications that call it, and all that can
 * go wrong between them.
 */
final class ServedScene implements AutoCloseable {

  private static final String REPORTING = "arn:aws:iam::111122223333:role/reporting";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: [%s]}
      """;

  private final SecretsWatch secrets = new SecretsWatch(RunRecord.ofThisRun());
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final StsEmulator sts = StsEmulator.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path policy;
  private final Path certificate;
  private final ServeRun serve;
  private final String address;
  private final URI metrics;
  private final URI metricsOfMigration;
  private final Application healthy;
  private final Application failing;

  ServedScene(Path directory) throws Exception {
    open.push(sts::close);
    this.policy = directory.resolve("orders.yaml");
    this.certificate = directory.resolve("orders.pem");
    allow("\"/rolecall.demo.v1.Echo/*\"");
    this.serve =
        serve(
            "--policy-period",
            "PT0.1S",
            // Differs wherever the policy allows.
            "--shadow-policy",
            Files.writeString(directory.resolve("strict.yaml"), "name: strict\n").toString(),
            "--write-cert",
            certificate.toString());
    String first = serve.line();
    assertThat(first).startsWith("serving orders on 127.0.0.1:");
    this.address = first.substring(first.lastIndexOf(' ') + 1);
    String second = serve.line();
    assertThat(second).matches(" {2}metrics at http://127\\.0\\.0\\.1:\\d+/metrics");
    this.metrics = URI.create(second.substring(second.indexOf("http")));
    this.metricsOfMigration = migration(directory);
    this.healthy = new Application(sts, role(Bench.CHECKOUT));
    open.push(healthy::close);
    this.failing = new Application(sts, role(Bench.CHECKOUT));
    open.push(failing::close);
  }

  /** Starts a server of the policy, with metrics, and with those options more. */
  private ServeRun serve(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "serve",
                "--port",
                "0",
                "--metrics-port",
                "0",
                "--audience",
                Bench.AUDIENCE,
                "--policy",
                policy.toString(),
                "--sts",
                sts.endpoint().toString()));
    command.addAll(List.of(more));
    ServeRun run = ServeRun.start(command);
    open.push(run::close);
    return run;
  }

  /** Starts a server that admits and records, and says where its metrics are. */
  private URI migration(Path directory) throws Exception {
    ServeRun migration =
        serve("--admit-and-record", "--audit-file", directory.resolve("audit.jsonl").toString());
    assertThat(migration.line()).startsWith("serving orders on 127.0.0.1:");
    assertThat(migration.line())
        .isEqualTo("  warning: every call is admitted and recorded; nothing is refused");
    String last = migration.line();
    return URI.create(last.substring(last.indexOf("http")));
  }

  private EmulatedCredentials role(String arn) {
    EmulatedCredentials credentials = sts.addRole(arn);
    secrets.addSecretsOf(credentials);
    return credentials;
  }

  /** Where Prometheus finds the server's metrics. */
  URI serverMetrics() {
    return metrics;
  }

  /** Where it finds those of the application that is well, and of the one that will not be. */
  List<URI> applicationMetrics() {
    return List.of(healthy.metrics(), failing.metrics());
  }

  /** What there is to scrape now, of server and applications together. */
  String scrape() throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder();
    for (URI each : List.of(metrics, metricsOfMigration, healthy.metrics(), failing.metrics())) {
      all.append(scrapeOf(each));
    }
    secrets.addOutput(OutputKind.METRIC, "a scrape", all.toString());
    return all.toString();
  }

  private String scrapeOf(URI each) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(each).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private void allow(String paths) throws IOException {
    Files.writeString(policy, POLICY.formatted(paths));
  }

  /** That many calls of each kind: allowed, of a role without a rule, without a proof. */
  void load(int calls) {
    try (Calls good = new Calls(healthy.calls());
        IamCallCredentials reporting = signing(role(REPORTING));
        Calls denied = new Calls(reporting);
        Calls unknown = new Calls(null)) {
      for (int i = 0; i < calls; i++) {
        assertThat(good.say()).isEmpty();
        assertThat(denied.say()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(unknown.say()).isEqualTo("CREDENTIAL_MISSING");
      }
    }
  }

  private IamCallCredentials signing(EmulatedCredentials credentials) {
    return IamCallCredentials.builder(Bench.AUDIENCE)
        .credentialsProvider(Bench.provider(credentials))
        .endpoint(sts.endpoint(), Bench.REGION)
        .build();
  }

  /** A stream is open when the policy changes, and is ended; then the policy's file is broken. */
  void spoilThePolicy() throws Exception {
    try (Calls good = new Calls(healthy.calls())) {
      CompletableFuture<Throwable> end = good.chat();
      allow("\"/rolecall.demo.v1.Echo/Say\"");
      assertThat(SeenRefusal.of(end.get(120, SECONDS)).reason()).isEqualTo("METHOD_NOT_ALLOWED");
    }
    Files.writeString(policy, "name: [");
    Patience.await().until(() -> scrape().lines().anyMatch(ServedScene::isRejectedReload));
  }

  private static boolean isRejectedReload(String line) {
    return line.startsWith("rolecall_policy_reloads_total")
        && line.contains("\"rejected\"")
        && !line.endsWith(" 0.0");
  }

  /** STS fails for newcomers until it is asked no more. */
  void failSts() {
    sts.fail(Fault.serviceUnavailable());
    Patience.await()
        .until(
            () -> {
              askForNewcomers();
              return scrape().contains("rolecall_sts_circuit_changes_total{");
            });
  }

  /**
   * Somebody new calls during the outage: STS is asked about him, or the verifier's own question.
   */
  void askForNewcomers() {
    try (IamCallCredentials newcomer = signing(role(Bench.CHECKOUT));
        Calls calls = new Calls(newcomer)) {
      assertThat(calls.say()).isEqualTo("ISSUER_UNAVAILABLE");
    }
  }

  /** The second application can renew neither proof nor certificate. */
  void failRenewals() {
    failing.loseCredentials();
    try (Calls calls = new Calls(failing.calls())) {
      assertThat(calls.sayFailed()).contains("no AWS credentials");
    }
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }

  /** Calls on a connection of their own. */
  private final class Calls implements AutoCloseable {

    private final ManagedChannel channel;
    private final EchoGrpc.EchoBlockingStub blocking;
    private final EchoGrpc.EchoStub stub;

    Calls(@Nullable CallCredentials credentials) {
      try {
        this.channel =
            Grpc.newChannelBuilder(
                    address,
                    TlsChannelCredentials.newBuilder().trustManager(certificate.toFile()).build())
                .build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      EchoGrpc.EchoBlockingStub plain = EchoGrpc.newBlockingStub(channel);
      this.blocking = credentials == null ? plain : plain.withCallCredentials(credentials);
      EchoGrpc.EchoStub async = EchoGrpc.newStub(channel);
      this.stub = credentials == null ? async : async.withCallCredentials(credentials);
    }

    /** Empty if it was answered, else the reason. */
    String say() {
      Throwable thrown = thrown();
      return thrown == null ? "" : SeenRefusal.of(thrown).reason();
    }

    String sayFailed() {
      return String.valueOf(thrown());
    }

    private @Nullable Throwable thrown() {
      return catchThrowable(() -> blocking.say(SayRequest.newBuilder().setText("hello").build()));
    }

    /** Opens a stream, and completes with its error when it ends. */
    CompletableFuture<Throwable> chat() throws Exception {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      CompletableFuture<String> answer = new CompletableFuture<>();
      StreamObserver<ChatRequest> requests =
          stub.chat(
              new StreamObserver<>() {
                @Override
                public void onNext(ChatResponse response) {
                  answer.complete(response.getText());
                }

                @Override
                public void onError(Throwable thrown) {
                  answer.completeExceptionally(thrown);
                  end.complete(thrown);
                }

                @Override
                public void onCompleted() {
                  end.completeExceptionally(new AssertionError("ended well"));
                }
              });
      requests.onNext(ChatRequest.newBuilder().setText("are you there?").build());
      assertThat(answer.get(120, SECONDS)).isNotEmpty();
      return end;
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
