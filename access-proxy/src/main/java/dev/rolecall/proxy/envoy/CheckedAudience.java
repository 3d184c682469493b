package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.PassedIdentity;
import java.util.Set;

/**
 * An audience that a checker decides for: one service, or several that share a name, behind one or
 * more routes of Envoy. Immutable.
 */
public final class CheckedAudience {

  /** What the answers for an audience do beyond the rest. */
  record Extras(boolean keepsAuthorization, boolean metadata, boolean limitsDeadline) {
    static final Extras NONE = new Extras(false, false, false);
  }

  private final Audience name;
  private final AccessControl access;
  private final PassedIdentity identity;
  private final Set<String> methods;
  private final Extras extras;

  private CheckedAudience(
      Audience name,
      AccessControl access,
      PassedIdentity identity,
      Set<String> methods,
      Extras extras) {
    this.name = requireNonNull(name, "name");
    this.access = requireNonNull(access, "access");
    this.identity = requireNonNull(identity, "identity");
    this.methods = Set.copyOf(methods);
    this.extras = extras;
  }

  /**
   * An audience.
   *
   * @param name the value of {@code audience} among the route's {@code context_extensions}
   * @param access judges its calls. Its schemes must accept credentials for that audience alone.
   *     The checker closes it
   * @param identity tells the services behind Envoy who called
   */
  public static CheckedAudience of(Audience name, AccessControl access, PassedIdentity identity) {
    return new CheckedAudience(name, access, identity, Set.of(), Extras.NONE);
  }

  /**
   * The same with methods that metrics name; all others are counted as {@code other}. By default
   * there are none.
   *
   * @param fullNames each {@code package.Service/Method}; at most some hundred
   */
  public CheckedAudience namedInMetrics(Set<String> fullNames) {
    return new CheckedAudience(name, access, identity, fullNames, extras);
  }

  /**
   * The same, whose calls keep their {@code authorization} header: every service behind Envoy then
   * receives its callers' credentials. By default it is removed. A route can say so too, by {@code
   * keep_authorization: "true"} among its {@code context_extensions}.
   */
  public CheckedAudience forwardCredentialsToServices() {
    return with(new Extras(true, extras.metadata(), extras.limitsDeadline()));
  }

  /**
   * The same, whose answers have metadata for Envoy's access log: {@code audience}, {@code
   * principal} and {@code scheme} of the caller, and of a refused call {@code reason} and {@code
   * rule}. They are written as {@code %DYNAMIC_METADATA(envoy.filters.http.ext_authz:principal)%}.
   * By default there are none.
   */
  public CheckedAudience withMetadataForAccessLog() {
    return with(new Extras(extras.keepsAuthorization(), true, extras.limitsDeadline()));
  }

  /**
   * The same, whose calls end when their caller's credential does: {@code grpc-timeout} becomes the
   * less of the caller's and what is left of the credential. A stream that is ended so fails with
   * {@code INTERNAL} at its client. Envoy's {@code allowed_headers} must have {@code grpc-timeout}.
   * By default a call that was admitted goes on.
   */
  public CheckedAudience limitDeadlineToCredential() {
    return with(new Extras(extras.keepsAuthorization(), extras.metadata(), true));
  }

  private CheckedAudience with(Extras others) {
    return new CheckedAudience(name, access, identity, methods, others);
  }

  Audience name() {
    return name;
  }

  AccessControl access() {
    return access;
  }

  PassedIdentity identity() {
    return identity;
  }

  Set<String> methods() {
    return methods;
  }

  Extras extras() {
    return extras;
  }

  @Override
  public String toString() {
    return "CheckedAudience[" + name + "]";
  }
}
