package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.proof.StsHost;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The STS endpoint a proof is signed for.
 *
 * @param endpoint its scheme, host and port, without the scheme's own port
 * @param host the same host and port as the proof names them
 * @param region the Region it signs for
 */
record StsTarget(URI endpoint, StsHost host, Region region) {

  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");
  private static final int MAX_PORT = 65_535;
  static final String ENDPOINT_RULE =
      "https://host[:port], or http for localhost and 127.0.0.0/8, and nothing more";

  StsTarget {
    requireNonNull(endpoint, "endpoint");
    requireNonNull(host, "host");
    requireNonNull(region, "region");
  }

  /**
   * The regional endpoint of that Region, by the SDK's metadata.
   *
   * @throws IllegalArgumentException if it is no Region's name
   */
  static StsTarget of(Region region) {
    return of(region, false, false);
  }

  /**
   * The endpoint of that Region and kind, by the SDK's metadata.
   *
   * @throws IllegalArgumentException if it is no Region's name
   */
  static StsTarget of(Region region, boolean fips, boolean dualStack) {
    requireRegion(region);
    List<EndpointTag> tags = new ArrayList<>();
    // In GovCloud the regional endpoint is the FIPS one, and has no other name.
    if (fips && (dualStack || !region.id().startsWith("us-gov-"))) {
      tags.add(EndpointTag.FIPS);
    }
    if (dualStack) {
      tags.add(EndpointTag.DUALSTACK);
    }
    String host =
        StsClient.serviceMetadata()
            .endpointFor(ServiceEndpointKey.builder().region(region).tags(tags).build())
            .toString();
    return new StsTarget(URI.create("https://" + host), StsHost.parse(host), region);
  }

  /**
   * A custom endpoint.
   *
   * @throws IllegalArgumentException if the endpoint or Region breaks its rule
   */
  static StsTarget of(URI endpoint, Region region) {
    requireRegion(region);
    String scheme = endpoint.getScheme();
    String host = endpoint.getHost();
    if (endpoint.getRawUserInfo() != null) {
      // Not shown: it may hold a password.
      throw InvalidValue.of("STS endpoint", "one with user information", ENDPOINT_RULE);
    }
    if (host == null || !isAllowed(scheme, host) || !isBare(endpoint)) {
      throw InvalidValue.of("STS endpoint", endpoint.toString(), ENDPOINT_RULE);
    }
    // Signers leave the scheme's own port out of the Host header, so the proof must as well.
    int ownPort = scheme.equals("https") ? 443 : 80;
    int port = endpoint.getPort();
    String authority = port == -1 || port == ownPort ? host : host + ":" + port;
    return new StsTarget(URI.create(scheme + "://" + authority), StsHost.parse(authority), region);
  }

  private static boolean isAllowed(@Nullable String scheme, String host) {
    return "https".equals(scheme) || ("http".equals(scheme) && LOOPBACK.matcher(host).matches());
  }

  private static boolean isBare(URI endpoint) {
    String path = endpoint.getRawPath();
    return (path == null || path.isEmpty() || path.equals("/"))
        && endpoint.getPort() <= MAX_PORT
        && endpoint.getRawQuery() == null
        && endpoint.getRawFragment() == null;
  }

  private static void requireRegion(Region region) {
    if (!REGION.matcher(region.id()).matches()) {
      throw InvalidValue.of("region", region.id(), "one Region, such as eu-west-1");
    }
  }
}
