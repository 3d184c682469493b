package dev.rolecall.spring.internal.attested;

import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.ssl.SslManagerBundle;

/** Key managers and trust managers that exist already, as the factories that Boot passes on. */
final class FixedManagers {

  private FixedManagers() {}

  static KeyManagerFactory keys(List<KeyManager> managers) {
    return new Keys(managers);
  }

  static TrustManagerFactory trust(List<TrustManager> managers) {
    return SslManagerBundle.from(managers.toArray(TrustManager[]::new)).getTrustManagerFactory();
  }

  /** A factory that needs no key store. */
  private static final class Keys extends KeyManagerFactory {

    Keys(List<KeyManager> managers) {
      super(new Spi(managers), null, "rolecall");
    }
  }

  private static final class Spi extends KeyManagerFactorySpi {

    private final List<KeyManager> managers;

    Spi(List<KeyManager> managers) {
      this.managers = List.copyOf(managers);
    }

    @Override
    protected void engineInit(KeyStore keyStore, char[] password) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return managers.toArray(KeyManager[]::new);
    }
  }
}
