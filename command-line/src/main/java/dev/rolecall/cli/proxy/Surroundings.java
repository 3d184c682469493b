package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.Section;
import io.opentelemetry.api.OpenTelemetry;

/**
 * What all audiences of a proxy share: the port for HTTP, and the identity that is passed on.
 *
 * @param http the port for HTTP, which has the keys of the identity
 * @param identity what services are told
 */
public record Surroundings(ProxyHttp http, Identity identity) implements AutoCloseable {

  /**
   * Opens both.
   *
   * @param place the section of the options, for failures
   * @throws dev.rolecall.cli.failure.CommandFailure if one cannot be had
   */
  public static Surroundings open(Section<?> place, HttpOptions http, IdentityOptions identity) {
    return around(place.making(http::serving), place, identity);
  }

  /**
   * The same without the port, to check a configuration.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot be had
   */
  public static Surroundings checked(Section<?> place, HttpOptions http, IdentityOptions identity) {
    return around(
        place.making(
            () -> {
              http.requireConsistent();
              return ProxyHttp.none();
            }),
        place,
        identity);
  }

  private static Surroundings around(ProxyHttp http, Section<?> place, IdentityOptions identity) {
    try {
      Identity opened = place.making(() -> identity.opened(http.telemetry()));
      http.keys(opened::keySet);
      return new Surroundings(http, opened);
    } catch (RuntimeException | Error e) {
      http.close();
      throw e;
    }
  }

  /** What instruments are made with. */
  public OpenTelemetry telemetry() {
    return http.telemetry();
  }

  @Override
  public void close() {
    try (http) {
      identity.close();
    }
  }
}
