package dev.rolecall.sample;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate for {@code localhost}, as the JDK's keytool makes one.
 *
 * @param certificate the certificate, in PEM
 * @param privateKey its key, in PEM
 */
record KeytoolCertificate(String certificate, String privateKey) {

  private static final String PASSWORD = "changeit";

  static KeytoolCertificate generate(Path folder) {
    Path file = folder.resolve("orders.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "orders",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-dname",
                  "CN=orders",
                  "-ext",
                  "san=dns:localhost",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool").toFile())
              .start();
      if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
        throw new AssertionError("keytool made no certificate");
      }
      KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
      return new KeytoolCertificate(
          pem("CERTIFICATE", store.getCertificate("orders").getEncoded()),
          pem("PRIVATE KEY", store.getKey("orders", PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError("keytool makes certificates", e);
    }
  }

  private static String pem(String what, byte[] der) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  @Override
  public String toString() {
    return "KeytoolCertificate[****]";
  }
}
