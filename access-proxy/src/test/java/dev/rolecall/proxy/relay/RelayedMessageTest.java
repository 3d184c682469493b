package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RelayedMessageTest {

  /** A stream of unknown length, which says that less is there than there is. */
  private static InputStream dribbling(byte[] bytes, int available) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int available() {
        return available;
      }
    };
  }

  @Test
  void message_ofAStreamOfUnknownLength_isCompressed_andWhole() throws IOException {
    for (int available : new int[] {0, 1, 999, 1_000, 1_001}) {
      RelayedMessage message = RelayedMessage.from(dribbling(Bytes.of(1_000), available));

      assertThat(message.isCompressed()).isTrue();
      assertThat(message.readAllBytes()).isEqualTo(Bytes.of(1_000));
    }
  }

  @Test
  void message_ofAStreamOfKnownLength_isPlain() throws IOException {
    RelayedMessage message = RelayedMessage.from(new RelayedMessage(Bytes.of(10), true));

    assertThat(message.isCompressed()).isFalse();
    assertThat(message.available()).isEqualTo(10);
  }

  @Test
  void message_isWrittenOnce_fromWhereItWasRead() throws IOException {
    RelayedMessage message = new RelayedMessage(new byte[] {-1, 2, 3}, false);
    ByteArrayOutputStream target = new ByteArrayOutputStream();

    assertThat(message.read()).isEqualTo(255);
    assertThat(message.drainTo(target)).isEqualTo(2);
    assertThat(target.toByteArray()).containsExactly(2, 3);
    assertThat(message.read()).isEqualTo(-1);
    assertThat(message.read(new byte[1], 0, 1)).isEqualTo(-1);
    assertThat(message.read(new byte[1], 0, 0)).isZero();
    assertThat(message).hasToString("RelayedMessage[3 bytes]");
  }
}
