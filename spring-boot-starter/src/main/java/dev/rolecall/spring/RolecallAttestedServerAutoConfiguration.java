package dev.rolecall.spring;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.spring.RolecallServerProperties.AttestedTls;
import dev.rolecall.spring.internal.attested.AttestedBundle;
import dev.rolecall.spring.internal.attested.AttestedTlsDefaults;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.tls.AttestedServer;
import dev.rolecall.tls.AttestedServerBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Has every server of Spring gRPC prove its role by attested TLS, as {@link AttestedTls} says. AWS
 * credentials come from the {@link AwsCredentialsProvider} bean, else from the SDK's default chain.
 */
@AutoConfiguration(after = RolecallServerAutoConfiguration.class)
@ConditionalOnClass(ServerBuilderCustomizer.class)
@ConditionalOnProperty("rolecall.server.attested-tls.enabled")
public final class RolecallAttestedServerAutoConfiguration {

  /** For Spring. */
  RolecallAttestedServerAutoConfiguration() {}

  /** Static, and so before any bean that is set up by a property. */
  @Bean
  static AttestedTlsDefaults rolecallAttestedTlsDefaults(ConfigurableEnvironment environment) {
    return new AttestedTlsDefaults(environment);
  }

  @Bean
  @Lazy
  AttestedServer rolecallAttestedServer(
      RolecallServerProperties server,
      AttestedTls tls,
      RolecallStsProperties sts,
      CallGuard guard,
      ObjectProvider<AwsCredentialsProvider> provider) {
    AttestedServerBuilder options = new AttestedServerSettings(tls, sts).options(server.name());
    provider.ifAvailable(options::credentialsProvider);
    return Setting.ofServer("attested-tls").checked(() -> options.start(guard));
  }

  @Bean
  AttestedBundle rolecallAttestedBundle(ObjectProvider<AttestedServer> server) {
    return new AttestedBundle(server::getObject);
  }

  @Bean
  SslBundleRegistrar rolecallAttestedBundleRegistrar(AttestedBundle attested) {
    return registry -> registry.registerBundle(AttestedBundle.NAME, attested.bundle());
  }
}
