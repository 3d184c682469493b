package dev.rolecall.spring.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.spring.tokens.RolecallTokenProperties.ChannelToken;
import dev.rolecall.spring.tokens.RolecallTokenProperties.WebIdentity;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The properties of one channel as its credentials.
 *
 * @param channel its name
 * @param properties its properties
 */
public record TokenChannelSettings(String channel, ChannelToken properties) {

  private static final String ARTIFACT = "rolecall-token-credentials";
  private static final String TYPE = "dev.rolecall.tokencredentials.TokenCallCredentials";

  /** Checks that nothing is absent. */
  public TokenChannelSettings {
    requireNonNull(channel, "channel");
    requireNonNull(properties, "properties");
  }

  /**
   * The credentials.
   *
   * @param telemetry gets the metrics, if there is one
   * @param loader of the application's classes
   * @param webIdentity makes those of a web identity token
   * @throws RuntimeException that names the property, if one breaks a rule
   */
  public ChannelCredentials credentials(
      Optional<OpenTelemetry> telemetry,
      @Nullable ClassLoader loader,
      Function<WebIdentity, ChannelCredentials> webIdentity) {
    requireOnePlace();
    if (properties.webIdentity() != null) {
      return webIdentity.apply(properties.webIdentity());
    }
    if (!ClassUtils.isPresent(TYPE, loader)) {
      throw setting()
          .invalid(
              "set, but not read: " + ARTIFACT + " is not on the class path",
              "dev.rolecall:" + ARTIFACT + " among the application's dependencies");
    }
    return new TokenPlace(setting(), properties, telemetry).credentials();
  }

  private void requireOnePlace() {
    long places =
        Stream.of(
                Optional.ofNullable(properties.file()),
                Optional.ofNullable(properties.clientCredentials()),
                Optional.ofNullable(properties.webIdentity()))
            .filter(Optional::isPresent)
            .count();
    if (places != 1) {
      throw setting()
          .invalid(
              places == 0 ? "no token" : "tokens from " + places + " places",
              "one of file, client-credentials and web-identity");
    }
  }

  /** The beginning of the names of the channel's properties. */
  public Setting setting() {
    return new Setting("rolecall.client.token-channels." + channel);
  }
}
