package dev.rolecall.grants.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.testsupport.AnswersObserver;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Grant tokens on a client's calls. */
final class GrantTokenCredentialsTest {

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("rolecall-grant", Metadata.ASCII_STRING_MARSHALLER);

  private final ManualTime time = new ManualTime();
  private final Issuer issuer = new Issuer();
  private final List<String> brought = new ArrayList<>();
  private Server server;
  private ManagedChannel channel;
  private GrantTokenCredentials credentials;

  /** An access service that issues numbered tokens of five minutes, at once or when told. */
  private final class Issuer extends AccessServiceGrpc.AccessServiceImplBase {

    private final List<StreamObserver<GrantToken>> asked = new ArrayList<>();
    private int issued;
    private boolean holding;
    private Status refusal = Status.OK;

    @Override
    public void issueGrantToken(IssueGrantTokenRequest request, StreamObserver<GrantToken> answer) {
      assertThat(request.getGrantId()).isEqualTo("g1");
      asked.add(answer);
      if (!holding) {
        answerAll();
      }
    }

    void answerAll() {
      for (StreamObserver<GrantToken> answer : asked) {
        if (!refusal.isOk()) {
          answer.onError(refusal.asRuntimeException());
        } else {
          answer.onNext(
              GrantToken.newBuilder()
                  .setToken("token-" + ++issued)
                  .setExpiresAt(
                      Timestamp.newBuilder()
                          .setSeconds(time.instant().plusSeconds(300).getEpochSecond()))
                  .build());
          answer.onCompleted();
        }
      }
      asked.clear();
    }
  }

  @BeforeEach
  void start() throws IOException {
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new EchoService(Runnable::run, () -> "caller"))
            .addService(issuer)
            .intercept(
                new ServerInterceptor() {
                  @Override
                  public <Q, R> ServerCall.Listener<Q> interceptCall(
                      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                    Optional.ofNullable(headers.get(HEADER)).ifPresent(brought::add);
                    return next.startCall(call, headers);
                  }
                })
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    credentials =
        GrantTokenCredentials.of(
            AccessServiceGrpc.newStub(channel), "g1", new ClientTime(time, time::nanos));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private String say() {
    return ClientCalls.blockingUnaryCall(
        channel, Echo.SAY, CallOptions.DEFAULT.withCallCredentials(credentials), "hello");
  }

  private AnswersObserver sayLater() {
    AnswersObserver answers = new AnswersObserver();
    ClientCalls.asyncUnaryCall(
        channel.newCall(Echo.SAY, CallOptions.DEFAULT.withCallCredentials(credentials)),
        "hello",
        answers);
    return answers;
  }

  @Test
  void calls_bringOneTokenForItsHalfLife() {
    say();
    time.advance(Duration.ofSeconds(149));
    say();

    assertThat(brought).containsExactly("token-1", "token-1");
  }

  @Test
  void token_ofHalfItsLife_isRenewedBehindTheCall() {
    say();
    time.advance(Duration.ofSeconds(151));
    issuer.holding = true;
    say();
    assertThat(issuer.asked).hasSize(1);
    say();
    assertThat(issuer.asked).hasSize(1);
    issuer.answerAll();
    say();

    assertThat(brought).containsExactly("token-1", "token-1", "token-1", "token-2");
  }

  @Test
  void token_ofWholeLife_isWaitedForOnce() {
    say();
    time.advance(Duration.ofSeconds(301));
    issuer.holding = true;
    sayLater();
    sayLater();
    assertThat(brought).hasSize(1);
    assertThat(issuer.asked).hasSize(1);

    issuer.answerAll();

    assertThat(brought).containsExactly("token-1", "token-2", "token-2");
  }

  @Test
  void refusal_failsCallsWithItsCodeAndIsNotAskedAgainAtOnce() {
    issuer.refusal = Status.PERMISSION_DENIED.withDescription("not the holder");

    assertThatThrownBy(this::say)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("PERMISSION_DENIED")
        .hasMessageContaining("no grant token from the access service: not the holder");
    issuer.refusal = Status.OK;
    assertThatThrownBy(this::say).hasMessageContaining("PERMISSION_DENIED");
    time.advance(Duration.ofSeconds(1));
    say();

    assertThat(brought).containsExactly("token-1");
  }

  @Test
  void failedRenewal_leavesTheTokenToItsEnd() {
    say();
    issuer.refusal = Status.UNAVAILABLE;
    time.advance(Duration.ofSeconds(299));
    say();
    time.advance(Duration.ofSeconds(2));

    assertThatThrownBy(this::say).hasMessageContaining("UNAVAILABLE");
    assertThat(brought).containsExactly("token-1", "token-1");
  }

  @Test
  void connection_withoutTls_isRefusedUnlessItIsAllowed() {
    Applied refused = new Applied();
    credentials.applyRequestMetadata(new Plaintext(), Runnable::run, refused);
    assertThat(refused.said)
        .singleElement()
        .asString()
        .contains("UNAUTHENTICATED")
        .contains("(expected: TLS, or allowPlaintext() on a network that is trusted)");
    assertThat(issuer.issued).isZero();

    Applied allowed = new Applied();
    credentials.allowPlaintext().applyRequestMetadata(new Plaintext(), Runnable::run, allowed);
    assertThat(allowed.said).containsExactly("token-1");
  }

  /** The answers of credentials about one call. */
  private static final class Applied extends CallCredentials.MetadataApplier {
    private final List<String> said = new ArrayList<>();

    @Override
    public void apply(Metadata headers) {
      said.add(String.valueOf(headers.get(HEADER)));
    }

    @Override
    public void fail(Status status) {
      said.add(status.toString());
    }
  }

  /** A call on a connection without TLS. */
  private static final class Plaintext extends CallCredentials.RequestInfo {
    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return Echo.SAY;
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.NONE;
    }

    @Override
    public String getAuthority() {
      return "orders.internal";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.EMPTY;
    }
  }

  @Test
  void credentials_asText_showNothing() {
    say();

    assertThat(credentials).hasToString("GrantTokenCredentials[****]");
  }
}
