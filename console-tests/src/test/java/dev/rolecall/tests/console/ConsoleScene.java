package dev.rolecall.tests.console;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.ServedProcess;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * An access service, two servers that follow its grants, and people with a console each: all of
 * them processes, as a user starts them. ana is an engineer, ben and cid are leads, and eve is a
 * role that no rule names.
 */
final class ConsoleScene implements AutoCloseable {

  private static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");
  private static final PermissionSet LEAD = PermissionSet.of("111122223333", "Lead");
  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  private static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: %s}
            - {account: "111122223333", permission_set: Lead, role_id: %s}
      rules:
        - permission: orders-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp, permission_set: Lead}]
          quorum: 2
          max_duration: 4h
          break_glass: {max_duration: 30m, review_within: 24h}
        - permission: orders-export
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp, permission_set: Lead}]
          quorum: 1
          max_duration: 8h
          require: [reason, ticket]
          resources: ["orders/{region}"]
      admins: [{directory: corp, permission_set: Lead}]
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """
          .formatted(ENGINEER.roleId(), LEAD.roleId());

  static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: engineers administer
          source: {principals: ["sso:111122223333:Engineer"], requires_grant: orders-admin}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
        - name: leads read decisions
          source: {principals: ["sso:111122223333:Lead"]}
          request: {paths: ["/rolecall.decisions.v1.Decisions/*"]}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, EmulatedCredentials> people = new HashMap<>();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final List<String> orders = new ArrayList<>();
  private final StsEmulator sts;
  private final Path folder;
  private ServedProcess accessProcess;
  private String access;

  private ConsoleScene() throws IOException {
    folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "scenes")), "scene")
            .toAbsolutePath();
    sts = StsEmulator.start();
    open.push(sts::close);
    people.put("ana", sts.add(ENGINEER.user("ana@example.com")));
    people.put("ben", sts.add(LEAD.user("ben@example.com")));
    people.put("cid", sts.add(LEAD.user("cid@example.com")));
    people.put("eve", sts.addRole(ROLE + "guest"));
    people.put("orders", sts.addRole(ROLE + "orders"));
    writeCredentials();
    Files.writeString(file("access.yaml"), RULES);
    Files.writeString(file("orders.yaml"), POLICY);
    accessProcess = accessAt("0");
    access = lastWord(accessProcess.line());
    for (String name : List.of("orders-1", "orders-2")) {
      orders.add(lastWord(startServer(name).line()));
    }
  }

  /** Starts it; takes some seconds. */
  static ConsoleScene start() {
    try {
      return new ConsoleScene();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServedProcess accessAt(String port) throws IOException {
    return started(
        "ana",
        "access serve --port "
            + port
            + " --rules access.yaml --data data --write-cert access.pem --sts "
            + sts.endpoint());
  }

  /** Starts the access service again, where it was and with the data that it had. */
  void startAccess() throws IOException {
    accessProcess = accessAt(access.substring(access.lastIndexOf(':') + 1));
    access = lastWord(accessProcess.line());
  }

  private ServedProcess startServer(String name) throws IOException {
    return started(
        "orders",
        "serve --port 0 --audience orders --policy orders.yaml --console-feed --write-cert "
            + name
            + ".pem --grants "
            + access
            + " --grants-trust-cert access.pem --grants-node "
            + name
            + " --sts "
            + sts.endpoint());
  }

  /** Kills the access service. */
  void stopAccess() {
    accessProcess.close();
  }

  /** Has the shared file of credentials hold those of all people. */
  void writeCredentials() throws IOException {
    StringBuilder profiles = new StringBuilder();
    people.forEach(
        (name, keys) ->
            profiles.append(
                "[%s]%naws_access_key_id = %s%naws_secret_access_key = %s%naws_session_token = %s%n"
                    .formatted(
                        name,
                        keys.accessKeyId(),
                        keys.secretAccessKey(),
                        keys.sessionToken().orElseThrow())));
    Files.writeString(file("credentials"), profiles);
  }

  /** Signs that person out. */
  void signOut(String person) throws IOException {
    Files.writeString(
        file("credentials"),
        Files.readString(file("credentials"))
            .replaceFirst("(?s)\\[" + person + "\\].*?(?=\\[|\\z)", ""));
  }

  /** The link of a new console of that person, at the access service and the first server. */
  String console(String person) throws IOException {
    return link(consoleProcess(person, "--no-browser " + servers()));
  }

  /** The options that name the servers. */
  String servers() {
    return "--server "
        + access
        + " --decisions "
        + orders.get(0)
        + " --decisions-audience orders"
        + " --sts "
        + sts.endpoint()
        + " --trust-cert all.pem";
  }

  /** A console with those options. */
  ServedProcess consoleProcess(String person, String options) throws IOException {
    Files.writeString(
        file("all.pem"),
        Files.readString(file("access.pem")) + Files.readString(file("orders-1.pem")));
    return started(person, "console " + options);
  }

  /** The link in the first line of a console. */
  static String link(ServedProcess console) throws IOException {
    String line = console.line();
    if (!line.startsWith("console on http://127.0.0.1:")) {
      throw new IllegalStateException(line);
    }
    return lastWord(line);
  }

  private ServedProcess started(String person, String command) throws IOException {
    return started(Map.of(), person, command);
  }

  /** A command with files of this scene, as that person. */
  ServedProcess started(Map<String, String> environment, String person, String command)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_SHARED_CREDENTIALS_FILE", file("credentials").toString());
    all.put("AWS_CONFIG_FILE", file("config").toString());
    all.put("AWS_PROFILE", person);
    all.put("AWS_EC2_METADATA_DISABLED", "true");
    ServedProcess process =
        ServedProcess.start(
            file("errors-" + open.size()),
            all,
            Arrays.stream(command.split(" "))
                .map(word -> word.matches("data|.*\\.(pem|yaml)") ? file(word).toString() : word)
                .toArray(String[]::new));
    open.push(process::close);
    return process;
  }

  /** A file of the scene. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** A live stream of a person at the second server, tried until it lives; its end. */
  CompletableFuture<Status> stream(String person) throws IOException {
    EchoGrpc.EchoStub calls = calls(person);
    return await().atMost(PATIENCE).until(() -> begin(calls), Optional::isPresent).orElseThrow();
  }

  private EchoGrpc.EchoStub calls(String person) throws IOException {
    return EchoGrpc.newStub(channel(orders.get(1), "orders-2.pem"))
        .withCallCredentials(proofs(person, "orders"));
  }

  /** Calls of the access service by a program of that person. */
  AccessServiceGrpc.AccessServiceBlockingStub access(String person) throws IOException {
    return AccessServiceGrpc.newBlockingStub(channel(access, "access.pem"))
        .withCallCredentials(proofs(person, "access"));
  }

  private ManagedChannel channel(String address, String trusted) throws IOException {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                address,
                TlsChannelCredentials.newBuilder().trustManager(file(trusted).toFile()).build())
            .build();
    open.push(channel::shutdownNow);
    return channel;
  }

  private IamCallCredentials proofs(String person, String audience) {
    EmulatedCredentials keys = requireNonNull(people.get(person), person);
    IamCallCredentials proofs =
        IamCallCredentials.builder(audience)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        keys.accessKeyId(),
                        keys.secretAccessKey(),
                        keys.sessionToken().orElseThrow())))
            .endpoint(sts.endpoint(), Region.US_EAST_1)
            .build();
    open.push(proofs::close);
    return proofs;
  }

  /** Begins a stream; empty where the server ends it instead of echoing. */
  private static Optional<CompletableFuture<Status>> begin(EchoGrpc.EchoStub calls)
      throws InterruptedException {
    CompletableFuture<Status> end = new CompletableFuture<>();
    CountDownLatch known = new CountDownLatch(1);
    calls
        .chat(
            new StreamObserver<>() {
              @Override
              public void onNext(ChatResponse echo) {
                known.countDown();
              }

              @Override
              public void onError(Throwable failure) {
                end.complete(Status.fromThrowable(failure));
                known.countDown();
              }

              @Override
              public void onCompleted() {
                end.complete(Status.OK);
                known.countDown();
              }
            })
        .onNext(ChatRequest.newBuilder().setText("hello").build());
    if (!known.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the stream neither echoes nor ends");
    }
    return end.isDone() ? Optional.empty() : Optional.of(end);
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
