package dev.rolecall.spring;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.spring.internal.attested.AttestedChannelCredentials;
import dev.rolecall.spring.internal.attested.AttestedChannels;
import dev.rolecall.spring.internal.client.CredentialsAttachment;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.internal.setting.UnknownSettings;
import dev.rolecall.spring.tokens.ChannelCredentials;
import dev.rolecall.spring.tokens.RolecallTokenProperties;
import dev.rolecall.spring.tokens.TokenChannelSettings;
import dev.rolecall.spring.tokens.TokenCredentials;
import dev.rolecall.tls.AttestedChannel;
import io.grpc.ManagedChannelBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Gives the channels that {@link RolecallClientProperties} names proofs of this application's role.
 * Its stubs need nothing else.
 *
 * <p>AWS credentials come from the {@link AwsCredentialsProvider} bean, where there is one, and
 * else from the AWS SDK's default chain. Of several beans one must be the primary: whose role a
 * call is signed with is not guessed.
 */
@AutoConfiguration
@ConditionalOnClass(GrpcChannelBuilderCustomizer.class)
@EnableConfigurationProperties({
  RolecallClientProperties.class,
  RolecallTokenProperties.class,
  RolecallStsProperties.class
})
public final class RolecallClientAutoConfiguration {

  /** For Spring. */
  RolecallClientAutoConfiguration() {}

  /** Static, and so before any bean that is set up by a property. */
  @Bean
  @ConditionalOnMissingBean
  static UnknownSettings rolecallUnknownClientSettings(ConfigurableEnvironment environment) {
    return new UnknownSettings(StarterProperties.RECORDS, environment);
  }

  /** Static, so that it sees every bean. */
  @Bean
  static AttestedChannelCredentials rolecallAttestedChannelCredentials(
      ObjectProvider<AttestedChannels> channels) {
    return new AttestedChannelCredentials(channels);
  }

  @Bean
  @ConditionalOnMissingBean
  RoleCredentials rolecallRoleCredentials(
      RolecallClientProperties properties,
      RolecallStsProperties sts,
      ObjectProvider<AwsCredentialsProvider> provider,
      ObjectProvider<OpenTelemetry> telemetry,
      ObjectProvider<CredentialsCustomizer> customizers) {
    Map<String, IamCallCredentials> channels = new HashMap<>();
    properties
        .channels()
        .forEach(
            (name, proof) -> {
              ChannelSettings channel = new ChannelSettings(name, proof, sts);
              if (channel.signsCalls()) {
                IamCallCredentials.Builder options = channel.callOptions();
                new Setting("rolecall.client.renewal-margin")
                    .to(properties.renewalMargin(), options::renewalMargin);
                provider.ifAvailable(options::credentialsProvider);
                telemetry.ifAvailable(options::openTelemetry);
                customizers.orderedStream().forEach(each -> each.customize(name, options));
                channels.put(name, channel.setting().checked(options::build));
              }
            });
    return new RoleCredentials(channels);
  }

  @Bean
  @ConditionalOnMissingBean
  TokenCredentials rolecallTokenCredentials(
      RolecallTokenProperties properties,
      RolecallClientProperties proofs,
      WebIdentitySettings webIdentity,
      ObjectProvider<OpenTelemetry> telemetry,
      ResourceLoader loader) {
    Map<String, ChannelCredentials> channels = new HashMap<>();
    properties
        .tokenChannels()
        .forEach(
            (name, token) -> {
              TokenChannelSettings channel = new TokenChannelSettings(name, token);
              if (proofs.channels().containsKey(name)) {
                throw channel
                    .setting()
                    .invalid(
                        "a token, with rolecall.client.channels." + name, "one of the two at most");
              }
              channels.put(
                  name,
                  channel.credentials(
                      Optional.ofNullable(telemetry.getIfAvailable()),
                      loader.getClassLoader(),
                      identity -> webIdentity.credentials(channel, identity)));
            });
    return new TokenCredentials(channels);
  }

  @Bean
  WebIdentitySettings rolecallWebIdentitySettings(
      RolecallStsProperties sts,
      ObjectProvider<AwsCredentialsProvider> provider,
      ObjectProvider<OpenTelemetry> telemetry) {
    return new WebIdentitySettings(sts, provider, telemetry);
  }

  @Bean
  AttestedChannels rolecallAttestedChannels(
      RolecallClientProperties properties,
      RolecallStsProperties sts,
      ObjectProvider<AwsCredentialsProvider> provider,
      ObjectProvider<OpenTelemetry> telemetry,
      ObjectProvider<RuntimeCustomizer> customizers) {
    RuntimeSettings runtimes = new RuntimeSettings(telemetry, customizers);
    Map<String, Supplier<AttestedChannel>> starts = new HashMap<>();
    properties
        .channels()
        .forEach(
            (name, proof) -> {
              ChannelSettings channel = new ChannelSettings(name, proof, sts);
              if (proof.attestedTls() != null) {
                AttestedChannel.Builder options = channel.tlsOptions(proof.attestedTls());
                provider.ifAvailable(options::credentialsProvider);
                Setting setting = channel.setting().sub("attested-tls");
                starts.put(
                    name,
                    () -> setting.checked(() -> options.runtime(runtimes.newRuntime()).start()));
              }
            });
    return new AttestedChannels(starts);
  }

  @Bean
  <T extends ManagedChannelBuilder<T>> CredentialsAttachment<T> rolecallCredentialsAttachment(
      RoleCredentials credentials, TokenCredentials tokens, AttestedChannels attested) {
    return new CredentialsAttachment<>(credentials::ofChannel, tokens, attested);
  }
}
