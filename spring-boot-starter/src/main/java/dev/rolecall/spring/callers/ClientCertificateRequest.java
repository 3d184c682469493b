package dev.rolecall.spring.callers;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.internal.setting.UnreadSettings;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has Spring gRPC ask clients for their certificates, where the properties name authorities of them
 * and the application's own properties do not say otherwise.
 */
public final class ClientCertificateRequest implements BeanFactoryPostProcessor {

  static final Setting AUTHORITIES = Setting.ofServer("client-authorities");

  private static final Setting CLIENT_AUTH = new Setting("spring.grpc.server.ssl.client-auth");
  private static final String ATTESTED = "rolecall.server.attested-tls.enabled";

  private final ConfigurableEnvironment environment;

  /** A default for that application. */
  public ClientCertificateRequest(ConfigurableEnvironment environment) {
    this.environment = requireNonNull(environment, "environment");
  }

  /**
   * Adds the default.
   *
   * @throws RuntimeException that names the property, if no client would be asked
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    UnreadSettings settings = new UnreadSettings(environment);
    if (!settings.areSet(AUTHORITIES)) {
      return;
    }
    Binder binder = Binder.get(environment);
    if (Boolean.TRUE.equals(binder.bind(ATTESTED, Boolean.class).orElse(false))) {
      settings.refuse(
          Stream.of(AUTHORITIES), "a connection has one certificate, and " + ATTESTED + " is true");
    }
    ClientAuth chosen =
        binder.bind(CLIENT_AUTH.name(), ClientAuth.class).orElse(ClientAuth.OPTIONAL);
    if (chosen == ClientAuth.NONE) {
      throw CLIENT_AUTH.invalid(
          "NONE, with " + AUTHORITIES.name(), "OPTIONAL, REQUIRE, or not set");
    }
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "rolecall client certificates",
                Map.of(CLIENT_AUTH.name(), String.valueOf(chosen))));
  }
}
