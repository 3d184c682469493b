package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.cli.failure.IoWords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Whether STS answers from here, and how far this clock is from its own. Asks what everybody may
 * ask: a request without a signature, which STS refuses in words of its own.
 */
final class StsCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A verifier takes proofs dated up to a minute ahead; older ones only live shorter. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(1);

  private static final String SIGN_OF_STS = "sts.amazonaws.com/doc/2011-06-15";
  private static final int MAX_ANSWER = 65_536;

  private final URI endpoint;
  private final Clock clock;

  StsCheck(URI endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** Asks; blocks for ten seconds at most. */
  List<Finding> findings() {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    HttpRequest question =
        HttpRequest.newBuilder(endpoint.resolve("/?Action=GetCallerIdentity&Version=2011-06-15"))
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(question, HttpResponse.BodyHandlers.ofByteArray());
      return answered(answer);
    } catch (IOException e) {
      return List.of(
          Finding.unknown(
              "sts",
              endpoint + " does not answer: " + IoWords.why(e),
              "a caller can sign without it, a server must reach it: look at DNS, the route or VPC"
                  + " endpoint to STS, and the JVM's proxy settings"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.unknown("sts", "interrupted", "run it again"));
    }
  }

  private List<Finding> answered(HttpResponse<byte[]> answer) {
    // None at all, where a proxy refused.
    byte[] body = answer.body() == null ? new byte[0] : answer.body();
    int length = Math.min(body.length, MAX_ANSWER);
    if (!new String(body, 0, length, UTF_8).contains(SIGN_OF_STS)) {
      return List.of(
          Finding.wrong(
              "sts",
              endpoint + ": HTTP " + answer.statusCode() + " of something that is not STS",
              "look for a proxy or captive portal on the way, and at --sts and AWS_REGION"));
    }
    return List.of(Finding.ok("sts", endpoint + " answers"), clock(answer));
  }

  private Finding clock(HttpResponse<byte[]> answer) {
    Optional<Duration> ahead = answer.headers().firstValue("Date").flatMap(this::ahead);
    if (ahead.isEmpty()) {
      return Finding.unknown("clock", "STS's answer has no date", "compare it with NTP");
    }
    String found =
        ahead.get().abs().toSeconds()
            + " s "
            + (ahead.get().isNegative() ? "behind" : "ahead of")
            + " STS's";
    return ahead.get().abs().compareTo(MAX_SKEW) <= 0
        ? Finding.ok("clock", found)
        : Finding.wrong(
            "clock", found, "set this machine's clock by NTP: proofs are dated with it");
  }

  private Optional<Duration> ahead(String date) {
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return Optional.of(Duration.between(theirs, clock.instant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
