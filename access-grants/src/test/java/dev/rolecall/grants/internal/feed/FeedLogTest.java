package dev.rolecall.grants.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.CapturedLog;
import io.grpc.Status;
import java.io.IOException;
import java.util.logging.Level;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FeedLogTest {

  @Test
  void lost_byACertificateThatIsNotTrusted_saysSo_onOneLine() {
    try (CapturedLog log = CapturedLog.of("rolecall.grants", Level.INFO)) {
      new FeedLog()
          .lost(
              Status.UNAVAILABLE
                  .withDescription("io exception\nChannel Pipeline: [SslHandler#0]")
                  .withCause(
                      new SSLHandshakeException("General OpenSslEngine problem")
                          .initCause(new IOException("unable to find\u001b certification path"))));

      assertThat(log.lines())
          .containsExactly(
              "WARNING the feed of grants was lost, UNAVAILABLE: io exception: unable to"
                  + " find\\u{1b} certification path; it is sought again");
    }
  }
}
