package dev.rolecall.testsupport;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate that a {@link TestAuthority} issued, with its key.
 *
 * @param chain the certificate, then those between it and the root
 * @param privateKey its key
 */
public record IssuedCertificate(List<X509Certificate> chain, PrivateKey privateKey) {

  /** Copies. */
  public IssuedCertificate {
    chain = List.copyOf(chain);
  }

  /** The certificate itself. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** The credentials of a channel that presents it, and trusts those servers and no others. */
  public ChannelCredentials trusting(TestCertificate... servers) {
    return TlsChannelCredentials.newBuilder()
        .keyManager(TestCertificate.keyManagers(privateKey, chain))
        .trustManager(TestCertificate.trustManagers(servers))
        .build();
  }

  /** Writes the chain and the key, each as PEM. */
  public void writePem(Path certificateFile, Path keyFile) {
    try {
      StringBuilder pem = new StringBuilder();
      chain.forEach(each -> pem.append(TestCertificate.pem(each)));
      Files.writeString(certificateFile, pem);
      Files.writeString(keyFile, TestCertificate.pem("PRIVATE KEY", privateKey.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "IssuedCertificate[" + leaf().getSubjectX500Principal() + "]";
  }
}
