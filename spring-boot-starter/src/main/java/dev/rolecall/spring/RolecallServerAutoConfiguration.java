package dev.rolecall.spring;

import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.audit.AuditLog;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.ServerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Guards every gRPC server that Spring gRPC starts, by {@link RolecallServerProperties}. Verifier,
 * policy and guard are beans that the application's own replace, and that others may inject; they
 * are made when a server is built or somebody asks for them, and closed with the application, after
 * its servers.
 *
 * <p>An {@code OpenTelemetry} bean gets the metrics, an {@link AuditLog} bean the records.
 */
@AutoConfiguration
@ConditionalOnClass(ServerBuilderCustomizer.class)
@EnableConfigurationProperties(RolecallServerProperties.class)
public final class RolecallServerAutoConfiguration {

  /** For Spring. */
  RolecallServerAutoConfiguration() {}

  /** Static, and so before any bean that is set up by a property. */
  @Bean
  @ConditionalOnMissingBean
  static UnknownSettings rolecallUnknownServerSettings(ConfigurableEnvironment environment) {
    return new UnknownSettings(environment);
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  CallerVerifier rolecallCallerVerifier(
      RolecallServerProperties properties,
      ObjectProvider<OpenTelemetry> telemetry,
      ObjectProvider<VerifierCustomizer> customizers) {
    return new VerifierSettings(properties).verifier(telemetry, customizers);
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  PolicySource rolecallPolicySource(RolecallServerProperties properties, ResourceLoader loader) {
    String location =
        Setting.ofServer("policy")
            .required(properties.policy(), "the policy file, such as /etc/orders/policy.yaml");
    return PolicyLocation.of(location, loader).open(properties.policyReloadPeriod());
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  RoleGuard rolecallRoleGuard(
      CallerVerifier verifier,
      PolicySource policies,
      RolecallServerProperties properties,
      ObjectProvider<OpenTelemetry> telemetry,
      ObjectProvider<AuditLog> auditLog,
      ObjectProvider<GuardCustomizer> customizers) {
    return new GuardSettings(properties)
        .guard(RoleGuard.builder(verifier, policies), telemetry, auditLog, customizers);
  }

  /** Last of the customizers, and so in front of what the others attach. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  <T extends ServerBuilder<T>> GuardAttachment<T> rolecallGuardAttachment(
      RolecallServerProperties properties,
      ObjectProvider<RoleGuard> guard,
      ObjectProvider<BehindGuard> behind) {
    return new GuardAttachment<>(
        properties.unsafeServeWithoutGuard(),
        guard::getObject,
        () -> behind.orderedStream().toList());
  }
}
