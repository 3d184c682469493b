package dev.rolecall.proxy.internal.check;

/**
 * What the configuration of a route says of its calls, in {@code context_extensions}.
 *
 * @param audience the audience; empty for the default
 * @param keepsAuthorization whether the service behind the route receives the credential
 * @param mark the mark of a checker's own Checks; empty for all others
 */
public record RouteContext(String audience, boolean keepsAuthorization, String mark) {

  /** The key of the audience. */
  public static final String AUDIENCE = "audience";

  /** The key of {@code true} for a route whose service receives the credential. */
  public static final String KEEP_AUTHORIZATION = "keep_authorization";

  /** The key of the mark. */
  public static final String MARK = "rolecall_warm_up";

  /** Collects what is said. For one thread. */
  static final class Builder {

    private String audience = "";
    private boolean keepsAuthorization;
    private String mark = "";

    void add(String key, String value) {
      switch (key) {
        case AUDIENCE -> audience = value;
        case KEEP_AUTHORIZATION -> keepsAuthorization = value.equals("true");
        case MARK -> mark = value;
        default -> {}
      }
    }

    RouteContext build() {
      return new RouteContext(audience, keepsAuthorization, mark);
    }
  }
}
