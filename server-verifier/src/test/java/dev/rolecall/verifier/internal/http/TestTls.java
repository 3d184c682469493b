package dev.rolecall.verifier.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Both ends of TLS for one name, of a certificate that the JDK's keytool makes.
 *
 * @param server the server's end
 * @param client the client's, which trusts that certificate alone
 */
record TestTls(SSLContext server, HttpStsTransport.TlsTrust client) {

  private static final char[] PASSWORD = "changeit".toCharArray();

  static TestTls of(String name, Path folder) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "sts",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=sts",
                    "-ext",
                    "san=dns:" + name,
                    "-validity",
                    "3650",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    "changeit"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.log")));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    return new TestTls(server, trust((X509Certificate) store.getCertificate("sts")));
  }

  private static HttpStsTransport.TlsTrust trust(X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("sts", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return new HttpStsTransport.TlsTrust(
        context,
        Stream.of(trust.getTrustManagers())
            .map(X509TrustManager.class::cast)
            .findFirst()
            .orElseThrow());
  }

  /** For plain http, which asks nobody. */
  static HttpStsTransport.TlsTrust trustingNobody() throws NoSuchAlgorithmException {
    X509TrustManager nobody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type)
              throws java.security.cert.CertificateException {
            throw new java.security.cert.CertificateException("nobody is trusted");
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type)
              throws java.security.cert.CertificateException {
            throw new java.security.cert.CertificateException("nobody is trusted");
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    return new HttpStsTransport.TlsTrust(SSLContext.getDefault(), nobody);
  }
}
