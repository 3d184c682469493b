package dev.rolecall.spring.internal.attested;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.setting.Setting;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has Spring gRPC use the bundle of attested TLS, and ask clients for their certificates, where the
 * application's own properties do not say otherwise.
 */
public final class AttestedTlsDefaults implements BeanFactoryPostProcessor {

  private static final String BUNDLE = "spring.grpc.server.ssl.bundle";
  private static final String CLIENT_AUTH = "spring.grpc.server.ssl.client-auth";
  private static final String CALL_PROOFS =
      "rolecall.server.attested-tls.accept-call-proofs-from-clients-without-certificate";

  private final ConfigurableEnvironment environment;

  /** Defaults for that application. */
  public AttestedTlsDefaults(ConfigurableEnvironment environment) {
    this.environment = requireNonNull(environment, "environment");
  }

  /**
   * Adds the defaults.
   *
   * @throws RuntimeException that names the property, if clients would not be asked for their
   *     certificates
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    Binder settings = Binder.get(environment);
    ClientAuth needed =
        Boolean.TRUE.equals(settings.bind(CALL_PROOFS, Boolean.class).orElse(false))
            ? ClientAuth.OPTIONAL
            : ClientAuth.REQUIRE;
    ClientAuth chosen = settings.bind(CLIENT_AUTH, ClientAuth.class).orElse(needed);
    if (chosen != needed) {
      throw new Setting(CLIENT_AUTH)
          .invalid(String.valueOf(chosen), needed + ", or not set, with attested TLS");
    }
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "rolecall attested TLS",
                Map.of(BUNDLE, AttestedBundle.NAME, CLIENT_AUTH, needed.name())));
  }
}
