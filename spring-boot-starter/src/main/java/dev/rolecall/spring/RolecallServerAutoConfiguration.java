package dev.rolecall.spring;

import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.spring.callers.AcceptedCallers;
import dev.rolecall.spring.callers.CallerTls;
import dev.rolecall.spring.callers.ClientCertificateRequest;
import dev.rolecall.spring.callers.IssuerCustomizer;
import dev.rolecall.spring.callers.MissingArtifacts;
import dev.rolecall.spring.callers.RolecallCallerProperties;
import dev.rolecall.spring.grants.FollowedGrants;
import dev.rolecall.spring.grants.RolecallGrantProperties;
import dev.rolecall.spring.internal.attested.AttestedBundle;
import dev.rolecall.spring.internal.server.BehindGuard;
import dev.rolecall.spring.internal.server.GuardAttachment;
import dev.rolecall.spring.internal.server.PolicyLocations;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.internal.setting.UnknownSettings;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.ServerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Guards every gRPC server that Spring gRPC starts, by {@link RolecallServerProperties}. Schemes,
 * policy, runtime and guard are beans that those of the application replace, and that others may
 * inject. They are made when a server is built or a bean asks for them, and closed with the
 * application, after its servers. Scheme beans of the application take the place of the one that
 * asks STS; all of them are accepted.
 *
 * <p>An {@code OpenTelemetry} bean gets the metrics, an {@link AuditLog} bean the records.
 */
@AutoConfiguration
@ConditionalOnClass(ServerBuilderCustomizer.class)
@EnableConfigurationProperties({
  RolecallServerProperties.class,
  RolecallServerProperties.AcceptedProofs.class,
  RolecallServerProperties.StsEndpoints.class,
  RolecallServerProperties.AttestedTls.class,
  RolecallServerProperties.Migration.class,
  RolecallCallerProperties.class,
  RolecallGrantProperties.class,
  RolecallStsProperties.class
})
public final class RolecallServerAutoConfiguration {

  /** The bean that asks STS, unless the application has its own schemes. */
  static final String SCHEME = "rolecallStsVerifier";

  /** The bean with the policy files, unless the application has its own source. */
  static final String POLICIES = "rolecallPolicySource";

  /** For Spring. */
  RolecallServerAutoConfiguration() {}

  /** Static, and so before any bean that is set up by a property. */
  @Bean
  @ConditionalOnMissingBean
  static UnknownSettings rolecallUnknownServerSettings(ConfigurableEnvironment environment) {
    return new UnknownSettings(StarterProperties.RECORDS, environment);
  }

  /** Static, as the check of names is. */
  @Bean
  static MissingArtifacts rolecallMissingArtifacts(ConfigurableEnvironment environment) {
    return new MissingArtifacts(environment);
  }

  /** Static, as the check of names is. */
  @Bean
  static ClientCertificateRequest rolecallClientCertificateRequest(
      ConfigurableEnvironment environment) {
    return new ClientCertificateRequest(environment);
  }

  @Bean(SCHEME)
  @Lazy
  @ConditionalOnMissingBean
  Scheme rolecallStsVerifier(
      RolecallServerProperties server,
      RolecallServerProperties.AcceptedProofs proofs,
      RolecallServerProperties.StsEndpoints endpoints,
      RolecallStsProperties sts,
      ObjectProvider<VerifierCustomizer> customizers) {
    StsVerifier options = new VerifierSettings(proofs, endpoints, sts).verifier(server.name());
    customizers.orderedStream().forEach(customizer -> customizer.customize(options));
    return options;
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  AccessRuntime rolecallAccessRuntime(
      ObjectProvider<OpenTelemetry> telemetry, ObjectProvider<RuntimeCustomizer> customizers) {
    return new RuntimeSettings(telemetry, customizers).newRuntime();
  }

  @Bean
  @Lazy
  AcceptedCallers rolecallAcceptedCallers(
      RolecallServerProperties server,
      RolecallCallerProperties callers,
      ObjectProvider<IssuerCustomizer> customizers) {
    return AcceptedCallers.of(
        callers, () -> server.name().name(), () -> customizers.orderedStream());
  }

  @Bean(POLICIES)
  @Lazy
  @ConditionalOnMissingBean
  PolicySource rolecallPolicySource(
      RolecallServerProperties properties,
      ResourceLoader loader,
      ListableBeanFactory beans,
      AcceptedCallers callers) {
    List<String> locations =
        Setting.ofServer("policy")
            .required(properties.policy(), "the policy file, such as /etc/orders/policy.yaml");
    return PolicyLocations.of(locations, loader)
        .open(properties.policyPeriod(), schemes(beans, callers));
  }

  /** All but that of STS, which vouches for no alias and may lack its audience here. */
  private static List<Scheme> schemes(ListableBeanFactory beans, AcceptedCallers callers) {
    return Stream.concat(
            Stream.of(beans.getBeanNamesForType(Scheme.class))
                .filter(name -> !name.equals(SCHEME))
                .map(name -> beans.getBean(name, Scheme.class)),
            callers.schemes())
        .toList();
  }

  @Bean
  GuardSettings rolecallGuardSettings(
      RolecallServerProperties properties,
      RolecallServerProperties.Migration migration,
      ObjectProvider<AcceptedCallers> callers,
      RolecallGrantProperties grants,
      ListableBeanFactory beans) {
    return new GuardSettings(properties, migration, callers, new FollowedGrants(grants, beans));
  }

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  CallGuard rolecallCallGuard(
      ObjectProvider<Scheme> schemes,
      PolicySource policies,
      GuardSettings settings,
      ObjectProvider<AccessRuntime> runtime,
      ObjectProvider<AuditLog> auditLog,
      ObjectProvider<GuardCustomizer> customizers) {
    return settings.guard(policies, schemes, runtime, auditLog, customizers);
  }

  /** Last of the customizers, and so in front of what the others attach. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  <T extends ServerBuilder<T>> GuardAttachment<T> rolecallGuardAttachment(
      RolecallServerProperties properties,
      ObjectProvider<CallGuard> guard,
      ObjectProvider<AttestedBundle> attested,
      ObjectProvider<BehindGuard> behind) {
    return new GuardAttachment<>(
        properties.unsafeServeWithoutGuard(),
        guard::getObject,
        () -> Optional.ofNullable(attested.getIfAvailable()),
        () -> behind.orderedStream().toList());
  }

  /** A customizer too, so that it runs when a server is built, and first. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  <T extends ServerBuilder<T>> CallerTls<T> rolecallCallerTls(
      RolecallCallerProperties callers,
      ConfigurableEnvironment environment,
      ObjectProvider<SslBundles> bundles) {
    return new CallerTls<>(
        callers, environment, () -> Optional.ofNullable(bundles.getIfAvailable()));
  }

  /** A customizer too, so that it runs when a server is built, and first. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  <T extends ServerBuilder<T>> UnreadServerSettings<T> rolecallUnreadServerSettings(
      ConfigurableEnvironment environment, ListableBeanFactory beans) {
    return new UnreadServerSettings<>(environment, beans);
  }
}
