package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.RolecallServerProperties.AcceptedProofs;
import dev.rolecall.spring.RolecallServerProperties.AttestedTls;
import dev.rolecall.spring.RolecallServerProperties.StsEndpoints;
import dev.rolecall.spring.callers.RolecallCallerProperties;
import dev.rolecall.spring.grants.FollowedGrants;
import dev.rolecall.spring.grants.RolecallGrantProperties;
import dev.rolecall.spring.internal.attested.AttestedBundle;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.internal.setting.UnreadSettings;
import io.grpc.ServerBuilder;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Refuses to build a server with properties that a bean of the application, or another property,
 * has unread.
 */
final class UnreadServerSettings<T extends ServerBuilder<T>> implements ServerBuilderCustomizer<T> {

  private static final Setting ATTESTED = Setting.ofServer("attested-tls.enabled");

  private static final Setting ATTESTED_CALLS =
      Setting.ofServer("attested-tls.accept-call-proofs-from-clients-without-certificate");

  private final UnreadSettings unread;
  private final ListableBeanFactory beans;
  private final boolean attested;

  UnreadServerSettings(ConfigurableEnvironment environment, ListableBeanFactory beans) {
    this.unread = new UnreadSettings(environment);
    this.beans = requireNonNull(beans, "beans");
    this.attested = beans.getBeanProvider(AttestedBundle.class).getIfAvailable() != null;
  }

  @Override
  public void customize(T builder) {
    AttestedTls tls = beans.getBean(AttestedTls.class);
    if (tls.enabled() != attested) {
      throw ATTESTED.invalid("neither true nor false", "true or false");
    }
    if (!beans.containsBean(RolecallServerAutoConfiguration.SCHEME)) {
      unread.refuse(ofVerifier(), "a Scheme bean takes the place of the verifier that it is for");
    }
    if (!beans.containsBean(RolecallServerAutoConfiguration.POLICIES)) {
      unread.refuse(
          Stream.of(Setting.ofServer("policy"), Setting.ofServer("policy-period")),
          "a PolicySource bean takes the place of the policy file");
    }
    if (new FollowedGrants(beans.getBean(RolecallGrantProperties.class), beans)
        .areOfAnotherSource()) {
      unread.refuse(
          UnreadSettings.of(RolecallGrantProperties.class),
          "a GrantSource bean takes the place of the feed");
    }
    if (attested && !tls.acceptCallProofsFromClientsWithoutCertificate()) {
      unread.refuse(
          Stream.of("issuers", "web-identity", "api-keys").map(Setting::ofServer),
          "with "
              + ATTESTED.name()
              + " calls bring no credential, unless "
              + ATTESTED_CALLS.name()
              + " is true");
    }
    if (!attested) {
      unread.refuse(
          UnreadSettings.of(AttestedTls.class).filter(setting -> !setting.equals(ATTESTED)),
          ATTESTED.name() + " is not true");
    }
  }

  /** Attested TLS and tokens read the audience themselves. */
  private Stream<Setting> ofVerifier() {
    Stream<Setting> options = UnreadSettings.of(AcceptedProofs.class, StsEndpoints.class);
    boolean read = attested || beans.getBean(RolecallCallerProperties.class).readsAudience();
    return read ? options : Stream.concat(Stream.of(Setting.ofServer("audience")), options);
  }
}
