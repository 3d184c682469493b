package dev.rolecall.spring;

import dev.rolecall.client.IamCallCredentials;
import io.grpc.ManagedChannelBuilder;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
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
@EnableConfigurationProperties(RolecallClientProperties.class)
public final class RolecallClientAutoConfiguration {

  /** For Spring. */
  RolecallClientAutoConfiguration() {}

  /** Static, and so before any bean that is set up by a property. */
  @Bean
  @ConditionalOnMissingBean
  static UnknownSettings rolecallUnknownClientSettings(ConfigurableEnvironment environment) {
    return new UnknownSettings(environment);
  }

  @Bean
  @ConditionalOnMissingBean
  RoleCredentials rolecallRoleCredentials(
      RolecallClientProperties properties,
      ObjectProvider<AwsCredentialsProvider> provider,
      ObjectProvider<CredentialsCustomizer> customizers) {
    Map<String, IamCallCredentials> channels = new HashMap<>();
    properties
        .channels()
        .forEach(
            (name, proof) -> {
              ChannelSettings channel = new ChannelSettings(name, proof);
              IamCallCredentials.Builder options = channel.options(properties.sts());
              provider.ifAvailable(options::credentialsProvider);
              customizers.orderedStream().forEach(each -> each.customize(name, options));
              channels.put(name, channel.build(options));
            });
    return new RoleCredentials(channels);
  }

  @Bean
  <T extends ManagedChannelBuilder<T>> CredentialsAttachment<T> rolecallCredentialsAttachment(
      RoleCredentials credentials) {
    return new CredentialsAttachment<>(credentials);
  }
}
