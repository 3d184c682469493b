package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.CallCredentials;
import io.grpc.CompositeCallCredentials;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

@Tag("attack")
final class IamCallCredentialsTest {

  private static final ProofBinding CHANNEL =
      new ProofBinding.Channel(new BindingHash(FakeConnection.LEAF_HASH));

  private final ManualTime time = new ManualTime();
  private final FakeCredentials provider = new FakeCredentials();
  private final ManualExecutor executor = new ManualExecutor();
  private final FakeConnection tls = FakeConnection.tls();

  @Test
  void apply_tls_isBoundToTheServersCertificate() {
    try (IamCallCredentials credentials = builder().build()) {
      CallerProof proof = loaded(credentials, tls).proof();

      assertThat(proof.binding()).isEqualTo(CHANNEL);
      assertThat(proof.audience()).isEqualTo(Audience.of("orders"));
      assertThat(proof.signature())
          .isEqualTo(
              RebuiltRequest.signature(
                  proof,
                  CHANNEL.signedHeaders(Audience.of("orders")),
                  "eu-west-1",
                  FakeCredentials.SECRET_KEY));
    }
  }

  @Test
  void apply_tlsWithoutCertificate_isBearer() {
    try (IamCallCredentials credentials = builder().build()) {
      FakeConnection connection = FakeConnection.tls(FakeConnection.unverified());
      assertThat(loaded(credentials, connection).proof().binding())
          .isEqualTo(ProofBinding.bearer());
    }
  }

  @Test
  void apply_bearerProofs_isBearerOnTls() {
    try (IamCallCredentials credentials = builder().bearerProofs().build()) {
      assertThat(loaded(credentials, tls).proof().binding()).isEqualTo(ProofBinding.bearer());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecurityLevel.class,
      names = {"NONE", "INTEGRITY"})
  void apply_noTransportSecurity_isRefusedUnsigned(SecurityLevel level) {
    try (IamCallCredentials credentials = builder().bearerProofs().build()) {
      Status status = apply(credentials, FakeConnection.of(level), executor).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status.getDescription()).contains("allowPlaintext()");
      assertThat(executor.pending()).isZero();
      assertThat(provider.loads()).isZero();
    }
  }

  @Test
  void apply_allowPlaintext_isBearer() {
    try (IamCallCredentials credentials = builder().allowPlaintext().build()) {
      FakeConnection plaintext = FakeConnection.of(SecurityLevel.NONE);
      assertThat(loaded(credentials, plaintext).proof().binding()).isEqualTo(ProofBinding.bearer());
    }
  }

  @Test
  void apply_allowPlaintextOnTls_isStillBoundToTheCertificate() {
    try (IamCallCredentials credentials = builder().allowPlaintext().build()) {
      assertThat(loaded(credentials, tls).proof().binding()).isEqualTo(CHANNEL);
    }
  }

  @Test
  void apply_first_touchesNothingOnTheCallersThread() {
    try (IamCallCredentials credentials = builder().build()) {
      FakeApplier applier = apply(credentials, tls, executor);

      assertThat(applier.isAnswered()).isFalse();
      assertThat(provider.loads()).isZero();
      executor.runAll();
      assertThat(applier.proof().accessKeyId()).isEqualTo(FakeCredentials.ACCESS_KEY_ID);
    }
  }

  @Test
  void apply_fresh_isTheSameMetadataAtOnce() {
    try (IamCallCredentials credentials = builder().build()) {
      Metadata first = loaded(credentials, tls).metadata();

      assertThat(apply(credentials, tls, executor).metadata()).isSameAs(first);
      assertThat(executor.pending()).isZero();
      assertThat(provider.loads()).isEqualTo(1);
    }
  }

  @Test
  void apply_stale_servesAtOnceAndRenewsBehind() {
    try (IamCallCredentials credentials = builder().build()) {
      Metadata first = loaded(credentials, tls).metadata();
      time.advance(Duration.ofMinutes(10));

      assertThat(apply(credentials, tls, executor).metadata()).isSameAs(first);
      executor.runAll();
      assertThat(apply(credentials, tls, executor).metadata()).isNotSameAs(first);
      assertThat(provider.loads()).isEqualTo(2);
    }
  }

