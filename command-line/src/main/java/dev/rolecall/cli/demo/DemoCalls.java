package dev.rolecall.cli.demo;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.CountRequest;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.scene.SceneSts;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.stsemulator.EmulatedCredentials;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The demo's callers and what each tries, in the order of the table. */
final class DemoCalls implements AutoCloseable {

  private static final int WARM_UP_CALLS = 300;
  private static final String ACCOUNT = "arn:aws:iam::111122223333:";

  private final DemoServer server;
  private final DemoTable table;
  private final ManagedChannel channel;
  private final List<IamCallCredentials> opened = new ArrayList<>();

  DemoCalls(DemoServer server, DemoTable table) {
    this.server = server;
    this.table = table;
    this.channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", server.port(), server.clientCredentials())
            .build();
  }

  /** Has the JVM load and compile what the table is not about. */
  void warmUp() throws Exception {
    CallCredentials warmUp = signed("orders", SceneSts.keys(server.add(ACCOUNT + "role/checkout")));
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      say(warmUp);
      server.check();
      server.decision();
    }
    server.countStsCallsFromNow();
  }

  void run() throws Exception {
    EmulatedCredentials checkoutKeys = server.add(ACCOUNT + "role/checkout");
    CallCredentials checkout = signed("orders", SceneSts.keys(checkoutKeys));
    CallCredentials reporting =
        signed("orders", SceneSts.keys(server.add(ACCOUNT + "role/reporting")));

    call("checkout", "Say", () -> say(checkout));
    call("checkout, again", "Say", () -> say(checkout));
    call("reporting", "Count", () -> count(reporting));
    call("reporting", "Say", () -> say(reporting));
    call(
        "another account's role",
        "Say",
        () ->
            say(
                signed(
                    "orders",
                    SceneSts.keys(server.add("arn:aws:iam::444455556666:role/checkout")))));
    call(
        "an IAM user",
        "Say",
        () -> say(signed("orders", SceneSts.keys(server.add(ACCOUNT + "user/alice")))));
    call("checkout, for billing", "Say", () -> say(signed("billing", SceneSts.keys(checkoutKeys))));
    // Once, for both: what is signed in another second is another proof, and STS is asked again.
    CallCredentials forger = signed("orders", forged(checkoutKeys));
    call("forger, checkout's key", "Say", () -> say(forger));
    call("the forger, again", "Say", () -> say(forger));
    call("nobody", "Say", () -> EchoGrpc.newBlockingStub(channel).say(saying()));
    call(
        "nobody",
        "Check",
        () -> HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance()));
    endedStream("checkout, in a stream", checkout);
  }

  /** An attempt of one caller. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws Exception;
  }

  private void call(String caller, String method, Attempt attempt) throws Exception {
    try {
      attempt.run();
    } catch (StatusRuntimeException expected) {
      // Refusals are half of what there is to see; the row shows the server's own word for it.
    }
    print(caller, method, Optional.of(server.check()));
  }

  private void print(String caller, String method, Optional<Duration> check)
      throws InterruptedException {
    AuditRecord decided = server.decision();
    String decision = decision(decided);
    String reason = reason(decided);
    table.print(new DemoTable.Row(caller, method, decision, reason, check, server.stsCalls()));
  }

  /** What was decided about a call, in a word. */
  static String decision(AuditRecord decided) {
    return decided
        .outcome()
        .fold(a -> "allowed", r -> "refused", e -> "ended", i -> "admitted", s -> "differs");
  }

  /** Which rule allowed a call, or why it was not. */
  static String reason(AuditRecord decided) {
    return decided
        .outcome()
        .fold(
            allowed -> allowed.rule().map(rule -> "rule: " + rule).orElse("public method"),
            refused -> refused.reason().name(),
            ended -> ended.reason().name(),
            instead -> instead.reason().name(),
            differs -> differs.shadow().label());
  }

  private void endedStream(String caller, CallCredentials credentials) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    StreamObserver<ChatRequest> requests =
        EchoGrpc.newStub(channel)
            .withCallCredentials(credentials)
            .chat(
                new StreamObserver<ChatResponse>() {
                  @Override
                  public void onNext(ChatResponse response) {
                    answered.countDown();
                  }

                  @Override
                  public void onError(Throwable status) {
                    ended.countDown();
                  }

                  @Override
                  public void onCompleted() {
                    ended.countDown();
                  }
                });
    requests.onNext(ChatRequest.newBuilder().setText("hello").build());
    await(answered);
    print(caller, "Chat", Optional.of(server.check()));
    server.freeze();
    await(ended);
    print("... the policy changes", "Chat", Optional.empty());
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the stream did not go on within ten seconds");
    }
  }

  private void say(CallCredentials credentials) {
    EchoGrpc.newBlockingStub(channel).withCallCredentials(credentials).say(saying());
  }

  private void count(CallCredentials credentials) {
    EchoGrpc.newBlockingStub(channel)
        .withCallCredentials(credentials)
        .count(CountRequest.newBuilder().setTo(3).build())
        .forEachRemaining(number -> {});
  }

  private static SayRequest saying() {
    return SayRequest.newBuilder().setText("hello").build();
  }

  private IamCallCredentials signed(String audience, AwsCredentials keys) {
    IamCallCredentials credentials =
        IamCallCredentials.builder(audience)
            .credentialsProvider(StaticCredentialsProvider.create(keys))
            .endpoint(server.sts(), Region.of(SceneSts.REGION))
            .build();
    opened.add(credentials);
    return credentials;
  }

  /** All that a thief of a proof has: the key's id and the session token, but not the key. */
  private static AwsCredentials forged(EmulatedCredentials known) {
    return AwsSessionCredentials.create(
        known.accessKeyId(), "a guess", known.sessionToken().orElse(""));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    opened.forEach(IamCallCredentials::close);
  }
}
