package dev.rolecall.tokencredentials.internal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.PemCertificates;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for the files that its TLS is made of. The files are read each time; a new client
 * is made when their content has changed. Safe for use by many threads; blocks on files.
 */
public final class TlsFiles {

  private static final char[] NO_PASSWORD = {};

  private final Optional<Path> authorities;
  private final Optional<Own> own;
  private final Duration patience;

  // Guarded by this.
  private List<byte[]> seen = List.of();
  private @Nullable HttpClient client;

  /**
   * A client's own key and certificate.
   *
   * @param key PKCS#8 in PEM, not encrypted
   * @param certificate its X.509 chain in PEM, the client's first
   */
  public record Own(Path key, Path certificate) {
    /** Checks that nothing is absent. */
    public Own {
      requireNonNull(key, "key");
      requireNonNull(certificate, "certificate");
    }
  }

  /**
   * A client of TLS.
   *
   * @param authorities certificates in PEM that alone are trusted; empty for the JDK's
   * @param own what the client shows to servers that ask; empty for nothing
   * @param patience the longest time that a connection takes
   */
  public TlsFiles(Optional<Path> authorities, Optional<Own> own, Duration patience) {
    this.authorities = requireNonNull(authorities, "authorities");
    this.own = requireNonNull(own, "own");
    this.patience = requireNonNull(patience, "patience");
  }

  /**
   * The client for what the files hold now.
   *
   * @throws IOException if a file cannot be read, or does not hold what it should; the message
   *     names it and quotes nothing
   */
  public synchronized HttpClient client() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(PemFile.bytes(file));
    }
    HttpClient known = client;
    if (known != null && isSeen(contents)) {
      return known;
    }
    HttpClient made = newClient(contents);
    seen = contents;
    client = made;
    return made;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    authorities.ifPresent(files::add);
    own.ifPresent(pair -> files.addAll(List.of(pair.key(), pair.certificate())));
    return files;
  }

  private boolean isSeen(List<byte[]> contents) {
    return Arrays.deepEquals(seen.toArray(), contents.toArray());
  }

  private HttpClient newClient(List<byte[]> contents) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience);
    if (contents.isEmpty()) {
      return builder.build();
    }
    try {
      return builder.sslContext(context(contents)).build();
    } catch (GeneralSecurityException e) {
      throw new UnusableFileException(
          files().get(0), "no TLS can be made with it", "a key and its own certificate");
    }
  }

  private SSLContext context(List<byte[]> contents) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    int last = contents.size() - 1;
    KeyManagerFactory keys = null;
    if (own.isPresent()) {
      keys = keys(own.get(), contents.get(last - 1), contents.get(last));
    }
    TrustManagerFactory trust = null;
    if (authorities.isPresent()) {
      trust = PemCertificates.trustIn(PemFile.certificates(authorities.get(), contents.get(0)));
    }
    context.init(
        keys == null ? null : keys.getKeyManagers(),
        trust == null ? null : trust.getTrustManagers(),
        null);
    return context;
  }

  private static KeyManagerFactory keys(Own own, byte[] key, byte[] certificate)
      throws IOException, GeneralSecurityException {
    Certificate[] chain =
        PemFile.certificates(own.certificate(), certificate).toArray(Certificate[]::new);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", PemFile.privateKey(own.key(), key), NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys;
  }

  /** Names the files and nothing of their content. */
  @Override
  public String toString() {
    return "TlsFiles" + files();
  }
}
