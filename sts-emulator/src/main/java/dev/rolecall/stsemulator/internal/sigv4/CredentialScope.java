package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.Objects.requireNonNull;

/**
 * The scope of a derived signing key. The request claims it, so only the number of its parts is
 * certain.
 *
 * @param date the day, {@code yyyymmdd} if it is right
 * @param region the region
 * @param service the service
 * @param terminator {@code aws4_request} if it is right
 */
public record CredentialScope(String date, String region, String service, String terminator) {

  /** The only right terminator. */
  public static final String TERMINATOR = "aws4_request";

  /** Checks that nothing is absent. */
  public CredentialScope {
    requireNonNull(date, "date");
    requireNonNull(region, "region");
    requireNonNull(service, "service");
    requireNonNull(terminator, "terminator");
  }

  @Override
  public String toString() {
    return String.join("/", date, region, service, terminator);
  }
}
