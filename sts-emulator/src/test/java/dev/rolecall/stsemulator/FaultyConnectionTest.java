package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.stsemulator.network.FaultyConnection;
import dev.rolecall.stsemulator.network.NetworkFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults below HTTP, as a socket sees them. */
class FaultyConnectionTest extends EmulatorTest {

  private static final int SHORTLY = 200;

  private final FaultyConnection line = FaultyConnection.to(emulator);

  @AfterEach
  void closeLine() {
    line.close();
  }

  private URI presigned() {
    return new TestSigner(line.endpoint(), checkout, clock.instant()).presign();
  }

  @Test
  void line_withoutFault_carriesRequestsAndAnswers() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(field(get(presigned()), "Arn")).isEqualTo(checkout.callerArn());
    }
    assertThat(emulator.requests().answered()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 400})
  void closedAfter_endsInGoodOrderAfterThatManyBytes(int bytes) throws Exception {
    line.fail(NetworkFault.closedAfter(bytes));
    try (Socket socket = open()) {
      assertThat(socket.getInputStream().readAllBytes()).hasSize(bytes);
    }
    assertThat(emulator.requests().total()).isEqualTo(1);
  }

  @Test
  void resetAfter_isNoOrderlyEnd() throws Exception {
    line.fail(NetworkFault.resetAfter(0));
    try (Socket socket = open()) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    assertThatThrownBy(() -> get(presigned())).isInstanceOf(IOException.class);
  }

  @Test
  void resetAfter_someBytes_isAResetAfterNoMoreThanThose() throws Exception {
    line.fail(NetworkFault.resetAfter(20));
    try (Socket socket = open()) {
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      assertThatThrownBy(() -> socket.getInputStream().transferTo(got))
          .isInstanceOf(SocketException.class);
      assertThat(got.size()).isLessThanOrEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void stalledAfter_sendsNoMoreAndDoesNotEnd(int bytes) throws Exception {
    line.fail(NetworkFault.stalledAfter(bytes));
    try (Socket socket = open()) {
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(bytes)).hasSize(bytes);
      socket.setSoTimeout(SHORTLY);
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void slowFirstByte_isTheTrueAnswerInTheEnd() throws Exception {
    line.fail(NetworkFault.slowFirstByte(Duration.ofMillis(20)));
    assertThat(field(get(presigned()), "Arn")).isEqualTo(checkout.callerArn());
  }

  @Test
  void slowFirstByte_untilThenThereIsNothing() throws Exception {
    line.fail(NetworkFault.slowFirstByte(Duration.ofHours(1)));
    try (Socket socket = open()) {
      socket.setSoTimeout(SHORTLY);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(emulator.requests().total()).isEqualTo(1);
  }

  @Test
  void limitedTo_isTheTrueAnswer() throws Exception {
    line.fail(NetworkFault.limitedTo(100_000));
    assertThat(field(get(presigned()), "Arn")).isEqualTo(checkout.callerArn());
  }

  @Test
  void limitedTo_takesItsTime() throws Exception {
    line.fail(NetworkFault.limitedTo(20));
    long began = System.nanoTime();
    try (Socket socket = open()) {
      assertThat(socket.getInputStream().readNBytes(6)).hasSize(6);
    }
    // A twentieth of a second after each of the first five; a busy machine takes longer.
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(Duration.ofMillis(5 * 50));
  }

  @Test
  void clearFault_onAConnectionThatIsKept_answersAsUsual() throws Exception {
    line.fail(NetworkFault.slowFirstByte(Duration.ofMillis(1)));
    assertThat(get(presigned()).statusCode()).isEqualTo(200);
    line.clearFault();
    assertThat(get(presigned()).statusCode()).isEqualTo(200);
  }

  @Test
  void down_connectionsAreRefusedAndThoseThereAreEnd_untilUpAgain() throws Exception {
    URI uri = presigned();
    line.fail(NetworkFault.stalledAfter(0));
    try (Socket before = open()) {
      assertThat(emulator.awaitRequests(1, PATIENCE)).isTrue();
      line.down();
      assertThat(before.getInputStream().read()).isNegative();
    }
    assertThatThrownBy(this::open).isInstanceOf(ConnectException.class);
    line.down();
    line.clearFault();

    line.up();
    line.up();
    assertThat(get(uri).statusCode()).isEqualTo(200);
  }

  @Test
  void close_isTheEndOfIt() {
    line.close();
    line.up();
    assertThatThrownBy(this::open).isInstanceOf(ConnectException.class);
  }

  @Test
  void emulatorGone_connectionsEnd() throws Exception {
    emulator.close();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.endpoint().getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  static Stream<ThrowingCallable> mistakes() {
    return Stream.of(
        () -> NetworkFault.closedAfter(-1),
        () -> NetworkFault.resetAfter(-1),
        () -> NetworkFault.stalledAfter(-1),
        () -> NetworkFault.slowFirstByte(Duration.ofNanos(-1)),
        () -> NetworkFault.slowFirstByte(Duration.ofHours(1).plusNanos(1)),
        () -> NetworkFault.limitedTo(0));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void anotherRange_isToldTheRule(ThrowingCallable mistake) {
    assertThatThrownBy(mistake)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  /** Sends a presigned request and leaves the answer to be read byte by byte. */
  private Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.endpoint().getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String request =
        "GET /?%s HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(presigned().getRawQuery(), line.endpoint().getAuthority());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
