package dev.rolecall.proxy.internal.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import dev.rolecall.identity.internal.PemCertificates;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The client's certificate as Envoy tells of it: the text of a PEM, percent-encoded. */
public final class ReportedCertificate {

  private static final int LONGEST = 64 * 1_024;
  private static final int HEX = 16;

  private ReportedCertificate() {}

  /**
   * The certificate; none if that is empty.
   *
   * @throws CertificateException if it cannot be read
   */
  public static List<X509Certificate> in(ByteString encoded) throws CertificateException {
    if (encoded.isEmpty()) {
      return List.of();
    }
    if (encoded.size() > LONGEST) {
      throw new CertificateException("the certificate is longer than " + LONGEST);
    }
    List<X509Certificate> chain = PemCertificates.in(decoded(encoded.toString(US_ASCII)));
    if (chain.isEmpty()) {
      throw new CertificateException("no certificate in a text that should have one");
    }
    return chain;
  }

  /** Not as forms encode it: a plus sign is one of base64's own. */
  private static byte[] decoded(String text) throws CertificateException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%') {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), HEX) : -1;
        int low = high >= 0 ? Character.digit(text.charAt(at + 2), HEX) : -1;
        if (low < 0) {
          throw new CertificateException("a percent sign without two digits");
        }
        bytes.write(high * HEX + low);
        at += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }
}
