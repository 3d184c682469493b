package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * The settings outside the code that say which STS endpoint proofs are signed for, as AWS's tools
 * know them: system properties, environment variables and the profile. Each is obeyed, or named as
 * set and not used by {@link #described}. Reads files: it blocks.
 *
 * <table>
 *   <caption>What is obeyed, the first first</caption>
 *   <tr><th>setting</th><th>what it does</th></tr>
 *   <tr><td>{@code endpoint(...)} in code</td><td>all others are not used</td></tr>
 *   <tr><td>{@code AWS_ENDPOINT_URL_STS}, {@code AWS_ENDPOINT_URL}, {@code endpoint_url} of the
 *       profile or of its services</td><td>the endpoint, unless code names a Region or {@code
 *       AWS_IGNORE_CONFIGURED_ENDPOINT_URLS} is true</td></tr>
 *   <tr><td>{@code AWS_USE_FIPS_ENDPOINT}, {@code AWS_USE_DUALSTACK_ENDPOINT}</td><td>the Region's
 *       endpoint of that kind</td></tr>
 *   <tr><td>{@code AWS_REGION}, {@code AWS_DEFAULT_REGION}, {@code region} of the profile, instance
 *       metadata</td><td>the Region</td></tr>
 * </table>
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">AWS SDKs
 *     and tools, settings reference</a>
 */
public final class StsSettings {

  private static final Name FIPS =
      new Name("aws.useFipsEndpoint", "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
  private static final Name DUAL_STACK =
      new Name("aws.useDualstackEndpoint", "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
  private static final Name IGNORED =
      new Name(
          "aws.ignoreConfiguredEndpointUrls",
          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
          "ignore_configured_endpoint_urls");
  private static final Name OF_STS =
      new Name("aws.endpointUrlSts", "AWS_ENDPOINT_URL_STS", SettingPlaces.OF_STS);
  private static final Name OF_ALL =
      new Name("aws.endpointUrl", "AWS_ENDPOINT_URL", "endpoint_url");
  private static final Name DEFAULT_REGION = new Name("", "AWS_DEFAULT_REGION", "");

  private static final Pattern SWITCH = Pattern.compile("(?i)true|false");

  /** The names of a setting in each place; empty where it has no place there. */
  record Name(String property, String variable, String profileKey) {}

  /**
   * A setting that was found.
   *
   * @param place how it is called there
   * @param value its text; may hold a password
   */
  record Found(String place, String value) {
    @Override
    public String toString() {
      return "Found[" + place + ", ****]";
    }
  }

  /**
   * A setting, and the use that is made of it.
   *
   * @param name how it is called where it was found
   * @param used whether proofs are signed by it
   * @param readable whether its value is one that it may have
   * @param meaning what it does, or why it does nothing; never its value
   */
  public record Setting(String name, boolean used, boolean readable, String meaning) {
    /** Checks that nothing is absent. */
    public Setting {
      requireNonNull(name, "name");
      requireNonNull(meaning, "meaning");
    }

    private Setting(String name, boolean used, String meaning) {
      this(name, used, true, meaning);
    }

    @Override
    public String toString() {
      return name + " is set" + (used ? ": " : " and not used: ") + meaning;
    }
  }

  private final SettingPlaces places;

  StsSettings(SettingPlaces places) {
    this.places = requireNonNull(places, "places");
  }

  /** Those of this process. */
  public static StsSettings ofThisProcess() {
    return new StsSettings(SettingPlaces.ofThisProcess());
  }

  /**
   * The Region that proofs are signed for where code names none. Blocks: it may ask the instance
   * metadata service. Empty if there is none.
   */
  public Optional<Region> region() {
    try {
      return Optional.of(
          defaultRegion().orElseGet(() -> new DefaultAwsRegionProviderChain().getRegion()));
    } catch (SdkClientException e) {
      return Optional.empty();
    }
  }

  /**
   * The URL of the endpoint that proofs are signed for where code names none.
   *
   * @param region the Region, one by its name
   * @param regionInCode whether code names that Region
   * @throws ProofUnavailableException if the endpoint that is set breaks a rule; the message names
   *     the setting
   * @throws IllegalArgumentException if it is no Region's name
   */
  public URI endpoint(Region region, boolean regionInCode) {
    return target(region, regionInCode).endpoint();
  }

  /**
   * Whether an endpoint is set that proofs are signed for where code names no endpoint or Region.
   */
  public boolean isEndpointSet() {
    return endpoint().isPresent();
  }

  /** Whether the Region's FIPS endpoint is wanted. */
  boolean fips() {
    return isTrue(FIPS);
  }

  /** Whether the Region's dual-stack endpoint is wanted. */
  boolean dualStack() {
    return isTrue(DUAL_STACK);
  }

  /** The Region that the SDK's chain does not read; empty where it has one before it. */
  Optional<Region> defaultRegion() {
    return places.find("aws.region", "AWS_REGION", "").isPresent()
        ? Optional.empty()
        : find(DEFAULT_REGION).map(found -> Region.of(found.value().strip()));
  }

  /** The endpoint that is set, in place of the Region's own. */
  Optional<Found> endpoint() {
    return isTrue(IGNORED) ? Optional.empty() : endpoints().findFirst();
  }

  /** In the SDK's order. */
  private Stream<Found> endpoints() {
    return Stream.of(
            places.find(OF_STS.property(), OF_STS.variable(), ""),
            places.find(OF_ALL.property(), OF_ALL.variable(), ""),
            places.find("", "", OF_STS.profileKey()),
            places.find("", "", OF_ALL.profileKey()))
        .flatMap(Optional::stream);
  }

  /**
   * The endpoint proofs are signed for, in that Region.
   *
   * @param chosen whether the Region was named in code
   * @throws ProofUnavailableException if the endpoint that is set breaks a rule
   */
  StsTarget target(Region region, boolean chosen) {
    Optional<Found> endpoint = chosen ? Optional.empty() : endpoint();
    if (endpoint.isEmpty()) {
      return StsTarget.of(region, fips(), dualStack());
    }
    try {
      return StsTarget.of(URI.create(endpoint.get().value().strip()), region);
    } catch (IllegalArgumentException e) {
      throw ProofFailure.badEndpoint(endpoint.get().place());
    }
  }

  /**
   * The settings that are there, each with what becomes of it.
   *
   * @param endpointInCode whether {@code endpoint(...)} is called, or a command's {@code --sts}
   *     given
   * @param regionInCode whether {@code region(...)} is called, or {@code --region} given
   */
  public List<Setting> described(boolean endpointInCode, boolean regionInCode) {
    Optional<Found> obeyed = endpointInCode || regionInCode ? Optional.empty() : endpoint();
    String unused = unused(endpointInCode, regionInCode);
    return Stream.of(
            endpoints().map(found -> ofEndpoint(found, obeyed, unused)),
            Stream.of(FIPS, DUAL_STACK)
                .filter(this::isTrue)
                .map(name -> ofKind(name, endpointInCode, obeyed.isPresent())),
            Stream.of(FIPS, DUAL_STACK, IGNORED)
                .flatMap(name -> find(name).stream())
                .filter(found -> !SWITCH.matcher(found.value().strip()).matches())
                .map(StsSettings::ofNoSwitch),
            find(DEFAULT_REGION).stream()
                .map(found -> ofRegion(found, !endpointInCode && !regionInCode)))
        .flatMap(Function.identity())
        .toList();
  }

  private static Setting ofEndpoint(Found found, Optional<Found> obeyed, String unused) {
    return obeyed.filter(found::equals).isPresent()
        ? new Setting(found.place(), true, "proofs are signed for it; servers must accept it")
        : new Setting(found.place(), false, unused);
  }

  private Setting ofKind(Name name, boolean endpointInCode, boolean endpointObeyed) {
    String place = find(name).orElseThrow().place();
    if (endpointInCode) {
      return new Setting(place, false, "the endpoint named in code wins");
    }
    return endpointObeyed
        ? new Setting(
            place,
            false,
            "the endpoint that is set wins; the AWS SDK's own clients (web identity, SSO) refuse to"
                + " have both: unset one")
        : new Setting(
            place,
            true,
            "proofs are signed for the Region's "
                + (name.equals(FIPS) ? "FIPS" : "dual-stack")
                + " endpoint");
  }

  private static Setting ofNoSwitch(Found found) {
    return new Setting(
        found.place(), false, false, "it is neither true nor false, and counts as false");
  }

  private Setting ofRegion(Found found, boolean counts) {
    boolean used = counts && defaultRegion().isPresent();
    return new Setting(
        found.place(),
        used,
        used ? "it names the Region" : "a Region that is named elsewhere wins");
  }

  /**
   * The settings that the SDK's own clients refuse to have both: an endpoint, and a switch to
   * another kind of endpoint. Names, and never values.
   */
  String contradiction() {
    String endpoint = endpoint().map(Found::place).orElse("the service's own endpoint URL");
    String switches =
        Stream.of(FIPS, DUAL_STACK)
            .filter(this::isTrue)
            .flatMap(name -> find(name).stream())
            .map(Found::place)
            .collect(Collectors.joining(" and "));
    return "the AWS SDK refuses to have "
        + endpoint
        + " beside "
        + switches
        + ": unset one of them";
  }

  private String unused(boolean endpointInCode, boolean regionInCode) {
    if (endpointInCode || regionInCode) {
      return "the " + (endpointInCode ? "endpoint" : "Region") + " named in code wins";
    }
    return isTrue(IGNORED)
        ? find(IGNORED).orElseThrow().place() + " is true"
        : "another setting of an endpoint wins";
  }

  private boolean isTrue(Name name) {
    return find(name).filter(found -> found.value().strip().equalsIgnoreCase("true")).isPresent();
  }

  private Optional<Found> find(Name name) {
    return places.find(name.property(), name.variable(), name.profileKey());
  }
}
