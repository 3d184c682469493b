package dev.rolecall.spring.internal.attested;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.tls.AttestedServer;
import io.grpc.ServerBuilder;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;

/** The SSL bundle of a server of Spring gRPC with attested TLS, and the rest that it needs. */
public final class AttestedBundle implements SslManagerBundle {

  /** The name of the bundle. */
  public static final String NAME = "rolecall-attested-tls";

  private static final Setting ENABLED = Setting.ofServer("attested-tls.enabled");

  private final Supplier<AttestedServer> server;
  private volatile boolean used;

  /** The bundle of that server, which is started and attested when the bundle is first used. */
  public AttestedBundle(Supplier<AttestedServer> server) {
    this.server = requireNonNull(server, "server");
  }

  /** The bundle, for a registry. */
  public SslBundle bundle() {
    return SslBundle.of(null, null, null, null, this);
  }

  @Override
  public KeyManagerFactory getKeyManagerFactory() {
    used = true;
    return FixedManagers.keys(server.get().credentials().getKeyManagers());
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory() {
    return FixedManagers.trust(server.get().credentials().getTrustManagers());
  }

  /**
   * Attaches what an attested server needs beside its credentials, and its guard.
   *
   * @throws RuntimeException that names the property, if the server has other credentials
   */
  public void attachTo(ServerBuilder<?> builder) {
    if (!used) {
      throw ENABLED.invalid(
          "true, but the server is built with other credentials",
          "a server of Netty, and spring.grpc.server.ssl.bundle not set or " + NAME);
    }
    server.get().attachTo(builder);
  }
}
