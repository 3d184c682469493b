package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;

/** A user's guarded services over each kind of channel, with what the extension gives. */
@Timeout(600)
class RolecallExtensionTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String INTERN = "arn:aws:iam::111122223333:role/intern";
  private static final AccessPolicy POLICY =
      AccessPolicy.builder("echo").allow(RolePattern.parse(CHECKOUT), Echo.ALL).build();

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private static EchoService echo() {
    return new EchoService(
        Runnable::run, () -> CurrentCaller.find().map(each -> each.principal().text()).orElse("-"));
  }

  private static String say(Channel channel, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, Echo.SAY, options, "hello");
  }

  private static String say(Channel channel, CallCredentials caller) {
    return say(channel, CallOptions.DEFAULT.withCallCredentials(caller));
  }

  private static Status refused(Supplier<String> call) {
    try {
      return Status.OK.withDescription(call.get());
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private void assertGuarded(Channel channel) {
    assertThat(say(channel, rolecall.as(CHECKOUT))).contains(CHECKOUT);
    assertThat(refused(() -> say(channel, rolecall.as(INTERN))).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused(() -> say(channel, CallOptions.DEFAULT)).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void calls_inProcess_areGuarded() {
    assertGuarded(rolecall.serve(rolecall.guard(POLICY), echo()));
  }

  /** gRPC says of its in-process transport that it is private and whole: no option is needed. */
  @Test
  void calls_inProcess_areAdmittedWithTheCredentialsOfProduction() {
    Channel channel = rolecall.serve(rolecall.guard(POLICY), echo());
    IamCallCredentials production =
        rolecall.closing(
            IamCallCredentials.builder("orders")
                .credentialsProvider(rolecall.awsCredentials(CHECKOUT))
                .endpoint(rolecall.sts().endpoint(), Region.US_EAST_1)
                .build());

    assertThat(say(channel, production)).contains(CHECKOUT);
  }

  @Test
  void calls_inProcess_areRefused_whereTheServerRequiresChannelBinding() {
    CallGuard guard = guardThatRequiresChannelBinding();
    Channel channel = rolecall.serve(guard, echo());

    assertThat(refused(() -> say(channel, rolecall.as(CHECKOUT))).getDescription())
        .startsWith("BINDING_REQUIRED");
  }

  private CallGuard guardThatRequiresChannelBinding() {
    return rolecall.closing(
        CallGuard.builder(PolicySource.fixed(POLICY))
            .accept(rolecall.verifier().requireChannelBinding())
            .runtime(rolecall.runtime().build())
            .build());
  }

  @Test
  void calls_overPlaintext_areGuarded() throws Exception {
    assertGuarded(
        overTheWire(
            rolecall.guard(POLICY),
            InsecureServerCredentials.create(),
            InsecureChannelCredentials.create()));
  }

  @Test
  void calls_overTls_areGuarded_withProofsBoundToTheCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.generate();
    CallGuard guard = guardThatRequiresChannelBinding();

    assertGuarded(
        overTheWire(guard, certificate.ofServer(), TestCertificate.trusting(certificate)));
  }

  private Channel overTheWire(
      CallGuard guard, ServerCredentials ofServer, ChannelCredentials ofChannel) throws Exception {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ofServer)
            .addService(echo())
            .intercept(guard)
            .build()
            .start();
    rolecall.closing(
        () -> {
          server.shutdownNow();
          assertThat(server.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        });
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), ofChannel).build();
    rolecall.closing(
        () -> {
          channel.shutdownNow();
          assertThat(channel.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        });
    return channel;
  }

  @Test
  void stream_isEnded_whenTheClockPassesItsProof() throws Exception {
    CallGuard guard = rolecall.guard(POLICY);
    Channel channel = rolecall.serve(guard, echo());
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<Status> end = new CompletableFuture<>();
    StreamObserver<String> chat = chat(channel, first, end);
    chat.onNext("hello");
    assertThat(first.get(1, TimeUnit.MINUTES)).isNotEmpty();

    rolecall.clock().advance(Duration.ofHours(1));

    assertThat(end.get(1, TimeUnit.MINUTES).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(say(channel, rolecall.as(CHECKOUT))).contains(CHECKOUT);
  }

  private StreamObserver<String> chat(
      Channel channel, CompletableFuture<String> first, CompletableFuture<Status> end) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(Echo.CHAT, CallOptions.DEFAULT.withCallCredentials(rolecall.as(CHECKOUT))),
        new StreamObserver<>() {
          @Override
          public void onNext(String answer) {
            first.complete(answer);
          }

          @Override
          public void onError(Throwable thrown) {
            end.complete(Status.fromThrowable(thrown));
          }

          @Override
          public void onCompleted() {
            end.complete(Status.OK);
          }
        });
  }

  @Test
  void calls_ofOneRole_askTheEmulatorOnce() {
    Channel channel = rolecall.serve(rolecall.guard(POLICY), echo());

    say(channel, rolecall.as(CHECKOUT));
    say(channel, rolecall.as(CHECKOUT));

    assertThat(rolecall.as(CHECKOUT)).isSameAs(rolecall.as(CHECKOUT));
    assertThat(rolecall.sts().requests().total()).isEqualTo(1);
  }

  @Test
  void emulator_failing_makesCallsUnavailable() {
    Channel channel = rolecall.serve(rolecall.guard(POLICY), echo());
    rolecall.sts().fail(Fault.serviceUnavailable());

    assertThat(refused(() -> say(channel, rolecall.as(CHECKOUT))).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void calls_toAServiceOfAnotherName_areRefused() {
    StsVerifier payments =
        StsVerifier.forAudience("payments")
            .acceptCustomEndpoint(rolecall.sts().endpoint(), "us-east-1", Partition.AWS);
    CallGuard guard =
        rolecall.closing(CallGuard.builder(PolicySource.fixed(POLICY)).accept(payments).build());
    Channel channel = rolecall.serve(guard, echo());

    assertThat(refused(() -> say(channel, rolecall.as(CHECKOUT))).getDescription())
        .startsWith("AUDIENCE_MISMATCH");
  }

  @Test
  void as_ofAnotherPartition_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rolecall.as("arn:aws-cn:iam::111122223333:role/checkout"))
        .withMessageContaining("expected: a role of the partition aws");
  }

  @Test
  void springProperties_nameTheEmulatorForBothEnds() {
    Map<String, String> properties = rolecall.springProperties();
    String endpoint = rolecall.sts().endpoint().toString();

    assertThat(properties)
        .containsOnly(
            Map.entry("rolecall.sts.endpoint", endpoint),
            Map.entry("rolecall.sts.region", "us-east-1"));
    Map<String, Object> registered = new HashMap<>();
    rolecall.springProperties((name, value) -> registered.put(name, value.get()));
    assertThat(registered).isEqualTo(properties);
  }

  @Test
  void awsCredentials_areOfOneSessionOfTheRole() {
    assertThat(rolecall.awsCredentials(CHECKOUT)).isSameAs(rolecall.awsCredentials(CHECKOUT));
    assertThat(rolecall.sts().uniqueId(CHECKOUT)).startsWith("AROA");
  }
}
