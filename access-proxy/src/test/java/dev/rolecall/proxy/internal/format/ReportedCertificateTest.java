package dev.rolecall.proxy.internal.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.rolecall.testsupport.TestCertificate;
import java.net.URLEncoder;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public final class ReportedCertificateTest {

  /** As Envoy has it: neither a plus sign nor a space is left. */
  public static String encoded(TestCertificate certificate) {
    return URLEncoder.encode(certificate.pem(), UTF_8).replace("+", "%20");
  }

  @Test
  void certificate_isRead() throws Exception {
    TestCertificate certificate = TestCertificate.generate();

    assertThat(ReportedCertificate.in(ByteString.copyFromUtf8(encoded(certificate))))
        .containsExactly(certificate.certificate());
    assertThat(ReportedCertificate.in(ByteString.copyFromUtf8(certificate.pem())))
        .as("not encoded")
        .containsExactly(certificate.certificate());
    assertThat(ReportedCertificate.in(ByteString.EMPTY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%", "%4", "%zz", "%2", "-----BEGIN CERTIFICATE-----", " "})
  void certificate_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> ReportedCertificate.in(ByteString.copyFromUtf8(text)))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void certificate_thatIsTooLong_isRefused() {
    assertThatThrownBy(
            () -> ReportedCertificate.in(ByteString.copyFromUtf8(" ".repeat(64 * 1_024 + 1))))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("longer");
  }
}