  @Test
  void apply_renewalMarginOfAMinute_staysFreshFor14() {
    try (IamCallCredentials credentials = builder().renewalMargin(Duration.ofMinutes(1)).build()) {
      Metadata first = loaded(credentials, tls).metadata();
      time.advance(Duration.ofMinutes(14).minusMillis(1));

      assertThat(apply(credentials, tls, executor).metadata()).isSameAs(first);
      assertThat(executor.pending()).isZero();
    }
  }

  @Test
  void apply_credentialsEndEarly_renewsBeforeTheyDo() {
    provider.give(FakeCredentials.session("first", ManualTime.START.plusSeconds(120)));
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(loaded(credentials, tls).proof().sessionToken()).isEqualTo("first");
      provider.give(FakeCredentials.session("second", ManualTime.START.plusSeconds(3600)));

      time.advance(Duration.ofSeconds(100));

      assertThat(loaded(credentials, tls).proof().sessionToken()).isEqualTo("second");
    }
  }

  @Test
  void apply_composedSecond_leavesTheSharedMetadataAlone() {
    CallCredentials tracing =
        new CallCredentials() {
          @Override
          public void applyRequestMetadata(
              RequestInfo request, Executor unused, MetadataApplier applier) {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("x-other", Metadata.ASCII_STRING_MARSHALLER), "1");
            applier.apply(headers);
          }
        };
    try (IamCallCredentials credentials = builder().build()) {
      for (CallCredentials both :
          List.of(
              new CompositeCallCredentials(tracing, credentials),
              new CompositeCallCredentials(credentials, tracing))) {
        assertThat(loaded(both, tls).metadata().keys())
            .containsExactlyInAnyOrder("x-other", "authorization");
      }
      assertThat(loaded(credentials, tls).metadata().keys()).containsExactly("authorization");
    }
  }

  @Test
  void apply_noCredentials_isUnauthenticatedAndSaysWhatWasTried() {
    provider.fail(SdkClientException.create("nothing in /home/me/" + FakeCredentials.SECRET_KEY));
    try (IamCallCredentials credentials = builder().build()) {
      Status status = loaded(credentials, tls).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status.getDescription())
          .contains("no AWS credentials", FakeCredentials.class.getName())
          .doesNotContain(FakeCredentials.SECRET_KEY, "/home/me");
      assertThat(status.getCause())
          .isInstanceOf(ProofUnavailableException.class)
          .hasMessage(status.getDescription())
          .hasNoCause();
    }
  }

  @Test
  void apply_noCredentialsAfterThereWereSome_isUnavailable() {
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(loaded(credentials, tls).metadata()).isNotNull();
      provider.fail(SdkClientException.create("metadata service away"));
      time.advance(Duration.ofMinutes(15));

      assertThat(loaded(credentials, tls).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void apply_failing_isRememberedSoThatCallsDoNotQueue() {
    provider.fail(SdkClientException.create("none"));
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(loaded(credentials, tls).status().isOk()).isFalse();
      for (int i = 0; i < 1_000; i++) {
        assertThat(apply(credentials, tls, executor).status().getCode())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
      assertThat(provider.loads()).isEqualTo(1);
    }
  }

  @Test
  void apply_anonymousCredentials_isUnauthenticated() {
    try (IamCallCredentials credentials =
        builder().credentialsProvider(AnonymousCredentialsProvider.create()).build()) {
      Status status = loaded(credentials, tls).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status.getDescription()).contains("anonymous");
    }
  }

  @Test
  void apply_errorWhileLoading_isAnsweredOnceAsInternal() {
    provider.fail(new LinkageError("class"));
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(loaded(credentials, tls).status().getCode()).isEqualTo(Status.Code.INTERNAL);
    }
  }

  @Test
  void apply_providerFailsLater_isAnsweredOnce() {
    provider.fail(new java.io.IOException("reset"));
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(loaded(credentials, tls).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void apply_executorRefuses_isUnavailable() {
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(apply(credentials, tls, new ManualExecutor().rejecting()).status().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void apply_sessionThatThrows_isAnsweredAndNotSent() {
    FakeConnection broken =
        FakeConnection.tls(
            FakeConnection.session(
                () -> {
                  throw new IllegalStateException("broken");
                }));
    try (IamCallCredentials credentials = builder().build()) {
      assertThat(apply(credentials, broken, executor).status().getCode())
          .isEqualTo(Status.Code.INTERNAL);
    }
  }

  @Test
  void apply_64FirstCallsAtOnce_loadAndSignOnce() throws Exception {
    int threads = 64;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (IamCallCredentials credentials = builder().build()) {
      List<Future<FakeApplier>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            pool.submit(
                () -> {
                  start.await(2, TimeUnit.MINUTES);
                  return apply(credentials, FakeConnection.tls(), pool);
                }));
      }
      List<FakeApplier> appliers = new ArrayList<>();
      for (Future<FakeApplier> call : calls) {
        appliers.add(call.get(2, TimeUnit.MINUTES));
      }
      pool.shutdown();
      assertThat(pool.awaitTermination(2, TimeUnit.MINUTES)).isTrue();

      Metadata first = appliers.get(0).metadata();
      assertThat(appliers).allSatisfy(a -> assertThat(a.metadata()).isSameAs(first));
      assertThat(provider.loads()).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void close_thenApply_isRefusedThoughTheProofIsFresh() {
    IamCallCredentials credentials = builder().build();
    assertThat(loaded(credentials, tls).metadata()).isNotNull();

    credentials.close();
    credentials.close();

    Status status = apply(credentials, tls, executor).status();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("closed");
    assertThat(provider.loads()).isEqualTo(1);
  }

  @Test
  void close_whileACallWaits_failsItWithoutLoading() {
    IamCallCredentials credentials = builder().build();
    FakeApplier applier = apply(credentials, tls, executor);

    credentials.close();
    executor.runAll();

    assertThat(applier.status().getDescription()).contains("closed");
    assertThat(provider.loads()).isZero();
  }

  @Test
  void close_givenProvider_staysOpen() {
    builder().build().close();

    assertThat(provider.isClosed()).isFalse();
  }

  @Test
  void forAudience_noFurtherOption_asksForNothingYet() {
    try (IamCallCredentials credentials = IamCallCredentials.forAudience("orders")) {
      assertThat(credentials).hasToString("IamCallCredentials[orders]");
    }
  }

  @Test
  void forAudience_badName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IamCallCredentials.forAudience("Orders"))
        .withMessageContaining("Orders");
  }

  @Test
  void clock_notTheSystems_datesTheProof() {
    AtomicInteger asked = new AtomicInteger();
    try (IamCallCredentials credentials = builder().build()) {
      FakeConnection connection =
          FakeConnection.tls(FakeConnection.showing(asked, FakeConnection.leaf()));
      assertThat(loaded(credentials, connection).proof().signedAt()).isEqualTo(ManualTime.START);
      assertThat(asked).hasValue(1);
    }
  }

  private IamCallCredentials.Builder builder() {
    return IamCallCredentials.builder("orders")
        .credentialsProvider(provider)
        .region(Region.EU_WEST_1)
        .clock(time)
        .ticker(time::nanos)
        .random(() -> 0);
  }

  private static FakeApplier apply(
      CallCredentials credentials, FakeConnection connection, Executor executor) {
    FakeApplier applier = new FakeApplier();
    credentials.applyRequestMetadata(connection, executor, applier);
    return applier;
  }

  private FakeApplier loaded(CallCredentials credentials, FakeConnection connection) {
    FakeApplier applier = apply(credentials, connection, executor);
    executor.runAll();
    return applier;
  }
}
