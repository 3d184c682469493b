package dev.rolecall.verifier.internal.endpoint;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Partition;
import dev.rolecall.proof.StsHost;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * One place where STS may be asked.
 *
 * <p>The host is the URL's authority, always: the JDK's HTTP client writes the {@code Host} header
 * from the URL, and the signature covers it.
 *
 * @param host what a proof says to mean this endpoint
 * @param origin scheme and authority; https, or http for a loopback address
 * @param region the Region requests are signed for
 * @param partition the partition whose callers it knows
 */
public record StsEndpoint(StsHost host, URI origin, RegionName region, Partition partition) {

  private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\." + BYTE + "){3})(:[0-9]{1,5})?");
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final int MAX_PORT = 65_535;

  /**
   * Checks that the parts agree.
   *
   * @throws IllegalArgumentException if they do not
   */
  public StsEndpoint {
    requireNonNull(host, "host");
    requireNonNull(origin, "origin");
    requireNonNull(region, "region");
    requireNonNull(partition, "partition");
    if (!origin.toString().equals(origin.getScheme() + "://" + host)) {
      throw broken(origin, "scheme://" + host);
    }
  }

  /**
   * The endpoint at a URL that the operator chose.
   *
   * @param url {@code https://host[:port]}, or {@code http://} of {@code localhost} or {@code
   *     127.x.y.z}; lower case, a default port left out, no path but {@code /}
   * @throws IllegalArgumentException if the URL breaks that rule
   */
  public static StsEndpoint at(URI url, RegionName region, Partition partition) {
    requireNonNull(url, "url");
    String authority = url.getRawAuthority();
    boolean plain = "http".equals(url.getScheme());
    if (authority == null || !(plain || "https".equals(url.getScheme()))) {
      throw broken(url, "https://host[:port]");
    }
    if (plain && !LOOPBACK.matcher(authority).matches()) {
      throw broken(url, "https; plain http is for localhost and 127.x.y.z only");
    }
    if (url.getPort() == (plain ? HTTP_PORT : HTTPS_PORT) || url.getPort() > MAX_PORT) {
      // The HTTP client leaves a default port out of Host: with it, no signature would match.
      throw broken(url, "a port of at most 65535, left out where it is the scheme's own");
    }
    URI origin = URI.create(url.getScheme() + "://" + authority);
    if (!url.equals(origin) && !url.toString().equals(origin + "/")) {
      throw broken(url, "no path, query or fragment");
    }
    return new StsEndpoint(StsHost.parse(authority), origin, region, partition);
  }

  private static IllegalArgumentException broken(URI url, String expected) {
    return new IllegalArgumentException("STS endpoint: " + url + " (expected: " + expected + ")");
  }
}
