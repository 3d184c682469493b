package dev.rolecall.benchmarks.fleet;

import static java.util.Objects.requireNonNull;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed P-256 certificate for 127.0.0.1 and its key, in a file that every process of a run
 * reads. Made by the JDK's own {@code keytool}, good for two days, and worth nothing to anybody.
 */
public final class RunCertificate {

  private static final String PASSWORD = "of no use to anybody";
  private static final String ALIAS = "own";
  private static final int MOST_SECONDS = 60;

  private final Path file;
  private final KeyStore store;

  private RunCertificate(Path file, KeyStore store) {
    this.file = file;
    this.store = store;
  }

  /** Makes one in a file that is not there yet. */
  public static RunCertificate make(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=rolecall benchmarks",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    requireNonNull(file, "file").toString()))
            .redirectErrorStream(true)
            .start();
    keytool.getOutputStream().close();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException("keytool: " + said);
    }
    return read(file);
  }

  /** The one in that file. */
  public static RunCertificate read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return new RunCertificate(file, store);
    } catch (GeneralSecurityException e) {
      throw new IOException("every Java platform has PKCS12", e);
    }
  }

  /** Writes the certificate and its key as PEM, for a program that reads no other form. */
  public void writePem(Path certificate, Path key) throws IOException, GeneralSecurityException {
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** The credentials of a server that shows it. */
  public ServerCredentials ofServer() throws GeneralSecurityException {
    return TlsServerCredentials.newBuilder().keyManager(keys()).build();
  }

  /** The credentials of a server that shows it, and lets clients in that show it too. */
  public ServerCredentials ofServerOfKnownClients() throws GeneralSecurityException {
    return TlsServerCredentials.newBuilder()
        .keyManager(keys())
        .trustManager(trust())
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  /** The credentials of a channel that trusts it and no other. */
  public ChannelCredentials ofClient() throws GeneralSecurityException {
    return TlsChannelCredentials.newBuilder().trustManager(trust()).build();
  }

  /** The credentials of a channel that trusts it and no other, and shows it. */
  public ChannelCredentials ofKnownClient() throws GeneralSecurityException {
    return TlsChannelCredentials.newBuilder().keyManager(keys()).trustManager(trust()).build();
  }

  private KeyManager[] keys() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    return keys.getKeyManagers();
  }

  private TrustManager[] trust() throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }
}
