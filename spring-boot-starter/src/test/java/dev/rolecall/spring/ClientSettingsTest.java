package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.client.IamCallCredentials;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** The channels that carry proofs, and the message for a property that breaks a rule. */
class ClientSettingsTest {

  private static final String CHANNEL = "rolecall.client.channels.";

  private final ApplicationContextRunner client =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RolecallClientAutoConfiguration.class));

  /** The credentials of a call over the channel of that name. */
  @SuppressWarnings("unchecked")
  private static @Nullable CallCredentials of(
      ApplicationContext application, String channel, CallOptions options) {
    GrpcChannelBuilderCustomizer<InProcessChannelBuilder> customizer =
        application.getBean(GrpcChannelBuilderCustomizer.class);
    List<@Nullable CallCredentials> used = new ArrayList<>();
    InProcessChannelBuilder builder =
        InProcessChannelBuilder.forName("nowhere").intercept(noting(used));
    customizer.customize(channel, builder);
    var connected = builder.build();
    connected.newCall(InProcess.ASK, options);
    connected.shutdownNow();
    return used.get(0);
  }

  /** Attached first, and so the last to see a call. */
  private static ClientInterceptor noting(List<@Nullable CallCredentials> used) {
    return new ClientInterceptor() {
      @Override
      public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
          MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
        used.add(options.getCredentials());
        return next.newCall(method, options);
      }
    };
  }

  @Test
  void channel_thatIsNamed_signsItsCalls() {
    client
        .withPropertyValues(CHANNEL + "orders.audience=orders")
        .run(
            context ->
                assertThat(of(context, "orders", CallOptions.DEFAULT))
                    .hasToString("IamCallCredentials[orders]"));
  }

  @Test
  void channel_thatIsNotNamed_sendsNoProof() {
    client
        .withPropertyValues(CHANNEL + "orders.audience=orders")
        .run(context -> assertThat(of(context, "elsewhere", CallOptions.DEFAULT)).isNull());
  }

  @Test
  void call_withCredentialsOfItsOwn_keepsThem() {
    CallCredentials own = new OwnCredentials();
    client
        .withPropertyValues(CHANNEL + "orders.audience=orders")
        .run(
            context ->
                assertThat(of(context, "orders", CallOptions.DEFAULT.withCallCredentials(own)))
                    .isSameAs(own));
  }

  private static final class OwnCredentials extends CallCredentials {
    @Override
    public void applyRequestMetadata(
        RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {}
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          channels.orders.audience=Not_A_Name | audience: Not_A_Name (expected
          channels.orders.sts.region=eu-west-1 | rolecall.client.channels.orders.audience: not set (expected
          channels.a.assume-role=checkout     | rolecall.client.channels.a.assume-role: role ARN: checkout
          renewal-margin=59s                  | rolecall.client.renewal-margin: renewal margin: PT59S (expected
          channels.a.sts.region=nowhere       | rolecall.client.channels.a.sts.region:
          channels.a.sts.endpoint=http://sts.example.com | rolecall.client.channels.a.sts.endpoint: STS endpoint: http://sts.example.com (expected
          channels.a.attested-tls.require-host-name=true | rolecall.client.channels.a.attested-tls.expect-server-roles: roles: none (expected
          channels.a.attested-tls.expect-server-roles= | rolecall.client.channels.a.attested-tls.expect-server-roles: roles: none (expected
          channels.a.attested-tls.expect-server-roles=orders | rolecall.client.channels.a.attested-tls.expect-server-roles:
          """)
  void property_thatBreaksARule_failsTheStartAndIsNamed(String property, String said) {
    client
        .withPropertyValues(CHANNEL + "a.audience=a", "rolecall.client." + property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(failure -> assertThat(Causes.of(failure)).contains(said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bearer-proofs=true   | rolecall.client.channels.a.bearer-proofs: set beside attested-tls
          allow-plaintext=true | rolecall.client.channels.a.allow-plaintext: set beside attested-tls
          """)
  void optionOfCallProofs_besideAttestedTls_failsTheStart(String property, String said) {
    client
        .withPropertyValues(
            CHANNEL + "a.audience=a",
            CHANNEL + "a.attested-tls.expect-server-roles=arn:aws:iam::111122223333:role/a",
            CHANNEL + "a." + property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(failure -> assertThat(Causes.of(failure)).contains(said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          endpoint=http://sts.example.com | rolecall.sts.endpoint: STS endpoint: http://sts.example.com (expected
          region=eu-west-1                | rolecall.sts.endpoint: not set (expected
          partition=aws-cn                | rolecall.sts.endpoint: not set (expected
          """)
  void endpointOfBothEnds_thatBreaksARule_failsTheStartAndIsNamed(String property, String said) {
    client
        .withPropertyValues(CHANNEL + "a.audience=a", "rolecall.sts." + property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(failure -> assertThat(Causes.of(failure)).contains(said)));
  }

  @Test
  void regionOfAChannel_besideAnEndpointOfBothEnds_isTaken() {
    client
        .withPropertyValues(
            CHANNEL + "a.audience=a",
            CHANNEL + "a.sts.region=eu-west-1",
            "rolecall.sts.endpoint=http://127.0.0.1:4566")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void credentialsProviderAndCustomizers_areAskedForEachChannel() {
    List<String> customized = new ArrayList<>();
    client
        .withPropertyValues(CHANNEL + "a.audience=a", CHANNEL + "b.audience=b")
        .withBean(
            AwsCredentialsProvider.class, () -> () -> AwsBasicCredentials.create("key", "secret"))
        .withBean(
            CredentialsCustomizer.class,
            () -> (channel, options) -> customized.add(channel + " " + Objects.nonNull(options)))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RoleCredentials.class));

    assertThat(customized).containsExactlyInAnyOrder("a true", "b true");
  }

  @Test
  void credentialsProviders_ofWhichNoneIsThePrimary_failTheStart() {
    AwsCredentialsProvider provider = () -> AwsBasicCredentials.create("key", "secret");
    client
        .withPropertyValues(CHANNEL + "a.audience=a")
        .withBean("one", AwsCredentialsProvider.class, () -> provider)
        .withBean("other", AwsCredentialsProvider.class, () -> provider)
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void roleCredentials_nameTheirChannelsAndNoSecret() {
    client
        .withPropertyValues(CHANNEL + "orders.audience=orders")
        .run(
            context -> {
              RoleCredentials credentials = context.getBean(RoleCredentials.class);
              assertThat(credentials).hasToString("RoleCredentials[orders]");
              assertThat(credentials.ofChannel("orders"))
                  .containsInstanceOf(IamCallCredentials.class);
              assertThat(credentials.ofChannel("elsewhere")).isEmpty();
            });
  }

  @Test
  void springGrpcMissing_leavesNothing() {
    client
        .withClassLoader(new FilteredClassLoader("org.springframework.grpc"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RoleCredentials.class));
  }
}
