package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import dev.rolecall.testsupport.ManualScheduler;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;

/** The times at which an end renews its certificate, and the reasons to keep the old one. */
@Tag("attack")
final class RotationTest {

  private static final Duration TWO_THIRDS = Duration.ofMinutes(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final Surroundings around = new Surroundings();

  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean clockFails = new AtomicBoolean();
  private final AtomicLong elapsed = new AtomicLong();
  private final ManualScheduler timer = new ManualScheduler();
  private LocalCertificate own;
  private KeyedAttestation first;

  @BeforeEach
  void start() {
    ProofSource proofs =
        around.closing(
            ProofSource.builder(Audience.of(AUDIENCE))
                .credentialsProvider(new LeavingProvider(around.session(CHECKOUT), away))
                .endpoint(around.sts().endpoint(), Region.US_EAST_1)
                .clock(around.clock())
                .build());
    AttestationMaker maker = new AttestationMaker(proofs, List.of(), new SecureRandom());
    own =
        around.closing(
            LocalCertificate.start(
                maker,
                around.lookup(AUDIENCE),
                runtime(failingAtTimes(around.clock())),
                () -> 0L,
                timer));
    around.closing(timer::shutdownNow);
    first = own.current();
  }

  private AccessRuntime runtime(Clock clock) {
    return around.closing(AccessRuntime.builder().clock(clock).ticker(elapsed::get).build());
  }

  private void pass(Duration time) {
    around.clock().advance(time);
    look();
  }

  private void look() {
    timer.tick();
    own.underWay().join();
  }

  @Test
  void twoThirdsOfTheLife_andNotASecondEarlier_isWhenTheNextIsMade() {
    pass(TWO_THIRDS.minus(SECOND));
    assertThat(own.current()).isSameAs(first);

    pass(SECOND);
    assertThat(own.current()).isNotSameAs(first);
    assertThat(own.current().key()).isNotEqualTo(first.key());
    assertThat(around.asked()).as("about the new one, before it is used").isOne();
  }

  @Test
  void errorOfTheClock_inOneLook_isNoReasonNotToLookAgain() {
    clockFails.set(true);
    pass(TWO_THIRDS);
    assertThat(own.current()).isSameAs(first);

    clockFails.set(false);
    look();
    assertThat(own.current()).isNotSameAs(first);
  }

  @Test
  void clockThatIsSetBack_putsOffNeitherTheNextNorTheLastMoment() {
    around.sts().fail(Fault.serviceUnavailable());
    around.clock().advance(Duration.ofMinutes(-5));
    elapsed.addAndGet(TWO_THIRDS.toNanos());
    look();
    assertThat(own.current()).as("STS is away").isSameAs(first);
    assertThat(around.asked()).isPositive();

    around.clock().advance(Duration.ofMinutes(-5));
    elapsed.addAndGet(Surroundings.PROOF_LIFE.minus(TWO_THIRDS).toNanos());
    look();
    assertThat(own.current()).as("as good as lapsed").isNotSameAs(first);
  }

  private Clock failingAtTimes(Clock clock) {
    return new Clock() {
      @Override
      public Instant instant() {
        if (clockFails.get()) {
          throw new InternalError("the test's");
        }
        return clock.instant();
      }

      @Override
      public ZoneId getZone() {
        return clock.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  @Test
  void errorOfTheClock_atACallToAServerOfAnAuthority_isADefectAndNoRefusal() {
    CompletableFuture<Status> failed = new CompletableFuture<>();
    clockFails.set(true);

    new LocalCertificateCheck(own)
        .applyRequestMetadata(
            new AnyCall(),
            Runnable::run,
            new CallCredentials.MetadataApplier() {
              @Override
              public void apply(Metadata headers) {}

              @Override
              public void fail(Status status) {
                failed.complete(status);
              }
            });

    assertThat(failed.join().getCode()).isEqualTo(Status.Code.INTERNAL);
  }

  /** A call on a connection of which nothing is known. */
  private static final class AnyCall extends CallCredentials.RequestInfo {

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.PRIVACY_AND_INTEGRITY;
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
  void handshakeUnderWay_stillFindsTheOldKeyByItsAlias() {
    pass(TWO_THIRDS);

    assertThat(own.of(first.alias())).isSameAs(first);
    assertThat(own.of(own.current().alias())).isSameAs(own.current());
  }

  @Test
  void generationsWithoutEnd_areNotKept() {
    for (int i = 0; i < 2 * LocalCertificate.GENERATIONS; i++) {
      pass(TWO_THIRDS);
    }

    assertThat(own.of(first.alias())).isNull();
  }

  @Test
  void credentialsAway_keepTheOldOne_andComeBackToANewOne() {
    away.set(true);
    pass(TWO_THIRDS);
    assertThat(own.current()).isSameAs(first);
    assertThat(own.isLapsed()).isFalse();

    away.set(false);
    look();
    assertThat(own.current()).as("in the same moment").isSameAs(first);

    pass(RotationSchedule.PAUSE);
    assertThat(own.current()).isNotSameAs(first);
  }

  @Test
  void credentialsAwayPastTheEnd_areALapse() {
    away.set(true);
    pass(Surroundings.PROOF_LIFE);
    assertThat(own.isLapsed()).isFalse();

    pass(SECOND);
    assertThat(own.isLapsed()).isTrue();
  }

  @Test
  void stsAway_keepsTheOldOneThatPeersKnow_untilStsIsBack() {
    around.sts().fail(Fault.serviceUnavailable());
    pass(TWO_THIRDS);
    assertThat(own.current()).isSameAs(first);

    around.sts().clearFaults();
    pass(RotationSchedule.PAUSE.minus(SECOND));
    assertThat(own.current()).as("before the pause is over").isSameAs(first);
    pass(SECOND);
    assertThat(own.current()).isNotSameAs(first);
  }

  @Test
  void stsAwayToTheLastMoment_isNoReasonToLapse() {
    around.sts().fail(Fault.serviceUnavailable());
    pass(Surroundings.PROOF_LIFE.minus(RotationSchedule.LAST_MOMENT));
    assertThat(own.current()).isSameAs(first);

    pass(RotationSchedule.PAUSE);
    assertThat(own.current()).isNotSameAs(first);
  }

  @Test
  void newAttestationThatStsRefuses_isNotUsed() {
    around.sts().failNext(1, Fault.error(StsErrorCode.EXPIRED_TOKEN, "the session is over"));
    pass(TWO_THIRDS);
    assertThat(own.current()).isSameAs(first);

    pass(RotationSchedule.PAUSE);
    assertThat(own.current()).isNotSameAs(first);
  }

  private LocalCertificate another(ProofSource.Builder proofs, RandomGenerator stagger) {
    return around.closing(
        LocalCertificate.start(
            new AttestationMaker(around.closing(proofs.build()), List.of(), new SecureRandom()),
            around.lookup(AUDIENCE),
            runtime(around.clock()),
            stagger,
            timer));
  }

  @Test
  void ownRulesThatRefuseOneself_areNoReasonNotToRenew() {
    LocalCertificate elsewhere = another(around.proofs("billing", CHECKOUT), () -> 0L);
    KeyedAttestation before = elsewhere.current();
    pass(TWO_THIRDS);
    elsewhere.underWay().join();

    assertThat(elsewhere.current()).isNotSameAs(before);
  }

  @Test
  void endsThatStartedTogether_renewAtDifferentTimes_upToHalfAMinuteEarly() {
    List<LocalCertificate> ends = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ends.add(another(around.proofs("billing", CHECKOUT), new Random(i)));
    }
    List<KeyedAttestation> before = ends.stream().map(LocalCertificate::current).toList();
    pass(TWO_THIRDS.minus(RotationSchedule.STAGGER));
    assertThat(ends.stream().map(LocalCertificate::current)).isEqualTo(before);

    pass(RotationSchedule.STAGGER.dividedBy(2));
    assertThat(ends.stream().map(LocalCertificate::current).filter(before::contains).count())
        .isBetween(1L, 9L);
    pass(RotationSchedule.STAGGER.dividedBy(2));
    assertThat(ends.stream().map(LocalCertificate::current)).doesNotContainAnyElementsOf(before);
  }

  @Test
  void credentialsThatEndInAMoment_areNotRenewedEverySecond() {
    var session =
        StaticCredentialsProvider.create(
            AwsSessionCredentials.builder()
                .accessKeyId("ASIAEXAMPLE000000001")
                .secretAccessKey("secret")
                .sessionToken("dG9rZW4=")
                .expirationTime(around.clock().instant().plusSeconds(3))
                .build());
    LocalCertificate brief =
        another(around.proofs("billing", CHECKOUT).credentialsProvider(session), () -> 0L);
    KeyedAttestation before = brief.current();
    pass(RotationSchedule.PAUSE.minus(SECOND));
    assertThat(brief.current()).isSameAs(before);

    pass(SECOND);
    assertThat(brief.current()).isNotSameAs(before);
  }

  /** Credentials that can go away. */
  private record LeavingProvider(
      IdentityProvider<? extends AwsCredentialsIdentity> credentials, AtomicBoolean away)
      implements IdentityProvider<AwsCredentialsIdentity> {

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
      return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<? extends AwsCredentialsIdentity> resolveIdentity(
        ResolveIdentityRequest request) {
      return away.get()
          ? CompletableFuture.failedFuture(new IllegalStateException("away"))
          : credentials.resolveIdentity();
    }
  }
}
