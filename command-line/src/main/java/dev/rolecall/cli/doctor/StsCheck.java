package dev.rolecall.cli.doctor;

import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.verifier.StsProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check of the way to STS, as a verifier takes it, and of this clock against that of STS. It
 * sends a request without a signature, which STS refuses in a way that identifies STS.
 */
final class StsCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A verifier takes proofs dated up to a minute ahead; older ones only live shorter. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(1);

  private static final String SIGN_OF_STS = "sts.amazonaws.com/doc/2011-06-15";
  private static final String NAME = "sts";

  private final URI endpoint;
  private final Clock clock;
  private final StsProbe probe;
  private final boolean isProxyOfEnvironment;

  /**
   * Checks that endpoint.
   *
   * @param clock this end's
   * @param environment names the proxies on the way
   */
  StsCheck(URI endpoint, Clock clock, Map<String, String> environment) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.probe = StsProbe.of(endpoint, environment);
    this.isProxyOfEnvironment =
        probe.proxy().isPresent()
            && probe.settings().stream()
                .anyMatch(
                    setting -> setting.used() && setting.name().equalsIgnoreCase("HTTPS_PROXY"));
  }

  /** Asks; blocks for ten seconds at most, besides the resolving of names. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    probe.settings().forEach(setting -> findings.add(of(setting)));
    try {
      findings.addAll(answered(probe.ask(TIMEOUT)));
    } catch (IOException e) {
      findings.add(failed(e));
    }
    return findings;
  }

  private static Finding of(StsProbe.Setting setting) {
    return setting.readable()
        ? Finding.ok("settings", setting.toString())
        : Finding.wrong(
            "settings",
            setting.toString(),
            "export " + setting.name() + "=http://HOST:PORT, or unset it");
  }

  private Finding failed(IOException failure) {
    String proxy = "the proxy " + probe.proxy().orElse("");
    return switch (probe.fault(failure)) {
      case PROXY_LOGIN ->
          Finding.wrong(
              NAME,
              proxy + " asks who calls (HTTP 407): " + failure.getMessage(),
              "give it a login: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT, or the JVM's"
                  + " Authenticator; or "
                  + pastTheProxy());
      case PROXY_REFUSAL ->
          Finding.wrong(
              NAME,
              proxy + " refuses the way to " + endpoint + ": " + failure.getMessage(),
              "have the proxy allow " + endpoint.getHost() + ", or " + pastTheProxy());
      case PROXY_AWAY ->
          Finding.wrong(
              NAME,
              proxy + " does not answer, so " + endpoint + " cannot: " + IoWords.why(failure),
              "correct or start the proxy, or " + pastTheProxy());
      case TLS ->
          Finding.unknown(
              NAME,
              endpoint + " does not answer: " + IoWords.why(failure),
              "look for what ends TLS on the way, such as an inspecting proxy, and let the JVM trust"
                  + " its authority (-Djavax.net.ssl.trustStore=FILE)");
      case STS ->
          Finding.unknown(
              NAME,
              endpoint + " does not answer: " + IoWords.why(failure),
              "a caller can sign without it, a server must reach it: look at DNS, the route or VPC"
                  + " endpoint to STS, and at HTTPS_PROXY where there is a proxy");
    };
  }

  private String pastTheProxy() {
    return "go past it: "
        + (isProxyOfEnvironment
            ? "export NO_PROXY=" + endpoint.getHost()
            : "export JAVA_TOOL_OPTIONS=-Dhttp.nonProxyHosts=" + endpoint.getHost());
  }

  private List<Finding> answered(StsProbe.Answer answer) {
    if (!answer.text().contains(SIGN_OF_STS)) {
      return List.of(
          Finding.wrong(
              NAME,
              endpoint + ": HTTP " + answer.status() + " of something that is not STS",
              "look for a proxy or captive portal on the way, and at --sts and AWS_REGION"));
    }
    return List.of(Finding.ok(NAME, endpoint + " answers"), clock(answer));
  }

  private Finding clock(StsProbe.Answer answer) {
    Optional<Duration> ahead =
        answer.date().map(theirs -> Duration.between(theirs, clock.instant()));
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
}
