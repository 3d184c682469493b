package dev.rolecall.cli.proxy;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeyRingFile;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.ServedProcess;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The surroundings of a proxy in tests: an emulator, a service without a guard that remembers the
 * headers it got, a folder for files with {@code orders.yaml} and {@code ring.json}, and callers.
 * All in this process.
 */
public final class ProxyScene implements AfterEachCallback {

  public static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  public static final String REPORTING = "arn:aws:iam::111122223333:role/reporting";

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout speaks
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      """;

  private static final long PATIENCE_SECONDS = 120;

  /** An end of a test. */
  private interface Closing {
    void close() throws Exception;
  }

  private final Deque<Closing> open = new ArrayDeque<>();
  private final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();
  private final StsEmulator sts = StsEmulator.start();
  private final Path folder;
  private final Server upstream;

  public ProxyScene() {
    open.push(sts::close);
    try {
      folder =
          Files.createTempDirectory(Files.createDirectories(Path.of("target", "proxies")), "test");
      Files.writeString(folder.resolve("orders.yaml"), POLICY.formatted(CHECKOUT));
      // A key in memory is RSA, which takes a second to make.
      var unused =
          KeyRingFile.at(folder.resolve("ring.json"))
              .create(Algorithm.ES256, Instant.now(), new SecureRandom());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    upstream = EchoServer.start(0, InsecureServerCredentials.create(), new Remembering(headers));
    open.push(() -> upstream.shutdownNow().awaitTermination());
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    headers.clear();
  }

  /** One more server like the upstream. */
  public Server server() {
    Server server =
        EchoServer.start(0, InsecureServerCredentials.create(), new Remembering(headers));
    open.push(() -> server.shutdownNow().awaitTermination());
    return server;
  }

  /** A process of that command, for {@code orders} by the policy of the folder. */
  public ServedProcess process(String command, String... more) throws IOException {
    return closing(
        ServedProcess.start(
            Map.of(),
            Stream.concat(
                    Stream.of(
                        command,
                        "--audience",
                        "orders",
                        "--policy",
                        file("orders.yaml").toString(),
                        "--sts",
                        sts().toString()),
                    Stream.of(more))
                .toArray(String[]::new)));
  }

  /** Closes it at the end of the test. */
  public <T extends AutoCloseable> T closing(T opened) {
    open.push(opened::close);
    return opened;
  }

  private record Remembering(BlockingQueue<Metadata> headers) implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
      headers.add(metadata);
      return next.startCall(call, metadata);
    }
  }

  /** The headers of the next call that reached the service. */
  public Metadata headers() throws InterruptedException {
    Metadata next = headers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new IllegalStateException("no call reached the service");
    }
    return next;
  }

  /** Whether a call reached the service that has not been asked about. */
  public boolean isReached() {
    return !headers.isEmpty();
  }

  /** The header of that name. */
  public static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, ASCII_STRING_MARSHALLER);
  }

  public URI sts() {
    return sts.endpoint();
  }

  /** The address of the service. */
  public String upstream() {
    return address(upstream);
  }

  public static String address(Server server) {
    return "127.0.0.1:" + server.getPort();
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  public Path write(String name, String text) throws IOException {
    return Files.writeString(file(name), text);
  }

  /** Has that role alone be allowed. */
  public Path policy(String role) throws IOException {
    return write("orders.yaml", POLICY.formatted(role));
  }

  /** Credentials of calls of that role. */
  public IamCallCredentials caller(String role, String audience) {
    EmulatedCredentials keys = sts.add(EmulatedPrincipal.of(role));
    return closing(
        IamCallCredentials.builder(audience)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        keys.accessKeyId(),
                        keys.secretAccessKey(),
                        keys.sessionToken().orElseThrow())))
            .endpoint(sts.endpoint(), Region.US_EAST_1)
            .allowPlaintext()
            .build());
  }

  /** A file of AWS credentials with that role as the default profile. */
  public Path credentials(String role) throws IOException {
    EmulatedCredentials keys = sts.add(EmulatedPrincipal.of(role));
    return write(
        "credentials",
        """
        [default]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        aws_session_token = %s
        """
            .formatted(
                keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken().orElseThrow()));
  }

  /** A channel without TLS to a port of this machine. */
  public ManagedChannel channel(int port) {
    return channel(port, "127.0.0.1:" + port);
  }

  /** The same for that authority. */
  public ManagedChannel channel(int port, String authority) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .overrideAuthority(authority)
            .usePlaintext()
            .build();
    open.push(() -> channel.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return channel;
  }

  /** The status of a call of that role. */
  public Status say(ManagedChannel channel, IamCallCredentials caller) {
    try {
      var unused =
          EchoGrpc.newBlockingStub(channel)
              .withCallCredentials(caller)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .say(SayRequest.newBuilder().setText("hello").build());
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  /** The text of a proof of that role: what a call of it brings to a server. */
  public String proof(String role, String audience) throws InterruptedException {
    Status status = say(channel(upstream.getPort()), caller(role, audience));
    if (!status.isOk()) {
      throw new IllegalStateException("no proof: " + status);
    }
    return String.valueOf(headers().get(header("authorization")));
  }

  /** A live stream that has had its first answer. */
  public LiveStream stream(ManagedChannel channel, IamCallCredentials caller)
      throws InterruptedException {
    LiveStream stream = new LiveStream(EchoGrpc.newStub(channel).withCallCredentials(caller));
    stream.goOn();
    return stream;
  }

  /** A stream, its answers and its end. */
  public static final class LiveStream implements StreamObserver<ChatResponse> {
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<ChatRequest> requests;

    private LiveStream(EchoGrpc.EchoStub calls) {
      requests = calls.chat(this);
    }

    /** Sends a message and waits for its answer. */
    public void goOn() throws InterruptedException {
      requests.onNext(ChatRequest.newBuilder().setText("hello").build());
      if (answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
        throw new IllegalStateException("the stream has no answer");
      }
    }

    /** The status that it ended with, or will. */
    public CompletableFuture<Status> end() {
      return end;
    }

    @Override
    public void onNext(ChatResponse answer) {
      answers.add(answer.getText());
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }

  /** What is at that URL. */
  public static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The URL in a line that names one. */
  public static String url(String line) {
    return line.substring(line.indexOf("http://"));
  }

  /** The port at the end of a line. */
  public static int port(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }
}
