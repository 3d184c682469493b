package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.verifier.internal.http.HttpStsTransport;
import dev.rolecall.verifier.internal.http.ProxyAuthenticationException;
import dev.rolecall.verifier.internal.http.ProxyRefusalException;
import dev.rolecall.verifier.internal.http.ProxySetting;
import dev.rolecall.verifier.internal.http.StsProxies;
import dev.rolecall.verifier.internal.http.UnsignedAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * A question to STS on the way that a {@link CallerVerifier}'s questions take: the same addresses,
 * TLS and proxies. For tools that say why STS cannot be reached. It is not signed, so that STS
 * refuses it and it holds no secret.
 */
public final class StsProbe {

  private final URI endpoint;
  private final StsProxies proxies;

  private StsProbe(URI endpoint, StsProxies proxies) {
    this.endpoint = endpoint;
    this.proxies = proxies;
  }

  /**
   * A question to that endpoint.
   *
   * @param endpoint an https URL with a host, or an http one
   * @param environment the process's variables, of which those that name proxies are read
   */
  public static StsProbe of(URI endpoint, Map<String, String> environment) {
    requireNonNull(endpoint.getHost(), "endpoint's host");
    return new StsProbe(endpoint, StsProxies.of(Map.copyOf(environment)));
  }

  /**
   * An answer.
   *
   * @param status HTTP's
   * @param text the body
   * @param date when it was written, by its own clock; empty where it does not say
   */
  public record Answer(int status, String text, Optional<Instant> date) {
    /** Checks that nothing is absent. */
    public Answer {
      requireNonNull(text, "text");
      requireNonNull(date, "date");
    }
  }

  /**
   * A variable that names proxies, and its effect.
   *
   * @param name the variable, as it is spelled there
   * @param readable whether its form is understood
   * @param used whether it is obeyed
   * @param meaning what it does, or why it does nothing; never its value
   */
  public record Setting(String name, boolean readable, boolean used, String meaning) {
    /** Checks that nothing is absent. */
    public Setting {
      requireNonNull(name, "name");
      requireNonNull(meaning, "meaning");
    }

    @Override
    public String toString() {
      return name + " is set" + (used ? ": " : " and not used: ") + meaning;
    }
  }

  /** The proxy on the way, as host and port; empty where there is none. */
  public Optional<String> proxy() {
    return proxies.proxyTo(endpoint);
  }

  /** The variables that are there and name proxies or exempt hosts from them. */
  public List<Setting> settings() {
    return proxies.described(endpoint).stream().map(StsProbe::setting).toList();
  }

  private static Setting setting(ProxySetting found) {
    return new Setting(
        found.name(),
        found.state() != ProxySetting.State.UNREADABLE,
        found.state() == ProxySetting.State.USED,
        found.meaning());
  }

  /**
   * Asks. Blocks: for that time at most, besides the resolving of names.
   *
   * @throws IOException if nothing answers; its message holds no secret
   */
  public Answer ask(Duration timeout) throws IOException {
    // No ticker: it would tell for how long a request that is given up was silent.
    try (HttpStsTransport transport =
        HttpStsTransport.create(Runnable::run, Runnable::run, () -> 0, proxies)) {
      UnsignedAnswer answer = transport.unsigned(endpoint, timeout);
      return new Answer(answer.status(), answer.text(), answer.date());
    }
  }

  /** The end that a failure of {@link #ask} is of. */
  public enum Fault {
    /** A proxy wants credentials, and has not been given those it accepts. */
    PROXY_LOGIN,
    /** A proxy answered that it makes no connection. */
    PROXY_REFUSAL,
    /** A proxy is not there, or does not answer. */
    PROXY_AWAY,
    /** TLS was not agreed on: STS, or something that takes its place. */
    TLS,
    /** STS, or the way to it. */
    STS
  }

  /** The end that a failure of {@link #ask} is of. */
  public Fault fault(IOException failure) {
    if (failure instanceof ProxyAuthenticationException) {
      return Fault.PROXY_LOGIN;
    }
    if (failure instanceof ProxyRefusalException) {
      return Fault.PROXY_REFUSAL;
    }
    if (failure instanceof SSLException) {
      return Fault.TLS;
    }
    return proxy().isPresent() ? Fault.PROXY_AWAY : Fault.STS;
  }
}
