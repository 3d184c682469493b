package dev.rolecall.proxy.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.Status;
import io.grpc.Drainable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class CheckAnswerTest {

  private static final CheckResponse RESPONSE =
      CheckResponse.newBuilder().setStatus(Status.newBuilder().setMessage("text")).build();

  private final CheckAnswer answer = CheckAnswer.allowed(RESPONSE);

  @Test
  void answer_isWrittenByItself_asOftenAsItIsGiven() throws IOException {
    for (int i = 0; i < 2; i++) {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      InputStream stream = answer.stream();

      assertThat(stream.available()).isEqualTo(RESPONSE.getSerializedSize());
      assertThat(((Drainable) stream).drainTo(written)).isEqualTo(RESPONSE.getSerializedSize());

      assertThat(written.toByteArray()).isEqualTo(RESPONSE.toByteArray());
      assertThat(stream.available()).isZero();
    }
  }

  @Test
  void answer_thatWasReadInPart_writesTheRest() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    InputStream stream = answer.stream();
    written.write(stream.read());

    int rest = ((Drainable) stream).drainTo(written);

    assertThat(written.toByteArray()).isEqualTo(RESPONSE.toByteArray());
    assertThat(rest).isEqualTo(RESPONSE.getSerializedSize() - 1);
    assertThat(stream.read()).isEqualTo(-1);
  }
}
