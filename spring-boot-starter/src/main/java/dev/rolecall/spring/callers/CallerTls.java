package dev.rolecall.spring.callers;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.setting.Setting;
import io.grpc.ServerBuilder;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Refuses to build a server that would refuse every caller of a kind, since its TLS is not as that
 * kind needs it: for client certificates and API keys. A server in process has no TLS and passes.
 */
public final class CallerTls<T extends ServerBuilder<T>> implements ServerBuilderCustomizer<T> {

  private static final Setting KEYS = Setting.ofServer("api-keys");
  private static final Setting BUNDLE = new Setting("spring.grpc.server.ssl.bundle");
  private static final String ENABLED = "spring.grpc.server.ssl.enabled";
  private static final String SECURE = "spring.grpc.server.ssl.secure";

  private final RolecallCallerProperties properties;
  private final ConfigurableEnvironment environment;
  private final Supplier<Optional<SslBundles>> bundles;

  /**
   * A check for an application's servers.
   *
   * @param bundles those of the application
   */
  public CallerTls(
      RolecallCallerProperties properties,
      ConfigurableEnvironment environment,
      Supplier<Optional<SslBundles>> bundles) {
    this.properties = requireNonNull(properties, "properties");
    this.environment = requireNonNull(environment, "environment");
    this.bundles = requireNonNull(bundles, "bundles");
  }

  @Override
  public void customize(T builder) {
    String type = builder.getClass().getName();
    if (type.startsWith("io.grpc.inprocess.")) {
      return;
    }
    Optional<String> bundle = type.startsWith("io.grpc.servlet.") ? Optional.empty() : bundle();
    if (bundle.isEmpty()) {
      needing()
          .findFirst()
          .ifPresent(
              setting -> {
                throw setting.invalid(
                    "set, but the server has no TLS that gRPC sees",
                    "a server of Netty, and " + BUNDLE.name() + " set");
              });
    } else if (!properties.clientAuthorities().isEmpty()) {
      requireTruststore(bundle.get());
    }
  }

  /** The properties that name callers which come over TLS alone. */
  private Stream<Setting> needing() {
    RolecallCallerProperties.ApiKeys keys = properties.apiKeys();
    return Stream.concat(
        properties.clientAuthorities().isEmpty()
            ? Stream.empty()
            : Stream.of(ClientCertificateRequest.AUTHORITIES),
        keys == null || keys.acceptKeysOnConnectionsWithoutTls()
            ? Stream.empty()
            : Stream.of(KEYS));
  }

  private Optional<String> bundle() {
    return isOff(ENABLED)
        ? Optional.empty()
        : Optional.ofNullable(
            Binder.get(environment).bind(BUNDLE.name(), String.class).orElse(null));
  }

  private boolean isOff(String property) {
    return Boolean.FALSE.equals(Binder.get(environment).bind(property, Boolean.class).orElse(true));
  }

  /** Without one TLS trusts the JVM's authorities, and refuses the clients of all others. */
  private void requireTruststore(String bundle) {
    bundles
        .get()
        .filter(all -> !isOff(SECURE))
        .map(all -> all.getBundle(bundle).getStores())
        .filter(stores -> stores != SslStoreBundle.NONE && stores.getTrustStore() == null)
        .ifPresent(
            stores -> {
              throw BUNDLE.invalid(
                  bundle + ", which has no truststore",
                  "a bundle whose truststore has the certificates of "
                      + ClientCertificateRequest.AUTHORITIES.name());
            });
  }
}
