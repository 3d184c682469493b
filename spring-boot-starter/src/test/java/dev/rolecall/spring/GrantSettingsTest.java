package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.spring.grants.FollowedGrants;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import dev.rolecall.testing.TestClock;
import dev.rolecall.testing.TestGrants;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

/** A server whose policy requires a grant, and where it learns of grants. */
@Tag("attack")
class GrantSettingsTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private final TestClock clock = new TestClock();
  private final TestGrants grants = TestGrants.by(clock);
  private final Channels channels = new Channels();

  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class))
          .withBean(Scheme.class, Callers::new)
          .withBean(PolicySource.class, () -> PolicySource.fixed(policy()));

  private static AccessPolicy policy() {
    return AccessPolicy.builder("tests")
        .allow(
            "granted",
            PolicyRule.Source.of(List.of(PrincipalPattern.parse(CHECKOUT)))
                .requiring(GrantRequirement.of("orders-admin")),
            CallConditions.none(),
            "/tests.v1.Questions/Ask")
        .build();
  }

  @AfterEach
  void closeChannels() {
    channels.made.forEach(ManagedChannel::shutdownNow);
  }

  /** Makes channels to servers that are not there, and has them closed, as Spring gRPC's does. */
  private static final class Channels implements GrpcChannelFactory {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<ManagedChannel> made = new ConcurrentLinkedQueue<>();

    @Override
    public boolean supports(String target) {
      return true;
    }

    @Override
    public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
      asked.add(target);
      InProcessChannelBuilder builder = InProcessChannelBuilder.forName(target);
      options.<InProcessChannelBuilder>customizer().customize(target, builder);
      ManagedChannel channel = builder.build();
      made.add(channel);
      return channel;
    }
  }

  private static String refusal(InProcess orders) {
    return String.valueOf(
        catchThrowableOfType(StatusRuntimeException.class, () -> orders.ask(Callers.PROOF))
            .getStatus()
            .getDescription());
  }

  private void assertGrantsAreFollowed(ApplicationContextRunner application) {
    application.run(
        context -> {
          try (InProcess orders = InProcess.of(context, () -> "reached")) {
            assertThat(refusal(orders)).startsWith("GRANT_REQUIRED");
            grants.grant("orders-admin").to(CHECKOUT).lasting(Duration.ofHours(1));
            assertThat(orders.ask(Callers.PROOF)).isEqualTo("reached");
            grants.revokeAll();
            assertThat(refusal(orders)).startsWith("GRANT_REVOKED");
          }
        });
  }

  @Test
  void grantSource_ofTheApplication_isFollowed() {
    assertGrantsAreFollowed(server.withBean(GrantSource.class, () -> grants));
  }

  /** The access service of the application's properties is not there in a test. */
  @Test
  void grants_ofATest_areFollowedInPlaceOfAllOthers() {
    assertGrantsAreFollowed(
        server
            .withBean(FollowedGrants.OF_TESTS, TestGrants.class, () -> grants)
            .withBean("other", GrantSource.class, () -> TestGrants.by(clock))
            .withPropertyValues("rolecall.server.grants.channels=access"));
    assertThat(channels.asked).isEmpty();
  }

  @Test
  void feed_ofChannels_isFollowedAndStaleUntilItsNews() {
    server
        .withBean(GrpcChannelFactory.class, () -> channels)
        .withPropertyValues(
            "rolecall.server.grants.channels=access-1,access-2",
            "rolecall.server.grants.stale=best-effort",
            "rolecall.server.grants.stale-after=4m",
            "rolecall.server.grants.name=orders-1",
            "rolecall.server.grants.most-grants=1000")
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(refusal(orders)).startsWith("GRANTS_STALE");
              }
            });
    assertThat(channels.asked).startsWith("access-1");
  }

  @Test
  void policyThatRequiresAGrant_withoutGrants_stopsTheServer() {
    server.run(
        context ->
            assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                .satisfies(
                    failure ->
                        assertThat(Causes.of(failure))
                            .contains("rolecall.server.grants.channels: not set")
                            .contains("requires grants of orders-admin")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=orders-1                            | channels: not set (expected: the channels to
          channels=                                | channels: none (expected: at least one)
          channels=access stale-after=2s           | stale-after: staleAfter: PT2S (expected:
          channels=access stale-after=2m           | stale-after: staleAfter: PT2M (expected:
          channels=access most-grants=0            | most-grants: mostGrants: 0 (expected:
          channels=access name=                    | name: name:  (expected: 1 to 100
          """)
  void property_thatBreaksARule_stopsTheServerAndIsNamed(String properties, String said) {
    server
        .withBean(GrpcChannelFactory.class, () -> channels)
        .withPropertyValues(
            Stream.of(properties.split(" "))
                .map("rolecall.server.grants."::concat)
                .toArray(String[]::new))
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains(
                                    InvalidSettingException.class.getName()
                                        + ": rolecall.server.grants."
                                        + said)));
  }

  @Test
  void channels_withoutAFactory_stopTheServer() {
    server
        .withPropertyValues("rolecall.server.grants.channels=access")
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains("grants.channels: set, but there is no channel factory")
                                .contains("Spring gRPC's client among the application's")));
  }

  @Test
  void way_thatIsNone_failsTheStart() {
    server
        .withPropertyValues("rolecall.server.grants.stale=maybe")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains("under 'rolecall.server.grants.stale'")));
  }
}
