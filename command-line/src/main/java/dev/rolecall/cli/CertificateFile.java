package dev.rolecall.cli;

import dev.rolecall.identity.BindingHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** The first certificate of a PEM file. */
final class CertificateFile {

  private CertificateFile() {}

  /** The hash a proof is bound to on a connection that presents this certificate. */
  static BindingHash hash(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Certificate leaf = CertificateFactory.getInstance("X.509").generateCertificate(pem);
      return BindingHash.of(leaf.getEncoded());
    } catch (IOException e) {
      throw new CommandFailure(file + ": cannot be read", e);
    } catch (CertificateException e) {
      throw new CommandFailure(file + ": holds no X.509 certificate in PEM form", e);
    }
  }
}
