package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileTest {

  private final ManualTime time = new ManualTime();

  @TempDir Path directory;
  private Path file = Path.of("");
  private TokenCallCredentials credentials = TokenCallCredentials.tokenFile(file).build();

  @BeforeEach
  void open() {
    file = directory.resolve("token");
    credentials =
        TokenCallCredentials.tokenFile(file)
            .clock(time)
            .ticker(time::nanos)
            .jitter(() -> 0)
            .build();
  }

  @Test
  void jwt_untilItsLastMinute_isReadOnce() throws IOException {
    String first = write(jwt(3_600, "one"));
    assertThat(call().token()).isEqualTo(first);
    write(jwt(7_200, "two"));

    time.advance(Duration.ofMinutes(59).minusMillis(1));
    assertThat(call().token()).isEqualTo(first);
  }

  @Test
  void jwt_inItsLastMinute_isReadAnewAndUsed() throws IOException {
    String first = write(jwt(3_600, "one"));
    assertThat(call().token()).isEqualTo(first);
    String second = write(jwt(7_200, "two"));

    time.advance(Duration.ofMinutes(59));
    assertThat(call().token()).isEqualTo(first);
    eventually(second);
  }

  @Test
  void jwt_inItsLast30Seconds_isNotUsed() throws IOException {
    write(jwt(3_600, "one"));
    call().token();
    String second = write(jwt(7_200, "two"));

    time.advance(Duration.ofSeconds(3_570));
    assertThat(call().token()).isEqualTo(second);
  }

  @Test
  void jwt_thatIsNotRenewed_fails() throws IOException {
    write(jwt(3_600, "one"));
    call().token();
    time.advance(Duration.ofSeconds(3_570));

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription())
        .contains(file.toString(), "2026-11-21T23:18:45Z", "what renews the file")
        .doesNotContain("e30.");
  }

  @Test
  void opaqueToken_eachMinute_isReadAnew() throws IOException {
    write("one\n");
    assertThat(call().token()).isEqualTo("one");
    write("two\n");
    time.advance(Duration.ofMinutes(1).minusMillis(1));
    assertThat(call().token()).isEqualTo("one");

    time.advance(Duration.ofMillis(1));
    assertThat(call().token()).isEqualTo("one");
    eventually("two");
  }

  @Test
  void file_absent_isUnavailableAndNamed() {
    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).contains(file.toString(), "does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " \n ", "two words", "s3cret\nline", "s3cr\u00e9t", "a\"b", "Bearer s3cret"})
  void file_malformed_isUnavailableAndQuotesNothing(String content) throws IOException {
    write(content);

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription())
        .contains(file.toString(), "(expected: ")
        .doesNotContain("s3cr", "words");
  }

  @Test
  void file_above64KiB_isRefused() throws IOException {
    write("x".repeat(65_537));

    assertThat(call().status().getDescription()).contains("larger than 64 KiB");
  }

  @Test
  void file_notUtf8_isRefused() throws IOException {
    Files.write(file, new byte[] {(byte) 0xc3, 0x28});

    assertThat(call().status().getDescription()).contains("not UTF-8");
  }

  private FakeCall call() {
    return FakeCall.of(credentials, Runnable::run);
  }

  private String write(String content) throws IOException {
    Files.writeString(file, content);
    return content;
  }

  /** Calls until the renewal behind them has ended. */
  private void eventually(String token) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!call().token().equals(token)) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  private static String jwt(long secondsFromStart, String subject) {
    Instant end = ManualTime.START.plusSeconds(secondsFromStart);
    String claims = "{\"sub\":\"" + subject + "\",\"exp\":" + end.getEpochSecond() + "}";
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(US_ASCII))
        + ".c2ln";
  }
}
