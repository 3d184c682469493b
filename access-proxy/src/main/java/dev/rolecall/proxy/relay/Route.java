package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.proxy.PassedIdentity;
import java.util.Locale;

/**
 * A way through a relay: the calls that it is for, the guard that judges them, and the upstream
 * that they go to. Immutable. Get one from {@link #builder}.
 */
public final class Route {

  private static final Alphabet NAME = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-"));
  private static final int LONGEST_NAME = 63;
  private static final Alphabet HOST = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-._:[]"));
  private static final int LONGEST_HOST = 253;

  private final RouteLabels labels;
  private final Builder options;

  private Route(Builder options) {
    this.labels = new RouteLabels(options.name);
    this.options = new Builder(options);
  }

  /**
   * Options of a route to that upstream.
   *
   * @param name the name in metrics: 1 to 63 lower-case letters, digits and hyphens; not {@code
   *     none} nor {@code local}
   * @param guard judges the calls by the audience of what is behind. Several routes may share one.
   *     The relay does not close it
   * @throws IllegalArgumentException if the name is not of that form
   */
  public static Builder builder(String name, CallGuard guard, Upstream upstream) {
    return new Builder(name, guard, upstream);
  }

  /** The name. */
  public String name() {
    return options.name;
  }

  RouteLabels labels() {
    return labels;
  }

  CallGuard guard() {
    return options.guard;
  }

  Upstream upstream() {
    return options.upstream;
  }

  PassedIdentity identity() {
    return options.identity;
  }

  boolean keepsAuthorization() {
    return options.keepsAuthorization;
  }

  /** The host that it is for; empty for any. */
  String authority() {
    return options.authority;
  }

  ServicePattern services() {
    return options.services;
  }

  @Override
  public String toString() {
    return "Route[" + options.name + "]";
  }

  /** Options of a {@link Route}. Not safe for use by several threads at once. */
  public static final class Builder {

    private final String name;
    private final CallGuard guard;
    private final Upstream upstream;
    private String authority = "";
    private ServicePattern services = ServicePattern.ALL;
    private PassedIdentity identity = PassedIdentity.none();
    private boolean keepsAuthorization;

    private Builder(String name, CallGuard guard, Upstream upstream) {
      if (!NAME.spells(name, 1, LONGEST_NAME) || name.equals("none") || name.equals("local")) {
        throw InvalidValue.of(
            "route", name, "1 to 63 of a-z, 0-9 and -; neither \"none\" nor \"local\"");
      }
      this.name = name;
      this.guard = requireNonNull(guard, "guard");
      this.upstream = requireNonNull(upstream, "upstream");
    }

    private Builder(Builder other) {
      this.name = other.name;
      this.guard = other.guard;
      this.upstream = other.upstream;
      this.authority = other.authority;
      this.services = other.services;
      this.identity = other.identity;
      this.keepsAuthorization = other.keepsAuthorization;
    }

    /**
     * Only calls to that host: their {@code :authority} without the port, whatever its case. By
     * default any. A client chooses this header freely: it selects the route, and proves nothing.
     *
     * @throws IllegalArgumentException if it has a port, or cannot be a host
     */
    public Builder authority(String host) {
      String lower = host.toLowerCase(Locale.ROOT);
      if (!HOST.spells(lower, 1, LONGEST_HOST) || !RouteTable.hostOf(lower).equals(lower)) {
        throw InvalidValue.of("authority", host, "a host without a port");
      }
      this.authority = lower;
      return this;
    }

    /**
     * Only calls of those services: {@code package.Service}, {@code package.*} or {@code *}, the
     * default. Of several routes the one with the longest text counts, and a whole name before all.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public Builder services(String pattern) {
      this.services = ServicePattern.parse(pattern);
      return this;
    }

    /** The way in which the upstream learns who called; by default it does not. */
    public Builder identity(PassedIdentity identity) {
      this.identity = requireNonNull(identity, "identity");
      return this;
    }

    /**
     * Leaves the client's {@code authorization} and grant token on the call. The upstream then
     * holds a credential by which it could call others in the client's name.
     */
    public Builder dangerouslyForwardClientCredentials() {
      this.keepsAuthorization = true;
      return this;
    }

    /**
     * The route.
     *
     * @throws IllegalArgumentException if the upstream would get two credentials
     */
    public Route build() {
      if (keepsAuthorization && upstream.hasOwnProof()) {
        throw new IllegalArgumentException(
            "route "
                + name
                + ": the relay's own proof and the client's credentials (expected: one of them,"
                + " since both are the header authorization)");
      }
      return new Route(this);
    }
  }
}
